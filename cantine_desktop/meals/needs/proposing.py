"""From the needs of a period to orders: what may be bought of whom, the plan, its drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import starmap

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import tr, weekday
from cantine_desktop.meals.needs.reckoning import ProductNeed
from cantine_desktop.meals.needs.shop import SHOP, shop_offers, shop_terms
from cantine_desktop.meals.recipes.amounts import amount_words
from cantine_desktop.supply.articles.listing import unit_cents
from cantine_desktop.supply.articles.model import Article, ArticlePrice, Cold, QualityLabel
from cantine_desktop.supply.articles.packing import content_of, exact, kept_as_units
from cantine_desktop.supply.orders.drafting import discard, draft_for, set_line
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.products.measuring import grams_of
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.proposal.costing import allotted
from cantine_desktop.supply.proposal.model import NeedAt, Offer, Plan, Problem, Terms
from cantine_desktop.supply.stock.arranging import cold_litres
from cantine_desktop.supply.suppliers.calendar import deliveries_from
from cantine_desktop.supply.suppliers.model import Supplier, SupplierKind
from cantine_desktop.values.money import Money

HALF = Fraction(1, 2)
"""Part of the money that should go to organic or local food: the rule of the network."""
DELIVERIES = 8


@dataclass(frozen=True)
class Asked:
    """A problem and what it was made of.

    Attributes:
        needs: Those that ask for something still.
        unsold: Products nobody sells, or whose pack or price nobody knows, by name.
    """

    problem: Problem
    needs: tuple[ProductNeed, ...]
    unsold: tuple[str, ...]


def problem_of(session: Session, found: Sequence[ProductNeed], now: datetime) -> Asked:
    """Return the problem that needs make, with every article that may answer them.

    Args:
        session: Where to read.
        found: Needs of ``reckoning.needs``.
        now: Present instant, aware: deliveries whose cut-off has passed are out.
    """
    open_ones = tuple(need for need in found if need.net)
    wanted = {need.product.id for need in open_ones}
    offers = _offers(session, wanted, civil_date(now))
    terms = _terms(session, {offer.supplier for offer in offers}, now)
    sold = {offer.product for offer in offers}
    asks = tuple(
        NeedAt(need.product.id, need.day, need.net) for need in open_ones if need.product.id in sold
    )
    products = {need.product.id: need.product for need in open_ones}
    problem = Problem(
        offers=(*offers, *shop_offers(offers, asks, products)),
        suppliers=(*terms, shop_terms(asks, civil_date(now))),
        needs=asks,
        cold_litres=cold_litres(session),
        preferred=HALF,
    )
    unsold = sorted({need.product.name for need in open_ones if need.product.id not in sold})
    return Asked(problem, open_ones, tuple(unsold))


def apply(session: Session, asked: Asked, plan: Plan, now: datetime) -> list[int]:
    """Write the orders of a plan as drafts, each line with its reason; return their keys.

    What an order already asks for stays, and the plan comes on top; what is left to the shop
    is not ordered.

    Raises:
        UserError: A supplier does not sell an article like that any more.
    """
    made: dict[tuple[int, date], int] = {}
    products = {need.product.id: need.product for need in asked.needs}
    given = allotted(asked.problem, plan)
    for (rank, day), units in sorted(plan.units.items()):
        offer = asked.problem.offers[rank]
        if offer.supplier == SHOP:
            continue
        place = (offer.supplier, day)
        if place not in made:
            made[place] = draft_for(session, offer.supplier, day, now).id
        reason = _reason(products[offer.product], given.get((rank, day), {}))
        whole = units + _there_already(session, made[place], offer.key)
        set_line(session, made[place], offer.key, kept_as_units(whole), now, reason)
    return list(made.values())


def drafts(session: Session, last: date) -> list[PurchaseOrder]:
    """Return the orders being written that come until a day, by day, then by key."""
    query = select(PurchaseOrder).where(
        PurchaseOrder.state == OrderState.DRAFT, PurchaseOrder.delivery_day <= last
    )
    ordered = query.order_by(PurchaseOrder.delivery_day, PurchaseOrder.id)
    return list(session.scalars(ordered.options(selectinload(PurchaseOrder.lines))))


def start_over(session: Session, last: date) -> int:
    """Throw away the orders that never left and come until a day; return how many."""
    found = [order for order in drafts(session, last) if not order.revision]
    for order in found:
        discard(session, order.id)
    return len(found)


def _reason(product: Product, given: Mapping[date, Fraction]) -> str:
    """Say why so much of an offer comes on a day: what it gives to which days."""
    if not given:
        return ""
    days = ", ".join(f"{weekday(day)} {day.day}" for day in sorted(given))
    return tr("{amount} pour le {days}").format(
        amount=amount_words(product, sum(given.values(), Fraction(0))), days=days
    )


def _there_already(session: Session, order_id: int, article: int) -> Fraction:
    order = session.get_one(PurchaseOrder, order_id)
    found = (line.units for line in order.lines if line.article_id == article)
    return sum(map(exact, found), Fraction(0))


def _offers(session: Session, products: set[int], today: date) -> list[Offer]:
    query = (
        select(Article, Product, ArticlePrice)
        .join(Product, Product.id == Article.product_id)
        .join(Supplier, Supplier.id == Article.supplier_id)
        .join(ArticlePrice, ArticlePrice.article_id == Article.id)
        .where(
            Article.product_id.in_(products),
            Article.is_active,
            Supplier.is_active,
            Supplier.kind != SupplierKind.DONOR,
            ArticlePrice.valid_until.is_(None) | (ArticlePrice.valid_until > today),
        )
        .options(selectinload(Article.packs))
        .order_by(Article.id, ArticlePrice.valid_from)
    )
    found = starmap(_offer, session.execute(query))
    return [offer for offer in found if offer is not None]


def _offer(article: Article, product: Product, price: ArticlePrice) -> Offer | None:
    content = content_of(article, product)
    cents = unit_cents(article, product, price.price, price.basis)
    if not content or cents is None:
        return None
    is_cold = article.cold is not Cold.AMBIENT
    return Offer(
        key=article.id,
        supplier=article.supplier_id,
        product=product.id,
        content=content,
        cents=cents,
        grain=Fraction(article.step) if article.step else Fraction(1, article.fraction),
        least=Fraction(article.least or 0),
        grams=grams_of(product, content) or Fraction(0),
        litres=Fraction(article.litres or 0) if is_cold else Fraction(0),
        keeps=article.shelf_days,
        is_preferred=article.is_local or QualityLabel.ORGANIC in article.labels,
        since=price.valid_from,
        until=price.valid_until,
    )


def _terms(session: Session, suppliers: set[int], now: datetime) -> list[Terms]:
    query = select(Supplier).where(Supplier.id.in_(suppliers)).order_by(Supplier.id)
    found: list[Terms] = []
    for supplier in session.scalars(query).all():
        slots = deliveries_from(session, supplier.id, now, count=DELIVERIES)
        found.append(
            Terms(
                key=supplier.id,
                days=tuple(slot.delivery for slot in slots),
                minimum=_cents(supplier.minimum),
                minimum_grams=Fraction(supplier.minimum_grams or 0),
                minimum_boxes=Fraction(supplier.minimum_boxes or 0),
                free_from=None if supplier.free_from is None else _cents(supplier.free_from),
                fee=_cents(supplier.fee),
            )
        )
    return found


def _cents(amount: Money | None) -> Fraction:
    return Fraction(0 if amount is None else amount.cents)
