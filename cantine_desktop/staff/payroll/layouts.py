"""How each payroll office wants to read the variables, and what it calls them.

The layouts and the codes to begin with stand in ``resources/staff/payroll.toml``; each canteen
changes the codes to those of its own office.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from cantine_desktop.exchange.writers import Table, Value
from cantine_desktop.i18n import mark, tr
from cantine_desktop.staff.payroll.model import PayrollCode
from cantine_desktop.staff.payroll.variable import UNITS, Unit, Variable
from cantine_desktop.staff.payroll.variables import PersonMonth, titles

ColumnKey = Literal[
    "number", "name", "code", "title", "quantity", "unit", "first", "last", "days", "note"
]

HEADINGS: dict[ColumnKey, str] = {
    "number": mark("matricule"),
    "name": mark("nom"),
    "code": mark("rubrique"),
    "title": mark("libellé"),
    "quantity": mark("quantité"),
    "unit": mark("unité"),
    "first": mark("du"),
    "last": mark("au"),
    "days": mark("jours"),
    "note": mark("remarque"),
}


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A layout of a payroll office.

    Attributes:
        quantity: Hours as decimals or as minutes.
        checked: Where it was read; empty when it is only a starting point.
        codes: By variable; ``"*"`` is the code of the others, itself for the variable's key.
    """

    title: str
    columns: tuple[ColumnKey, ...]
    quantity: Literal["decimal", "clock"]
    checked: str
    codes: dict[str, str]


class Mapped(NamedTuple):
    """A line of a mapping table.

    Attributes:
        code: What the office calls it; empty leaves it out.
        is_own: Somebody of the canteen said so.
    """

    variable: str
    title: str
    code: str
    is_own: bool


@cache
def layouts() -> Mapping[str, Layout]:
    """Return every layout by key, in the order of the file."""
    read = tomllib.loads(resources.text("staff/payroll.toml"))
    return msgspec.convert(read, dict[str, Layout])


def mapping_of(session: Session, key: str) -> list[Mapped]:
    """Return the mapping table of a layout: every variable and its code.

    Raises:
        KeyError: No such layout.
    """
    codes = layouts()[key].codes
    rest = codes.get("*", "")
    query = select(PayrollCode.variable, PayrollCode.code).where(PayrollCode.layout == key)
    own = dict(session.execute(query).all())
    found: list[Mapped] = []
    for variable, title in titles().items():
        usual = codes.get(variable, variable if rest == "*" else rest)
        found.append(Mapped(variable, title, own.get(variable, usual), variable in own))
    return found


def table_of(
    layout: Layout, codes: Mapping[str, str], people: Sequence[PersonMonth], last: date
) -> Table:
    """Return the variables of a month as an office wants to read them.

    Args:
        layout: Its layout.
        codes: By variable; what has none, or an empty one, is left out.
        people: The variables.
        last: Last day of the month, for what comes from no day.
    """
    headings = [tr(HEADINGS[each]) for each in layout.columns]
    rows = [
        _row(layout, person, variable, codes[variable.key], last)
        for person in people
        for variable in person.variables
        if codes.get(variable.key) and _is_told(layout, variable)
    ]
    return Table(headings, rows)


def without_number(people: Sequence[PersonMonth]) -> list[str]:
    """Return the names of those whom payroll has no number for."""
    return [each.name for each in people if not each.number]


def _is_told(layout: Layout, variable: Variable) -> bool:
    """Tell whether a line has a place in a layout: words and dates need one of their own."""
    return variable.amount is not None or "note" in layout.columns


def _row(
    layout: Layout, person: PersonMonth, variable: Variable, code: str, last: date
) -> list[Value]:
    return list(_cells(layout, person, variable, code, last))


def _cells(
    layout: Layout, person: PersonMonth, variable: Variable, code: str, last: date
) -> Iterator[Value]:
    month_first = last.replace(day=1)
    values: dict[ColumnKey, Value] = {
        "number": person.number,
        "name": person.name,
        "code": code,
        "title": variable.title,
        "quantity": _quantity(layout, variable),
        "unit": tr(UNITS[variable.unit]),
        "first": variable.first or month_first,
        "last": variable.last or last,
        "days": " ".join(f"{day:%d/%m}" for day in variable.days),
        "note": variable.note,
    }
    for column in layout.columns:
        yield values[column]


def _quantity(layout: Layout, variable: Variable) -> Value:
    if layout.quantity == "clock" and variable.unit is Unit.HOURS and variable.minutes is not None:
        sign = "-" if variable.minutes < 0 else ""
        hours, rest = divmod(abs(variable.minutes), 60)
        return f"{sign}{hours}:{rest:02}"
    return variable.amount
