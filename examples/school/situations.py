"""What happens in a school now and then, so that the demo has something to show on every page."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from examples.school.accounts import NamedPeople
from examples.school.database import db
from examples.school.models import Person, Pupil
from examples.school.past import work_on
from wilma_ext.clock import midnight
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.consent.answer_record import ShownForm, record_answer
from wilma_ext.rights.consent.consent import hold, withdraw
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.paper import Paper
from wilma_ext.rights.consent.paper_answer import enter
from wilma_ext.rights.decider.capacity import record_capacity
from wilma_ext.rights.form.consent_form import Form, form_of
from wilma_ext.rights.hand_off import Channel, set_channels
from wilma_ext.rights.person import pupil_of
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Capacity, Choice, Decider
from wilma_ext.work import Work

#: A pupil with the guardians who decide.
Family = tuple[int, list[int]]

#: The county's own services; the addresses lead nowhere.
CHANNELS = (
    Channel(
        "https://lunna.example.com/", "Lunna: varaa aika", "Lunna: boka tid", "Lunna: book a time"
    ),
    Channel("09 123 4567", "Soita kuraattorille", "Ring kuratorn", "Call the school social worker"),
    Channel(
        "https://omaperhe.example.com/",
        "Omaperhe: apua perheille",
        "Omaperhe: hjälp för familjer",
        "Omaperhe: help for families",
    ),
)


@dataclass(frozen=True)
class Situations:
    """Makes each situation, by families who have said nothing so far."""

    named: NamedPeople
    form_id: str
    today: date

    @property
    def provider_ref(self) -> str:
        return str(self.named.municipality_id)

    def make(self, families: list[Family]) -> None:
        """Let some families disagree, withdraw, sign a paper; one consent has ended by itself."""
        self.name_channels()
        pairs = [family for family in families if len(family[1]) > 1]
        for family, act in zip(
            pairs, (self.disagree, self.run_out, self.withdraw, self.sign_paper), strict=False
        ):
            act(*family)
        taken = {pupil for pupil, _ in pairs[:4]}
        self.decide_alone([pupil for pupil, _ in families if pupil not in taken])

    def name_channels(self) -> None:
        """The main user names the county's own services."""
        with work_on(self._ago(6)) as work:
            set_channels(
                work,
                actor=self._actor("paakayttaja", "main_user"),
                provider_ref=self.provider_ref,
                county="luvn",
                channels=CHANNELS,
                before=(),
            )

    def disagree(self, pupil: int, guardians: list[int]) -> None:
        """One guardian says yes, the other no."""
        for person, choice in zip(guardians, (Choice.YES, Choice.NO), strict=False):
            self._answer(pupil, person, choice, self._ago(4))

    def run_out(self, pupil: int, guardians: list[int]) -> None:
        """A yes has ended; nobody has answered since."""
        self._answer(pupil, guardians[0], Choice.YES, self._ago(4), until=self._ago(2))

    def withdraw(self, pupil: int, guardians: list[int]) -> None:
        """A guardian takes back what was given."""
        person = guardians[0]
        self._answer(pupil, person, Choice.YES, self._ago(4))
        with work_on(self._ago(3)) as work:
            shown = ShownForm(self._form(work), "fi")
            withdraw(work, current_state.register, giver=self._giver(pupil, person), shown=shown)

    def sign_paper(self, pupil: int, guardians: list[int]) -> None:
        """The secretary records a paper on which a guardian has said yes."""
        with work_on(self._ago(2)) as work:
            hold(work, self.provider_ref, str(pupil))
            form = self._form(work)
            paper = Paper(
                giver=self._giver(pupil, guardians[0]),
                form=form,
                language="fi",
                signed_on=self._ago(3),
                document="KRA 2026/118",
                choices=_everything(form, Choice.YES),
            )
            secretary = self._actor("sihteeri", "secretary").ref
            enter(work, current_state.register, paper, entered_by=secretary, last_seen=None)

    def decide_alone(self, pupils: list[int]) -> None:
        """The main user records that a pupil whom the age does not let decide does so alone."""
        found = db.session.scalar(
            select(Pupil.id)
            .join(Person, Person.id == Pupil.person_id)
            .where(Pupil.id.in_(pupils))
            .order_by(Pupil.birth_date.desc(), Pupil.id)
            .limit(1)
        )
        if found is None:
            return
        with work_on(self._ago(2)) as work:
            record_capacity(
                work,
                current_state.register,
                actor=self._actor("paakayttaja", "main_user"),
                provider_ref=self.provider_ref,
                pupil_ref=str(found),
                decides=Decider.PUPIL,
                reason="Oppilas ymmärtää asian ja sen vaikutukset",
                document="KRA 2026/121",
            )

    def _answer(
        self, pupil: int, person: int, choice: Choice, day: date, *, until: date | None = None
    ) -> None:
        with work_on(day) as work:
            hold(work, self.provider_ref, str(pupil))
            form = self._form(work)
            record_answer(
                work,
                current_state.register,
                giver=self._giver(pupil, person),
                pupil=pupil_of(work, current_state.register, str(pupil), self.provider_ref),
                shown=ShownForm(form, "fi"),
                choices=_everything(form, choice),
                until=midnight(until) if until else form.consent_ends(work.now()),
            )

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _actor(self, username: str, office: str) -> Actor:
        return Actor(str(self.named.persons[username]), office)

    def _form(self, work: Work) -> Form:
        return form_of(work, self.provider_ref, self.form_id)

    def _giver(self, pupil: int, person: int) -> Giver:
        return Giver(str(person), Capacity.GUARDIAN, self.provider_ref, str(pupil))


def _everything(form: Form, choice: Choice) -> dict[ConsentPair, Choice]:
    return dict.fromkeys(sorted(form.pairs()), choice)
