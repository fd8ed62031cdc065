"""What one version of a matrix changes against another: counted, listed, and by whom (A5, A10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wilma_ext.blueprints.author import author_name
from wilma_ext.blueprints.matrix.forms import all_pairs, cell_label, pair_title
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.welfare.matrix import Cell, changed_cells
from wilma_ext.rights.welfare.matrix_history import PublishedVersion
from wilma_ext.vocabulary import Route


@dataclass(frozen=True)
class Change:
    """One cell that differs."""

    cell: str
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """What a version changes, counted and listed (A5)."""

    added: int
    removed: int
    altered: int
    cells: tuple[Change, ...]
    #: Anything opens that was closed, opens by another route, or shows more.
    wider: bool


def changes_between(old: Mapping[ConsentPair, Cell], new: Mapping[ConsentPair, Cell]) -> Changes:
    """Return what the new cells change."""
    changed = changed_cells(old, new)
    order = {pair: number for number, pair in enumerate(all_pairs())}
    pairs = sorted(changed, key=lambda pair: (order.get(pair, len(order)), pair))
    added = sum(before.route == Route.OFF for before, _ in changed.values())
    removed = sum(after.route == Route.OFF for _, after in changed.values())
    told = (
        Change(pair_title(pair), *(cell_label(cell) for cell in changed[pair])) for pair in pairs
    )
    wider = any(after.wider_than(before) for before, after in changed.values())
    return Changes(added, removed, len(changed) - added - removed, tuple(told), wider)


@dataclass(frozen=True)
class VersionCard:
    """One published version and what it changed."""

    version: int
    valid_from: datetime
    author: str
    reason: str
    changes: Changes
    current: bool


def version_cards(
    versions: list[PublishedVersion], names: Mapping[str, str]
) -> tuple[VersionCard, ...]:
    """Return the versions, newest first, each compared with the one before it."""
    older: list[Mapping[ConsentPair, Cell]] = [v.cells for v in versions[1:]]
    return tuple(
        VersionCard(
            version.version,
            version.valid_from,
            author_name(version.author, names),
            version.reason,
            changes_between(before, version.cells),
            version.valid_until is None,
        )
        for version, before in zip(versions, [*older, {}], strict=True)
    )
