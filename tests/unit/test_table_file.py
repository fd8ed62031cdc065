"""Tables as files: every cell arrives as it was, and none of them is a formula (S9, S16)."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wilma_ext.blueprints.table_file import Cell, csv_bytes, xlsx_bytes

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = ('=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1")
HARMLESS = ("Åsa Öberg-Lind", "O'Brien", "6A", "", "a=b", "1-2", 'say "hi"', "one; two", "a\nb")
#: Letters that a database can hold and a name may have, formulas and separators among them.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("=+-@;\"'\t\r\n "))
ROWS = st.lists(st.tuples(TEXTS, TEXTS | st.integers(-(10**9), 10**9) | st.none()), max_size=5)


def read_csv(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def read_xlsx(data: bytes) -> list[list[Cell]]:
    """Return the cells of the only sheet, by the plain XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        texts = ElementTree.fromstring(file.read("xl/sharedStrings.xml"))  # noqa: S314  # our own file
        sheet = ElementTree.fromstring(file.read("xl/worksheets/sheet1.xml"))  # noqa: S314  # our own file
    assert not list(sheet.iter(f"{MAIN}f"))
    assert not list(sheet.iter(f"{MAIN}hyperlink"))
    shared = ["".join(part.text or "" for part in item.iter(f"{MAIN}t")) for item in texts]
    return [[_value(cell, shared) for cell in row] for row in sheet.iter(f"{MAIN}row")]


def _value(cell: ElementTree.Element, shared: list[str]) -> Cell:
    number = int(float(cell.findtext(f"{MAIN}v", "0")))
    if cell.get("t") != "s":
        return number
    return re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), shared[number])


def test_a_spreadsheet_knows_it_is_utf8_with_semicolons() -> None:
    data = csv_bytes(["Name", "Class"], [["Åsa; Öberg", "6A"]])
    assert data == '\ufeffName;Class\r\n"Åsa; Öberg";6A\r\n'.encode()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_a_text(text: str) -> None:
    assert read_csv(csv_bytes(["Name"], [[text]]))[1] == [f"'{text}"]
    assert b'quotePrefix="1"' in styles(xlsx_bytes(["Name"], [[text]]))


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert read_csv(csv_bytes(["Name"], [["x", text]]))[1] == ["x", text]


def test_a_head_is_as_safe_as_a_row() -> None:
    assert read_csv(csv_bytes(["=1"], []))[0] == ["'=1"]


def test_a_number_is_a_number() -> None:
    assert csv_bytes(["Count"], [[-5]]).endswith(b"\r\n-5\r\n")
    assert read_xlsx(xlsx_bytes(["Count"], [[-5]])) == [["Count"], [-5]]


@given(ROWS)
def test_every_cell_of_csv_arrives_and_none_is_a_formula(
    rows: list[tuple[str, str | int | None]],
) -> None:
    read = read_csv(csv_bytes(["Name", "More"], rows))[1:]
    assert [[bare(cell) for cell in row] for row in read] == [
        [bare("" if cell is None else str(cell)) for cell in row] for row in rows
    ]
    typed = [cell for row, given in zip(read, rows, strict=True) for cell in text_only(row, given)]
    assert not [cell for cell in typed if re.match(r"[\t\r\n]|\s*[=+\-@]", cell)]


@given(ROWS)
@settings(max_examples=30)
def test_every_cell_of_xlsx_arrives_and_none_is_a_formula(
    rows: list[tuple[str, str | int | None]],
) -> None:
    read = read_xlsx(xlsx_bytes(["Name", "More"], rows))[1:]
    wanted = [[cell for cell in row if cell not in ("", None)] for row in rows]
    assert [row for row in read if row] == [row for row in wanted if row]


def bare(cell: str) -> str:
    """Return the text without the apostrophe that makes it harmless."""
    return cell.removeprefix("'")


def text_only(row: list[str], given: tuple[str, str | int | None]) -> list[str]:
    return [cell for cell, value in zip(row, given, strict=True) if isinstance(value, str)]


def styles(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read("xl/styles.xml")
