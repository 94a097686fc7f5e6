"""A year of a busy canteen: 2,600 readings, 310 deliveries, 212 services, 6,000 boxes ticked.

Rows are written straight into the tables, so that the book is there in seconds; nothing in
them went through the verbs, and no test may lean on what they mean.
"""

import random
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene import catalogue
from cantine_desktop.hygiene.cleaning.matrix import Takes
from cantine_desktop.hygiene.cleaning.model import Answer, CleaningTask
from cantine_desktop.hygiene.cleaning.starter import add_starter_tasks
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import ColdUnit, Reading, Slot, UnitKind
from cantine_desktop.hygiene.registers.register import Kind
from cantine_desktop.office.demo import write_demo
from cantine_desktop.schema.upgrade import create_book
from cantine_desktop.values.period import DAY, Period

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
LAST = NOW.date()
READINGS = 2600
SERVICES = 212
TICKS = 6000
ROWS = {"RE": 310, "CU": 420, "FR": 120, "RT": 90, "SV": 424, "HU": 60, "PT": 640, "TR": 600}
"""Records of each sheet in a year; the others have a hundred."""

WORDS = ("Gratin de courge", "Poulet fermier", "Lentilles", "Crème", "Marée du port", "Salade")
INITIALS = ("AM", "MB", "JL")


def busy_year(folder):
    """Write the book into a folder and return its path; the same one every time."""
    path = folder / "busy-year.cantine"
    opened = create_book(path, lambda: NOW)
    write_demo(opened.book, LAST)
    with opened.book.action("Plan de nettoyage") as session:
        if session.scalar(select(CleaningTask.id).limit(1)) is None:
            add_starter_tasks(session, NOW)
        for task in session.scalars(select(CleaningTask)):
            task.since = None
    luck = random.Random(7)
    days = service_days()
    with opened.engine.begin() as connection:
        add_readings(connection, luck, days)
        for register in catalogue.REGISTERS:
            have = len(connection.execute(select(register.model.__table__.c.id)).all())
            wanted = spread(register, luck, days)[have:]
            rows = [record(register, luck, day) for day in wanted]
            if rows:
                connection.execute(insert(register.model), rows)
        for matrix in catalogue.MATRICES:
            add_ticks(connection, matrix, luck, days)
    opened.book.close()
    opened.close()
    return path


def service_days():
    """Return the days of service of the year, the last ones first dropped."""
    days = [LAST - timedelta(days=ago) for ago in range(364, -1, -1)]
    return [day for day in days if day.isoweekday() in {2, 3, 4, 5}][-SERVICES:]


def spread(register, luck, days):
    """Return the day of each record of a register, in order."""
    return sorted(luck.choices(days, k=ROWS.get(register.letter, 100)))


def record(register, luck, day):
    """Return a record of a register with something in each column that is typed."""
    stated = dict.fromkeys(("occurred_at", "corrects_id", "sealed_at"))
    row = {
        "day": day,
        "recorded_at": at(day, 15),
        "initials": luck.choice(INITIALS),
        "note": "",
        "origin": "typed",
        "verdict": luck.choices([Verdict.CONFORM, Verdict.BREACH, Verdict.NOT_DONE], [96, 2, 2])[0],
        "is_void": False,
        **stated,
    }
    for column in register.columns:
        if column.compute is None and column.key not in {"day", "initials"}:
            row[column.key] = value(column, luck, day)
    for column in register.model.__table__.columns:
        if column.key not in row and column.key != "id":
            default = column.default
            row[column.key] = default.arg if default is not None and default.is_scalar else ""
            if column.nullable:
                row[column.key] = None
    return row


def value(column, luck, day):
    """Return something that may be typed in a column."""
    made = {
        Kind.CELSIUS: lambda: Decimal(luck.randint(10, 80)) / 10,
        Kind.NUMBER: lambda: (Decimal if column.places else int)(luck.randint(1, 40)),
        Kind.TIME: lambda: at(day, luck.randint(8, 20)),
        Kind.DAY: lambda: day + timedelta(days=luck.randint(1, 9)),
        Kind.YES_NO: lambda: luck.random() < 0.95,
        Kind.CHECK: lambda: luck.random() < 0.95,
        Kind.CHOICE: lambda: luck.choice(column.choices).value,
    }
    return made.get(column.kind, lambda: luck.choice(WORDS))()


def add_readings(connection, luck, days):
    """Add a unit and its readings until the year has as many as a busy one."""
    units = ColdUnit.__table__
    number = connection.execute(
        insert(ColdUnit).values(
            name="CF 3",
            maximum=Decimal(4),
            tolerance=Decimal(2),
            kind=UnitKind.COLD_ROOM,
            holds=frozenset(),
            frequency="twice",
            place="",
            position=9,
        )
    ).inserted_primary_key[0]
    assert connection.scalar(select(units.c.name).where(units.c.id == number)) == "CF 3"
    have = len(connection.execute(select(Reading.__table__.c.id)).all())
    spots = [(day, slot) for day in days for slot in Slot][: max(READINGS - have, 0)]
    connection.execute(
        insert(Reading),
        [
            {
                "unit_id": number,
                "day": day,
                "slot": slot,
                "recorded_at": at(day, 9),
                "limit": Decimal(4),
                "tolerance": Decimal(2),
                "revision": 1,
                "celsius": Decimal(luck.randint(15, 39)) / 10,
                "note": "",
                "initials": "AM",
                "origin": "typed",
                "probe": "",
            }
            for day, slot in spots
        ],
    )


def add_ticks(connection, matrix, luck, days):
    """Tick the boxes of a sheet of days, but for one in forty, up to a number."""
    items = matrix.items(Session(connection), Period(days[0], LAST + DAY))
    spots = [(day, item, part) for day in days for item in items for part in matrix.parts]
    spots = [spot for spot in spots if spot[1].has_part(spot[2].key)]
    luck.shuffle(spots)
    rows = [
        {
            "day": day,
            "recorded_at": at(day, 16),
            "initials": luck.choice(INITIALS),
            "note": "",
            "origin": "typed",
            "is_void": False,
            "corrects_id": None,
            "sealed_at": None,
            "occurred_at": None,
            "reason": "",
            "part": part.key,
            "is_batch": False,
            matrix.item: item.key,
            "verdict": Verdict.CONFORM,
            "answer": None if matrix.takes(item, part.key) is Takes.NUMBER else Answer.CONFORM,
            "value": Decimal(3) if matrix.takes(item, part.key) is Takes.NUMBER else None,
        }
        for day, item, part in spots[: min(TICKS, 39 * len(spots) // 40)]
    ]
    if rows:
        connection.execute(insert(matrix.model), rows)


def at(day, hour):
    """Return an instant of a day."""
    return datetime.combine(date.fromordinal(day.toordinal()), time(hour), UTC)
