"""Needs told product by product: how much in all, for which days, and who sells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from cantine_desktop.i18n import money, tr, weekday
from cantine_desktop.meals.needs.reckoning import ProductNeed
from cantine_desktop.meals.recipes.amounts import amount_words
from cantine_desktop.supply.articles.listing import article_rows
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.text import fold

ZERO = Fraction(0)
SHOWN = 3
"""Suppliers named for a product: the cheapest."""


@dataclass(frozen=True)
class ProductSum:
    """What some days ask for of a product.

    Attributes:
        needs: One a day, the earliest first.
    """

    product: Product
    needs: tuple[ProductNeed, ...]

    @property
    def gross(self) -> Fraction:
        """What the dishes ask for, in the canonical unit of the product."""
        return sum((need.gross for need in self.needs), ZERO)

    @property
    def there(self) -> Fraction:
        """What is in stock for them, announced as a gift, on its way or in an order to send."""
        parts = (need.stock + need.given + need.ordered + need.drafted for need in self.needs)
        return sum(parts, ZERO)

    @property
    def net(self) -> Fraction:
        """What is still to be bought."""
        return sum((need.net for need in self.needs), ZERO)

    @property
    def days(self) -> str:
        """The days that need it: « mar. 24, jeu. 26 »."""
        return ", ".join(near_day(need.day) for need in self.needs)

    def why(self) -> list[str]:
        """Return sentences that say where the figure comes from, day after day."""
        words: list[str] = []
        for need in self.needs:
            said = " ".join(need.why())
            words.append(tr("{day} : {needs}").format(day=near_day(need.day), needs=said))
        low = sum((need.low for need in self.needs), ZERO)
        high = sum((need.high for need in self.needs), ZERO)
        if low < high:
            words.append(
                tr("Selon qui viendra, 4 fois sur 5 : de {low} à {high}.").format(
                    low=amount_words(self.product, low), high=amount_words(self.product, high)
                )
            )
        return words


def near_day(day: date) -> str:
    """Write a day of these two weeks: « mar. 24 »."""
    return f"{weekday(day)} {day.day}"


def by_product(needs: Iterable[ProductNeed]) -> list[ProductSum]:
    """Return needs put together by product, by name."""
    found: dict[int, list[ProductNeed]] = {}
    for need in needs:
        found.setdefault(need.product.id, []).append(need)
    sums = [ProductSum(each[0].product, tuple(each)) for each in found.values()]
    return sorted(sums, key=lambda each: fold(each.product.name))


def sellers(session: Session, product: Product, today: date) -> str:
    """Say who sells a product at what real price, the cheapest first; empty for nobody.

    Args:
        session: Where to read.
        product: What is looked for.
        today: Civil day whose prices count.
    """
    per = {Dimension.MASS: tr("le kg"), Dimension.VOLUME: tr("le l"), Dimension.PIECE: tr("pièce")}
    rows = [row for row in article_rows(session, today, product_id=product.id) if row.real_price]
    told = [
        tr("{price} {per} chez {supplier} ({unit})").format(
            price=money(row.real_price),
            per=per[product.dimension],
            supplier=session.get_one(Supplier, row.supplier_id).name,
            unit=row.unit,
        )
        for row in rows[:SHOWN]
        if row.real_price is not None
    ]
    return "" if not told else tr("Prix : {prices}.").format(prices=" ; ".join(told))
