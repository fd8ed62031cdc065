"""A provider comes to life: cautious policy, county, group, empty matrix, default form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from wilma_ext.errors import Conflict, NotFound
from wilma_ext.models import County, Handle, Provider
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.form.consent_form import Question, publish_form
from wilma_ext.rights.person import schools_of
from wilma_ext.rights.policy.policy import Policy, first_policy
from wilma_ext.rights.welfare.matrix import publish_matrix
from wilma_ext.rights.welfare.welfare_group import create_group
from wilma_ext.vocabulary import Profession
from wilma_ext.work import Work


@dataclass(frozen=True)
class Names:
    """A name in the three languages."""

    fi: str
    sv: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the name in the language, or the Finnish one."""
        return {"sv": self.sv, "en": self.en}.get(language, self.fi) or self.fi


@dataclass(frozen=True)
class Beginning:
    """What `provider init` needs to know."""

    provider_ref: str
    name: Names
    county: str
    county_name: Names
    group_name: Names
    #: language -> part -> text of the default form, the county already named.
    form_texts: Mapping[str, Mapping[str, str]]
    privacy_url: str = ""


@dataclass(frozen=True)
class Begun:
    """The new provider's ids."""

    handle: str
    group_id: str
    form_id: str


def create_provider(
    work: Work, register: SchoolRegister, *, actor: Actor, beginning: Beginning
) -> Begun:
    """Create a provider whose schools the host knows; nothing is open until somebody opens it."""
    ref = beginning.provider_ref
    work.lock_provider(ref, exclusive=True)
    at = work.now()
    if not schools_of(work, register, ref):
        raise NotFound("the host has no school of this provider")
    if work.session.get(Provider, ref) is not None:
        raise Conflict("the provider exists already")
    provider = _rows(work, beginning, at)
    work.record(Recorded(ref, Event.PROVIDER_CREATED, actor, data={"name": beginning.name.fi}))
    first_policy(work, actor=actor, provider_ref=ref, policy=Policy())
    names = beginning.group_name
    group_id = create_group(
        work,
        actor=actor,
        provider_ref=ref,
        county=beginning.county,
        names=(names.fi, names.sv, names.en),
    )
    publish_matrix(work, actor=actor, provider_ref=ref, group_id=group_id, cells={}, based_on=0)
    form_id = publish_form(
        work,
        actor=actor,
        provider_ref=ref,
        county=beginning.county,
        questions=default_questions(),
        texts=beginning.form_texts,
        privacy_url=beginning.privacy_url,
    )
    return Begun(provider.handle, group_id, form_id)


def _rows(work: Work, beginning: Beginning, at: datetime) -> Provider:
    name, county_name = beginning.name, beginning.county_name
    provider = Provider(
        ref=beginning.provider_ref,
        handle=new_id(),
        name_fi=name.fi,
        name_sv=name.sv,
        name_en=name.en,
        created_at=at,
    )
    county = County(
        provider_ref=beginning.provider_ref,
        key=beginning.county,
        name_fi=county_name.fi,
        name_sv=county_name.sv,
        name_en=county_name.en,
    )
    work.session.add_all([provider, county])
    work.session.flush()
    return provider


def default_questions() -> tuple[Question, ...]:
    """Return the two questions of the default form: absences and grades (design 4.1)."""
    everyone = tuple(profession.value for profession in Profession)
    return (Question("absences", everyone), Question("grades", everyone))


def provider_of(work: Work, handle: str) -> Provider:
    """Return the provider behind a handle, or `NotFound`."""
    found = work.session.scalar(select(Provider).where(Provider.handle == handle))
    if found is None:
        raise NotFound("no such provider")
    return found


def providers(work: Work) -> list[Provider]:
    """Return every provider that has taken the plugin into use."""
    return list(work.session.scalars(select(Provider).order_by(Provider.ref)))


def county_name(work: Work, provider_ref: str, key: str) -> Names:
    """Return the name of a county the provider works with."""
    county = work.session.get(County, (provider_ref, key))
    if county is None:
        raise NotFound("no such county")
    return Names(county.name_fi, county.name_sv, county.name_en)


def pupil_behind(work: Work, handle: str) -> tuple[str, str]:
    """Return the provider and the pupil behind a handle, or `NotFound`."""
    found = work.session.get(Handle, handle)
    if found is None:
        raise NotFound("no such pupil")
    return found.provider_ref, found.pupil_ref


def pupils_behind(work: Work, provider_ref: str, handles: list[str]) -> frozenset[str]:
    """Return the provider's pupils behind the handles; another's or an unknown one is left out."""
    statement = select(Handle.pupil_ref).where(
        Handle.provider_ref == provider_ref, Handle.handle.in_(handles)
    )
    return frozenset(work.session.scalars(statement))


def handles_of(work: Work, provider_ref: str, pupil_refs: list[str]) -> dict[str, str]:
    """Return a handle for each pupil, making those that are missing."""
    found = _handles(work, provider_ref, pupil_refs)
    missing = sorted(set(pupil_refs) - found.keys())
    if missing:
        _make_handles(work, provider_ref, missing)
        found = _handles(work, provider_ref, pupil_refs)
    return found


def _handles(work: Work, provider_ref: str, pupil_refs: list[str]) -> dict[str, str]:
    statement = select(Handle.pupil_ref, Handle.handle).where(
        Handle.provider_ref == provider_ref, Handle.pupil_ref.in_(pupil_refs)
    )
    return {row.pupil_ref: row.handle for row in work.session.execute(statement)}


def _make_handles(work: Work, provider_ref: str, pupil_refs: list[str]) -> None:
    rows = [
        {"handle": new_id(), "provider_ref": provider_ref, "pupil_ref": ref} for ref in pupil_refs
    ]
    work.session.execute(insert_missing(work, Handle), rows)


def insert_missing(work: Work, model: Any) -> Any:
    """Return an INSERT that leaves an existing row alone, in the words of the database.

    Of the table, not of the model: a session tells the row count of that alone.
    """
    dialect = postgresql if work.connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(model.__table__).on_conflict_do_nothing()


def inserted_first(work: Work, model: type, row: Mapping[str, object]) -> bool:
    """Insert the row where there is none yet; tell whether it was this that did."""
    statement = insert_missing(work, model).values(dict(row))
    done = work.connection.execute(statement.execution_options(preserve_rowcount=True))
    return done.rowcount == 1
