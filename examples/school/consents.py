"""Demo facts of the plugin, made by its own commands: group, members, matrix, answers."""

import random
from datetime import date, timedelta

from sqlalchemy import select

from examples.school.accounts import NamedPeople
from examples.school.database import db
from examples.school.models import Guardianship, Municipality, Person, Pupil, School
from examples.school.past import work_on
from examples.school.situations import Situations
from wilma_ext.clock import school_year_end, school_year_start
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.consent.activation import activate
from wilma_ext.rights.consent.answer_record import ShownForm, record_answer
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.form.consent_form import form_of
from wilma_ext.rights.form.default_text import default_form_texts
from wilma_ext.rights.person import pupil_of
from wilma_ext.rights.provider import Beginning, Begun, Names, create_provider
from wilma_ext.rights.welfare.matrix import Cell, publish_matrix
from wilma_ext.rights.welfare.membership import start_membership
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Capacity, Choice, Profession, Route
from wilma_ext.work import Work

OPERATOR = Actor("operator:demo", "operator")
COUNTY = Names(
    "Länsi-Uudenmaan hyvinvointialue",
    "Västra Nylands välfärdsområde",
    "Western Uusimaa Wellbeing Services County",
)
GROUP = Names(
    "Opiskeluhuolto, hyvinvointialue", "Elevhälsa, välfärdsområde", "Pupil welfare, county"
)

#: Shares of guardians who said yes, said no; the rest have not answered.
YES, NO = 0.78, 0.07
#: Families who keep the grades back, and guardians who say another thing than the one before.
KEEP_GRADES, DISAGREE = 0.1, 0.03
#: Families of whom only one guardian has answered so far.
ALONE = 0.2
#: Answers are given in so many batches, one a day from mid-August on.
BATCHES = 20
#: In the first weeks of a school year the families were asked this long ago, before it began.
ENOUGH_TIME = timedelta(days=30)


def seed_consents(named: NamedPeople, today: date) -> list[str]:
    """Take the plugin into use for both municipalities and let families answer.

    The families of the named accounts have not answered: that is what the demo is for.
    """
    start = min(school_year_start(today) + timedelta(days=9), today - ENOUGH_TIME)
    chance = random.Random(20261121)
    begun = {}
    for ref in (named.municipality_id, named.second_municipality_id):
        begun[ref] = _begin(db.session.get_one(Municipality, ref), start)
    group = begun[named.municipality_id].group_id
    _add_members(named, group, start)
    _open_matrix(named, group, start)
    answered = _answer(named, begun[named.municipality_id], start, today, chance)
    enabled = _enable(named, group, answered, start, today)
    silent = [family for family in _families(named) if str(family[0]) not in answered]
    Situations(named, begun[named.municipality_id].form_id, today).make(silent)
    return [f"{len(answered)} pupils with an answer, {enabled} of them enabled"]


def _begin(municipality: Municipality, day: date) -> Begun:
    names = {"fi": COUNTY.fi, "sv": COUNTY.sv, "en": COUNTY.en}
    swedish = municipality.name_sv or municipality.name
    beginning = Beginning(
        str(municipality.id),
        Names(municipality.name, swedish, municipality.name),
        "luvn",
        COUNTY,
        GROUP,
        default_form_texts(names),
    )
    with work_on(day, 8) as work:
        return create_provider(work, current_state.register, actor=OPERATOR, beginning=beginning)


def _add_members(named: NamedPeople, group_id: str, day: date) -> None:
    schools = [str(ref) for ref in named.school_ids]
    for profession in Profession:
        with work_on(day, 9) as work:
            start_membership(
                work,
                current_state.register,
                actor=OPERATOR,
                provider_ref=str(named.municipality_id),
                group_id=group_id,
                person_ref=str(named.persons[profession.value]),
                profession=profession,
                school_refs=tuple(schools),
            )


def _open_matrix(named: NamedPeople, group_id: str, day: date) -> None:
    cells = {
        ConsentPair(profession.value, category): Cell(Route.CONSENT)
        for profession in Profession
        for category in ("absences", "grades")
    }
    with work_on(day, 10) as work:
        publish_matrix(
            work,
            actor=OPERATOR,
            provider_ref=str(named.municipality_id),
            group_id=group_id,
            cells=cells,
            based_on=1,
            reason="Suostumuksia pyydetään lukuvuoden alusta",
        )


def _families(named: NamedPeople) -> list[tuple[int, list[int]]]:
    """Pupils of the municipality with their deciding guardians, the named families left out."""
    rows = db.session.execute(
        select(Guardianship.pupil_id, Guardianship.guardian_id)
        .join(Pupil, Pupil.id == Guardianship.pupil_id)
        .join(School, School.id == Pupil.school_id)
        .where(
            School.municipality_id == named.municipality_id,
            Guardianship.may_decide.is_(True),
            Guardianship.restricted_information.is_(False),
        )
        .order_by(Guardianship.pupil_id, Guardianship.guardian_id)
    ).all()
    left_out = {*named.children_ids, named.shared_child_id, named.pupil16_id, named.pupil18_id}
    found: dict[int, list[int]] = {}
    for pupil, person in rows:
        if pupil not in left_out:
            found.setdefault(pupil, []).append(person)
    return list(found.items())


def _answer(
    named: NamedPeople, begun: Begun, start: date, today: date, chance: random.Random
) -> list[str]:
    families = _families(named)
    languages = dict(db.session.execute(select(Person.id, Person.language)).all())
    days = max(1, (today - start).days - 10)
    answered: list[str] = []
    for batch in range(BATCHES):
        day = start + timedelta(days=1 + batch * days // BATCHES)
        with work_on(day) as work:
            answered += _answer_batch(
                work, named, begun, families[batch::BATCHES], languages, chance
            )
    return answered


def _answer_batch(
    work: Work,
    named: NamedPeople,
    begun: Begun,
    families: list[tuple[int, list[int]]],
    languages: dict[int, str],
    chance: random.Random,
) -> list[str]:
    provider_ref = str(named.municipality_id)
    work.lock_provider(provider_ref)
    for pupil, _ in sorted(families, key=lambda family: str(family[0])):
        work.lock_pupil(provider_ref, str(pupil), exclusive=True)
    form = form_of(work, provider_ref, begun.form_id)
    answered = []
    for pupil, guardians in families:
        mood = chance.random()
        if mood > YES + NO:
            continue
        yes = Choice.YES if mood < YES else Choice.NO
        keeps_grades = chance.random() < KEEP_GRADES
        for person in guardians:
            record_answer(
                work,
                current_state.register,
                giver=Giver(str(person), Capacity.GUARDIAN, provider_ref, str(pupil)),
                pupil=pupil_of(work, current_state.register, str(pupil), provider_ref),
                shown=ShownForm(form, form.language_for(languages[person])),
                choices=_choices(form.pairs(), yes, keeps_grades=keeps_grades),
                until=school_year_end(work.now()),
            )
            if chance.random() < ALONE:
                break
            if chance.random() < DISAGREE:
                yes = Choice.NO
            keeps_grades ^= chance.random() < DISAGREE
        answered.append(str(pupil))
    return answered


def _choices(
    pairs: frozenset[ConsentPair], usual: Choice, *, keeps_grades: bool
) -> dict[ConsentPair, Choice]:
    """Mostly one answer to everything; some families keep the grades back."""
    return {
        pair: Choice.NO if keeps_grades and pair.category == "grades" else usual
        for pair in sorted(pairs)
    }


def _enable(
    named: NamedPeople, group_id: str, answered: list[str], start: date, today: date
) -> int:
    """The secretary has enabled those who answered first; the others wait on the desk."""
    first = answered[: len(answered) // 5]
    with work_on(max(start, today - timedelta(days=5))) as work:
        done = activate(
            work,
            current_state.register,
            actor=Actor(str(named.persons["sihteeri"]), "secretary"),
            provider_ref=str(named.municipality_id),
            pupil_refs=first,
            group_id=group_id,
        )
    return len(done)
