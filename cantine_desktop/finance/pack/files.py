"""What goes out to the accountant and the payroll service, and what comes in from them."""

from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.finance.fec.fields import NAMES
from cantine_desktop.finance.pack.correcting import import_correction
from cantine_desktop.finance.pack.payroll import COLUMNS, read_variables, write_variables
from cantine_desktop.finance.pack.writing import write_month_workbook, write_pack
from cantine_desktop.i18n import mark
from cantine_desktop.values.period import Period


def _write_pack(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    write_pack(session, period, now, target)


EXPORTS: tuple[Export, ...] = (
    Export("accountant-pack", mark("Dossier comptable du mois"), ".zip", _write_pack, "finance"),
    Export(
        "accountant-workbook",
        mark("Classeur comptable du mois"),
        ".xlsx",
        write_month_workbook,
        "finance",
    ),
    Export("pay-variables", mark("Variables de paie"), ".csv", write_variables, "finance"),
)
IMPORTS: tuple[Import, ...] = (
    Import(
        "pay-variables",
        mark("Variables de paie"),
        (".csv",),
        read_variables,
        "finance",
        headings=COLUMNS,
    ),
    Import(
        "accountant-fec",
        mark("FEC corrigé par l’expert-comptable"),
        (".txt",),
        import_correction,
        "finance",
        headings=NAMES,
    ),
)
