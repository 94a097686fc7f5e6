"""What the menus to come ask for, product by product and day by day, net of what is there.

Every figure explains itself: which dish, for how many, by which recipe, less which lots.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.meals.forecast.coming import coming
from cantine_desktop.meals.menus.queries import portions_of, week_of_menus
from cantine_desktop.meals.recipes.amounts import amount_words
from cantine_desktop.meals.recipes.scaling import Need, scale
from cantine_desktop.supply.orders.queries import expected
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.queries import lots_left
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold

WATER = "eau"
"""What comes from the tap is not bought."""
ONE = 100
"""Portions a recipe is scaled for once, then taken in proportion."""


@dataclass(frozen=True)
class Part:
    """What one dish asks for of a product.

    Attributes:
        portions: For how many it cooks; ``low`` and ``high``, how many may come, 4 times of 5.
        gross: As bought, before peeling, in the canonical unit of the product.
    """

    day: date
    dish: str
    portions: int
    low: int
    high: int
    gross: Fraction


@dataclass
class ProductNeed:
    """What a day asks for of a product.

    Attributes:
        gross: Before what is there; ``low`` and ``high``, for the least and the most that may
            come 4 times of 5.
        stock: What lots give that may still be cooked that day; ``ordered``, what is on its way.
    """

    product: Product
    day: date
    parts: list[Part] = field(default_factory=list[Part])
    stock: Fraction = Fraction(0)
    ordered: Fraction = Fraction(0)

    @property
    def gross(self) -> Fraction:
        """What the dishes ask for."""
        return sum((part.gross for part in self.parts), Fraction(0))

    @property
    def net(self) -> Fraction:
        """What is still to be bought."""
        return max(Fraction(0), self.gross - self.stock - self.ordered)

    @property
    def low(self) -> Fraction:
        """What it would be for the fewest diners that are likely."""
        return self._for(low=True)

    @property
    def high(self) -> Fraction:
        """What it would be for the most diners that are likely."""
        return self._for(low=False)

    def why(self) -> list[str]:
        """Return sentences that say where the figure comes from."""
        words = [
            trn(
                "{dish} : {amount} pour {n} portion.",
                "{dish} : {amount} pour {n} portions.",
                part.portions,
            ).format(dish=part.dish, amount=amount_words(self.product, part.gross))
            for part in self.parts
        ]
        if self.stock:
            words.append(
                tr("Moins {amount} en stock, encore bon le {day}.").format(
                    amount=amount_words(self.product, self.stock), day=short_day(self.day)
                )
            )
        if self.ordered:
            words.append(
                tr("Moins {amount} déjà commandé.").format(
                    amount=amount_words(self.product, self.ordered)
                )
            )
        return words

    def _for(self, *, low: bool) -> Fraction:
        return sum(
            (part.gross * (part.low if low else part.high) / part.portions for part in self.parts),
            Fraction(0),
        )


def needs(session: Session, period: Period, now: datetime) -> list[ProductNeed]:
    """Return what the services to come of a period ask for, by day, then by product.

    Args:
        session: Where to read.
        period: Days of the services; those that are over ask for nothing.
        now: Present instant, aware.
    """
    found: dict[tuple[int, date], ProductNeed] = {}
    menus = {menu.service.key: menu for menu in week_of_menus(session, period)}
    scaled: dict[int, tuple[Need, ...]] = {}
    for service, forecast in coming(session, now, period):
        menu = menus.get(service.key)
        many = portions_of(session, service, forecast.expected)
        if menu is None or not many:
            continue
        for dish in menu.dishes:
            if dish.recipe_id is None:
                continue
            if dish.recipe_id not in scaled:
                scaled[dish.recipe_id] = scale(session, dish.recipe_id, ONE).needs
            portions = dish.portions or many
            low, high = (forecast.low80, forecast.high80) if portions == many else (portions,) * 2
            for each in scaled[dish.recipe_id]:
                if each.product.key == WATER:
                    continue
                place = (each.product.id, service.day)
                need = found.setdefault(place, ProductNeed(each.product, service.day))
                gross = each.gross * portions / ONE
                need.parts.append(Part(service.day, dish.name, portions, low, high, gross))
    ordered = sorted(found.values(), key=lambda need: (need.day, fold(need.product.name)))
    _take_stock(session, ordered)
    _take_orders(session, ordered, period)
    return ordered


def _take_stock(session: Session, ordered: Iterable[ProductNeed]) -> None:
    """Give each need the lots that end first among those still good on its day."""
    rows = [row for row in lots_left(session) if not row.is_blocked]
    left = {row.key: Fraction(row.left) for row in rows}
    for need in ordered:
        for row in rows:
            if row.product_id != need.product.id or not row.is_usable(need.day):
                continue
            part = min(left[row.key], need.gross - need.stock)
            left[row.key] -= part
            need.stock += part


def _take_orders(session: Session, ordered: list[ProductNeed], period: Period) -> None:
    """Give each need what was ordered and comes by its day."""
    on_the_way = expected(session, period.last)
    taken: dict[tuple[int, int], Fraction] = {}
    for need in ordered:
        for rank, (day, quantity) in enumerate(on_the_way.get(need.product.id, [])):
            place = (need.product.id, rank)
            part = min(quantity - taken.get(place, Fraction(0)), need.net)
            if day <= need.day and part > 0:
                taken[place] = taken.get(place, Fraction(0)) + part
                need.ordered += part
