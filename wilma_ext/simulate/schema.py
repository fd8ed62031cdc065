"""The types of a world file, version 1: words are typed here, unknown keys are errors."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, pre_load, validate

from wilma_ext.simulate import world
from wilma_ext.simulate.document import Place, WorldError
from wilma_ext.simulate.words import CATEGORY, PROFESSION, Day, Instant, Pairs, Truth
from wilma_ext.vocabulary import Decider, Effect, Reason, Route

_ROUTE = validate.OneOf([item.value for item in Route])
#: A word of YAML that means nothing given.
_NOTHING = {"", "null", "~"}


class _Fact(Schema):
    """A mapping of the file that becomes a frozen fact."""

    class Meta:
        unknown = RAISE

    makes: type

    @pre_load
    def without_nothing(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, dict):
            raise ValidationError("a mapping is wanted here")
        return {key: value for key, value in data.items() if not self._nothing(value)}

    @staticmethod
    def _nothing(value: Any) -> bool:
        return value is None or (isinstance(value, str) and value in _NOTHING)

    @post_load
    def frozen(self, data: dict[str, Any], **_: Any) -> Any:
        tuples = {key: tuple(v) if isinstance(v, list) else v for key, v in data.items()}
        return self.makes(**tuples)


def _word(**options: Any) -> fields.String:
    return fields.String(required=True, **options)


class _School(_Fact):
    makes = world.School
    id = _word()


class _Pupil(_Fact):
    makes = world.Pupil
    id = _word()
    school = _word()
    born = Day()
    enrolled = Truth()


class _Guardian(_Fact):
    makes = world.Guardian
    id = _word()
    of = fields.List(fields.String(), required=True)
    may_decide = Truth()
    restricted = Truth()
    since = Day(data_key="from")
    until = Day()


class _Group(_Fact):
    makes = world.Group
    id = _word()
    county = _word()


class _Agreement(_Fact):
    makes = world.Agreement
    county = _word()
    since = Instant(data_key="from")
    until = Instant()


class _Member(_Fact):
    makes = world.Member
    id = _word()
    group = _word()
    profession = _word(validate=PROFESSION)
    schools = fields.List(fields.String())
    since = Instant(data_key="from")
    until = Instant()
    also = fields.List(fields.String())


class _Exception(_Fact):
    makes = world.PersonalException
    member = _word()
    category = _word(validate=CATEGORY)
    effect = _word(validate=validate.OneOf([item.value for item in Effect]))
    since = Instant(data_key="from")
    until = Instant()


class _Matrix(_Fact):
    makes = world.MatrixEntry
    group = _word()
    since = Instant(data_key="from")
    cells = fields.Dict(
        keys=fields.String(validate=PROFESSION),
        values=fields.Dict(
            keys=fields.String(validate=CATEGORY), values=fields.String(validate=_ROUTE)
        ),
        required=True,
    )


class _Answer(_Fact):
    makes = world.Answer
    pupil = _word()
    by = _word()
    on = Instant(required=True)
    yes = Pairs()
    no = Pairs()
    until = Instant()
    withdraw = Pairs(word="all")
    county = fields.String()


class _Capacity(_Fact):
    makes = world.Capacity
    pupil = _word()
    decides = _word(validate=validate.OneOf([item.value for item in Decider]))
    since = Instant(data_key="from")
    until = Instant()


class _Activation(_Fact):
    makes = world.Activation
    pupil = _word()
    group = _word()
    on = Instant(required=True)
    until = Instant()


class _Check(_Fact):
    makes = world.Check
    category = _word()
    member = fields.String()
    pupil = fields.String()
    at = Instant()
    necessity = fields.String()
    allowed = Truth()
    because = fields.String(validate=validate.OneOf([item.value for item in Reason]))
    route = fields.String(validate=_ROUTE)
    sees = fields.List(fields.String())
    seen_by = fields.List(fields.String())


class _World(_Fact):
    makes = world.World
    at = Instant()
    provider = fields.String()
    policy = fields.Dict(keys=fields.String(), values=fields.Raw())
    schools = fields.List(fields.Nested(_School))
    pupils = fields.List(fields.Nested(_Pupil))
    guardians = fields.List(fields.Nested(_Guardian))
    groups = fields.List(fields.Nested(_Group))
    agreements = fields.List(fields.Nested(_Agreement))
    members = fields.List(fields.Nested(_Member))
    exceptions = fields.List(fields.Nested(_Exception))
    matrix = fields.List(fields.Nested(_Matrix))
    answers = fields.List(fields.Nested(_Answer))
    capacity = fields.List(fields.Nested(_Capacity))
    activations = fields.List(fields.Nested(_Activation))
    checks = fields.List(fields.Nested(_Check), required=True)


def world_of(values: Mapping[str, Any]) -> world.World:
    """Return the world that a file describes, or say what is wrong and where."""
    rest = dict(values)
    if rest.pop("version", "1") != "1":
        raise WorldError((("version",), "this simulator reads version 1"))
    try:
        found: world.World = _World().load(rest)
    except ValidationError as error:
        raise WorldError(*_problems(error.messages, ())) from error
    return found


def _problems(messages: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Flatten marshmallow's errors into words with the place of each."""
    if isinstance(messages, Mapping):
        for key, value in messages.items():
            # What marshmallow adds to the place of an error does not stand in the file.
            added = key == "_schema" or ("cells" in place and key in ("key", "value"))
            yield from _problems(value, place if added else (*place, str(key)))
    else:
        yield from ((place, str(message)) for message in messages)
