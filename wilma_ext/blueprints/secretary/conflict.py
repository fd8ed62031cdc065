"""The queue of disagreements: nothing to press, only to be told to the family (P28)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from wilma_ext.blueprints.collation import collation_key
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.label import category_label, in_sentence, profession_label, school_label
from wilma_ext.blueprints.page import Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.secretary.frame import secretary_frame
from wilma_ext.blueprints.secretary.paging import address_of, paged
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.consent.conflict import Disagreement, Voice, conflicts_of
from wilma_ext.rights.person import display_names
from wilma_ext.rights.provider import handles_of
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Capacity, Choice
from wilma_ext.work import Work


@dataclass(frozen=True)
class Said:
    """One line: who says what, since when, about what."""

    who: str
    word: str
    since: str
    about: str


@dataclass(frozen=True)
class Card:
    """One pupil of the queue."""

    handle: str
    name: str
    meta: str
    said: tuple[Said, ...]


@permit(Permission.CONSENT_LIST)
def conflicts(work: Work, holder: OfficeHolder) -> Outcome:
    """List the pupils of the own schools about whom deciders disagree."""
    register = current_state.register
    found = conflicts_of(
        work, register, provider_ref=holder.provider_ref, school_refs=holder.school_refs
    )
    language = current_visit().speech.code
    found.sort(key=lambda one: collation_key(language, one.name, one.group_name))
    page = paged(found)
    handles = handles_of(work, holder.provider_ref, [one.pupil_ref for one in page.items])
    people = frozenset(voice.giver_ref for one in page.items for voice in one.voices)
    names = display_names(work, register, people)
    address = address_of(holder)
    context = {
        "provider": holder.provider_handle,
        "cards": [_card(one, handles[one.pupil_ref], names) for one in page.items],
        "paged": page,
        "url_for_page": lambda number: address(page=number),
    }
    return Page("secretary/conflicts.html", {**context, **secretary_frame(work, holder)})


def _card(one: Disagreement, handle: str, names: Mapping[str, str]) -> Card:
    born = current_visit().speech.date(one.birth_date) if one.birth_date else ""
    meta = [one.group_name, school_label(one.school.name, one.school.name_sv)]
    if born:
        meta.append(gettext("born %(day)s", day=born))
    groups: defaultdict[tuple[str, str, str], list[Voice]] = defaultdict(list)
    for voice in one.voices:
        groups[(_who(one, voice, names), _word(voice), _since(voice))].append(voice)
    said = tuple(Said(*key, _about(voices)) for key, voices in groups.items())
    return Card(handle, one.name, " · ".join(meta), said)


def _who(one: Disagreement, voice: Voice, names: Mapping[str, str]) -> str:
    if voice.capacity == Capacity.PUPIL:
        return gettext("The pupil")
    name = names.get(voice.giver_ref) or gettext("A person not in the register any more")
    return f"{name}, {in_sentence(gettext('Guardian'))}"


def _word(voice: Voice) -> str:
    return gettext("Yes") if voice.value == Choice.YES else gettext("No")


def _since(voice: Voice) -> str:
    return current_visit().speech.instant(voice.since)


def _about(voices: list[Voice]) -> str:
    """Name every category once, with the professions that it is about."""
    by_category: defaultdict[str, list[str]] = defaultdict(list)
    for pair in sorted(voice.pair for voice in voices):
        by_category[pair.category].append(profession_label(pair.profession))
    register = current_state.register
    return "; ".join(
        f"{category_label(register, category)} ({', '.join(professions)})"
        for category, professions in by_category.items()
    )
