"""What a word of a world file may mean: an instant, a day, a truth, pairs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError, fields, validate

from wilma_ext.clock import civil_date, parse_instant
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.vocabulary import FIXED_CATEGORIES, Profession

if TYPE_CHECKING:
    _Field = fields.Field[Any]
else:  # marshmallow 3 knows no type parameter here
    _Field = fields.Field

PROFESSION = validate.OneOf([item.value for item in Profession])
CATEGORY = validate.OneOf(FIXED_CATEGORIES)


class Instant(_Field):
    """An instant with an offset, or a bare date: its Helsinki midnight."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        try:
            return parse_instant(value)
        except (ValueError, TypeError, OverflowError) as error:
            raise ValidationError(f"not an instant with an offset, nor a date: {value}") from error


class Day(_Field):
    """A civil date, or an instant whose Helsinki day counts."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        try:
            return civil_date(parse_instant(value))
        except (ValueError, TypeError, OverflowError) as error:
            raise ValidationError(f"not a date: {value}") from error


class Truth(_Field):
    """`true` or `false`, and no other word."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if value not in ("true", "false"):
            raise ValidationError(f"true or false, not {value}")
        return bool(value == "true")


class Pairs(_Field):
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
            PROFESSION(profession)
            if not isinstance(categories, list):
                raise ValidationError(f"{profession}: a list of categories")
            for category in categories:
                CATEGORY(category)
                pairs.add(ConsentPair(profession, category))
        if self.word and not pairs:
            raise ValidationError(f"names nothing; everything is `{self.word}`")
        return frozenset(pairs)
