"""What is printed of the accountant’s pack."""

from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.finance.pack.month import Month
from cantine_desktop.finance.pack.papers import write_payroll
from cantine_desktop.finance.pack.writing import write_month_index
from cantine_desktop.i18n import mark
from cantine_desktop.values.period import Period


def write_pay_sheet(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the variables of pay of a month, to sign."""
    write_payroll(Month(session, Period.month(period.first), now), target)


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "accountant-index",
        mark("Dossier comptable du mois"),
        write_month_index,
        "D29",
        Cadence.MONTH,
        "finance",
        screen="pack",
    ),
    Document(
        "pay-variables",
        mark("Variables de paie"),
        write_pay_sheet,
        "",
        Cadence.MONTH,
        "finance",
        screen="pack",
    ),
)
