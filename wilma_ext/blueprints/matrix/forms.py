"""Forms of the main user: one cell of the matrix is one select."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length

from wilma_ext.blueprints.field import (
    CheckboxesField,
    DayField,
    OneOf,
    SomeOf,
    offered,
    option,
)
from wilma_ext.blueprints.form import SignedForm
from wilma_ext.blueprints.label import (
    category_label,
    detail_label,
    profession_title,
    route_label,
)
from wilma_ext.blueprints.visit import gettext, lazy
from wilma_ext.rights.access.categories import has_reasons, shown_categories
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.welfare.matrix import Cell, Matrix
from wilma_ext.state import current_state
from wilma_ext.vocabulary import STATUTORY_PROFESSIONS, Detail, Profession, Route

MOST_LETTERS = 500


class MemberForm(SignedForm):
    """Whom to add, in which profession, for which schools."""

    person = RadioField(
        lazy("Who is added"), validate_choice=False, validators=[OneOf(lazy("Choose a person."))]
    )
    profession = RadioField(
        lazy("Profession"), validate_choice=False, validators=[OneOf(lazy("Choose a profession."))]
    )
    schools = CheckboxesField(
        lazy("Schools"),
        validate_choice=False,
        validators=[SomeOf(lazy("Choose at least one school."))],
    )
    last_day = DayField(
        lazy("Last day (optional)"),
        description=lazy("For example 31.7.2027. Leave it empty if the end is not known."),
    )

    def offer(self, people: Sequence[tuple[str, str]], schools: Sequence[tuple[str, str]]) -> None:
        """Set what may be chosen."""
        professions = [option(p.value, profession_title(p.value)) for p in Profession]
        self.person.choices = [option(*person) for person in people]
        self.profession.choices = professions
        self.schools.choices = [option(*school) for school in schools]


class ConfirmForm(SignedForm):
    """One button; nothing to fill in."""


class MatrixForm(SignedForm):
    """The fixed part; a select for every cell is added for the categories of this school system."""

    #: Whether what was chosen opens more than before: then a reason is needed.
    wider = False
    #: The version that the page showed, to notice another one in between (A13).
    based_on = HiddenField()
    reason = TextAreaField(
        lazy("Why is the matrix changed?"),
        description=lazy("The reason stays with the version. Write no names of pupils."),
        validators=[Length(max=MOST_LETTERS, message=lazy("Write at most 500 letters."))],
    )

    def cells(self) -> dict[ConsentPair, Cell]:
        """Return what was chosen for every cell."""
        return {pair: Cell.read(self[cell_name(pair)].data) for pair in all_pairs()}

    def cells_hold(self) -> bool:
        """Tell whether every cell has one of its options, whatever else is wrong."""
        return all(field.data in offered(field) for field in self.cell_fields())

    def cell_fields(self) -> list[Any]:
        """Return the fields of the cells."""
        return [self[cell_name(pair)] for pair in all_pairs()]

    def validate_reason(self, field: Any) -> None:
        if self.wider and not self.stated_reason():
            raise ValidationError(gettext("Write why the rights are made wider."))

    def stated_reason(self) -> str:
        return (self["reason"].data or "").strip()

    def version(self) -> int | None:
        """Return the version that the page showed, or None where it was tampered with."""
        text = self["based_on"].data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def matrix_form(purpose: str, matrix: Matrix) -> MatrixForm:
    """Return the form with the cells as they are, or as they were sent."""
    fields = {cell_name(pair): _cell_field(pair) for pair in all_pairs()}
    off = Cell(Route.OFF)
    now = {cell_name(pair): str(matrix.cells.get(pair, off)) for pair in all_pairs()}
    form_class: Any = type("CellForm", (MatrixForm,), fields)
    form: MatrixForm = form_class.of(purpose, data={**now, "based_on": str(matrix.version)})
    return form


def all_pairs() -> list[ConsentPair]:
    """Return every cell: the professions in their order, each with every category."""
    categories = shown_categories(current_state.register)
    return [ConsentPair(p.value, category) for p in Profession for category in categories]


def cell_name(pair: ConsentPair) -> str:
    return f"cell-{pair.profession}-{pair.category}"


def cell_label(cell: Cell) -> str:
    """Return a cell in words; every entry is what one expects and is not said."""
    route = route_label(cell.route.value)
    plain = cell.route == Route.OFF or cell.detail == Detail.ROWS
    return route if plain else f"{route}, {detail_label(cell.detail.value)}"


def _cell_field(pair: ConsentPair) -> Any:
    name = pair_title(pair)
    return SelectField(
        name,
        choices=[option(str(cell), cell_label(cell)) for cell in _cells_of(pair)],
        validate_choice=False,
        validators=[OneOf(gettext("Choose one of the options for %(cell)s.", cell=name))],
    )


def _cells_of(pair: ConsentPair) -> list[Cell]:
    """What a cell may be: the law opens nothing for nurse and doctor (R10); reasons stand only
    in a declared category that has them."""
    routes = [Route.CONSENT]
    if pair.profession in STATUTORY_PROFESSIONS:
        routes.append(Route.STATUTORY)
    details = [Detail.ROWS, Detail.TOTALS]
    if has_reasons(current_state.register, pair.category):
        details.append(Detail.REASONS)
    return [Cell(Route.OFF), *(Cell(route, detail) for route in routes for detail in details)]


def pair_title(pair: ConsentPair) -> str:
    """Return the name of a cell: "School nurse: Absences" (A1)."""
    category = category_label(current_state.register, pair.category)
    return f"{profession_title(pair.profession)}: {category}"


@dataclass(frozen=True)
class FormCell:
    """One cell of the form: its field, its column, and what stands now where it was changed."""

    field: Any
    category: str
    changed_from: str


@dataclass(frozen=True)
class FormRow:
    """One profession's cells; locked where the law opens nothing for the profession."""

    profession: str
    locked: bool
    cells: tuple[FormCell, ...]


def form_rows(form: MatrixForm, now: Mapping[ConsentPair, Cell]) -> tuple[FormRow, ...]:
    """Return the form as a table, each cell told apart where it differs from what stands."""
    return tuple(
        FormRow(
            profession_title(profession.value),
            profession not in STATUTORY_PROFESSIONS,
            tuple(
                _form_cell(form, pair, now)
                for pair in all_pairs()
                if pair.profession == profession.value
            ),
        )
        for profession in Profession
    )


def _form_cell(form: MatrixForm, pair: ConsentPair, now: Mapping[ConsentPair, Cell]) -> FormCell:
    field, cell = form[cell_name(pair)], now.get(pair, Cell(Route.OFF))
    changed_from = "" if field.data == str(cell) else cell_label(cell)
    return FormCell(field, category_label(current_state.register, pair.category), changed_from)
