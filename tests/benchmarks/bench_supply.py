"""An order of ten lines written and sent, and its delivery taken in, beside bare inserts.

What is added to the bare rows: the terms of the day, minimums, the sealed proof, the questions
at the door, lots, moves, and the history of each action.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import count

from cantine_desktop.schema.upgrade import create_book
from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article
from cantine_desktop.supply.articles.model import ContentUnit, PriceBasis
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.drafting import conform, draft_from
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.products.model import Dimension, Product, ProductFamily
from cantine_desktop.supply.stock.model import Lot
from cantine_desktop.supply.suppliers.keeping import SupplierFacts, add_supplier
from cantine_desktop.supply.suppliers.model import OrderWay
from tests.benchmarks.measuring import Row, in_turn

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FIRST = date(2026, 11, 24)
LINES, TURNS = 10, 7

ORDER = "INSERT INTO bare_order (day) VALUES (?)"
LINE = "INSERT INTO bare_line (order_id, article_id, units, received) VALUES (?, ?, ?, ?)"


def measure(folder):
    opened = create_book(str(folder / "b.cantine"), lambda: NOW)
    book, days = opened.book, count()
    with book.action("Installer") as session:
        supplier, articles = _furnish(session)
        session.connection().exec_driver_sql("CREATE TABLE bare_order (id INTEGER, day TEXT)")
        session.connection().exec_driver_sql(
            "CREATE TABLE bare_line (order_id, article_id, units, received)"
        )
    ours = partial(_ours, book, supplier, articles, days)
    bare = partial(_bare, book, articles, days)
    order = ours()
    with book.read() as session:
        assert session.get_one(PurchaseOrder, order).state is OrderState.RECEIVED
        assert session.query(Lot).count() == LINES
    cost, alone = in_turn(ours, bare, TURNS)
    words = f"{cost.wall * 1000:.0f} ms for {LINES} lines ordered, sent and received"
    yield Row("order and receive ten lines", cost, alone, "bare inserts", None, words)
    book.close()


def _furnish(session):
    supplier = add_supplier(session, SupplierFacts("Biocoop")).id
    keys = []
    for n in range(LINES):
        product = Product(
            name=f"produit {n}", family=ProductFamily.VEGETABLE, dimension=Dimension.MASS
        )
        session.add(product)
        session.flush()
        facts = ArticleFacts(
            supplier, product.id, f"Article {n}", (("caisse", Decimal(5000)),),
            ContentUnit.GRAM, Decimal("2.40"), PriceBasis.KILOGRAM,
        )  # fmt: skip
        keys.append(add_article(session, facts, NOW, date(2026, 11, 1)).id)
    return supplier, keys


def _ours(book, supplier, articles, days):
    day = FIRST + timedelta(days=next(days))
    with book.action("Commande") as session:
        order = draft_for(session, supplier, day, NOW).id
        for article in articles:
            set_line(session, order, article, Decimal(2), NOW)
    with book.action("Envoi", undoable=False) as session:
        mark_sent(session, order, Sent(OrderWay.EMAIL, by="AM"), NOW)
    with book.action("Réception", undoable=False) as session:
        delivery = draft_from(session, [order], NOW)
        conform(session, delivery.id)
        close(session, delivery.id, "AM", NOW)
    return order


def _bare(book, articles, days):
    day = FIRST + timedelta(days=next(days))
    with book.action("Commande nue") as session:
        base = session.connection()
        base.exec_driver_sql(ORDER, (day.isoformat(),))
        for article in articles:
            base.exec_driver_sql(LINE, (1, article, 2, 2))
