"""The demonstration’s recall: a cheese of two weeks ago, eaten in part; and an exercise before."""

from datetime import date, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.recalls.holding import take_in
from cantine_desktop.meals.consumption.drills import keep_drill
from cantine_desktop.office.demo_kitchen import instant
from cantine_desktop.supply.products.model import Product, ProductFamily
from cantine_desktop.supply.recalls.notice_list import Notice
from cantine_desktop.supply.stock.model import Lot, MoveKind, StockMove
from cantine_desktop.supply.suppliers.model import Supplier

SHEET = "2026-00-0000"
"""A number the public list will never give."""

LATELY = timedelta(days=5)
DRILLED = timedelta(days=10)


def write_recall(session: Session, today: date) -> None:
    """Write a public notice that touches a lot of milk food, and the last exercise.

    Nothing is written when no such lot was used.
    """
    used = (
        select(StockMove.lot_id, func.count(StockMove.id).label("times"))
        .where(StockMove.kind == MoveKind.USED)
        .group_by(StockMove.lot_id)
        .subquery()
    )
    query = (
        select(Lot, Product.name, Supplier.name)
        .join(used, used.c.lot_id == Lot.id)
        .join(Product, Lot.product_id == Product.id)
        .join(Supplier, Lot.supplier_id == Supplier.id)
        .where(Product.family == ProductFamily.DAIRY, Lot.use_by.is_not(None))
        .where(Lot.received_on <= today - LATELY)
        .order_by(used.c.times.desc(), Lot.received_on.desc(), Lot.id)
    )
    found = session.execute(query.limit(1)).first()
    if found is None:
        return
    lot, product, supplier = found
    notice = Notice(
        sheet=SHEET,
        published_on=today - timedelta(days=1),
        product=product,
        brand="Marque d’exemple",
        category="lait et produits laitiers",
        lots=f"lot {lot.code} | date limite de consommation {lot.use_by:%d/%m/%Y}",
        sellers=supplier,
        reason="Présence possible de Listeria monocytogenes (avis inventé)",
        risk="Listeria monocytogenes (agent responsable de la listériose)",
        advice="Ne plus consommer, rapporter le produit au point de vente",
        link="",
        sold_from=lot.received_on - timedelta(days=2),
        ended_on=today + timedelta(days=30),
    )
    take_in(session, [notice], instant(today, time(7, 15)))
    before = instant(today - DRILLED, time(14, 30))
    words = "Étiquette décollée\u00a0: recoller la date sur la boîte."
    keep_drill(session, lot.id, 4, "AM", before, seconds=260, words=words)
