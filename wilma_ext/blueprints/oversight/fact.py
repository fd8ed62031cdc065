"""The data of an event in words: what each key is called, and what its value means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wilma_ext.blueprints import event_label, label
from wilma_ext.blueprints.policy_label import policy_key_label, stored_policy_label
from wilma_ext.blueprints.visit import current_visit, gettext, lazy
from wilma_ext.errors import NotFound
from wilma_ext.rights.person import display_names, schools_of
from wilma_ext.rights.provider import Names
from wilma_ext.rights.welfare.membership import membership_of
from wilma_ext.rights.welfare.welfare_group import group_of
from wilma_ext.state import current_state
from wilma_ext.work import Work

_KEYS: Mapping[str, object] = {
    "capacity": lazy("In the capacity of"),
    "categories": lazy("Categories of data"),
    "category": lazy("Category of data"),
    "changed": lazy("What was decided"),
    "channel": lazy("Channel"),
    "count": lazy("Count"),
    "county": lazy("Wellbeing services county"),
    "decides": lazy("Who decides"),
    "document": lazy("Document"),
    "filter": lazy("Searched for"),
    "from": lazy("From"),
    "giver": lazy("Whose answer"),
    "group": lazy("Welfare group"),
    "language": lazy("Language of the form"),
    "membership": lazy("Member"),
    "name": lazy("Name"),
    "no": lazy("Said no to"),
    "pairs": lazy("For whom and what"),
    "addresses": lazy("Addresses"),
    "already": lazy("Already enabled"),
    "codes": lazy("Codes"),
    "done": lazy("Done"),
    "failed": lazy("Failed"),
    "kind": lazy("Kind"),
    "left": lazy("Left undone"),
    "list": lazy("List"),
    "skipped": lazy("Left out"),
    "total": lazy("In all"),
    "person": lazy("Person"),
    "profession": lazy("Profession"),
    "purpose": lazy("Purpose"),
    "reason": lazy("Reason"),
    "reasons": lazy("Why it was denied"),
    "school": lazy("School"),
    "search": lazy("By search"),
    "until": lazy("Until"),
    "version": lazy("Version"),
    "yes": lazy("Said yes to"),
}

#: What only the fields tell: fingerprints, ids, and what stands in words elsewhere.
_NOT_TOLD = {
    "text",
    "before",
    "after",
    "material",
    "activation",
    "answer",
    "decision",
    "form",
    "look_up",
    "run",
}


@dataclass(frozen=True)
class Fact:
    """One line of the summary."""

    key: str
    lines: tuple[str, ...]


def facts_of(work: Work, provider_ref: str, data: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Return what the event tells, key by key, in words."""
    facts = [
        Fact(str(_KEYS.get(key, key)), _lines(work, provider_ref, key, value))
        for key, value in sorted(data.items())
        if key not in _NOT_TOLD and value not in (None, "", [], {})
    ]
    if "before" in data and "after" in data:
        lines = _changed(data["before"], data["after"])
        facts.append(Fact(gettext("What changed"), lines or (gettext("Nothing"),)))
    return tuple(facts)


def _lines(work: Work, provider_ref: str, key: str, value: Any) -> tuple[str, ...]:
    if key == "reasons":
        return tuple(
            f"{_category(category)}: {label.reason_label(reason)}"
            for category, reason in sorted(value.items())
        )
    if key == "changed":
        return tuple(
            f"{policy_key_label(name)}: {stored_policy_label(name, text)}"
            for name, text in sorted(value.items())
        )
    if isinstance(value, dict):
        return tuple(f"{name}: {text}" for name, text in sorted(value.items()))
    if isinstance(value, list):
        return tuple(_listed(item) for item in value)
    if isinstance(value, bool):
        return (gettext("Yes") if value else gettext("No"),)
    return (_known(work, provider_ref, key, str(value)),)


def _listed(item: str) -> str:
    """Return a category, or a pair of profession and category."""
    profession, colon, category = item.partition(":")
    if not colon:
        return _category(item)
    return f"{label.profession_title(profession)}: {_category(category)}"


def _category(key: str) -> str:
    return label.category_label(current_state.register, key)


def _language(code: str) -> str:
    speech = current_state.languages.get(code)
    return speech.own_name if speech else code


def _known(work: Work, provider_ref: str, key: str, value: str) -> str:
    """Return a reference as the name that it has today, a word of ours in the page's language."""
    words = {
        "capacity": label.role_label,
        "category": _category,
        "channel": event_label.channel_label,
        "decides": label.decider_label,
        "kind": event_label.kind_label,
        "list": event_label.list_label,
        "language": _language,
        "profession": label.profession_title,
        "purpose": label.purpose_label,
        "reason": event_label.closing_label,
    }
    if key in words:
        return words[key](value)
    if key in ("person", "giver"):
        return display_names(work, current_state.register, frozenset({value})).get(value, value)
    try:
        return _named(work, provider_ref, key, value)
    except NotFound:
        return value


def _named(work: Work, provider_ref: str, key: str, value: str) -> str:
    if key == "membership":
        member = membership_of(work, provider_ref, value)
        names = display_names(work, current_state.register, frozenset({member.person_ref}))
        name = names.get(member.person_ref, member.person_ref)
        return f"{name}, {label.profession_label(member.profession)}"
    if key == "group":
        group = group_of(work, provider_ref, value)
        names_of = Names(group.name_fi, group.name_sv, group.name_en)
        return names_of.in_language(current_visit().speech.code)
    if key == "school":
        schools = schools_of(work, current_state.register, provider_ref)
        return next((school.name for school in schools if school.school_ref == value), value)
    return value


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return the matrix cells that differ: what stood and what stands."""
    return tuple(
        gettext(
            "%(cell)s: from “%(before)s” to “%(after)s”",
            cell=_listed(pair),
            before=_route(before.get(pair, "")),
            after=_route(after.get(pair, "")),
        )
        for pair in sorted({*before, *after})
        if before.get(pair) != after.get(pair)
    )


def _route(stored: str) -> str:
    route, _, detail = stored.partition("/")
    told = label.route_label(route or "off")
    return told if detail in ("", "rows") else f"{told}, {label.detail_label(detail)}"
