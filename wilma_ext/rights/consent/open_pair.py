"""What is enabled now: the pairs of activations that have no end (design 4.7)."""

from sqlalchemy import or_, select

from wilma_ext.models import ActivationPair, WelfareGroup
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.work import Work


def open_pairs(
    work: Work,
    provider_ref: str,
    pupil_ref: str,
    group_id: str | None = None,
    *,
    dated: bool = False,
) -> list[ActivationPair]:
    """Return the pairs that are enabled for a pupil without an end.

    With `dated` also those whose end is to come: what closes a pair closes these too, or a later
    yes would find them open (design 4.7).
    """
    ends = ActivationPair.valid_until
    still_open = or_(ends.is_(None), ends > work.now()) if dated else ends.is_(None)
    statement = select(ActivationPair).where(
        ActivationPair.provider_ref == provider_ref,
        ActivationPair.pupil_ref == pupil_ref,
        still_open,
    )
    if group_id is not None:
        statement = statement.where(ActivationPair.group_id == group_id)
    return list(work.session.scalars(statement))


def open_pairs_of_many(
    work: Work, group: WelfareGroup, pupil_refs: list[str]
) -> dict[str, dict[ConsentPair, str]]:
    """Return the open pairs by pupil, with the activation that opened each."""
    statement = select(ActivationPair).where(
        ActivationPair.provider_ref == group.provider_ref,
        ActivationPair.group_id == group.id,
        ActivationPair.pupil_ref.in_(pupil_refs),
        ActivationPair.valid_until.is_(None),
    )
    found: dict[str, dict[ConsentPair, str]] = {}
    for row in work.session.scalars(statement):
        found.setdefault(row.pupil_ref, {})[pair_of(row)] = row.activation_id
    return found


def pair_of(row: ActivationPair) -> ConsentPair:
    """Return the pair that the row has opened."""
    return ConsentPair(row.profession, row.category)
