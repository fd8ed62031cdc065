"""What a change of the policy would do, as `policy set --dry-run` prints it."""

from collections.abc import Iterator, Mapping
from typing import Any

from wilma_ext.rights.policy.choice import word_of
from wilma_ext.rights.policy.effect import PolicyEffect, Tally
from wilma_ext.rights.policy.reach import REACH, Reach

NOTHING_DIFFERS = "Nothing differs from the version before."

_REACHES: Mapping[Reach, str] = {
    Reach.CONSENT: "narrower: at once; wider: for answers given after it",
    Reach.ACCESS: "closes and opens at once",
    Reach.MEMBERS: "acts on which members see what is open, which is not counted",
    Reach.LAW: "acts on what the law opens case by case",
    Reach.LATER: "acts only on what is done from now on",
    Reach.TOLD: "acts at once on what families are told of look-ups",
    Reach.RECORDED: "is recorded; nothing acts on it yet",
}

Told = Mapping[str, Mapping[str, str]]


def told_changes(changed: Mapping[str, tuple[Any, Any]]) -> dict[str, dict[str, str]]:
    """Return the keys with the words before and after."""
    return {
        key: {"before": word_of(old), "after": word_of(new)} for key, (old, new) in changed.items()
    }


def change_lines(told: Told) -> list[str]:
    return [f"{key}: {item['before']} -> {item['after']}" for key, item in told.items()]


def effect_document(effect: PolicyEffect) -> dict[str, Any]:
    """Return the effect as a document."""
    return {
        "changed": told_changes(effect.changed),
        "acts_on": {key: REACH[key].value for key in effect.changed},
        "enrolled": effect.enrolled,
        "answered": effect.answered,
        "examined": effect.examined,
        "law_opens": [profession.value for profession in effect.law_opens],
        "law_closes": [profession.value for profession in effect.law_closes],
        **{
            name: {"pupils": tally.pupils, "pairs": tally.pairs}
            for name, tally in _tallies(effect).items()
        },
    }


def effect_lines(effect: PolicyEffect) -> Iterator[str]:
    """Yield the effect in words, one fact a line."""
    told = told_changes(effect.changed)
    if not told:
        yield NOTHING_DIFFERS
        return
    for key, line in zip(told, change_lines(told), strict=True):
        yield f"{line} ({_REACHES[REACH[key]]})"
    yield f"pupils enrolled: {effect.enrolled}, of whom answers stand: {effect.answered}"
    for name, tally in _tallies(effect).items():
        yield f"{name}: {tally.pupils} pupils, {tally.pairs} pairs"
    for name, professions in (("opens", effect.law_opens), ("closes", effect.law_closes)):
        if professions:
            yield f"the law {name} case by case: {', '.join(professions)}"
    yield "Nothing was saved."


def _tallies(effect: PolicyEffect) -> dict[str, Tally]:
    names = ("living", "ending", "reviving", "open", "closing", "opening")
    return {name: getattr(effect, name) for name in names}
