"""What the menus to come ask for, product by product and day by day, net of what is there.

Every figure explains itself: which dish, for how many, by which recipe, less which lots.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import mark, short_day, tr, trn
from cantine_desktop.meals.forecast.coming import coming
from cantine_desktop.meals.menus.queries import MenuRow, portions_of, week_of_menus
from cantine_desktop.meals.recipes.amounts import amount_words
from cantine_desktop.meals.recipes.model import Recipe
from cantine_desktop.meals.recipes.scaling import Need, scale
from cantine_desktop.supply.deliveries.announcing import broken, promises
from cantine_desktop.supply.deliveries.on_the_way import ON_THE_WAY, Arrival, expected
from cantine_desktop.supply.orders.model import OrderState
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


@dataclass(frozen=True)
class Gift:
    """What an announced gift brings to a need.

    Attributes:
        day: Civil day it comes.
        quantity: In the canonical unit of the product; of a gift that did not come, all of it.
    """

    giver: str
    day: date
    quantity: Fraction


@dataclass
class ProductNeed:
    """What a day asks for of a product.

    Attributes:
        gross: Before what is there; ``low`` and ``high``, for the least and the most that may
            come 4 times of 5.
        stock: What lots give that may still be cooked that day.
        gifts: What is to be given in time for it, and may still be cooked that day.
        broken: Gifts whose day is past and that did not come: they count no more.
        as_of: Civil day it was worked out on; ``None`` for the day of the need.
        ordered: What is on its way; ``drafted``, what is written in an order yet to send.
    """

    product: Product
    day: date
    parts: list[Part] = field(default_factory=list[Part])
    stock: Fraction = Fraction(0)
    ordered: Fraction = Fraction(0)
    drafted: Fraction = Fraction(0)
    gifts: tuple[Gift, ...] = ()
    broken: tuple[Gift, ...] = ()
    as_of: date | None = None

    @property
    def given(self) -> Fraction:
        """What announced gifts bring."""
        return sum((gift.quantity for gift in self.gifts), Fraction(0))

    @property
    def gross(self) -> Fraction:
        """What the dishes ask for."""
        return sum((part.gross for part in self.parts), Fraction(0))

    @property
    def net(self) -> Fraction:
        """What is still to be bought."""
        covered = self.stock + self.given + self.ordered + self.drafted
        return max(Fraction(0), self.gross - covered)

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
        words += self._why(((self.stock, mark("Moins {amount} en stock, encore bon le {day}.")),))
        words += [
            tr("Moins {amount} d’un don attendu le {day} : {giver}.").format(
                amount=amount_words(self.product, gift.quantity),
                day=short_day(gift.day),
                giver=gift.giver,
            )
            for gift in self.gifts
        ]
        words += [
            tr("Le don de {giver} attendu le {day} n’est pas arrivé : il ne compte plus.").format(
                giver=gift.giver, day=short_day(gift.day)
            )
            for gift in self.broken
        ]
        covered = (
            (self.ordered, mark("Moins {amount} déjà commandé.")),
            (self.drafted, mark("Moins {amount} dans une commande à envoyer.")),
        )
        return words + self._why(covered)

    def _why(self, covered: Iterable[tuple[Fraction, str]]) -> list[str]:
        return [
            tr(sentence).format(amount=amount_words(self.product, part), day=short_day(self.day))
            for part, sentence in covered
            if part
        ]

    def _for(self, *, low: bool) -> Fraction:
        return sum(
            (part.gross * (part.low if low else part.high) / part.portions for part in self.parts),
            Fraction(0),
        )


def needs(session: Session, period: Period, now: datetime) -> list[ProductNeed]:
    """Return what the services to come of a period ask for, less what covers it already.

    Args:
        session: Where to read.
        period: Days of the services; those that are over ask for nothing.
        now: Present instant, aware.
    """
    found = asked(session, period, now)
    cover(session, found)
    return found


def asked(session: Session, period: Period, now: datetime) -> list[ProductNeed]:
    """Return what the menus of a period ask for, by day, then by product, nothing taken off.

    Args:
        session: Where to read.
        period: Days of the services; those that are over ask for nothing.
        now: Present instant, aware.
    """
    found: dict[tuple[int, date], ProductNeed] = {}
    menus = {menu.service.key: menu for menu in week_of_menus(session, period)}
    # Held while recipes are scaled, so that none is read alone.
    held = [
        *session.scalars(select(Product)),
        *session.scalars(select(Recipe).options(selectinload(Recipe.ingredients))),
    ]
    scaled: dict[int, tuple[Need, ...]] = {}
    for service, forecast in coming(session, now, period):
        menu = menus.get(service.key)
        many = portions_of(session, service, forecast.expected)
        if menu is not None and many:
            is_known = service.expected is not None  # somebody said how many
            likely = (many, many) if is_known else (forecast.low80, forecast.high80)
            _ask(session, found, menu, (many, *likely), scaled)
    del held
    for need in found.values():
        need.as_of = civil_date(now)
    return sorted(found.values(), key=lambda need: (need.day, fold(need.product.name)))


def cover(session: Session, ordered: Sequence[ProductNeed], *, anew: bool = False) -> None:
    """Take off needs what lots, announced gifts, orders sent and orders being written give.

    Args:
        session: Where to read.
        ordered: Needs of ``asked``, the earliest first; what covered them before is forgotten.
        anew: Whether orders that never left are going to be written anew: they give nothing.
    """
    for need in ordered:
        need.stock = need.ordered = need.drafted = Fraction(0)
        need.gifts = need.broken = ()
    if not ordered:
        return
    _take_stock(session, ordered)
    _take_gifts(session, ordered)
    last, today = max(need.day for need in ordered), ordered[0].as_of or ordered[0].day
    for need, part in _shared(ordered, expected(session, today, last, ON_THE_WAY)):
        need.ordered += part
    drafts = expected(session, today, last, (OrderState.DRAFT,), revision=int(anew))
    for need, part in _shared(ordered, drafts):
        need.drafted += part


def _ask(
    session: Session,
    found: dict[tuple[int, date], ProductNeed],
    menu: MenuRow,
    many: tuple[int, int, int],
    scaled: dict[int, tuple[Need, ...]],
) -> None:
    """Add what a menu asks for, its dishes made for so many, at least, at most."""
    day = menu.service.day
    for dish in menu.dishes:
        if dish.recipe_id is None:
            continue
        if dish.recipe_id not in scaled:
            scaled[dish.recipe_id] = scale(session, dish.recipe_id, ONE).needs
        own = dish.portions
        portions, low, high = many if own in {None, many[0]} else (own or 0,) * 3
        for each in scaled[dish.recipe_id]:
            if each.product.key == WATER:
                continue
            need = found.setdefault((each.product.id, day), ProductNeed(each.product, day))
            gross = each.gross * portions / ONE
            need.parts.append(Part(day, dish.name, portions, low, high, gross))


def _take_stock(session: Session, ordered: Iterable[ProductNeed]) -> None:
    """Give each need the lots that end first among those still good on its day."""
    rows = [row for row in lots_left(session) if not row.is_blocked]
    left = {row.key: Fraction(row.left) for row in rows}
    for need in ordered:
        for row in rows:
            if row.product_id != need.product.id or not row.is_at_hand(need.day):
                continue
            part = min(left[row.key], need.gross - need.stock)
            left[row.key] -= part
            need.stock += part


def _take_gifts(session: Session, ordered: Sequence[ProductNeed]) -> None:
    """Give each need what is to be given in time for it; say once what did not come."""
    today = ordered[0].as_of or ordered[0].day
    coming_in = promises(session, today)
    left = [each.quantity for each in coming_in]
    late: dict[int, list[Gift]] = defaultdict(list)
    for each in broken(session, today):
        late[each.product_id].append(Gift(each.giver, each.day, each.quantity))
    for need in ordered:
        need.broken = tuple(late.pop(need.product.id, ()))
        for rank, each in enumerate(coming_in):
            part = min(left[rank], need.net)
            if each.product_id == need.product.id and each.serves(need.day) and part > 0:
                left[rank] -= part
                need.gifts += (Gift(each.giver, each.day, part),)


def _shared(
    ordered: Iterable[ProductNeed], coming_in: dict[int, list[Arrival]]
) -> Iterable[tuple[ProductNeed, Fraction]]:
    """Share out what comes among the needs it comes in time for and still keeps for."""
    left = {
        (product, rank): arrival.quantity
        for product, found in coming_in.items()
        for rank, arrival in enumerate(found)
    }
    for need in ordered:
        for rank, arrival in enumerate(coming_in.get(need.product.id, [])):
            part = min(left[need.product.id, rank], need.net)
            if arrival.serves(need.day) and part > 0:
                left[need.product.id, rank] -= part
                yield need, part
