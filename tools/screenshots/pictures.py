"""Which pictures there are, in their order: earlier ones leave facts to later ones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from tools.screenshots import desk, family, office

PHONE, DESK = 320, 1280


@dataclass(frozen=True)
class Picture:
    """One page: whose, the way there, how wide, and whether Swedish is taken as well."""

    name: str
    username: str
    way: Callable[[Page], None]
    width: int = DESK
    swedish: bool = False
    script: bool = True
    printed: bool = False

    @property
    def languages(self) -> tuple[tuple[str, str], ...]:
        """Each language of the picture, and the file's name in it."""
        finnish = (("fi", self.name),)
        return (*finnish, ("sv", f"{self.name}-sv")) if self.swedish else finnish


def _family() -> Iterator[Picture]:
    def of_guardian(name: str, way: Callable[[Page], None], swedish: bool = False) -> Picture:
        return Picture(f"guardian-{name}", "huoltaja", way, PHONE, swedish)

    yield of_guardian("children", family.children)
    yield of_guardian("answer", family.answer_form, swedish=True)
    yield of_guardian("error", family.error)
    yield of_guardian("receipt", family.receipt, swedish=True)
    yield Picture("guardian-receipt-print", "huoltaja", family.receipt, printed=True)
    yield of_guardian("child", family.child, swedish=True)
    yield of_guardian("withdrawal", family.withdrawal)
    yield Picture("guardian-disagreement", "huoltaja2", family.disagreement, PHONE, swedish=True)
    yield Picture("pupil-16", "opiskelija16", family.own_form, PHONE)
    yield Picture("pupil-adult", "opiskelija18", family.own_consents, PHONE)


def _secretary() -> Iterator[Picture]:
    ways = (
        ("pupils", desk.start),
        ("waiting", desk.waiting),
        ("review", desk.review),
        ("pupil", desk.pupil),
        ("paper", desk.paper),
        ("paper-look", desk.paper_look),
        ("conflicts", desk.conflicts),
        ("unanswered", desk.unanswered),
        ("expiring", desk.expiring),
        ("closing", desk.closing),
    )
    for name, way in ways:
        yield Picture(f"secretary-{name}", "sihteeri", way, swedish=name == "pupils")
    yield Picture("secretary-run", "sihteeri", desk.run, script=False)
    yield Picture("secretary-result", "sihteeri", desk.result, script=False)
    yield Picture("secretary-runs", "sihteeri", desk.runs)
    yield Picture("secretary-blank-form", "sihteeri", desk.blank_form, printed=True)
    yield Picture("secretary-pupils-phone", "sihteeri", desk.start, PHONE)


def _welfare() -> Iterator[Picture]:
    yield Picture("welfare-pupils", "kuraattori", desk.start)
    yield Picture("welfare-purpose", "kuraattori", desk.purpose)
    yield Picture("welfare-look-up", "kuraattori", desk.look_up)
    yield Picture("welfare-look-up-phone", "terveydenhoitaja", desk.look_up, PHONE, swedish=True)
    yield Picture("welfare-own-log", "kuraattori", desk.own_log)


def _office() -> Iterator[Picture]:
    ways = (
        ("groups", office.groups),
        ("matrix", office.matrix),
        ("consent-form", office.draft),
        ("consent-form-texts", office.of_draft("/texts/fi")),
        ("consent-form-questions", office.of_draft("/questions")),
        ("consent-form-terms", office.of_draft("/terms")),
        ("consent-form-compare", office.of_draft("/compare")),
        ("consent-form-publish", office.of_draft("/publish")),
        ("policy", office.section("policy")),
        ("policy-change", office.policy_change),
        ("policy-review", office.policy_review),
        ("policy-history", office.section("policy", "history")),
        ("deciders", office.section("deciders", "?search=Virtanen")),
        ("decider", office.decider),
        ("decider-capacity", office.capacity),
        ("decider-review", office.capacity_review),
        ("decider-guardian", office.guardian),
        ("note-types", office.section("note-types")),
        ("note-type", office.note_type),
        ("note-types-import", office.section("note-types", "import")),
        ("hand-offs", office.section("hand-offs")),
    )
    for name, way in ways:
        yield Picture(name, "paakayttaja", way)
    yield Picture("groups-phone", "paakayttaja", office.groups, PHONE, swedish=True)
    preview = office.of_draft("/preview/draft")
    yield Picture("consent-form-preview", "paakayttaja", preview, PHONE)
    yield Picture("oversight", "tietosuoja", office.groups)
    yield Picture("oversight-event", "tietosuoja", office.event)
    yield Picture("guide", "kuraattori", office.guide)
    yield Picture("guide-role", "huoltaja", office.guide_page, PHONE, swedish=True)


PICTURES = (*_family(), *_secretary(), *_welfare(), *_office())
