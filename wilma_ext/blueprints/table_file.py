"""A table as a file to download: CSV and XLSX, safe to open in a spreadsheet program (S9, S16).

What a family typed into its name must not become a formula on the desk of whoever opens the file.
In CSV an apostrophe stands before such a text, as spreadsheet programs themselves write it; XLSX
has cells that are text, so there it is only marked as one.
"""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: A text, or a whole number; nothing is an empty cell. Dates are texts in the page's language.
Cell = str | int | None

#: How a formula begins; the wide forms are read as the plain ones by some programs.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
#: What may be dropped in front of a formula before it is read.
_DROPPED = ("\t", "\r", "\n", "\0")


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the table as CSV that Excel opens as it is: UTF-8 with BOM, semicolons, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([_csv_cell(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the table as one sheet whose first row stays in view; no cell is a formula or link."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
        for column, title in enumerate(head):
            sheet.write_string(0, column, title, bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                elif cell:
                    sheet.write_string(number, column, cell, quoted if _is_risky(cell) else None)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return file.getvalue()


def _csv_cell(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and _is_risky(cell) else cell


def _is_risky(text: str) -> bool:
    """Tell whether a program could read the text as a formula, whatever space stands before."""
    return text.startswith(_DROPPED) or text.lstrip().startswith(_FORMULA)
