"""Everything that the state of a consent rests on, read for many pupils in a few plain statements.

`likeness` compares these facts, so they must hold every column that the rule reads: a test compares
the rule's statement with `READ`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    func,
    or_,
    select,
    type_coerce,
    union,
)

from wilma_ext.models import (
    Answer,
    AnswerChoice,
    AnswerDecider,
    CapacityDecision,
    ConsentForm,
    GuardianDecision,
    Instant,
    ObservedChange,
    PolicyVersion,
)
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import as_reference, as_text
from wilma_ext.register.relation import column, id_type, native_id, relation
from wilma_ext.rights.access.bound import AT, PROVIDER_REF
from wilma_ext.rights.access.period import live, open_ended
from wilma_ext.rights.consent.likeness_fact import SOON, Act, Facts, Guardianship, Said
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.work import Work

_LATER = bindparam("soon", type_=Instant())
#: No reference contains it: the register refuses what cannot be printed.
_BETWEEN = "\x1f"


def facts_of(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    county: str,
    school_refs: Iterable[str],
    at: datetime,
) -> Facts:
    """Return the facts about the pupils of the schools as they stood at the instant.

    Those of the register are today's.
    """
    values = {
        "provider_ref": provider_ref,
        "county": county,
        "at": at,
        "soon": at + SOON,
        "schools": [native_id(register, "schools", "id", ref) for ref in school_refs],
    }
    return Facts(
        at,
        _said(work, register, values),
        _acts(work, register, values),
        _guardians(work, register, values),
        _singular(work, provider_ref),
        _changes(work, provider_ref),
    )


def _pupils(register: SchoolRegister, *, as_ref: bool) -> Select[Any]:
    """The pupils of the schools: as a list of values it would be longer than all the rest."""
    pupil = relation(register, "pupils")
    schools = bindparam("schools", type_=id_type(register, "schools", "id"), expanding=True)
    key = as_text(pupil.c.id) if as_ref else pupil.c.id
    return select(key).where(pupil.c.school_id.in_(schools), pupil.c.enrolled.is_(True))


def _open_ended_later(until: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(until.is_(None), until > _LATER)


def _instant(of: ColumnElement[Any]) -> ColumnElement[Any]:
    """The instant as the database compares it: reading it as a date and time costs too much."""
    return type_coerce(of, String)


def _said(work: Work, register: SchoolRegister, values: Mapping[str, Any]) -> dict[str, list[Said]]:
    choice = AnswerChoice.__table__.c
    pair = choice.profession + ":" + choice.category
    said = (choice.answer_id, choice.giver_ref, choice.capacity, choice.value, choice.given_at)
    period = (choice.valid_from, choice.valid_until)
    statement = (
        select(
            choice.pupil_ref,
            *said[:4],
            _instant(choice.given_at),
            live(AnswerChoice.__table__),
            and_(choice.valid_from <= _LATER, _open_ended_later(choice.valid_until)),
            func.aggregate_strings(pair, ","),
        )
        .where(
            choice.provider_ref == PROVIDER_REF,
            choice.county == bindparam("county"),
            choice.pupil_ref.in_(_pupils(register, as_ref=True)),
            choice.given_at <= AT,
            open_ended(choice.superseded_at),
        )
        .group_by(choice.pupil_ref, *said, *period)
    )
    found: dict[str, list[Said]] = {}
    for ref, *row, alive, lasts, pairs in work.connection.execute(statement, values).all():
        found.setdefault(ref, []).append(
            Said._make((*row, bool(alive), bool(lasts), pairs_in(pairs)))
        )
    return found


@lru_cache(maxsize=1024)
def pairs_in(text: str) -> frozenset[ConsentPair]:
    """Return the pairs of a list such as `kuraattori:absences,psykologi:grades`."""
    return frozenset(ConsentPair(*pair.split(":", 1)) for pair in text.split(","))


def _acts(work: Work, register: SchoolRegister, values: Mapping[str, Any]) -> dict[str, list[Act]]:
    answer, decider = Answer.__table__, AnswerDecider.__table__
    statement = (
        select(
            answer.c.pupil_ref,
            answer.c.id,
            *[answer.c[name] for name in ("giver_ref", "capacity", "act", "county", "form_id")],
            _instant(answer.c.given_at),
            answer.c.given_on,
            answer.c.school_ref,
            func.aggregate_strings(decider.c.person_ref, _BETWEEN),
        )
        .select_from(answer.outerjoin(decider, decider.c.answer_id == answer.c.id))
        .where(
            answer.c.provider_ref == PROVIDER_REF,
            answer.c.pupil_ref.in_(_pupils(register, as_ref=True)),
            answer.c.given_at <= AT,
        )
        .group_by(answer.c.id)
        .order_by(answer.c.given_at, answer.c.id)
    )
    found: dict[str, list[Act]] = {}
    for ref, *row, deciders in work.connection.execute(statement, values).all():
        names = tuple(deciders.split(_BETWEEN)) if deciders else ()
        found.setdefault(ref, []).append(Act._make((*row, names)))
    return found


def _guardians(
    work: Work, register: SchoolRegister, values: Mapping[str, Any]
) -> dict[str, list[Guardianship]]:
    guardian = relation(register, "guardianships")
    statement = select(
        guardian.c.pupil_id,
        guardian.c.guardian_id,
        guardian.c.may_decide,
        guardian.c.restricted_information,
        column(guardian, "valid_from"),
        column(guardian, "valid_until"),
    ).where(guardian.c.pupil_id.in_(_pupils(register, as_ref=False)))
    schools = {"schools": values["schools"]}
    found: dict[str, list[Guardianship]] = {}
    for pupil, person, *rest in work.connection.execute(statement, schools).all():
        row = Guardianship(as_reference(person), *rest)
        found.setdefault(as_reference(pupil), []).append(row)
    return found


def _singular(work: Work, provider_ref: str) -> frozenset[str]:
    """The pupils of whom something has been decided that is rare: each is looked at alone."""
    return frozenset(
        ref
        for model in (CapacityDecision, GuardianDecision, ObservedChange)
        for ref in work.session.scalars(
            select(model.pupil_ref).where(model.provider_ref == provider_ref).distinct()
        )
    )


def _changes(work: Work, provider_ref: str) -> list[Any]:
    policy, form = PolicyVersion.__table__.c, ConsentForm.__table__.c
    changes = union(
        select(_instant(policy.valid_from)).where(policy.provider_ref == provider_ref),
        select(_instant(policy.valid_until)).where(
            policy.provider_ref == provider_ref, policy.valid_until.is_not(None)
        ),
        select(_instant(form.published_at)).where(
            form.provider_ref == provider_ref, form.published_at.is_not(None)
        ),
    )
    return sorted(work.connection.scalars(changes))
