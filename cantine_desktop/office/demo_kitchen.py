"""A fictional year of the kitchen itself: appliances, cleaning, checks, cooks of the day.

First names and firms are invented. Boxes are ticked by the function that ticks typed ones,
and only where the plan asks for something that day.
"""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS
from cantine_desktop.hygiene.cleaning import marking, tasks
from cantine_desktop.hygiene.cleaning.matrices import CLEANING, DAY_CHECKS, WASTE, WEEK_CHECKS
from cantine_desktop.hygiene.cleaning.matrix import Matrix, Takes
from cantine_desktop.hygiene.cleaning.model import Answer
from cantine_desktop.hygiene.cleaning.starter import add_starter_tasks
from cantine_desktop.hygiene.cleaning.waste import MEALS, Share, WasteFrom, line_of
from cantine_desktop.hygiene.cleaning.weeks import Entry as Box
from cantine_desktop.hygiene.cleaning.weeks import Sheet, Spot, read_sheet
from cantine_desktop.hygiene.equipment import certificates, keeping, maintenance
from cantine_desktop.hygiene.equipment.calibration import CALIBRATION
from cantine_desktop.hygiene.equipment.kinds import EquipmentKind
from cantine_desktop.hygiene.equipment.maintenance import About
from cantine_desktop.hygiene.equipment.model import CalibrationTest
from cantine_desktop.hygiene.kitchen.briefing import BRIEFING
from cantine_desktop.hygiene.kitchen.model import Course, Role
from cantine_desktop.hygiene.kitchen.training import TRAINING
from cantine_desktop.hygiene.registers.queries import records_of
from cantine_desktop.hygiene.registers.recording import Entry, add_many
from cantine_desktop.hygiene.registers.register import Register
from cantine_desktop.hygiene.registers.signing import sign_sheet
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import DAY, Period

COOKS = ("Awa", "Jules", "Mireille", "Sofiane", "Léonie", "Karim", "Odile", "Tom", "Inès", "Noé")
"""First names of cooks who do not exist."""

WEEKS_OF_NAMES = 20
"""Weeks back whose cooks are still named: older ones would have been destroyed."""

FORGOTTEN = 0.02
"""Share of the boxes that nobody ticked."""

PROBES = ("S-01", "S-02")

APPLIANCES = (
    (mark("Sonde de la cuisine"), EquipmentKind.PROBE, PROBES[0]),
    (mark("Sonde de secours"), EquipmentKind.PROBE, PROBES[1]),
    (mark("Balance de la réserve"), EquipmentKind.SCALE, "B-01"),
    (mark("Lave-vaisselle à capot"), EquipmentKind.DISHWASHER, "LV-2019"),
    (mark("Four mixte"), EquipmentKind.OVEN, ""),
    (mark("Hotte"), EquipmentKind.HOOD, ""),
    (mark("Lave-mains de la cuisine"), EquipmentKind.HANDWASH_BASIN, ""),
)
"""What the canteen works with, besides its cold units."""

FLOORS = frozenset({"PN-09", "PN-17", "PN-20", "PN-27"})
"""Lines of the cleaning plan washed with the floors."""

SHARED = frozenset({"PN-01", "PN-02", "PN-12", "PN-16"})
"""Lines that the cooks of the day clean themselves."""

SHEETS: tuple[Matrix, ...] = (CLEANING, DAY_CHECKS, WEEK_CHECKS)


def furnish(session: Session, first: date) -> None:
    """Write appliances, products, the cleaning plan, documents and courses, as of a day."""
    now = instant(first, time(10))
    keeping.set_altitude(session, 143)
    for name, kind, number in APPLIANCES:
        equipment = keeping.add(session, tr(name), kind)
        keeping.change(session, equipment.id, number=number, since=first)
    add_starter_tasks(session, now)
    _choose_products(session)
    _keep_documents(session, first)
    _train(session, first)


def _choose_products(session: Session) -> None:
    """Name two products by their labels, and who cleans what: guests only their own boards."""
    chosen: list[int] = []
    for name, dose, minutes in (
        (tr("Dégraissant désinfectant (exemple)"), tr("20 ml pour 1 L d’eau"), 5),
        (tr("Détergent sols (exemple)"), tr("30 ml pour 8 L d’eau"), 5),
    ):
        product = tasks.add_product(session, name)
        tasks.change_product(session, product.id, dose=dose, contact_minutes=minutes)
        chosen.append(product.id)
    for task in tasks.cleaning_tasks(session):
        product_id = chosen[task.code in FLOORS]
        who = tr("Cuisiniers du jour") if task.code in SHARED else "MB"
        tasks.change_task(session, task.id, product_id=product_id, who=who)


def write_kitchen_week(session: Session, monday: date, days: Sequence[date], ago: int) -> None:
    """Write a week of cleaning, checks, weighings, cooks of the day and probes.

    Args:
        session: The session of the action that writes the demonstration.
        monday: First day of the week.
        days: Days of service of the week, up to the present one.
        ago: Weeks before the present one; 0 is the present one, which nobody signs yet.
    """
    dice = random.Random(11 * 1000 + ago)  # noqa: S311  -- a fictional year, no secret
    week = Period.week(monday)
    for matrix in SHEETS:
        _tick(session, matrix, week, days, dice)
    if days:
        _weigh(session, days[-1], dice)
        _check_probes(session, days[0], dice)
    if ago < WEEKS_OF_NAMES:
        _brief(session, days, dice)
    if ago:
        _sign(session, monday, days)


def _tick(
    session: Session, matrix: Matrix, week: Period, days: Sequence[date], dice: random.Random
) -> None:
    if not days:
        return
    sheet = read_sheet(session, matrix, week)
    due = (box for day in days for box in _due(sheet, day))
    boxes = [box for box in due if dice.random() >= FORGOTTEN]
    marking.write(session, matrix, boxes, instant(days[-1], time(15, 40)), Origin.PAPER)


def _due(sheet: Sheet, day: date) -> list[Box]:
    items = {item.key: item for item in sheet.items}
    at = instant(day, time(15, 40))
    return [
        Box(spot, Answer.CONFORM, initials="MB", at=at)
        for spot in sheet.spots(day)
        if spot in sheet.last_chance and items[spot.key].takes is not Takes.NUMBER
    ]


def _weigh(session: Session, day: date, dice: random.Random) -> None:
    """Weigh the waste of a day, what could be eaten apart from what could not."""
    kilograms = {
        line_of(source, share): Decimal(dice.randint(3, 18)) / 10
        for source in WasteFrom
        for share in (Share.EDIBLE, Share.INEDIBLE)
    }
    boxes = [
        Box(Spot(line, day), value=value, initials="MB")
        for line, value in {**kilograms, MEALS: Decimal(27)}.items()
    ]
    marking.write(session, WASTE, boxes, instant(day, time(15, 45)), Origin.PAPER)


def _check_probes(session: Session, day: date, dice: random.Random) -> None:
    """Check probes in melting ice in the first week of service of each month."""
    if day.day > 7:
        return
    now = instant(day, time(9, 15))
    checks = [(probe, CalibrationTest.ICE, Decimal(dice.randint(-4, 5))) for probe in PROBES]
    if day.month % 3 == 1:
        checks += [(probe, CalibrationTest.BOIL, Decimal(995)) for probe in PROBES]
    rows = [
        {"day": day, "instrument": probe, "test": test, "shown": tenths / 10, "initials": "AM"}
        for probe, test, tenths in checks
    ]
    add_many(session, CALIBRATION, [Entry(row, now, Origin.PAPER) for row in rows])


def _brief(session: Session, days: Sequence[date], dice: random.Random) -> None:
    rows: list[Entry] = []
    for day in days:
        for name in dice.sample(COOKS, dice.randint(5, 8)):
            row = {
                "day": day,
                "first_name": name,
                "role": Role.DINER,
                "received": name[0],
                "hands": True,
                "fit": True,
                "occurred_at": instant(day, time(9, 35)),
                "initials": "MB",
            }
            rows.append(Entry(row, instant(day, time(15, 35)), Origin.PAPER))
    if rows:
        add_many(session, BRIEFING, rows)


def _sign(session: Session, monday: date, days: Sequence[date]) -> None:
    at = instant(monday + 4 * DAY, time(17, 25))
    week = Period.week(monday)
    empty = tr("Rien cette semaine") if days else tr("Cantine fermée")
    for matrix in (*SHEETS, WASTE):
        marks = select(matrix.model.id).where(
            matrix.model.day >= week.first, matrix.model.day < week.end
        )
        has_marks = session.scalar(marks.limit(1)) is not None
        marking.sign_week(session, matrix, monday, "AM", "" if has_marks else empty, at)
    signed: tuple[Register, ...] = (CALIBRATION, BRIEFING)
    for register in signed:
        has_rows = bool(records_of(session, register, week))
        sign_sheet(session, register, monday, "AM", "" if has_rows else empty, at)


def _keep_documents(session: Session, first: date) -> None:
    for title, point, dated in (
        (tr("Déclaration à la DDPP (Cerfa 13984)"), "DOC-01", first),
        (tr("Attestation de formation hygiène, Malik B."), "STA-01", first - timedelta(400)),
        (tr("Facture d’eau"), "WAT-03", first + timedelta(20)),
    ):
        certificate = certificates.add(session, title, point)
        certificates.change(session, certificate.id, dated=dated, place=tr("Classeur vert"))
    about = About()
    now = instant(first + timedelta(30), time(18))
    maintenance.note_visit(
        session, about, first + timedelta(30), tr("Groupes froids vérifiés"), now
    )


def _train(session: Session, first: date) -> None:
    now = instant(first, time(11))
    rows = (
        ("Malik B.", tr("maître de maison"), Course.FOURTEEN_HOURS, Decimal(14)),
        ("Anne M.", tr("directrice"), Course.HACCP, Decimal(7)),
        ("Inès", tr("service civique"), Course.WELCOME, Decimal(1)),
    )
    values = [
        {
            "day": first,
            "name": name,
            "function": function,
            "course": course,
            "organisation": tr("Organisme d’exemple"),
            "hours": hours,
            "signed": True,
            "initials": "AM",
        }
        for name, function, course, hours in rows
    ]
    add_many(session, TRAINING, [Entry(row, now, Origin.PAPER) for row in values])


def instant(day: date, hour: time) -> datetime:
    """Return an instant of the demonstration: a civil day and an hour in Paris."""
    return datetime.combine(day, hour, PARIS).astimezone(UTC)
