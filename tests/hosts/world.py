"""Small worlds in the plain and the hostile host, written row by row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tests.hosts.plain import Absence, House, Mark, User, db


@dataclass(frozen=True)
class SmallWorld:
    """The ids of a world with two providers."""

    tenant: str = "t-1"
    other_tenant: str = "t-2"
    house: str = "s-1"
    second_house: str = "s-2"
    other_tenants_house: str = "s-9"
    #: A pupil of twelve with two guardians.
    pupil: str = "u-0001"
    #: A sister or brother with one guardian only.
    sibling: str = "u-0002"
    #: A pupil of 18, at the second school.
    adult: str = "u-0003"
    #: A pupil without guardians.
    alone: str = "u-0004"
    #: A pupil of the other provider.
    stranger: str = "u-0005"
    guardian1: str = "u-0101"
    guardian2: str = "u-0102"
    strangers_guardian: str = "u-0103"
    kuraattori: str = "u-0201"
    psykologi: str = "u-0202"
    secretary: str = "u-0301"
    main_user: str = "u-0302"
    officer: str = "u-0303"
    other_secretary: str = "u-0304"


def add_house(house_id: str, tenant: str, name: str = "") -> None:
    db.session.add(House(id=house_id, tenant=tenant, name=name or f"School {house_id}"))
    db.session.flush()


def add_person(
    user_id: str, *, office: str = "", tenant: str = "", human: str = "", language: str = "fi"
) -> None:
    """Add an adult: a guardian, a worker, or with an office a member of the staff."""
    db.session.add(
        User(
            id=user_id,
            first="Person",
            last=user_id,
            email=f"{user_id}@example.com",
            language=language,
            human=human or None,
            office=office or None,
            tenant=tenant or None,
        )
    )
    db.session.flush()


def add_pupil(
    user_id: str,
    house_id: str,
    *,
    born: date | None = None,
    guardians: Iterable[str] = (),
    class_name: str = "6A",
    active: bool = True,
) -> None:
    """Add a pupil with at most two guardians, added before."""
    first, second = (*guardians, None, None)[:2]
    db.session.add(
        User(
            id=user_id,
            first="Pupil",
            last=user_id,
            house_id=house_id,
            class_name=class_name,
            born=born,
            active=active,
            guardian1_id=first,
            guardian2_id=second,
        )
    )
    db.session.flush()


def add_absence(user_id: str, day: date, code: str = "away", minutes: int | None = 45) -> None:
    db.session.add(Absence(user_id=user_id, day=day, code=code, minutes=minutes))


def add_mark(
    user_id: str,
    day: date,
    value: str = "8",
    *,
    subject: str = "Matematiikka",
    kind: str = "exam",
    visible_from: datetime | None = None,
) -> None:
    db.session.add(
        Mark(
            user_id=user_id,
            day=day,
            value=value,
            subject=subject,
            kind=kind,
            visible_from=visible_from,
        )
    )


def small_world(today: date) -> SmallWorld:
    """Insert and commit two providers, three schools and a handful of people."""
    ids = SmallWorld()
    add_house(ids.house, ids.tenant)
    add_house(ids.second_house, ids.tenant)
    add_house(ids.other_tenants_house, ids.other_tenant)
    for person in (ids.guardian1, ids.guardian2, ids.strangers_guardian):
        add_person(person)
    for worker in (ids.kuraattori, ids.psykologi):
        add_person(worker)
    add_person(ids.secretary, office="secretary", tenant=ids.tenant)
    add_person(ids.main_user, office="main_user", tenant=ids.tenant)
    add_person(ids.officer, office="officer", tenant=ids.tenant)
    add_person(ids.other_secretary, office="secretary", tenant=ids.other_tenant)
    twelve, adult = date(today.year - 12, 1, 1), date(today.year - 19, 1, 1)
    add_pupil(ids.pupil, ids.house, born=twelve, guardians=(ids.guardian1, ids.guardian2))
    add_pupil(ids.sibling, ids.house, born=twelve, guardians=(ids.guardian1,))
    add_pupil(ids.adult, ids.second_house, born=adult, guardians=(ids.guardian2,))
    add_pupil(ids.alone, ids.house, born=twelve)
    add_pupil(
        ids.stranger,
        ids.other_tenants_house,
        born=twelve,
        guardians=(ids.strangers_guardian,),
    )
    for pupil in (ids.pupil, ids.sibling, ids.adult, ids.stranger):
        add_absence(pupil, today)
        add_absence(pupil, today, "ill")
        add_mark(pupil, today)
    db.session.commit()
    return ids
