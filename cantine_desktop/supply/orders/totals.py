"""What an order adds up to, and what lacks before its supplier takes it or brings it free."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from cantine_desktop.i18n import money, number, tr, trn
from cantine_desktop.supply.articles.packing import amount_cents, exact, rounded
from cantine_desktop.supply.orders.model import PurchaseOrderLine
from cantine_desktop.supply.products.measuring import grams_of
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import NBSP

NOTHING = Money(0)
KILO = 1000


@dataclass(frozen=True)
class Totals:
    """What an order adds up to.

    Attributes:
        net: Taxes left out; ``fee``, what delivery costs on top.
        grams: Announced weight; what nobody can weigh counts for nothing.
        boxes: Order units.
        unpriced: Lines without a price, by name.
        lacks: Sentences on what the supplier asks for besides, none when it is enough.
        to_free: What lacks for delivery to be free; ``None`` when it is, or always was.
    """

    net: Money
    fee: Money
    grams: Fraction
    boxes: Fraction
    unpriced: tuple[str, ...]
    lacks: tuple[str, ...]
    to_free: Money | None

    @property
    def total(self) -> Money:
        """Goods and delivery, taxes left out."""
        return self.net + self.fee


def line_amount(line: PurchaseOrderLine, units: Decimal | None = None) -> Money | None:
    """Return what a line costs, taxes left out, rounded once; ``None`` without a price.

    Args:
        line: The line.
        units: Other order units than its own, to see what they would cost.
    """
    if line.price is None:
        return None
    wanted = line.units if units is None else units
    return rounded(amount_cents(line.price, wanted, line.per_unit))


def totals_of(
    supplier: Supplier, lines: Sequence[PurchaseOrderLine], products: dict[int, Product]
) -> Totals:
    """Return what lines ordered of a supplier add up to.

    Args:
        supplier: Whose minimum and free delivery count.
        lines: Lines of one order.
        products: Products of the lines, by key.
    """
    amounts = [line_amount(line) for line in lines if line.units]
    net = Money(sum(amount.cents for amount in amounts if amount is not None))
    grams = sum((_grams(line, products) for line in lines), Fraction(0))
    boxes = sum((exact(line.units) for line in lines), Fraction(0))
    is_empty = not boxes
    to_free = None
    if supplier.free_from is not None and net < supplier.free_from and not is_empty:
        to_free = supplier.free_from - net
    fee = supplier.fee if to_free is not None else NOTHING
    if supplier.free_from is None and not is_empty:
        fee = supplier.fee
    return Totals(
        net=net,
        fee=fee,
        grams=grams,
        boxes=boxes,
        unpriced=tuple(line.name for line in lines if line.units and line.price is None),
        lacks=() if is_empty else tuple(_lacks(supplier, net, grams, boxes)),
        to_free=to_free,
    )


def free_words(totals: Totals) -> str:
    """Say what lacks for delivery to be free; empty when nothing does."""
    if totals.to_free is None:
        return ""
    return tr("Il manque {amount} pour le franco.").format(amount=money(totals.to_free))


def _grams(line: PurchaseOrderLine, products: dict[int, Product]) -> Fraction:
    product = products.get(line.product_id or 0)
    if product is None or line.content is None:
        return Fraction(0)
    return grams_of(product, Fraction(line.content) * exact(line.units)) or Fraction(0)


def _lacks(supplier: Supplier, net: Money, grams: Fraction, boxes: Fraction) -> list[str]:
    found: list[str] = []
    if supplier.minimum is not None and net < supplier.minimum:
        lack = money(supplier.minimum - net)
        found.append(
            tr("Minimum de {least} non atteint : il manque {lack}.").format(
                least=money(supplier.minimum), lack=lack
            )
        )
    if supplier.minimum_grams is not None and grams < supplier.minimum_grams:
        found.append(
            tr("Minimum de {least} non atteint : il manque {lack}.").format(
                least=_kilos(Fraction(supplier.minimum_grams)),
                lack=_kilos(Fraction(supplier.minimum_grams) - grams),
            )
        )
    if supplier.minimum_boxes is not None and boxes < supplier.minimum_boxes:
        missing = ceil(supplier.minimum_boxes - boxes)
        found.append(trn("Il manque {n} colis.", "Il manque {n} colis.", missing).format(n=missing))
    return found


def _kilos(grams: Fraction) -> str:
    kilos = Decimal(grams.numerator) / grams.denominator / KILO
    return f"{number(kilos, 1)}{NBSP}{tr('kg')}"
