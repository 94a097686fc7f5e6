"""Variables of pay: what the payroll service must know of a month (variables de paie).

Typed or imported until the hours of the roster feed them. Names stand here only because the
payroll service asks for them: nothing else of a person does.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.cells import decimal_with, one_of, to_day, to_text
from cantine_desktop.exchange.formulas import shield
from cantine_desktop.exchange.registry import ImportReport
from cantine_desktop.exchange.sheets import Field, Row, read_sheet
from cantine_desktop.finance.pack.model import Employee, PayItem, PayVariable
from cantine_desktop.finance.pack.tabs import Form, Heading, Tab, day, text
from cantine_desktop.finance.transfer.plain_texts import plain_text
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold

ITEMS: dict[PayItem, tuple[str, str]] = {
    PayItem.DAYS_WORKED: (mark("Jours travaillés"), "j"),
    PayItem.COMPLEMENTARY_HOURS: (mark("Heures complémentaires"), "h"),
    PayItem.OVERTIME_25: (mark("Heures supplémentaires à 25 %"), "h"),
    PayItem.OVERTIME_50: (mark("Heures supplémentaires à 50 %"), "h"),
    PayItem.PAID_LEAVE: (mark("Congés payés"), "j"),
    PayItem.SICKNESS: (mark("Absence maladie"), "j"),
    PayItem.WORK_ACCIDENT: (mark("Absence accident du travail"), "j"),
    PayItem.UNPAID_LEAVE: (mark("Absence sans solde"), "j"),
    PayItem.MEALS_TAKEN: (mark("Repas pris (avantage en nature)"), "repas"),
    PayItem.TRANSPORT: (mark("Indemnité de transport"), "€"),
    PayItem.BONUS: (mark("Prime"), "€"),
    PayItem.ADVANCE: (mark("Acompte"), "€"),
    PayItem.ARRIVAL: (mark("Entrée"), "j"),
    PayItem.DEPARTURE: (mark("Sortie"), "j"),
    PayItem.OTHER: (mark("Autre"), ""),
}
"""Title and unit of each item."""

COLUMNS = (
    *("matricule", "nom", "prénom", "période", "rubrique", "libellé", "quantité", "unité"),
    *("date début", "date fin", "commentaire"),
)
"""Headings of the file, as payroll services expect them."""

ENCODING = "cp1252"

MOST = Decimal(100_000)


@dataclass(frozen=True)
class PayRow:
    """A variable of pay with the person it is about."""

    key: int
    number: str
    last_name: str
    first_name: str
    item: PayItem
    quantity: Decimal
    first: date | None
    last: date | None
    comment: str

    @property
    def title(self) -> str:
        """What it is, in French: it goes to a French payroll service."""
        return ITEMS[self.item][0]

    @property
    def unit(self) -> str:
        """Of its quantity."""
        return ITEMS[self.item][1]


@dataclass(frozen=True)
class PayDraft:
    """A variable to write.

    Attributes:
        number: Matricule of the person.
        first: First day it is about; ``None`` is the whole month.
        last: Last day, included.
    """

    number: str
    last_name: str
    first_name: str
    item: PayItem
    quantity: Decimal
    first: date | None = None
    last: date | None = None
    comment: str = ""


def add_variable(session: Session, month: Period, draft: PayDraft) -> PayVariable:
    """Write a variable of a month; the person is added when nobody has the number.

    Args:
        session: The session of an action.
        month: The month of pay.
        draft: What to write.

    Raises:
        UserError: A number or a name is missing, the quantity is out of measure, or the last
            day is before the first.
    """
    if not draft.number.strip() or not draft.last_name.strip():
        raise UserError(tr("Une variable de paie porte le matricule et le nom de la personne."))
    if abs(draft.quantity) >= MOST:
        raise UserError(tr("Cette quantité est hors de toute mesure."))
    if draft.last and (draft.first is None or draft.last < draft.first):
        raise UserError(tr("La date de fin suit la date de début."))
    employee = _employee(session, draft)
    variable = PayVariable(
        month=month.first,
        employee_id=employee.id,
        item=draft.item,
        quantity=draft.quantity,
        first=draft.first,
        last=draft.last,
        comment=" ".join(draft.comment.split()),
    )
    session.add(variable)
    session.flush()
    return variable


def _employee(session: Session, draft: PayDraft) -> Employee:
    number = draft.number.strip()[:16]
    employee = session.scalar(select(Employee).where(Employee.number == number))
    if employee is None:
        employee = Employee(number=number, last_name="", first_name="")
        session.add(employee)
    employee.last_name = " ".join(draft.last_name.split())
    employee.first_name = " ".join(draft.first_name.split())
    session.flush()
    return employee


def remove_variable(session: Session, key: int) -> None:
    """Remove a variable; a person of whom nothing is left is removed too."""
    variable = session.get_one(PayVariable, key)
    employee_id = variable.employee_id
    session.delete(variable)
    session.flush()
    others = select(PayVariable.id).where(PayVariable.employee_id == employee_id).limit(1)
    if session.scalar(others) is None:
        session.delete(session.get_one(Employee, employee_id))
        session.flush()


def variables(session: Session, month: Period) -> list[PayRow]:
    """Return the variables of a month, person by person."""
    query = (
        select(PayVariable, Employee)
        .join(Employee, PayVariable.employee_id == Employee.id)
        .where(PayVariable.month == month.first)
        .order_by(Employee.last_name, Employee.number, PayVariable.id)
    )
    return [
        PayRow(
            variable.id,
            employee.number,
            employee.last_name,
            employee.first_name,
            variable.item,
            variable.quantity,
            variable.first,
            variable.last,
            variable.comment,
        )
        for variable, employee in session.execute(query)
    ]


def known_people(session: Session) -> list[Employee]:
    """Return the people on the payroll, by name."""
    query = select(Employee).where(Employee.is_active).order_by(Employee.last_name, Employee.number)
    return list(session.scalars(query))


def write_variables(session: Session, period: Period, _now: datetime, target: IO[bytes]) -> None:
    """Write the variables of a month as payroll services read them: ``;``, Windows-1252."""
    month = Period.month(period.first)
    lines = [";".join(COLUMNS)]
    for row in variables(session, month):
        cells = (
            row.number,
            row.last_name,
            row.first_name,
            f"{month.first:%m/%Y}",
            row.item.value,
            row.title,
            number_text(row.quantity),
            row.unit,
            _day(row.first),
            _day(row.last),
            row.comment,
        )
        lines.append(";".join(map(_cell, cells)))
    target.write(("\r\n".join(lines) + "\r\n").encode(ENCODING))


def _cell(words: str) -> str:
    plain = plain_text(words, ENCODING, (('"', "'"), (";", ",")))
    return plain if plain.startswith("-") and plain[1:2].isdigit() else shield(plain)


def number_text(quantity: Decimal) -> str:
    """Return a quantity with a comma and no useless zero: ``7,5``."""
    plain = f"{quantity:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(".", ",")


def _day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def variables_tab(session: Session, month: Period) -> Tab:
    """Return the variables of a month as a table (variables de paie)."""
    return Tab(
        "payroll",
        "Variables de paie",
        (
            text("Matricule"),
            text("Nom", 24),
            text("Prénom", 20),
            text("Rubrique", 36),
            Heading("Quantité", Form.QUANTITY, 12),
            text("Unité", 9),
            day("Date début"),
            day("Date fin"),
            text("Commentaire", 40),
        ),
        [
            (
                row.number,
                row.last_name,
                row.first_name,
                row.title,
                row.quantity,
                row.unit,
                row.first,
                row.last,
                row.comment,
            )
            for row in variables(session, month)
        ],
        "Aucune variable de paie ce mois-ci.",
        "Données personnelles : pour le service de paie seulement.",
    )


_CHOICES = {
    **{item.value: item for item in PayItem},
    **{words: item for item, (words, _unit) in ITEMS.items()},
}

FIELDS = (
    Field("number", "matricule", to_text),
    Field("last_name", "nom", to_text),
    Field("first_name", "prénom", to_text, required=False),
    Field("month", "période", to_text),
    Field("item", "rubrique", one_of(_CHOICES)),
    Field("quantity", "quantité", decimal_with(3)),
    Field("first", "date début", to_day, required=False, others=("début",)),
    Field("last", "date fin", to_day, required=False, others=("fin",)),
    Field("comment", "commentaire", to_text, required=False),
)


def read_variables(session: Session, source: IO[bytes], _now: datetime) -> ImportReport:
    """Read variables of pay; those the book has already are left alone."""
    sheet = read_sheet(source, FIELDS)
    problems = list(sheet.problems)
    added = unchanged = 0
    for row in sheet.rows:
        month = _month(row["month"])
        if month is None:
            problems.append(row.problem("month", tr("écrivez le mois ainsi : 10/2026")))
            continue
        draft = _draft(row)
        if any(_same(known, draft) for known in variables(session, month)):
            unchanged += 1
            continue
        try:
            add_variable(session, month, draft)
            added += 1
        except UserError as error:
            problems.append(row.problem("", str(error)))
    return ImportReport(added, unchanged, tuple(problems))


def _draft(row: Row) -> PayDraft:
    return PayDraft(
        row["number"],
        row["last_name"],
        row["first_name"] or "",
        row["item"],
        row["quantity"],
        row["first"],
        row["last"],
        row["comment"] or "",
    )


def _same(known: PayRow, draft: PayDraft) -> bool:
    return (
        known.number == draft.number.strip()
        and known.item is draft.item
        and known.quantity == draft.quantity
        and (known.first, known.last) == (draft.first, draft.last)
        and fold(known.comment) == fold(" ".join(draft.comment.split()))
    )


def _month(words: str) -> Period | None:
    left, _, right = words.replace("-", "/").partition("/")
    if not (left.isascii() and left.isdigit() and right.isascii() and right.isdigit()):
        return None
    year, number = (int(left), int(right)) if len(left) == 4 else (int(right), int(left))
    if not (1 <= number <= 12 and 2000 <= year <= 2200):
        return None
    return Period.month(date(year, number, 1))
