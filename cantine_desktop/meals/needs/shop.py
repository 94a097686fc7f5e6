"""The shop round the corner in a proposal: dearer, but it asks for no minimum.

Without it a minimum would be filled with food nobody needs. What is left to the shop is not
ordered: it stays among the needs, and so on the shopping list.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.proposal.model import NeedAt, Offer, Plan, Problem, Terms

SHOP: Final = -1
"""Stands for the shop among suppliers."""

DEARER = Fraction(13, 10)
"""What the shop asks, beside the dearest supplier: a usual difference, from memory."""

TRIP = Fraction(600)
"""Cents that going there is worth: half an hour and the way."""

STEP = Fraction(100)
"""Grams or millilitres that fresh food is bought by there."""


def shop_offers(
    offers: Sequence[Offer], needs: Iterable[NeedAt], products: dict[int, Product]
) -> list[Offer]:
    """Return what the shop would sell of the products that suppliers sell.

    What does not keep is bought on its day, as much as is needed; what keeps, by the smallest
    box a supplier has: its rest is no loss, and the shop gains nothing by splitting it.

    Args:
        offers: Those of suppliers.
        needs: What is asked for.
        products: The products, by key.
    """
    wanted = {need.product for need in needs}
    by_product: dict[int, list[Offer]] = defaultdict(list)
    for offer in offers:
        by_product[offer.product].append(offer)
    found: list[Offer] = []
    for key, own in sorted(by_product.items()):
        if key not in wanted:
            continue
        keeps = any(offer.keeps is None for offer in own)
        is_counted = products[key].dimension is Dimension.PIECE
        step = Fraction(1) if is_counted else STEP
        content = min(offer.content for offer in own) if keeps else step
        dearest = max(offer.cents / offer.content for offer in own)
        found.append(
            Offer(
                key=-key,
                supplier=SHOP,
                product=key,
                content=content,
                cents=dearest * content * DEARER,
                keeps=None if keeps else 0,
            )
        )
    return found


def shop_terms(needs: Iterable[NeedAt], today: date) -> Terms:
    """Return when somebody may go to the shop, and what that costs."""
    days = sorted({need.day for need in needs if need.day >= today})
    return Terms(SHOP, tuple(days), fee=TRIP)


def left_to_shop(problem: Problem, plan: Plan) -> dict[int, Fraction]:
    """Return what a plan leaves to the shop, in canonical units, by product."""
    found: dict[int, Fraction] = defaultdict(Fraction)
    for (rank, _day), units in plan.units.items():
        offer = problem.offers[rank]
        if offer.supplier == SHOP:
            found[offer.product] += offer.content * units
    return dict(found)
