"""What a paper may be: who may have signed it, and on which version of the form (R24, S15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from wilma_ext.errors import NotFound
from wilma_ext.models import AnswerChoice, ConsentForm
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.consent import may_answer
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.decider.guardian import entitled_refs
from wilma_ext.rights.desk.reminder_facts import asked_county
from wilma_ext.rights.form.consent_form import Form, current_form, form_of
from wilma_ext.rights.person import Pupil, display_names
from wilma_ext.vocabulary import Capacity, Choice
from wilma_ext.work import Work


@dataclass(frozen=True)
class Paper:
    """What stands on a paper, and whose it is."""

    giver: Giver
    #: The version that is printed on it; of a withdrawal the one in force.
    form: Form
    language: str
    signed_on: date
    #: The reference under which the school keeps the paper.
    document: str
    #: None takes back the consent.
    choices: Mapping[ConsentPair, Choice] | None


@dataclass(frozen=True)
class Signer:
    """Somebody who may have signed; who does not decide today can only take back a yes."""

    giver: Giver
    name: str
    decides: bool


@dataclass(frozen=True)
class Version:
    """A published version of the form."""

    form_id: str
    number: int
    material: bool
    published_at: datetime


def signers_of(work: Work, register: SchoolRegister, pupil: Pupil) -> list[Signer]:
    """Return today's deciders by name, and whoever else has a yes that stands (R3)."""
    refs = entitled_refs(work, register, pupil.pupil_ref, work.now())
    people = {(ref, Capacity.GUARDIAN) for ref in refs}
    if pupil.person_ref is not None:
        people.add((pupil.person_ref, Capacity.PUPIL))
    given = _who_said_yes(work, pupil)
    names = display_names(work, register, frozenset(ref for ref, _ in people | given))
    found = []
    for ref, capacity in people | given:
        giver = Giver(ref, capacity, pupil.provider_ref, pupil.pupil_ref)
        decides = may_answer(work, register, giver, pupil)
        if decides or (ref, capacity) in given:
            name = pupil.name if capacity == Capacity.PUPIL else names.get(ref, "")
            found.append(Signer(giver, name, decides))
    return sorted(found, key=lambda one: (one.giver.capacity, one.name, one.giver.person_ref))


def _who_said_yes(work: Work, pupil: Pupil) -> set[tuple[str, Capacity]]:
    rows = work.session.execute(
        select(AnswerChoice.giver_ref, AnswerChoice.capacity)
        .where(
            AnswerChoice.provider_ref == pupil.provider_ref,
            AnswerChoice.pupil_ref == pupil.pupil_ref,
            AnswerChoice.value == Choice.YES.value,
            AnswerChoice.superseded_at.is_(None),
        )
        .distinct()
    )
    return {(ref, Capacity(capacity)) for ref, capacity in rows}


def versions_of(work: Work, provider_ref: str) -> list[Version]:
    """Return the published versions of the form that is in force, the newest first."""
    county = asked_county(work, provider_ref, work.now())
    rows = work.session.scalars(
        select(ConsentForm)
        .where(
            ConsentForm.provider_ref == provider_ref,
            ConsentForm.county == county,
            ConsentForm.published_at <= work.now(),
        )
        .order_by(ConsentForm.version.desc())
    )
    return [
        Version(row.id, row.version, row.material, row.published_at)
        for row in rows
        if row.published_at is not None
    ]


def form_in_force(work: Work, provider_ref: str) -> Form:
    """Return the provider's form of today, or `NotFound`."""
    county = asked_county(work, provider_ref, work.now())
    form = None if county is None else current_form(work, provider_ref, county, work.now())
    if form is None:
        raise NotFound("no form")
    return form


def form_version(work: Work, provider_ref: str, number: int) -> Form:
    """Return one published version of the form that is in force, or `NotFound`."""
    for version in versions_of(work, provider_ref):
        if version.number == number:
            return form_of(work, provider_ref, version.form_id)
    raise NotFound("no such version")
