"""A card per cold unit to print, and the list of units to write and to read."""

from datetime import datetime
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import heading, paragraph
from cantine_desktop.exchange.cells import decimal_with, to_text
from cantine_desktop.exchange.registry import Import, ImportReport
from cantine_desktop.exchange.sheets import Field, read_sheet
from cantine_desktop.exchange.writers import Table, csv_export
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.i18n import celsius
from cantine_desktop.values.period import Period

FIELDS = (
    Field("name", "enceinte", to_text),
    Field("maximum", "limite", decimal_with(1)),
    Field("tolerance", "tolerance", decimal_with(1)),
)


def _units(session: Session) -> list[ColdUnit]:
    return list(session.scalars(select(ColdUnit).order_by(ColdUnit.name)))


def write_cards(session: Session, _period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the name and the limit of each cold unit."""
    story = []
    for unit in _units(session):
        story += [heading(unit.name), paragraph(f"≤ {celsius(unit.maximum)}")]
    write_document(target, PageFrame("Le jardin", "Fiches des enceintes", "", now), story)


def write_badly(_session: Session, _period: Period, _now: datetime, _target: IO[bytes]) -> None:
    raise ZeroDivisionError("la moyenne de rien")


def units_table(session: Session, _period: Period, _now: datetime) -> Table:
    """Return the cold units, by name."""
    rows = [(unit.name, unit.maximum, unit.tolerance) for unit in _units(session)]
    return Table(["enceinte", "limite", "tolerance"], rows)


def read_units(session: Session, source: IO[bytes], _now: datetime) -> ImportReport:
    """Add the cold units of a sheet that the book does not know by name."""
    known = {unit.name for unit in _units(session)}
    sheet = read_sheet(source, FIELDS)
    new = [row for row in sheet.rows if row["name"] not in known]
    session.add_all(
        ColdUnit(name=row["name"], maximum=row["maximum"], tolerance=row["tolerance"])
        for row in new
    )
    return ImportReport(len(new), len(sheet.rows) - len(new), tuple(sheet.problems))


CARDS = Document("cold-cards", "Fiches des enceintes", write_cards, "", Cadence.MONTH, "hygiene")
FAULTY = Document("cold-faulty", "Moyenne des enceintes", write_badly, area="hygiene")
UNITS_OUT = csv_export("cold-units", "Enceintes froides", units_table, "hygiene")
UNITS_IN = Import("cold-units", "Enceintes froides", (".csv",), read_units, "hygiene")
