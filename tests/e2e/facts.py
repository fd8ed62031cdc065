"""What has happened in the school before somebody looks, by the product's own commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from examples.school.consents import OPERATOR
from examples.school.database import db
from examples.school.models import Account, Grade, Guardianship, Municipality, Pupil
from examples.school.past import work_on
from tests import present
from wilma_ext.clock import midnight
from wilma_ext.rights.consent.activation import activate
from wilma_ext.rights.consent.answer_record import ShownForm, record_answer
from wilma_ext.rights.consent.consent import hold
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.form.consent_form import CHANGED, Form, current_form, publish_form
from wilma_ext.rights.person import pupil_of
from wilma_ext.rights.policy.policy import set_policy
from wilma_ext.rights.welfare.matrix import Cell, matrix_at, publish_matrix
from wilma_ext.rights.welfare.welfare_group import groups_of
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Capacity, Choice, Route
from wilma_ext.work import Work

COUNTY = "luvn"


@contextmanager
def host(app: Flask) -> Iterator[str]:
    """Change the school system's own tables; give the municipality of the named accounts."""
    with app.app_context():
        yield str(db.session.scalars(select(Municipality.id).order_by(Municipality.id)).first())
        db.session.commit()


def person_of(username: str) -> int:
    return db.session.scalars(select(Account.person_id).filter_by(username=username)).one()


def child_of(given_names: str) -> Pupil:
    """Return a pupil of the named accounts."""
    found = select(Pupil).filter_by(given_names=given_names).order_by(Pupil.id)
    return next(one for one in db.session.scalars(found) if one.family_name in FAMILIES)


FAMILIES = ("Virtanen", "Nieminen", "Rantanen")


def form_in(work: Work, provider: str) -> Form:
    form = current_form(work, provider, COUNTY, work.now())
    assert form is not None
    return form


def answered_before(app: Flask, child: str, *, ends_in: int, enabled: bool = False) -> None:
    """The guardian said yes yesterday; it ends at the beginning of a day from today on."""
    today = present.today()
    with host(app) as provider:
        ref, person = str(child_of(child).id), str(person_of("huoltaja"))
        with work_on(today - timedelta(days=1)) as work:
            hold(work, provider, ref)
            form = form_in(work, provider)
            record_answer(
                work,
                current_state.register,
                giver=Giver(person, Capacity.GUARDIAN, provider, ref),
                pupil=pupil_of(work, current_state.register, ref, provider),
                shown=ShownForm(form, "fi"),
                choices=dict.fromkeys(sorted(form.pairs()), Choice.YES),
                until=midnight(today + timedelta(days=ends_in)),
            )
        if enabled:
            with work_on(today - timedelta(days=1), 13) as work:
                activate(
                    work,
                    current_state.register,
                    actor=OPERATOR,
                    provider_ref=provider,
                    pupil_refs=[ref],
                    group_id=groups_of(work, provider)[0].id,
                )


def new_form(app: Flask, changed: str, *languages: str) -> None:
    """Publish a version of the form that tells what changed, in these languages."""
    with host(app) as provider:
        with current_state.work() as work:
            form = form_in(work, provider)
        with current_state.work() as work:
            publish_form(
                work,
                actor=OPERATOR,
                provider_ref=provider,
                county=COUNTY,
                questions=form.questions,
                texts={one: {**form.texts[one], CHANGED: changed} for one in languages},
            )


def form_text(app: Flask, language: str) -> dict[str, str]:
    """Return the parts of the form in force."""
    with host(app) as provider, current_state.work() as work:
        return dict(form_in(work, provider).texts[language])


def policy(app: Flask, **changes: Any) -> None:
    with host(app) as provider, current_state.work() as work:
        set_policy(work, actor=OPERATOR, provider_ref=provider, changes=changes)


def opened_by_law(app: Flask, profession: str, category: str) -> None:
    """The matrix opens one category to one profession on the basis of law, and nothing else."""
    with host(app) as provider, current_state.work() as work:
        group = groups_of(work, provider)[0].id
        version = matrix_at(work, group, work.now()).version
    with host(app) as provider, current_state.work() as work:
        publish_matrix(
            work,
            actor=OPERATOR,
            provider_ref=provider,
            group_id=group,
            cells={ConsentPair(profession, category): Cell(Route.STATUTORY)},
            based_on=version,
        )


def custody(app: Flask, child: str, **values: Any) -> None:
    """The school system says something else of the guardian and the child."""
    with host(app):
        of_child = Guardianship.pupil_id == child_of(child).id
        mine = Guardianship.guardian_id == person_of("huoltaja")
        db.session.execute(update(Guardianship).where(of_child, mine).values(**values))


def guardian_of(app: Flask, child: str) -> None:
    """The guardian has this child too."""
    with host(app):
        pair = {"pupil_id": child_of(child).id, "guardian_id": person_of("huoltaja")}
        db.session.add(Guardianship(**pair))


def colleague(app: Flask) -> None:
    """The second secretary works for the same municipality."""
    with host(app) as provider:
        account = db.session.get_one(Account, person_of("sihteeri2"))
        account.municipality_id = int(provider)


def renamed(app: Flask, group_of: str, *names: str) -> None:
    """Pupils of this child's class have other names: family name, then given names."""
    with host(app):
        child = child_of(group_of)
        others = select(Pupil).where(Pupil.group_id == child.group_id, Pupil.id != child.id)
        for pupil, name in zip(db.session.scalars(others.order_by(Pupil.id)), names, strict=False):
            pupil.family_name, pupil.given_names = name.split(" ", 1)


def graded(app: Flask, child: str, subject: str, mark: str) -> None:
    """A mark in words beside the grades."""
    with host(app):
        day = present.today() - timedelta(days=1)
        given = {"scale": "verbal", "kind": "exam", "day": day, "value": mark}
        db.session.add(Grade(pupil_id=child_of(child).id, subject=subject, **given))


def left_school(app: Flask, family_name: str, given_names: str) -> None:
    with host(app):
        named = {"family_name": family_name, "given_names": given_names}
        db.session.execute(update(Pupil).filter_by(**named).values(enrolled=False))


def today_in_words(days: int = 0) -> str:
    """Return today's date as one writes it, or that of some days later."""
    day = present.today() + timedelta(days=days)
    return f"{day.day}.{day.month}.{day.year}"
