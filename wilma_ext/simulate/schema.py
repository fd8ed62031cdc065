"""The types of a world file, version 1: words are typed here, unknown keys are errors."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, pre_load, validate

from wilma_ext.clock import civil_date, parse_instant
from wilma_ext.rights.pairs import ConsentPair
from wilma_ext.simulate import world
from wilma_ext.simulate.document import WorldError
from wilma_ext.vocabulary import FIXED_CATEGORIES, Decider, Effect, Profession, Reason, Route

if TYPE_CHECKING:
    _Field = fields.Field[Any]
else:  # marshmallow 3 knows no type parameter here
    _Field = fields.Field

_PROFESSION = validate.OneOf([item.value for item in Profession])
_CATEGORY = validate.OneOf(FIXED_CATEGORIES)
_ROUTE = validate.OneOf([item.value for item in Route])
#: A word of YAML that means nothing given.
_NOTHING = {"", "null", "~"}


class _Instant(_Field):
    """An instant with an offset, or a bare date: its Helsinki midnight."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        try:
            return parse_instant(value)
        except (ValueError, TypeError) as error:
            raise ValidationError(f"not an instant with an offset, nor a date: {value}") from error


class _Day(_Field):
    """A civil date, or an instant whose Helsinki day counts."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        try:
            return civil_date(parse_instant(value))
        except (ValueError, TypeError) as error:
            raise ValidationError(f"not a date: {value}") from error


class _Truth(_Field):
    """`true` or `false`, and no other word."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if value not in ("true", "false"):
            raise ValidationError(f"true or false, not {value}")
        return bool(value == "true")


class _Pairs(_Field):
    """Profession -> categories; with `word` also that word, which means all of them."""

    def __init__(self, word: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.word = word

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> frozenset[ConsentPair]:
        if self.word and value == self.word:
            return frozenset()
        if not isinstance(value, Mapping):
            raise ValidationError("a mapping from professions to lists of categories")
        pairs = set()
        for profession, categories in value.items():
            _PROFESSION(profession)
            if not isinstance(categories, list):
                raise ValidationError(f"{profession}: a list of categories")
            for category in categories:
                _CATEGORY(category)
                pairs.add(ConsentPair(profession, category))
        return frozenset(pairs)


class _Fact(Schema):
    """A mapping of the file that becomes a frozen fact."""

    class Meta:
        unknown = RAISE

    makes: type

    @pre_load
    def without_nothing(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, dict):
            raise ValidationError("a mapping is wanted here")
        if "since" in data:
            raise ValidationError("Unknown field.", "since")
        kept = {key: value for key, value in data.items() if not self._nothing(value)}
        return {"since" if key == "from" else key: value for key, value in kept.items()}

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
    born = _Day()
    enrolled = _Truth()


class _Guardian(_Fact):
    makes = world.Guardian
    id = _word()
    of = fields.List(fields.String(), required=True)
    may_decide = _Truth()
    restricted = _Truth()
    since = _Day()
    until = _Day()


class _Group(_Fact):
    makes = world.Group
    id = _word()
    county = _word()


class _Agreement(_Fact):
    makes = world.Agreement
    county = _word()
    since = _Instant()
    until = _Instant()


class _Member(_Fact):
    makes = world.Member
    id = _word()
    group = _word()
    profession = _word(validate=_PROFESSION)
    schools = fields.List(fields.String())
    since = _Instant()
    until = _Instant()
    also = fields.List(fields.String())


class _Exception(_Fact):
    makes = world.PersonalException
    member = _word()
    category = _word(validate=_CATEGORY)
    effect = _word(validate=validate.OneOf([item.value for item in Effect]))
    since = _Instant()
    until = _Instant()


class _Matrix(_Fact):
    makes = world.MatrixEntry
    group = _word()
    since = _Instant()
    cells = fields.Dict(
        keys=fields.String(validate=_PROFESSION),
        values=fields.Dict(
            keys=fields.String(validate=_CATEGORY), values=fields.String(validate=_ROUTE)
        ),
        required=True,
    )


class _Answer(_Fact):
    makes = world.Answer
    pupil = _word()
    by = _word()
    on = _Instant(required=True)
    yes = _Pairs()
    no = _Pairs()
    until = _Instant()
    withdraw = _Pairs(word="all")
    county = fields.String()


class _Capacity(_Fact):
    makes = world.Capacity
    pupil = _word()
    decides = _word(validate=validate.OneOf([item.value for item in Decider]))
    since = _Instant()
    until = _Instant()


class _Activation(_Fact):
    makes = world.Activation
    pupil = _word()
    group = _word()
    on = _Instant(required=True)
    until = _Instant()


class _Check(_Fact):
    makes = world.Check
    category = _word()
    member = fields.String()
    pupil = fields.String()
    at = _Instant()
    necessity = fields.String()
    allowed = _Truth()
    because = fields.String(validate=validate.OneOf([item.value for item in Reason]))
    route = fields.String(validate=_ROUTE)
    sees = fields.List(fields.String())
    seen_by = fields.List(fields.String())


class _World(_Fact):
    makes = world.World
    at = _Instant()
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


def world_of(document: Mapping[str, Any]) -> world.World:
    """Return the world that a document describes, or say what is wrong and where."""
    rest = dict(document)
    if rest.pop("version", None) != "1":
        raise WorldError("version: this simulator reads version 1")
    try:
        found: world.World = _World().load(rest)
    except ValidationError as error:
        raise WorldError("; ".join(_told(error.messages, ""))) from error
    return found


def _told(messages: Any, place: str) -> list[str]:
    """Flatten marshmallow's errors into sentences with the place of each."""
    if isinstance(messages, Mapping):
        return [
            line
            for key, value in messages.items()
            for line in _told(value, f"{place}.{_key(key)}" if place else _key(key))
        ]
    return [f"{place}: {message}" for message in messages]


def _key(key: Any) -> str:
    """The word of the file for the name of a fact."""
    return "from" if key == "since" else str(key)
