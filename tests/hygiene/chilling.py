"""A register for tests alone: dishes chilled within two hours. Its table enters no real book."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.hygiene.faults import Fault, Severity
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.registers.kept import Kept
from cantine_desktop.hygiene.registers.register import Choice, Column, Judgement, Kind, Register
from cantine_desktop.storage.base import Base, Celsius, Quantity

LIMIT = timedelta(hours=2)


class Chilling(Kept, Base):
    __tablename__ = "test_chilling"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = "refroidissement"

    dish: Mapped[str] = mapped_column(default="")
    portions: Mapped[int | None] = mapped_column(default=None)
    kilos: Mapped[Quantity | None] = mapped_column(default=None)
    start: Mapped[datetime | None] = mapped_column(default=None)
    start_celsius: Mapped[Celsius | None] = mapped_column(default=None)
    end: Mapped[datetime | None] = mapped_column(default=None)
    end_celsius: Mapped[Celsius | None] = mapped_column(default=None)
    method: Mapped[str] = mapped_column(default="")
    covered: Mapped[bool | None] = mapped_column(default=None)


def duration(record):
    if record.start is None or record.end is None:
        return ""
    return f"{int((record.end - record.start).total_seconds() // 60)} min"


def judge(_session, record):
    wanted = (record.dish, record.start, record.end, record.end_celsius)
    if any(value in {None, ""} for value in wanted):
        return Judgement(Verdict.NOT_DONE)
    if record.end - record.start > LIMIT or record.end_celsius > 10:
        fault = Fault(
            record.day,
            record.dish,
            "COO-01",
            None,
            record.end_celsius,
            Decimal(10),
            severity=Severity.CRITICAL,
        )
        return Judgement(Verdict.BREACH, fault)
    return Judgement(Verdict.CONFORM)


def expected(_session, period):
    return len(period.days)


CHILLING = Register(
    key="chilling",
    letter="ZZ",
    title="Refroidissement d’essai",
    model=Chilling,
    columns=(
        Column("day", "Jour", Kind.DAY, 0.8),
        Column("dish", "Préparation", Kind.TEXT, 2.4, suggest=lambda _: ("Soupe", "Gratin")),
        Column("portions", "Parts", Kind.NUMBER, 0.6),
        Column("kilos", "Quantité", Kind.NUMBER, 0.8, places=3, unit="kg"),
        Column("start", "Début", Kind.TIME, 0.8),
        Column("start_celsius", "T° début", Kind.CELSIUS, 0.8, unit="°C"),
        Column("end", "Fin", Kind.TIME, 0.8, after="start"),
        Column("end_celsius", "T° fin", Kind.CELSIUS, 0.8, unit="°C"),
        Column("duration", "Durée", compute=duration),
        Column(
            "method", "Méthode", Kind.CHOICE, 1,
            choices=(Choice("cell", "Cellule"), Choice("ice", "Bain de glace"),
                     Choice("cut", "Découpe")),
        ),
        Column("covered", "Couvert", Kind.CHECK, 0.6),
        Column("note", "Action corrective", Kind.TEXT, 1.8),
        Column("initials", "Visa", Kind.INITIALS, 0.6),
    ),
    judge=judge,
    points=("COO-01",),
    landscape=True,
    expected=expected,
    legend=lambda _session, _period: ("+63 à +10 °C en 2 h au plus, puis 0 à +3 °C.",),
)  # fmt: skip

TABLES = [Chilling.__table__]

for _table in TABLES:
    Base.metadata.remove(_table)


def enter(engine):
    for table in TABLES:
        Base.metadata._add_table(table.name, None, table)
    Base.metadata.create_all(engine, tables=TABLES)


def leave():
    for table in TABLES:
        Base.metadata.remove(table)
