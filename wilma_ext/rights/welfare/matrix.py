"""The rights matrix of one group: read, published as a whole new version, compared (P8, A4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from wilma_ext.errors import Conflict, Invalid
from wilma_ext.models import MatrixCell, MatrixVersion
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.welfare.welfare_group import group_of
from wilma_ext.vocabulary import (
    STATUTORY_PROFESSIONS,
    Detail,
    Profession,
    Route,
)
from wilma_ext.work import Work


@dataclass(frozen=True)
class Cell:
    """One cell: by which route the category opens and in what detail (P8, P11)."""

    route: Route
    detail: Detail = Detail.ROWS

    def __str__(self) -> str:
        """Return the cell as a word: `off`, `consent`, `consent/totals`."""
        plain = self.route == Route.OFF or self.detail == Detail.ROWS
        return self.route.value if plain else f"{self.route.value}/{self.detail.value}"

    @classmethod
    def read(cls, word: str) -> "Cell":
        """Return the cell behind a word; an unknown one is a `ValueError`."""
        route, _, detail = word.partition("/")
        return cls(Route(route), Detail(detail) if detail else Detail.ROWS)

    def wider_than(self, other: "Cell") -> bool:
        """Tell whether it shows anything that the other does not, or by another route."""
        if self.route == Route.OFF:
            return False
        return self.route != other.route or _LEVELS.index(self.detail) > _LEVELS.index(other.detail)


#: From the least to the most that is shown.
_LEVELS = (Detail.TOTALS, Detail.ROWS, Detail.REASONS)


@dataclass(frozen=True)
class Matrix:
    """A published version; a pair without a cell is off."""

    version: int
    valid_from: datetime | None
    author: str
    cells: Mapping[ConsentPair, Cell]

    def route(self, profession: str, category: str) -> Route:
        """Return the route of a cell, off where there is none."""
        cell = self.cells.get(ConsentPair(profession, category))
        return cell.route if cell else Route.OFF


NOTHING_OPEN = Matrix(0, None, "", {})


def matrix_at(work: Work, group_id: str, at: datetime) -> Matrix:
    """Return the group's matrix in force at the instant; before the first nothing is open."""
    row = work.session.scalar(
        select(MatrixVersion).where(
            MatrixVersion.group_id == group_id,
            MatrixVersion.valid_from <= at,
            or_(MatrixVersion.valid_until.is_(None), MatrixVersion.valid_until > at),
        )
    )
    return NOTHING_OPEN if row is None else _read(work, row)


def publish_matrix(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    group_id: str,
    cells: Mapping[ConsentPair, Cell],
    based_on: int,
    reason: str = "",
) -> Matrix:
    """Put a new version in force from now on; the one before gets its end.

    `based_on` is the version that the author saw: another since then is a conflict (A13).
    """
    _check(cells)
    work.lock_provider(provider_ref, exclusive=True)
    at = work.now()
    group_of(work, provider_ref, group_id)
    before = _last(work, group_id)
    if (before.version if before else 0) != based_on:
        raise Conflict("the matrix has been published by somebody else")
    old = _read(work, before) if before else NOTHING_OPEN
    row = MatrixVersion(
        id=new_id(),
        provider_ref=provider_ref,
        group_id=group_id,
        version=based_on + 1,
        valid_from=at,
        valid_until=None,
        author=actor.ref,
        approver=None,
        reason=reason,
    )
    _replace(work, before, row)
    open_cells = {pair: cell for pair, cell in cells.items() if cell.route != Route.OFF}
    work.session.add_all(_row(row, pair, cell) for pair, cell in open_cells.items())
    work.session.flush()
    _record(work, actor, row, old.cells, open_cells)
    return _read(work, row)


def _record(
    work: Work,
    actor: Actor,
    row: MatrixVersion,
    before: Mapping[ConsentPair, Cell],
    after: Mapping[ConsentPair, Cell],
) -> None:
    data = {
        "group": row.group_id,
        "version": row.version,
        "before": _told(before),
        "after": _told(after),
    }
    work.record(Recorded(row.provider_ref, Event.MATRIX_PUBLISHED, actor, data=data))


def _replace(work: Work, before: MatrixVersion | None, row: MatrixVersion) -> None:
    if before is not None:
        before.valid_until = row.valid_from
        work.session.flush()
    work.session.add(row)
    work.session.flush()


def changed_cells(
    old: Mapping[ConsentPair, Cell], new: Mapping[ConsentPair, Cell]
) -> dict[ConsentPair, tuple[Cell, Cell]]:
    """Return the cells that differ in route or detail, before and after (A5)."""
    off = Cell(Route.OFF)
    cells = {pair: (old.get(pair, off), new.get(pair, off)) for pair in sorted({*old, *new})}
    return {
        pair: (before, after)
        for pair, (before, after) in cells.items()
        if str(before) != str(after)
    }


def _check(cells: Mapping[ConsentPair, Cell]) -> None:
    known = {profession.value for profession in Profession}
    for pair, cell in cells.items():
        if pair.profession not in known:
            raise Invalid("matrix_profession")
        if cell.route == Route.STATUTORY and pair.profession not in STATUTORY_PROFESSIONS:
            raise Invalid("matrix_statutory", str(pair))


def _last(work: Work, group_id: str) -> MatrixVersion | None:
    newest = select(func.max(MatrixVersion.version)).where(MatrixVersion.group_id == group_id)
    return work.session.scalar(
        select(MatrixVersion).where(
            MatrixVersion.group_id == group_id, MatrixVersion.version == newest.scalar_subquery()
        )
    )


def _read(work: Work, row: MatrixVersion) -> Matrix:
    cells = work.session.scalars(select(MatrixCell).where(MatrixCell.version_id == row.id))
    return Matrix(
        row.version,
        row.valid_from,
        row.author,
        {
            ConsentPair(cell.profession, cell.category): Cell(
                Route(cell.route), Detail(cell.detail)
            )
            for cell in cells
        },
    )


def _row(version: MatrixVersion, pair: ConsentPair, cell: Cell) -> MatrixCell:
    return MatrixCell(
        version_id=version.id,
        provider_ref=version.provider_ref,
        profession=pair.profession,
        category=pair.category,
        route=cell.route.value,
        detail=cell.detail.value,
    )


def _told(cells: Mapping[ConsentPair, Cell]) -> dict[str, str]:
    return {str(pair): f"{cell.route}/{cell.detail}" for pair, cell in sorted(cells.items())}
