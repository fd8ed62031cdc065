"""The published versions of one group's rights matrix, newest first (A10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from wilma_ext.models import MatrixCell, MatrixVersion
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.welfare.matrix import NOTHING_OPEN, Cell, Matrix
from wilma_ext.vocabulary import Detail, Route
from wilma_ext.work import Work


@dataclass(frozen=True)
class PublishedVersion:
    """One version as it was published."""

    version: int
    valid_from: datetime
    valid_until: datetime | None
    author: str
    reason: str
    cells: Mapping[ConsentPair, Cell]


def matrix_versions(work: Work, provider_ref: str, group_id: str) -> list[PublishedVersion]:
    """Return every published version of the group's matrix with its cells."""
    rows = work.session.scalars(
        select(MatrixVersion)
        .where(
            MatrixVersion.provider_ref == provider_ref,
            MatrixVersion.group_id == group_id,
            MatrixVersion.valid_from.is_not(None),
        )
        .order_by(MatrixVersion.version.desc())
    ).all()
    cells: dict[str, dict[ConsentPair, Cell]] = {row.id: {} for row in rows}
    of_versions = select(MatrixCell).where(MatrixCell.version_id.in_(cells))
    for cell in work.session.scalars(of_versions):
        pair = ConsentPair(cell.profession, cell.category)
        cells[cell.version_id][pair] = Cell(Route(cell.route), Detail(cell.detail))
    return [
        PublishedVersion(
            row.version, row.valid_from, row.valid_until, row.author, row.reason, cells[row.id]
        )
        for row in rows
        if row.valid_from is not None
    ]


def last_matrix(work: Work, provider_ref: str, group_id: str) -> Matrix:
    """Return the last published version without asking for the instant; no lock is needed before.

    A command that publishes the next one checks the version again under its lock.
    """
    for last in matrix_versions(work, provider_ref, group_id)[:1]:
        return Matrix(last.version, last.valid_from, last.author, last.cells)
    return NOTHING_OPEN
