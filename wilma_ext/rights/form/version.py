"""The published versions of a provider's form for one county, newest first."""

from sqlalchemy import select

from wilma_ext.errors import NotFound
from wilma_ext.models import ConsentForm, County
from wilma_ext.rights.form.consent_form import Form, form_of
from wilma_ext.work import Work


def form_versions(work: Work, provider_ref: str, county: str) -> list[tuple[Form, str]]:
    """Return every published version with its author."""
    rows = work.session.execute(
        select(ConsentForm.id, ConsentForm.author)
        .where(
            ConsentForm.provider_ref == provider_ref,
            ConsentForm.county == county,
            ConsentForm.published_at.is_not(None),
        )
        .order_by(ConsentForm.version.desc())
    ).all()
    return [(form_of(work, provider_ref, row.id), row.author) for row in rows]


def form_version(work: Work, provider_ref: str, county: str, version: int) -> Form:
    """Return one published version, or `NotFound`."""
    found = work.session.scalar(
        select(ConsentForm.id).where(
            ConsentForm.provider_ref == provider_ref,
            ConsentForm.county == county,
            ConsentForm.version == version,
            ConsentForm.published_at.is_not(None),
        )
    )
    if found is None:
        raise NotFound("no such version")
    return form_of(work, provider_ref, found)


def counties_of(work: Work, provider_ref: str) -> list[str]:
    """Return the keys of the counties that the provider works with; each has a form of its own."""
    return list(
        work.session.scalars(
            select(County.key).where(County.provider_ref == provider_ref).order_by(County.key)
        )
    )
