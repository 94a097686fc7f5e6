"""What is printed of a year's FEC: its control, its description, the register of exports."""

import tempfile
from datetime import datetime
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, paragraph
from cantine_desktop.documents.tables import Column, Row, ruled_table
from cantine_desktop.finance.fec import description
from cantine_desktop.finance.fec.exporting import check_again
from cantine_desktop.finance.fec.model import ExportRegister
from cantine_desktop.finance.fec.report import write_report
from cantine_desktop.finance.fec.writing import write_fec
from cantine_desktop.finance.ledger.years import year_shown
from cantine_desktop.i18n import hour, mark, money, short_day, tr
from cantine_desktop.values.period import Period


def _control(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the control report of what the FEC of a year would be now."""
    report = check_again(session, year_shown(session, period.last), now)
    write_report(target, report, now, canteen_name(session))


def _describe(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    year = year_shown(session, period.last)
    with tempfile.TemporaryFile() as nowhere:
        totals = write_fec(session, year, nowhere, now)
    siren = session.scalar(select(Canteen.siren).limit(1)) or ""
    name = f"{siren}FEC{year.period.last:%Y%m%d}.txt"
    journals = description.journals_of(session)
    about = description.Described(name, canteen_name(session), siren, year.period, totals, journals)
    description.write_pdf(target, about, now)


def _register(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the register of what was handed over for the years of a period."""
    query = (
        select(ExportRegister)
        .where(ExportRegister.first < period.end, ExportRegister.end > period.first)
        .order_by(ExportRegister.id)
    )
    rows: list[Row] = [_row(each) for each in session.scalars(query)]
    frame = PageFrame(
        canteen=canteen_name(session),
        title=tr("Registre des exports du FEC"),
        period=tr("du {first} au {last}").format(
            first=short_day(period.first), last=short_day(period.last)
        ),
        now=now,
        landscape=True,
    )
    columns = [
        Column(tr("Fait le"), 1.2),
        Column(tr("Par"), 1),
        Column(tr("Fichier"), 2.2),
        Column(tr("Lignes"), 0.7, Align.RIGHT),
        Column(tr("Écritures"), 0.8, Align.RIGHT),
        Column(tr("Total"), 1.2, Align.RIGHT),
        Column(tr("Brouillons laissés"), 0.9, Align.RIGHT),
        Column(tr("Empreinte SHA-256"), 3.6),
    ]
    empty = paragraph(tr("Aucun fichier des écritures n’a été exporté."))
    write_document(target, frame, [ruled_table(columns, rows, 9) if rows else empty])


def _row(row: ExportRegister) -> list[str]:
    return [
        f"{short_day(civil_date(row.made_at))} {hour(row.made_at)}",
        row.operator,
        row.file,
        str(row.lines),
        str(row.entries),
        money(row.debit),
        str(row.drafts),
        row.sha256,
    ]


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "fec-control",
        mark("Rapport de contrôle du FEC"),
        _control,
        cadence=Cadence.YEAR,
        area="finance",
        screen="fec",
    ),
    Document(
        "fec-description",
        mark("Description du FEC"),
        _describe,
        cadence=Cadence.YEAR,
        area="finance",
        screen="fec",
    ),
    Document(
        "fec-register",
        mark("Registre des exports du FEC"),
        _register,
        cadence=Cadence.YEAR,
        area="finance",
        screen="fec",
    ),
)
