"""The workbook of a month (XLSX): a tab for each table, with live totals, dates and numbers."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from cantine_desktop.finance.pack.tabs import Cell, Form, Heading, Tab
from cantine_desktop.values.money import Money

Workbook = Any
"""Of xlsxwriter, which says nothing of its types; so are the two below."""
Worksheet = Any
Look = Any

LONGEST_TEXT = 32_000
"""Letters of a cell; a workbook takes a few more."""

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  -- the same content gives the same bytes
_HEAD = 3
"""Row of the headings, from 0: title, what it is about and a blank line stand above."""

_NUMBERS = {
    Form.DAY: "dd/mm/yyyy",
    Form.AMOUNT: "#,##0.00",
    Form.QUANTITY: "#,##0.00",
    Form.COUNT: "0",
    Form.TEXT: "@",
}
_SIDES = {Form.AMOUNT: "right", Form.QUANTITY: "right", Form.COUNT: "right", Form.DAY: "center"}
"""Where a column stands, its heading too; texts stand left."""


def write_workbook(target: IO[bytes], tabs: Sequence[Tab], title: str) -> None:
    """Write tables as a workbook; the same tables give the same bytes.

    Totals are formulas that leave filtered rows out, and so are closing balances, each with its
    value as it is now for readers that do not compute. Texts are texts: none is ever run as a
    formula.

    Args:
        target: Where the bytes go; it stays open.
        tabs: In order.
        title: In the properties of the file.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415  -- 60 ms, for this file

    book: Workbook = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _MADE})
    formats = _formats(book)
    for tab in tabs:
        sheet = book.add_worksheet(tab.title[:31])
        _write_tab(sheet, tab, formats)
        _lay_out(sheet, title)
    book.close()


Formats = dict[str, Look]


def _formats(book: Workbook) -> Formats:
    plain: dict[str, dict[str, Any]] = {
        str(form): {"num_format": number, "align": _SIDES.get(form, "left")}
        for form, number in _NUMBERS.items()
    }
    head = {"bold": True, "bg_color": "#EFEBE2", "bottom": 1, "text_wrap": True}
    every: dict[str, dict[str, Any]] = {
        **plain,
        **{f"total-{form}": {**look, "bold": True, "top": 1} for form, look in plain.items()},
        **{f"head-{form}": {**head, "align": look["align"]} for form, look in plain.items()},
        "title": {"bold": True, "font_size": 14},
        "about": {"italic": True, "font_color": "#55503F"},
    }
    return {name: book.add_format(look) for name, look in every.items()}


def _write_tab(sheet: Worksheet, tab: Tab, formats: Formats) -> None:
    sheet.write_string(0, 0, tab.title, formats["title"])
    sheet.write_string(1, 0, " ".join((tab.about, *tab.notes)), formats["about"])
    for column, heading in enumerate(tab.headings):
        sheet.set_column(column, column, heading.width, formats[str(heading.form)])
        sheet.write_string(_HEAD, column, heading.title, formats[f"head-{heading.form}"])
    for row, cells in enumerate(tab.rows, _HEAD + 1):
        for column, (cell, heading) in enumerate(zip(cells, tab.headings, strict=True)):
            look = formats[str(heading.form)]
            if heading.formula and isinstance(cell, Money):
                formula = _formula(heading.formula, tab.headings, row)
                sheet.write_formula(row, column, formula, look, cell.euros)
            else:
                _write_cell(sheet, row, column, cell, look)
    last = _HEAD + len(tab.rows)
    if tab.rows:
        sheet.autofilter(_HEAD, 0, last, len(tab.headings) - 1)
        _write_totals(sheet, tab, last, formats)
    else:
        sheet.write_string(_HEAD + 1, 0, tab.empty, formats["about"])


def _lay_out(sheet: Worksheet, title: str) -> None:
    """Keep the headings in sight, and print one page wide, told apart by its foot."""
    sheet.freeze_panes(_HEAD + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)
    plain = title.replace("&", "&&")[:200]
    sheet.set_footer(f"&L{plain}&C&A&RPage &P / &N")


def _formula(words: str, headings: Sequence[Heading], row: int) -> str:
    """Return the formula of a cell: titles of columns become cells of its row."""
    cells = {
        heading.title: f"{_letter(column)}{row + 1}" for column, heading in enumerate(headings)
    }
    return "=" + words.format_map(cells)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, look: Look) -> None:
    if cell is None or cell == "":  # noqa: PLC1901  -- zero is written
        return
    if isinstance(cell, Money):
        sheet.write_number(row, column, cell.euros, look)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), look)  # noqa: DTZ001
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell[:LONGEST_TEXT], look)
    else:
        sheet.write_number(row, column, cell, look)


def _write_totals(sheet: Worksheet, tab: Tab, last: int, formats: Formats) -> None:
    row = last + 1
    if not any(heading.total for heading in tab.headings):
        return
    for column, heading in enumerate(tab.headings):
        if heading.total:
            look = formats[f"total-{heading.form}"]
            cells = f"{_letter(column)}{_HEAD + 2}:{_letter(column)}{last + 1}"
            value = _total(tab, column, heading)
            sheet.write_formula(row, column, f"=SUBTOTAL(109,{cells})", look, value)
        elif column == 0:
            sheet.write_string(row, 0, "Total", formats["total-text"])


def _total(tab: Tab, column: int, heading: Heading) -> Decimal:
    if heading.form is Form.AMOUNT:
        return tab.total(column).euros
    cells = (row[column] for row in tab.rows)
    return sum((Decimal(c) for c in cells if isinstance(c, Decimal | int)), Decimal(0))


def _letter(column: int) -> str:
    return chr(ord("A") + column) if column < 26 else f"A{chr(ord('A') + column - 26)}"
