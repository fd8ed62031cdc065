"""What the main user's pages show, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from wilma_ext.blueprints.collation import collation_key
from wilma_ext.blueprints.day import last_day
from wilma_ext.blueprints.label import (
    category_description,
    category_label,
    profession_title,
    school_label,
)
from wilma_ext.blueprints.main_user import main_user_frame
from wilma_ext.blueprints.matrix.forms import cell_label
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.clock import civil_date
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.access.categories import shown_categories
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.policy.policy import Policy
from wilma_ext.rights.provider import Names, county_name
from wilma_ext.rights.welfare.matrix import Cell, matrix_at
from wilma_ext.rights.welfare.membership_list import ListedMember, members_of
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Profession, Route
from wilma_ext.work import Work


def frame_of(work: Work, holder: OfficeHolder) -> dict[str, Any]:
    """Return the frame of every page of the area."""
    url = url_for("wilma_ext.matrix.groups", provider=holder.provider_handle)
    return {**main_user_frame(work, holder), "groups_url": url}


@dataclass(frozen=True)
class MatrixTable:
    """Professions by categories: each row is a profession and its cells in words."""

    categories: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class MemberRow:
    """A member of the group."""

    name: str
    profession: str
    schools: str
    since: date
    until: date | None
    end_url: str


@dataclass(frozen=True)
class GroupCard:
    """One welfare group with its members and the matrix in force."""

    key: str
    name: str
    county: str
    members: tuple[MemberRow, ...]
    matrix: MatrixTable
    version: int
    valid_from: datetime | None
    urls: Mapping[str, str]


def group_name(group: Any) -> str:
    names = Names(group.name_fi, group.name_sv, group.name_en)
    return names.in_language(current_visit().speech.code)


def group_card(work: Work, holder: OfficeHolder, group: Any) -> GroupCard:
    """Return one group as it stands now."""
    at, register = work.now(), current_state.register
    members = members_of(work, register, holder.provider_ref, group.id, at)
    matrix = matrix_at(work, group.id, at)
    county = county_name(work, holder.provider_ref, group.county)
    here: dict[str, Any] = {"provider": holder.provider_handle, "group": group.id}
    pages = ("add_member", "matrix", "versions")
    return GroupCard(
        group.id,
        group_name(group),
        county.in_language(current_visit().speech.code),
        _member_rows(holder, members),
        matrix_table(matrix.cells),
        matrix.version,
        matrix.valid_from,
        {page: url_for(f"wilma_ext.matrix.{page}", **here) for page in pages},
    )


def _member_rows(holder: OfficeHolder, members: list[ListedMember]) -> tuple[MemberRow, ...]:
    language = current_visit().speech.code
    ordered = sorted(members, key=lambda m: (collation_key(language, m.name), m.membership_id))
    return tuple(
        MemberRow(
            member.name or gettext("Unknown to the school system"),
            profession_title(member.profession),
            ", ".join(school_label(one.name, one.name_sv) for one in member.schools),
            civil_date(member.since),
            last_day(member.until) if member.until else None,
            url_for(
                "wilma_ext.matrix.end_member",
                provider=holder.provider_handle,
                membership=member.membership_id,
            ),
        )
        for member in ordered
    )


def matrix_table(cells: Mapping[ConsentPair, Cell]) -> MatrixTable:
    """Return a matrix in words."""
    register = current_state.register
    categories = shown_categories(register)
    rows = (
        (
            profession_title(profession.value),
            tuple(_cell_text(cells.get(ConsentPair(profession.value, c))) for c in categories),
        )
        for profession in Profession
    )
    return MatrixTable(tuple(category_label(register, key) for key in categories), tuple(rows))


def _cell_text(cell: Cell | None) -> str:
    return cell_label(cell or Cell(Route.OFF))


@dataclass(frozen=True)
class CategoryNote:
    """What a column of the matrix contains."""

    name: str
    text: str


def category_notes() -> tuple[CategoryNote, ...]:
    register = current_state.register
    return tuple(
        CategoryNote(category_label(register, key), category_description(register, key))
        for key in shown_categories(register)
    )


def law_opens_nothing(cells: Mapping[ConsentPair, Cell], policy: Policy) -> bool:
    """Tell whether a cell says "by law" although the provider's policy does not allow it."""
    return any(
        cell.route == Route.STATUTORY and pair.profession not in policy.law_opens
        for pair, cell in cells.items()
    )
