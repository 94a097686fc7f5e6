"""Four weeks of the demonstration’s supply: ordered, received, used, and what comes next.

A delivery is closed as from its screen: it writes its lots and its sheet of hygiene at once, so
that the shelves and the sheets of those weeks tell the same food.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.registers.recording import Entry
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.i18n import tr
from cantine_desktop.meals.consumption.model import LotUse
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.recipes.scaling import Need, scale
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.office.demo_food import write_supplied_week
from cantine_desktop.office.demo_kitchen import instant
from cantine_desktop.office.demo_supply.articles import CELSIUS, WARES
from cantine_desktop.office.demo_supply.furnishing import Directory, furnish_supply
from cantine_desktop.office.demo_supply.invoice import write_invoices
from cantine_desktop.office.demo_supply.prices import write_rise
from cantine_desktop.office.demo_supply.recall import write_recall
from cantine_desktop.office.receiving import receive
from cantine_desktop.supply.articles.packing import content_of, units_for
from cantine_desktop.supply.deliveries.closing import to_ask
from cantine_desktop.supply.deliveries.drafting import (
    add_line,
    conform,
    describe,
    draft_from,
    draft_without_order,
    say_checked,
    set_line,
)
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.value import stored
from cantine_desktop.supply.orders.drafting import draft_for
from cantine_desktop.supply.orders.drafting import set_line as ask_for
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.products.model import Product, ProductFamily
from cantine_desktop.supply.stock.lots import lots_left
from cantine_desktop.supply.stock.model import LossStage, Lot, StockMove
from cantine_desktop.supply.stock.moving import lose, use
from cantine_desktop.supply.stock.writing import Out
from cantine_desktop.supply.suppliers.model import OrderWay, Supplier
from cantine_desktop.values.period import Period

WEEKS = 4
PORTIONS = 28
COVERED = 30
"""Portions that are ordered for: a little more than usually come."""
SHORT_LIVED = 5
"""Days: what keeps no longer is delivered on the day it is cooked."""
BEFORE = timedelta(days=4)
MORNING, COOKING, FILLED = time(8, 40), time(9, 30), time(15, 30)
UNDATED = frozenset({"produce", "frozen"})
"""Families that come without a DLC."""
LATELY = timedelta(days=3)
"""What is past its date since then is still to be thrown away."""
WATER = "eau"
GIFT_OF = ("pomme", "carotte", "yaourt")
"""What is given each week."""

TRACED = frozenset({
    ProductFamily.DAIRY,
    ProductFamily.EGG,
    ProductFamily.FISH,
    ProductFamily.MEAT,
})
"""What the kitchen writes on its sheet when it is used, by its lot."""

Menus = dict[int, list[tuple[int, int, str]]]


def write_supply(session: Session, today: date) -> None:
    """Write who is ordered from, four weeks of orders, deliveries and lots, and the next order.

    Args:
        session: The session of the action that writes the demonstration.
        today: The present day.
    """
    first = Period.week(today).first - WEEKS * timedelta(weeks=1)
    directory = furnish_supply(session, today, instant(first, MORNING))
    _Weeks(session, directory, today).write(first)
    write_rise(session, today)
    write_recall(session, today)
    write_invoices(session, directory.suppliers["biocoop"], today)


class _Weeks:
    """Weeks one after the other, with what is left on the shelves in mind."""

    def __init__(self, session: Session, directory: Directory, today: date) -> None:
        self._session = session
        self._directory = directory
        self._today = today
        self._left: dict[int, Fraction] = defaultdict(Fraction)
        self._needs: dict[int, tuple[Need, ...]] = {}
        self._menus = _menus(session)
        self._uses: list[Entry] = []

    def write(self, first: date) -> None:
        """Write the weeks from a Monday to the present one, then the order of the next."""
        for ahead in range(WEEKS + 1):
            monday = first + ahead * timedelta(weeks=1)
            services = self._services(Period.week(monday))
            self._order(monday, services)
            if ahead in {1, 3}:
                self._give(monday + timedelta(days=2))
            for service in services:
                if service.day <= self._today and service.state is not ServiceState.CANCELLED:
                    self._cook(service)
            self._throw_away(monday + timedelta(days=5))
            days = sorted({each.day for each in services if each.day <= self._today})
            write_supplied_week(self._session, monday, days, self._uses, WEEKS - ahead)
            self._uses = []
        self._order_next(first + (WEEKS + 1) * timedelta(weeks=1))

    def _services(self, week: Period) -> list[MealService]:
        query = select(MealService).where(MealService.day >= week.first, MealService.day < week.end)
        return list(self._session.scalars(query.order_by(MealService.day, MealService.meal_at)))

    def _needed(self, service: MealService, portions: int) -> dict[int, Fraction]:
        """Return what a service takes, by product."""
        found: dict[int, Fraction] = defaultdict(Fraction)
        for _dish, recipe, _name in self._menus.get(service.id, []):
            for need in self._needs_of(recipe):
                found[need.product.id] += need.gross * portions / COVERED
        return found

    def _needs_of(self, recipe: int) -> tuple[Need, ...]:
        if recipe not in self._needs:
            needs = scale(self._session, recipe, COVERED).needs
            self._needs[recipe] = tuple(each for each in needs if each.product.key != WATER)
        return self._needs[recipe]

    def _order(self, monday: date, services: list[MealService]) -> None:
        """Order a week: what keeps comes on Tuesday, what does not on the day it is cooked."""
        wanted: dict[tuple[str, date], dict[int, Fraction]] = defaultdict(dict)
        tuesday = monday + timedelta(days=1)
        for service in services:
            for product, quantity in self._needed(service, COVERED).items():
                article = self._directory.articles.get(product)
                if article is None:
                    continue
                keeps = self._directory.keeps.get(product)
                is_short = keeps is not None and keeps <= SHORT_LIVED
                day = service.day if is_short else tuesday
                place = (self._directory.sold_by[article.id], day)
                wanted[place][product] = wanted[place].get(product, Fraction(0)) + quantity
        for (supplier, day), quantities in sorted(wanted.items()):
            self._one_order(supplier, day, quantities)

    def _one_order(self, supplier: str, day: date, quantities: dict[int, Fraction]) -> None:
        units = self._units(quantities)
        if not units:
            return
        sent_at = instant(day, time(10)) - BEFORE
        order = draft_for(self._session, self._directory.suppliers[supplier], day, sent_at)
        for article, number in units.items():
            ask_for(self._session, order.id, article, number, sent_at)
        if sent_at.date() > self._today:
            return
        sent = Sent(OrderWay.EMAIL, by="AM")
        mark_sent(self._session, order.id, sent, sent_at, below_minimum=True)
        if day <= self._today:
            self._receive(order.id, day)

    def _units(self, quantities: dict[int, Fraction]) -> dict[int, Decimal]:
        found: dict[int, Decimal] = {}
        for product, quantity in sorted(quantities.items()):
            lacks = quantity - self._left[product]
            article = self._directory.articles[product]
            content = content_of(article, self._session.get_one(Product, product))
            if lacks > 0 and content:
                number = units_for(article, lacks / content)
                self._left[product] += number * content
                found[article.id] = stored(number)
            self._left[product] -= quantity
        return found

    def _receive(self, order: int, day: date) -> None:
        now = instant(day, MORNING)
        delivery = draft_from(self._session, [order], now)
        describe(self._session, delivery.id, note_number=f"BL{day:%m%d}-{order}")
        conform(self._session, delivery.id)
        for line in delivery.lines:
            assert line.product_id is not None
            keeps = self._directory.keeps.get(line.product_id)
            told: dict[str, Any] = {"celsius": CELSIUS.get(line.ware)}
            if keeps is not None and line.ware not in UNDATED:
                told["use_by"] = day + timedelta(days=keeps)
                told["lot_code"] = f"{line.product_id:03}{day:%j}"
            set_line(self._session, delivery.id, line.id, **told)
        say_checked(self._session, delivery.id, wrapped=True, labelled=True)
        receive(self._session, delivery.id, "MB", now, agreed=to_ask(self._session, delivery.id))

    def _give(self, day: date) -> None:
        """Write food that was given: apples, carrots and yogurts near their date."""
        if day > self._today:
            return
        now = instant(day, time(11))
        donor = self._directory.suppliers["don"]
        gift = draft_without_order(self._session, donor, now, Coming.DONATED)
        query = select(Product).where(Product.key.in_(GIFT_OF)).order_by(Product.id)
        for product in self._session.scalars(query).all():
            line = add_line(self._session, gift.id, product_id=product.id)
            is_dairy = product.key == "yaourt"
            line.ware = WARES[product.family.value]
            set_line(
                self._session,
                gift.id,
                line.id,
                received=Decimal(4),
                use_by=day + timedelta(days=3) if is_dairy else None,
                celsius=CELSIUS.get(line.ware),
                reason=tr("Fin de vente"),
            )
        say_checked(self._session, gift.id, wrapped=True, labelled=True)
        receive(self._session, gift.id, "MB", now, agreed=to_ask(self._session, gift.id))

    def _cook(self, service: MealService) -> None:
        at = instant(service.day, COOKING)
        for dish, recipe, name in self._menus.get(service.id, []):
            for need in self._needs_of(recipe):
                quantity = stored(need.gross * PORTIONS / COVERED)
                if quantity <= 0 or need.product.id not in self._directory.articles:
                    continue
                out = Out(origin=("meal_service", service.id))
                for move in use(self._session, need.product.id, quantity, at, at, out=out).moves:
                    self._session.add(LotUse(move_id=move.id, service_id=service.id, dish_id=dish))
                    if need.product.family in TRACED:
                        self._uses.append(self._use(move, need.product.name, name, service.day))

    def _use(self, move: StockMove, product: str, dish: str, day: date) -> Entry:
        """Return the row of what was used: the lot that left the shelves."""
        query = (
            select(Lot.code, Supplier.name, Delivery.note_number)
            .outerjoin(Supplier, Lot.supplier_id == Supplier.id)
            .outerjoin(DeliveryLine, Lot.delivery_line_id == DeliveryLine.id)
            .outerjoin(Delivery, DeliveryLine.delivery_id == Delivery.id)
            .where(Lot.id == move.lot_id)
        )
        lot, supplier, note = self._session.execute(query).one()
        values = {
            "day": day,
            "initials": "MB",
            "product": product,
            "lot": lot,
            "supplier": supplier or "",
            "delivery_note": note or "",
            "dish": dish,
        }
        return Entry(values, instant(day, FILLED), Origin.PAPER)

    def _throw_away(self, day: date) -> None:
        """Throw away what is past its DLC; what is so for a few days only is left to be seen."""
        if day > self._today:
            return
        at = instant(day, COOKING)
        for row in lots_left(self._session):
            if row.use_by is not None and row.use_by < min(day, self._today - LATELY):
                why = Out(reason=tr("DLC passée"), by="MB")
                lose(self._session, row.key, row.left, LossStage.STORAGE, at, at, why)

    def _order_next(self, monday: date) -> None:
        """Leave the orders of the next week written, not sent: they are today’s work."""
        day, now = monday + timedelta(days=1), instant(self._today, MORNING)
        wanted: dict[str, dict[int, Fraction]] = defaultdict(dict)
        for service in self._services(Period.week(monday)):
            for product, quantity in self._needed(service, COVERED).items():
                article = self._directory.articles.get(product)
                supplier = "" if article is None else self._directory.sold_by[article.id]
                if supplier in {"biocoop", "ferme"}:
                    part = wanted[supplier]
                    part[product] = part.get(product, Fraction(0)) + quantity
        for supplier, quantities in sorted(wanted.items()):
            self._draft(supplier, day, quantities, now)

    def _draft(
        self, supplier: str, day: date, quantities: dict[int, Fraction], now: datetime
    ) -> None:
        units = self._units(quantities)
        if units:
            order = draft_for(self._session, self._directory.suppliers[supplier], day, now)
            for article, number in units.items():
                ask_for(self._session, order.id, article, number, now)


def _menus(session: Session) -> Menus:
    """Return the dishes of each service that follow a recipe: dish, recipe and name."""
    query = (
        select(Menu.service_id, Dish.id, Dish.recipe_id, Dish.name)
        .join(Dish, Dish.menu_id == Menu.id)
        .where(Dish.recipe_id.is_not(None))
        .order_by(Dish.id)
    )
    found: Menus = defaultdict(list)
    for service, dish, recipe, name in session.execute(query):
        if recipe is not None:
            found[service].append((dish, recipe, name))
    return found
