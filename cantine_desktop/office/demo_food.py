"""A fictional year of what happens to food, sheet after sheet, signed week after week.

The rows go through the same functions as typed ones: each is judged by the plan in force,
opens its breach, and is sealed when its week is signed.
"""

import random
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene import breach_closing, breaches
from cantine_desktop.hygiene.food.choices import (
    Decision,
    MakingPoint,
    Meal,
    Sorting,
    Supply,
    Temper,
)
from cantine_desktop.hygiene.food.cooking import COOKING
from cantine_desktop.hygiene.food.cooling import COOLING
from cantine_desktop.hygiene.food.goods import GOODS as GOODS_IN
from cantine_desktop.hygiene.food.making import MAKING
from cantine_desktop.hygiene.food.model import SAMPLE_LIFE
from cantine_desktop.hygiene.food.reheating import REHEATING
from cantine_desktop.hygiene.food.samples import SAMPLES
from cantine_desktop.hygiene.food.services import SERVICES
from cantine_desktop.hygiene.food.use_by import USE_BY
from cantine_desktop.hygiene.labels.uses import USES
from cantine_desktop.hygiene.model import Breach
from cantine_desktop.hygiene.registers.queries import records_of
from cantine_desktop.hygiene.registers.recording import Entry, add, add_many
from cantine_desktop.hygiene.registers.register import Register
from cantine_desktop.hygiene.registers.signing import sign_sheet
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.i18n import tr
from cantine_desktop.office.demo_kitchen import PROBES, instant
from cantine_desktop.office.demo_meals.menus import menu_on
from cantine_desktop.office.demo_menus import BOUGHT_FOR, FISH, GOODS, Goods, Menu
from cantine_desktop.values.period import DAY, Period

MEASURED = frozenset({GOODS_IN.key, COOKING.key, COOLING.key, REHEATING.key, SERVICES.key})
"""Sheets filled with the probe of the kitchen, which they name."""

SHEETS: tuple[Register, ...] = (
    GOODS_IN,
    USE_BY,
    MAKING,
    COOKING,
    COOLING,
    REHEATING,
    SERVICES,
    SAMPLES,
    USES,
)
"""Sheets the demonstration canteen signs every week."""

BY_SUPPLY = frozenset({GOODS_IN.key, USES.key})
"""Sheets that the deliveries and the shelves tell, in the weeks that have some."""

REFUSED_WEEKS_AGO = 9
"""The week when fish came at 7 °C and was sent back."""


FORGOTTEN_ROUNDS = 0.04
"""Share of days when nobody wrote that the dates were looked at."""


def write_food_week(
    session: Session,
    monday: date,
    days: Sequence[date],
    ago: int,
    today: date,
    *,
    supplied: bool = False,
) -> None:
    """Write a week of food.

    Args:
        session: The session of the action that writes the demonstration.
        monday: First day of the week.
        days: Days of service of the week, up to the present one.
        ago: Weeks before the present one; 0 is the present one, which nobody signs yet.
        today: The present day: samples old enough by then are gone.
        supplied: What came in and was used is left to the deliveries of the week.
    """
    dice = random.Random(7 * 1000 + ago)  # noqa: S311  -- a fictional year, no secret
    kept: Menu | None = None
    before = monday
    sheets: dict[str, list[Entry]] = {sheet.key: [] for sheet in SHEETS}
    for rank, day in enumerate(days):
        menu = menu_on(day, today)
        _Day(sheets, day, dice, before).write(menu, kept, rank, supplied=supplied)
        kept, before = (menu if menu.keeps else None), day
    for sheet in SHEETS:
        written = add_many(session, sheet, sheets[sheet.key]) if sheets[sheet.key] else []
        if sheet is SAMPLES:
            for sample in written:
                gone = sample.day + SAMPLE_LIFE + DAY
                sample.discarded_on = gone if gone <= today else None
    if ago == REFUSED_WEEKS_AGO and days:
        _refuse_fish(session, days[0])
    for sheet in SHEETS:
        # The sheet of samples is signed once the last of them was thrown away.
        after = 11 if sheet is SAMPLES else 4
        if ago > after // 7 and not (supplied and sheet.key in BY_SUPPLY):
            sign_food(session, sheet, monday, after, _why(sheets[sheet.key], days))


def write_supplied_week(
    session: Session, monday: date, days: Sequence[date], uses: Sequence[Entry], ago: int
) -> None:
    """Write what was used in a week that has deliveries, and sign its two sheets.

    The goods received are there: the closing of each delivery wrote them.

    Args:
        session: The session of the action that writes the demonstration.
        monday: First day of the week.
        days: Days of service of the week, up to the present one.
        uses: Rows of what was used.
        ago: Weeks before the present one, which nobody signs yet.
    """
    if uses:
        add_many(session, USES, uses)
    if ago:
        came = records_of(session, GOODS_IN, Period.week(monday))
        sign_food(session, GOODS_IN, monday, 4, _why(came, days))
        sign_food(session, USES, monday, 4, _why(uses, days))


def sign_food(session: Session, sheet: Register, monday: date, after: int, note: str) -> None:
    """Sign the sheet of a week some days after its Monday."""
    sign_sheet(session, sheet, monday, "AM", note, instant(monday + after * DAY, time(17, 20)))


def _why(rows: Sequence[object], days: Sequence[date]) -> str:
    """Say why a sheet is empty, where it is."""
    if rows:
        return ""
    return tr("Rien cette semaine") if days else tr("Cantine fermée")


class _Day:
    """A day of service, written in the order things happen."""

    def __init__(
        self, sheets: dict[str, list[Entry]], day: date, dice: random.Random, before: date
    ) -> None:
        self._sheets = sheets
        self._day = day
        self._dice = dice
        self._before = before
        self._last = instant(day, time(15, 30))

    def write(self, menu: Menu, kept: Menu | None, rank: int, *, supplied: bool) -> None:
        """Write goods, cooking, what is served, samples, and what is cooled."""
        if not supplied:
            self._use(menu, self._deliver(menu, rank))
        self._prepare(menu)
        self._cook(menu)
        if kept is not None:
            self._reheat(kept)
        self._serve(menu)
        self._sample(menu)
        if menu.keeps:
            self._cool(menu)
        if self._dice.random() > FORGOTTEN_ROUNDS:
            self._sort_dates()

    def _add(self, sheet: Register, **values: Any) -> None:
        values = {"day": self._day, "initials": "MB", **values}
        if sheet.key in MEASURED:
            values["probe"] = PROBES[0]
        self._sheets[sheet.key].append(Entry(values, self._last, Origin.PAPER))

    def _at(self, hour: int, minute: int) -> datetime:
        return instant(self._day, time(hour, minute))

    def _near(self, celsius: str, spread: int) -> Decimal:
        return Decimal(celsius) + Decimal(self._dice.randint(-spread, spread)).scaleb(-1)

    def _deliver(self, menu: Menu, rank: int) -> list[Goods]:
        turn = self._day.toordinal() + rank
        came = [GOODS[turn % len(GOODS)]]
        if menu.cooked in BOUGHT_FOR:
            came.append(BOUGHT_FOR[menu.cooked])
        elif turn % 2:
            came.append(GOODS[(turn + 3) % len(GOODS)])
        for goods in came:
            self._receive(goods)
        return came

    def _receive(self, goods: Goods) -> None:
        spread = 6 if goods.celsius is None or goods.celsius > 0 else 8
        celsius = None if goods.celsius is None else self._near(str(goods.celsius), spread)
        self._add(
            GOODS_IN,
            occurred_at=self._at(8, self._dice.randint(10, 55)),
            came=Supply.DELIVERED,
            supplier=goods.supplier,
            delivery_note=f"BL{self._dice.randint(1000, 9999)}",
            product=goods.product,
            ware=goods.ware,
            quantity=goods.quantity,
            lot=self._lot(goods),
            use_by=self._day + timedelta(goods.life) if goods.life < 60 else None,
            best_before=self._day + timedelta(goods.life) if goods.life >= 60 else None,
            celsius=celsius,
            sound=True,
            wrapped=True,
            labelled=True,
            decision=Decision.ACCEPTED,
        )

    def _lot(self, goods: Goods) -> str:
        return f"{goods.supplier[:2].upper()}{self._day:%y%m%d}"

    def _use(self, menu: Menu, bought: Iterable[Goods]) -> None:
        for goods in bought:
            self._add(
                USES,
                product=goods.product,
                lot=self._lot(goods),
                supplier=goods.supplier,
                dish=menu.main,
            )

    def _prepare(self, menu: Menu) -> None:
        """Write what was looked at while the cold starter was made, every third day."""
        turn = self._day.toordinal()
        if turn % 3 == 0:
            self._add(
                MAKING,
                occurred_at=self._at(10, 30 + turn % 25),
                dish=menu.starter,
                point=MakingPoint.COLD_WORK,
                value=Decimal(70 + turn % 20) / 10,
                warm_minutes=25 + turn % 30,
            )

    def _cook(self, menu: Menu) -> None:
        self._add(
            COOKING,
            occurred_at=self._at(11, self._dice.randint(30, 55)),
            dish=menu.main,
            cooked=menu.cooked,
            core_celsius=self._near("79.0", 40),
            held_minutes=2,
        )

    def _serve(self, menu: Menu) -> None:
        started, ended = self._at(12, 15), self._at(13, 20)
        served = {"meal": Meal.LUNCH, "started_at": started, "ended_at": ended}
        self._add(
            SERVICES,
            dish=menu.main,
            temper=Temper.HOT,
            start_celsius=self._near("71.0", 30),
            end_celsius=self._near("66.0", 20),
            discarded=True,
            diners=self._dice.randint(22, 33),
            **served,
        )
        self._add(
            SERVICES,
            dish=menu.starter,
            temper=Temper.COLD,
            start_celsius=self._near("3.0", 8),
            end_celsius=self._near("7.5", 12),
            discarded=True,
            **served,
        )

    def _sample(self, menu: Menu) -> None:
        for number, dish in enumerate((menu.starter, menu.main, menu.dessert), 1):
            self._add(
                SAMPLES,
                meal=Meal.LUNCH,
                dish=dish,
                taken_by="MB",
                taken_at=self._at(13, 30),
                grams=self._dice.randint(80, 110),
                number=f"{self._day:%d%m}-{number}",
                place=tr("Frigo plats témoins"),
                labelled=True,
            )

    def _cool(self, menu: Menu) -> None:
        minutes = self._dice.randint(75, 115)
        self._add(
            COOLING,
            dish=menu.main,
            quantity=tr("1 bac"),
            started_at=self._at(13, 30),
            start_celsius=self._near("65.0", 15),
            ended_at=self._at(13, 30) + timedelta(minutes=minutes),
            end_celsius=self._near("8.2", 12),
            method=tr("Bain de glace"),
        )

    def _reheat(self, menu: Menu) -> None:
        self._add(
            REHEATING,
            dish=menu.main,
            made_on=self._before,
            started_at=self._at(11, 10),
            start_celsius=self._near("3.4", 5),
            ended_at=self._at(11, 10 + self._dice.randint(35, 49)),
            end_celsius=self._near("74.0", 30),
            leftover=Decimal(0),
        )

    def _sort_dates(self) -> None:
        self._add(USE_BY, decision=Sorting.NOTHING)


def _refuse_fish(session: Session, day: date) -> None:
    """Write the delivery that was sent back: fish at 7 °C."""
    now = instant(day, time(9, 30))
    values = {
        "day": day,
        "occurred_at": instant(day, time(9, 5)),
        "came": Supply.DELIVERED,
        "supplier": FISH.supplier,
        "delivery_note": "BL4471",
        "product": FISH.product,
        "ware": FISH.ware,
        "quantity": FISH.quantity,
        "lot": "MA-7C",
        "use_by": day + timedelta(3),
        "celsius": Decimal(7),
        "sound": True,
        "wrapped": True,
        "labelled": True,
        "decision": Decision.REFUSED,
        "note": tr("Refusé, écrit sur le bon ; fournisseur prévenu"),
        "initials": "MB",
    }
    record = add(session, GOODS_IN, values, now, Origin.PAPER)
    breach = session.scalar(
        select(Breach).where(Breach.register == GOODS_IN.key, Breach.record_id == record.id)
    )
    if breach is not None:
        cause, action = tr("Camion en panne de froid"), tr("Lot refusé, avoir demandé")
        acted = now + timedelta(minutes=20)
        codes = ["A-REFUSE"]
        breaches.act(session, breach.id, cause, action, acted, initials="AM", codes=codes)
        checked = acted + 3 * DAY
        words = tr("Livraison suivante à 1,0 °C ; camion réparé, facture vue")
        breach_closing.verify(session, breach.id, words, "AM", checked)
        breach_closing.close(session, breach.id, "AM", checked)
