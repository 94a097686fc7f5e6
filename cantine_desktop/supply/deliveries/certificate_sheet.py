"""« Attestation de dons reçus » (D23): what a giver brought in a period, by weight and value."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import IO, NamedTuple

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.posters import write_nothing
from cantine_desktop.documents.styles import Align, paragraph, small, title
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.i18n import money, number, short_day, tr
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.queries import lines_of
from cantine_desktop.supply.deliveries.value import kept_quantity
from cantine_desktop.supply.products.listing import FAMILIES
from cantine_desktop.supply.products.measuring import grams_of
from cantine_desktop.supply.products.model import Product, ProductFamily
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP

KILO = 1000


class Gift(NamedTuple):
    """A line that was given and kept.

    Attributes:
        grams: What it weighs; ``None`` when nobody knows.
        value: As it was said, or at a usual price; ``None`` without one.
        family: Of its product; ``None`` when nobody said which it is.
    """

    delivery: Delivery
    line: DeliveryLine
    grams: Fraction | None
    value: Money | None
    family: ProductFamily | None = None


def gifts_of(session: Session, period: Period) -> Iterator[Gift]:
    """Yield what was given and kept in a period, in order."""
    for delivery, line in lines_of(session, period):
        quantity = kept_quantity(line)
        if delivery.coming is not Coming.DONATED or not quantity:
            continue
        product = None if line.product_id is None else session.get(Product, line.product_id)
        grams = None if product is None else grams_of(product, Fraction(quantity))
        yield Gift(delivery, line, grams, line.value, None if product is None else product.family)


def write_certificates(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what each giver gave in a period, one giver a page.

    It tells what came, and is no tax receipt.

    Args:
        session: Where to read.
        period: Days of the gifts.
        now: Present instant, aware.
        target: Receives the PDF.
    """
    by_giver: dict[int, list[Gift]] = defaultdict(list)
    for gift in gifts_of(session, period):
        by_giver[gift.delivery.supplier_id].append(gift)
    name = tr("Attestation de dons reçus")
    if not by_giver:
        words = tr("Aucun don de denrées noté pour {period}.").format(period=in_words(period))
        write_nothing(target, canteen_name(session), name, words, now)
        return
    story: list[Flowable] = []
    for giver, gifts in by_giver.items():
        story += [PageBreak()] if story else []
        story += _giver(session, session.get_one(Supplier, giver), gifts, period)
    frame = PageFrame(canteen_name(session), name, in_words(period), now)
    write_document(target, frame, story)


def _giver(session: Session, giver: Supplier, gifts: list[Gift], period: Period) -> list[Flowable]:
    unweighed = sum(gift.grams is None for gift in gifts)
    words = tr(
        "{canteen} atteste avoir reçu de {giver}, pour {period}, les denrées ci-dessous, données "
        "sans contrepartie et servies à ses convives."
    ).format(canteen=canteen_name(session), giver=giver.name, period=in_words(period))
    note = tr(
        "Valeur estimée au prix d’achat habituel de la cantine. Cette attestation n’est pas un "
        "reçu fiscal."
    )
    if unweighed:
        note = f"{note} {tr('Une partie n’a pas de poids connu.')}"
    return [
        title(giver.name),
        paragraph(words),
        Spacer(0, 4 * mm),
        _table(gifts),
        Spacer(0, 4 * mm),
        _families(gifts),
        Spacer(0, 4 * mm),
        small(note),
        Spacer(0, 8 * mm),
        FormRow([Field(tr("Date")), Field(tr("Nom et signature"), share=2, lines=2)]),
    ]


def _table(gifts: list[Gift]) -> Flowable:
    grams = sum((gift.grams for gift in gifts if gift.grams is not None), Fraction(0))
    value = Money(sum(gift.value.cents for gift in gifts if gift.value is not None))
    rows: list[Row] = [
        [
            short_day(gift.delivery.day),
            gift.delivery.number,
            gift.line.name,
            "" if gift.grams is None else _kilos(gift.grams),
            "" if gift.value is None else money(gift.value),
        ]
        for gift in gifts
    ]
    rows.append(Total(["", "", tr("Total"), _kilos(grams), money(value)]))
    columns = [
        Column(tr("Reçu le"), 1.1),
        Column(tr("Réception"), 1.3),
        Column(tr("Denrée"), 3),
        Column(tr("Poids"), 1, Align.RIGHT),
        Column(tr("Valeur"), 1, Align.RIGHT),
    ]
    return ruled_table(columns, rows, 10)


def _families(gifts: list[Gift]) -> Flowable:
    """Return the weight and the worth of each family of food, in the order people buy."""
    order = {family: rank for rank, family in enumerate(FAMILIES)}
    found: dict[ProductFamily | None, list[Gift]] = defaultdict(list)
    for gift in gifts:
        found[gift.family].append(gift)
    rows: list[Row] = []
    for family in sorted(found, key=lambda each: len(order) if each is None else order[each]):
        some = found[family]
        grams = sum((gift.grams for gift in some if gift.grams is not None), Fraction(0))
        value = Money(sum(gift.value.cents for gift in some if gift.value is not None))
        words = tr("Autres") if family is None else tr(FAMILIES[family])
        rows.append([words, _kilos(grams), money(value) if value else ""])
    columns = [
        Column(tr("Famille de denrées"), 3),
        Column(tr("Poids"), 1, Align.RIGHT),
        Column(tr("Valeur"), 1, Align.RIGHT),
    ]
    return ruled_table(columns, rows, 10)


def _kilos(grams: Fraction) -> str:
    kilos = Decimal(grams.numerator) / grams.denominator / KILO
    return f"{number(kilos, 2)}{NBSP}{tr('kg')}"
