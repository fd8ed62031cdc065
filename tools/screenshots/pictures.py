"""Which pictures there are, in their order: earlier ones leave facts to later ones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tools.screenshots import decision, desk, draft, family, mishap, office, welfare
from tools.screenshots.visit import DESK, PHONE, Visit


@dataclass(frozen=True)
class Picture:
    """One page: which, whose, the way there, how wide, and whether Swedish is taken as well."""

    name: str
    #: The page of ours that the way ends at, as the table of addresses calls it.
    page: str
    username: str
    way: Callable[[Visit], None]
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
    def of_child(name: str, page: str, way: Callable[[Visit], None]) -> Picture:
        return Picture(f"guardian-{name}", f"guardian.{page}", "huoltaja", way, PHONE)

    yield of_child("children", "children", family.children)
    yield replace(of_child("answer", "child", family.answer_form), swedish=True)
    yield of_child("error", "answer", family.error)
    yield replace(of_child("receipt", "receipt", family.receipt), swedish=True)
    yield of_child("change", "answer", family.change)
    yield replace(of_child("child", "child", family.child), swedish=True)
    yield of_child("log-extract", "log_extract", family.log_extract)
    yield of_child("withdrawal", "receipt", family.withdrawal)
    printed = of_child("receipt-print", "receipt", family.receipt)
    yield replace(printed, width=DESK, printed=True)
    other = of_child("disagreement", "child", family.disagreement)
    yield replace(other, username="huoltaja2", swedish=True)
    yield Picture("pupil-16", "guardian.child", "opiskelija16", family.own_form, PHONE)
    yield Picture("pupil-adult", "guardian.child", "opiskelija18", family.own_consents, PHONE)


def _secretary() -> Iterator[Picture]:
    def of_desk(name: str, page: str, way: Callable[[Visit], None]) -> Picture:
        return Picture(f"secretary-{name}", f"secretary.{page}", "sihteeri", way)

    yield replace(of_desk("pupils", "pupils", desk.start), swedish=True)
    yield of_desk("waiting", "pupils", desk.waiting)
    yield of_desk("review", "review", desk.review)
    yield of_desk("pupil", "pupil", desk.pupil)
    yield of_desk("disable", "disable", desk.disable)
    yield of_desk("paper", "paper", desk.paper)
    yield of_desk("paper-look", "look_at_paper", desk.paper_look)
    yield of_desk("conflicts", "conflicts", desk.conflicts)
    yield of_desk("unanswered", "unanswered", desk.unanswered)
    yield of_desk("expiring", "expiring", desk.expiring)
    yield of_desk("closing", "closing", desk.closing)
    yield replace(of_desk("run", "run", desk.run), script=False)
    yield replace(of_desk("result", "run", desk.result), script=False)
    yield of_desk("runs", "runs", desk.runs)
    yield replace(of_desk("blank-form", "blank_form", desk.blank_form), printed=True)
    yield of_desk("blank-form-for", "blank_form_for", desk.blank_form_for)
    yield replace(of_desk("pupils-phone", "pupils", desk.start), width=PHONE)


def _welfare() -> Iterator[Picture]:
    def of_staff(name: str, page: str, way: Callable[[Visit], None]) -> Picture:
        return Picture(f"welfare-{name}", f"welfare.{page}", "kuraattori", way)

    yield of_staff("pupils", "pupils", welfare.pupils)
    yield of_staff("purpose", "pupil", welfare.purpose)
    yield of_staff("look-up", "look_up", welfare.look_up)
    nurse = replace(of_staff("look-up-phone", "look_up", welfare.look_up), swedish=True)
    yield replace(nurse, username="terveydenhoitaja", width=PHONE)
    yield of_staff("own-log", "own_log", welfare.own_log)


def _main_user() -> Iterator[Picture]:
    ways = (
        ("groups", "matrix.groups", office.home),
        ("add-member", "matrix.add_member", office.add_member),
        ("end-member", "matrix.end_member", office.of_group("a[href*='/members/']")),
        ("matrix", "matrix.matrix", office.matrix),
        ("matrix-review", "matrix.matrix", office.matrix_review),
        ("matrix-versions", "matrix.versions", office.of_group("a[href$='/versions']")),
        ("policy", "policy.choices", office.section("policy")),
        ("policy-change", "policy.change", office.policy_change),
        ("policy-review", "policy.change", office.policy_review),
        ("policy-history", "policy.history", office.section("policy", "history")),
        ("deciders", "decider.pupils", decision.found),
        ("decider-capacity", "decider.capacity", decision.capacity),
        ("decider-review", "decider.capacity", decision.capacity_review),
        ("decider-guardian", "decider.guardian", decision.guardian),
        ("decider-guardian-review", "decider.guardian", decision.guardian_review),
        ("decider-end-capacity", "decider.end_capacity", decision.end_capacity),
        ("decider-end-guardian", "decider.end_guardian", decision.end_guardian),
        ("decider", "decider.pupil", decision.pupil),
        ("note-types", "note_type.types", office.section("note-types")),
        ("note-type", "note_type.edit", office.note_type),
        ("note-types-import", "note_type.import_table", office.section("note-types", "import")),
        ("note-types-review", "note_type.import_table", office.note_types_review),
        ("hand-offs", "hand_off.channels", office.section("hand-offs")),
    )
    for name, page, way in ways:
        yield Picture(name, page, "paakayttaja", way)
    yield Picture("groups-phone", "matrix.groups", "paakayttaja", office.home, PHONE, True)


def _consent_form() -> Iterator[Picture]:
    yield Picture("consent-form-start", "consent_form.start", "paakayttaja", draft.start)
    yield Picture("consent-form", "consent_form.overview", "paakayttaja", draft.draft)
    ways = (
        ("texts", "/texts/fi"),
        ("questions", "/questions"),
        ("terms", "/terms"),
        ("compare", "/compare"),
        ("publish", "/publish"),
        ("discard", "/discard"),
    )
    for name, ending in ways:
        way = draft.of_draft(ending)
        yield Picture(f"consent-form-{name}", f"consent_form.{name}", "paakayttaja", way)
    preview = draft.of_draft("/preview/draft")
    yield Picture("consent-form-preview", "consent_form.preview", "paakayttaja", preview, PHONE)


def _everybody() -> Iterator[Picture]:
    yield Picture("oversight", "oversight.events", "tietosuoja", office.home)
    yield Picture("oversight-event", "oversight.event", "tietosuoja", office.event)
    yield Picture("oversight-chain", "oversight.verify", "tietosuoja", office.chain)
    yield Picture("start", "start", "opettaja", office.start)
    yield Picture("guide", "guide.roles", "kuraattori", office.guide)
    yield Picture("guide-role", "guide.role", "huoltaja", office.guide_page, PHONE, True)
    answer = "guardian.answer"
    yield Picture("error-expired", answer, "huoltaja", mishap.expired, PHONE)
    yield Picture("error-overtaken", answer, "huoltaja", mishap.overtaken, PHONE, True)
    yield Picture("error-not-permitted", answer, "huoltaja", mishap.not_permitted, PHONE)
    yield Picture("error-nobody-selected", "secretary.pupils", "sihteeri", mishap.nobody_selected)
    yield Picture("error-unknown-address", "miss", "kuraattori", mishap.unknown_address)


PICTURES = (
    *_family(),
    *_secretary(),
    *_welfare(),
    *_main_user(),
    *_consent_form(),
    *_everybody(),
)
