"""What a disclosure rests on, in words: whose consent, since and until when, or the law (W4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from wilma_ext.blueprints.day import last_day
from wilma_ext.blueprints.label import category_label, in_sentence, profession_label
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.clock import civil_date
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.grounds import Ground
from wilma_ext.rights.look_up.permitted import Permitted
from wilma_ext.vocabulary import Capacity, Route


@dataclass(frozen=True)
class Basis:
    """Categories that rest on the same ground, and that ground."""

    categories: str
    lines: tuple[str, ...]


def basis_of(register: SchoolRegister, permitted: Sequence[Permitted]) -> tuple[Basis, ...]:
    """Group the categories by what they rest on."""
    by_lines: dict[tuple[str, ...], list[str]] = {}
    for item in permitted:
        by_lines.setdefault(_lines(item), []).append(category_label(register, item.category))
    return tuple(
        Basis(", ".join(map(in_sentence, names)), lines) for lines, names in by_lines.items()
    )


def _lines(item: Permitted) -> tuple[str, ...]:
    if item.route == Route.STATUTORY:
        return (gettext("By law: you stated that the data are necessary."),)
    lines = tuple(dict.fromkeys(_line(ground) for ground in item.grounds))
    if not item.also:
        return lines
    names = ", ".join(profession_label(key) for key in item.also)
    return (*lines, gettext("The consent also covers: %(professions)s", professions=names))


def _line(ground: Ground) -> str:
    day = current_visit().speech.date
    until = "" if ground.until is None else day(last_day(ground.until))
    if ground.capacity == Capacity.PUPIL:
        if until:
            told = gettext("The pupil's own consent since %(since)s, valid until %(until)s")
        else:
            told = gettext("The pupil's own consent since %(since)s, valid until withdrawn")
    elif until:
        told = gettext("Guardian's consent since %(since)s, valid until %(until)s")
    else:
        told = gettext("Guardian's consent since %(since)s, valid until withdrawn")
    return told % {"since": day(civil_date(ground.since)), "until": until}
