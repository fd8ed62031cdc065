"""A migrated plain host in use: provider, group, members, matrix, one consent, one activation.

Everything is made by the plugin's own commands. `desk` is the fixture; others import from here.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, select

from tests import present
from tests.hosts.plain import Absence, create_host, db, plain_register
from tests.hosts.world import SmallWorld, add_absence, add_mark, add_person, small_world
from wilma_ext import WilmaExt
from wilma_ext.identity import memberships_of
from wilma_ext.migrate import upgrade
from wilma_ext.models import AuditEvent
from wilma_ext.oversight.event import Actor
from wilma_ext.register import Category, CategoryColumn, Kind, Labels, SchoolRegister
from wilma_ext.rights.consent.activation import activate
from wilma_ext.rights.consent.answer_record import ShownForm
from wilma_ext.rights.consent.consent import answer, latest_answer, withdraw
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.form.consent_form import current_form
from wilma_ext.rights.form.default_text import default_form_texts
from wilma_ext.rights.policy.policy import set_policy
from wilma_ext.rights.provider import Beginning, Names, create_provider, handles_of, providers
from wilma_ext.rights.welfare.matrix import Cell, matrix_at, publish_matrix
from wilma_ext.rights.welfare.membership import start_membership
from wilma_ext.rights.welfare.welfare_group import groups_of
from wilma_ext.state import KEY, State
from wilma_ext.vocabulary import Capacity, Choice, Profession, Route
from wilma_ext.work import Work

IDS = SmallWorld()
#: For what does not depend on the database: bad input, words, tokens.
ONE_DATABASE = pytest.mark.parametrize("engine_name", ["sqlite"])
OTHER_OFFICER, OTHER_MAIN_USER = "u-0305", "u-0306"
OPERATOR = Actor("operator:test", "operator")
COUNTY = "luvn"


@dataclass
class Clock:
    """The database's clock, put forward by a test that must not wait."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self, connection: Connection) -> datetime:
        return present.clock(connection) + self.ahead


@dataclass
class Desk:
    """The host in use, and what its pages are asked with."""

    app: Flask
    clock: Clock
    url: str = "/wilma-ext"

    @property
    def state(self) -> State:
        state: State = self.app.extensions[KEY]
        return state

    @contextmanager
    def work(self) -> Iterator[Work]:
        with self.app.app_context(), self.state.work() as work:
            yield work

    def client(self, person: str, language: str = "en") -> FlaskClient:
        """Return a browser in which the person is signed in."""
        client = self.app.test_client()
        client.get(f"/sign-in/{person}")
        client.set_cookie("wilma_ext_language", language)
        return client

    def provider(self, ref: str = IDS.tenant) -> str:
        with self.work() as work:
            return next(row.handle for row in providers(work) if row.ref == ref)

    def membership(self, person: str) -> str:
        with self.work() as work:
            return memberships_of(work, person)[0].id

    def group(self, ref: str = IDS.tenant) -> str:
        with self.work() as work:
            return groups_of(work, ref)[0].id

    def handle(self, pupil: str, ref: str = IDS.tenant) -> str:
        with self.work() as work:
            return handles_of(work, ref, [pupil])[pupil]

    def welfare(self, person: str = IDS.kuraattori) -> str:
        return f"{self.url}/welfare/{self.membership(person)}"

    def pupil_url(self, pupil: str = IDS.pupil, person: str = IDS.kuraattori) -> str:
        return f"{self.welfare(person)}/pupils/{self.handle(pupil)}"

    def events(self, ref: str = IDS.tenant) -> list[AuditEvent]:
        """Return the provider's log, oldest first."""
        with self.work() as work:
            of_provider = select(AuditEvent).where(AuditEvent.provider_ref == ref)
            found = list(work.session.scalars(of_provider.order_by(AuditEvent.sequence)))
            work.session.expunge_all()
            return found

    def publish(self, cells: Mapping[tuple[str, str], Route], ref: str = IDS.tenant) -> None:
        group = self.group(ref)
        with self.work() as work:
            version = matrix_at(work, group, work.now()).version
        with self.work() as work:
            publish_matrix(
                work,
                actor=OPERATOR,
                provider_ref=ref,
                group_id=group,
                cells={ConsentPair(*pair): Cell(route) for pair, route in cells.items()},
                based_on=version,
            )

    def policy(self, **changes: Any) -> None:
        with self.work() as work:
            set_policy(work, actor=OPERATOR, provider_ref=IDS.tenant, changes=changes)

    def withdraw(self, guardian: str = IDS.guardian1, pupil: str = IDS.pupil) -> None:
        giver = Giver(guardian, Capacity.GUARDIAN, IDS.tenant, pupil)
        shown = self.form()
        with self.work() as work:
            withdraw(work, self.state.register, giver=giver, shown=shown)

    def form(self) -> ShownForm:
        with self.work() as work:
            form = current_form(work, IDS.tenant, COUNTY, work.now())
        assert form is not None
        return ShownForm(form, "fi")

    def consent(
        self, no: tuple[str, ...] = (), guardian: str = IDS.guardian1, pupil: str = IDS.pupil
    ) -> None:
        """Answer yes to everything but the named pairs, then enable the group."""
        giver = Giver(guardian, Capacity.GUARDIAN, IDS.tenant, pupil)
        shown = self.form()
        choices = {p: Choice.NO if str(p) in no else Choice.YES for p in shown.form.pairs()}
        register = self.state.register
        with self.work() as work:
            last = latest_answer(work, giver)
            seen = last.id if last else None
        with self.work() as work:
            answer(work, register, giver=giver, shown=shown, choices=choices, last_seen=seen)
        self.enable(pupil)

    def enable(self, pupil: str = IDS.pupil) -> None:
        group = self.group()
        with self.work() as work:
            activate(
                work,
                self.state.register,
                actor=Actor(IDS.secretary, "secretary"),
                provider_ref=IDS.tenant,
                pupil_refs=[pupil],
                group_id=group,
            )


def desk_register() -> SchoolRegister:
    """The plain host's register with a declared category."""
    detentions = Category(
        key="detentions",
        labels=Labels("Jälki-istunnot", "Kvarsittningar", "Detentions"),
        descriptions=Labels("Päivä ja kesto.", "Dag och längd.", "Day and length."),
        select=select(Absence.user_id.label("pupil_id"), Absence.day, Absence.minutes).where(
            Absence.code == "detention"
        ),
        columns=(
            CategoryColumn("minutes", Kind.INTEGER, Labels("Minuutit", "Minuter", "Minutes")),
        ),
    )
    return replace(plain_register(), categories=(detentions,))


def host_with(address: str, clock: Clock, register: SchoolRegister | None = None) -> Flask:
    def welcome(app: Flask, database: SQLAlchemy) -> WilmaExt:
        guest = WilmaExt(database, register=register or desk_register(), clock=clock)
        guest.init_app(app)
        return guest

    return create_host(address, guest=welcome)


def beside(desk: Desk, register: SchoolRegister) -> Desk:
    """Return a second host on the same database, which says something else of its school world."""
    clock = Clock()
    return Desk(host_with(desk.app.config["SQLALCHEMY_DATABASE_URI"], clock, register), clock)


def build_desk(address: str) -> None:
    """Fill an empty database; the template of every test's own copy."""
    desk = Desk(host_with(address, Clock()), Clock())
    with desk.app.app_context():
        upgrade(desk.state.engine)
        _fill_host()
    for tenant in (IDS.tenant, IDS.other_tenant):
        _begin(desk, tenant)
    _add_member(desk, IDS.kuraattori, Profession.KURAATTORI)
    _add_member(desk, IDS.psykologi, Profession.PSYKOLOGI)
    desk.publish(
        {
            ("kuraattori", "absences"): Route.CONSENT,
            ("kuraattori", "grades"): Route.CONSENT,
            ("psykologi", "absences"): Route.CONSENT,
        }
    )
    desk.consent(no=("psykologi:grades",))
    close(desk)


def _fill_host() -> None:
    today = present.today()
    small_world(today)
    for person, office in ((OTHER_OFFICER, "officer"), (OTHER_MAIN_USER, "main_user")):
        add_person(person, office=office, tenant=IDS.other_tenant)
    for back in range(1, 60):
        day = today - timedelta(days=back)
        if day.weekday() < 5 and back % 4 == 0:
            add_absence(IDS.pupil, day, ("away", "open", "late")[back % 3])
    for back, value in ((40, "7"), (25, "8½"), (10, "9-")):
        add_mark(IDS.pupil, today - timedelta(days=back), value, subject="Äidinkieli")
    add_absence(IDS.pupil, today, "detention", 60)
    db.session.commit()


def _begin(desk: Desk, tenant: str) -> None:
    name = Names(f"Kunta {tenant}", f"Kommun {tenant}", f"Municipality {tenant}")
    county = Names("Länsi-Uusimaa", "Västra Nyland", "Western Uusimaa")
    beginning = Beginning(
        provider_ref=tenant,
        name=name,
        county=COUNTY,
        county_name=county,
        group_name=Names("Opiskeluhuolto", "Elevhälsan", "Pupil welfare"),
        form_texts=default_form_texts({"fi": county.fi, "sv": county.sv, "en": county.en}),
    )
    with desk.work() as work:
        create_provider(work, desk.state.register, actor=OPERATOR, beginning=beginning)


def _add_member(desk: Desk, person: str, profession: Profession) -> None:
    group = desk.group()
    with desk.work() as work:
        start_membership(
            work,
            desk.state.register,
            actor=Actor(IDS.main_user, "main_user"),
            provider_ref=IDS.tenant,
            group_id=group,
            person_ref=person,
            profession=profession,
            school_refs=(IDS.house,),
        )


def close(desk: Desk) -> None:
    with desk.app.app_context():
        desk.state.engine.dispose()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def desk(template_database: Callable[[Callable[[str], None]], str]) -> Iterator[Desk]:
    """Give this test's own host in use, on each database."""
    clock = Clock()
    made = Desk(host_with(template_database(build_desk), clock), clock)
    yield made
    close(made)
