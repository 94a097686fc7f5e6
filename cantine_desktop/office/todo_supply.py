"""What supply asks for today: recalls, last hours of orders, food to use or to throw away."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.recalls.queries import notice_rows
from cantine_desktop.i18n import hour, number, short_day, tr, trn
from cantine_desktop.office.waiting import Todo, Urgency
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.supply.articles.comparing import rises
from cantine_desktop.supply.deliveries.announcing import announced
from cantine_desktop.supply.orders.model import OrderState
from cantine_desktop.supply.orders.queries import OrderRow, open_orders
from cantine_desktop.supply.stock.lots import LotRow
from cantine_desktop.supply.stock.queries import first_to_use
from cantine_desktop.supply.stock.settling import shortage_rows
from cantine_desktop.supply.suppliers.model import Supplier, SupplierPaper

SOON = timedelta(hours=2)
"""Before its last hour, an order is to be sent now."""

NEAR = timedelta(days=2)
"""How near its end food is spoken of in the morning."""

PAPERS_IN_SIGHT = timedelta(days=30)
NEWS = timedelta(days=8)

Source = Callable[[Session, datetime], Iterable[Todo]]


def supply_waits(session: Session, now: datetime) -> Iterator[Todo]:
    """Return what supply asks for; nothing to those who do not read it."""
    if not watch_of(session).actor.may_read("supply"):
        return
    yield from _recalls(session)
    orders = open_orders(session)
    yield from _last_hours(orders, now)
    yield from _not_received(orders, now)
    yield from _gifts_not_come(session, now)
    yield from _food(session, now)
    yield from _shortages(session)
    yield from _papers(session, now)
    yield from _rises(session, now)


def _recalls(session: Session) -> Iterator[Todo]:
    rows = [row for row in notice_rows(session) if row.to_look_at]
    if not rows:
        return
    count = sum(row.to_look_at for row in rows)
    lots = trn("{n} lot à comparer", "{n} lots à comparer", count)
    words = tr("Rappel de {product} : {lots}").format(product=rows[0].product, lots=lots)
    yield Todo(Urgency.NOW, words, tr("Comparer"), "recalls", key=rows[0].key)


def _last_hours(orders: Sequence[OrderRow], now: datetime) -> Iterator[Todo]:
    """Tell the orders that must leave today."""
    today = civil_date(now)
    for row in orders:
        limit = row.order_by
        if row.state is not OrderState.DRAFT or limit is None or civil_date(limit) != today:
            continue
        if limit < now:
            words = tr("Commande à {supplier} : l’heure limite est passée ({hour})")
        else:
            words = tr("Commande à {supplier} : à envoyer avant {hour}")
        urgency = Urgency.NOW if limit - now < SOON else Urgency.TODAY
        told = words.format(supplier=row.supplier, hour=hour(limit))
        yield Todo(urgency, told, tr("Envoyer"), "orders", key=row.key, is_errand=True)


def _not_received(orders: Sequence[OrderRow], now: datetime) -> Iterator[Todo]:
    """Tell the deliveries that should have come and that nobody received."""
    today = civil_date(now)
    gone = {OrderState.SENT, OrderState.CONFIRMED}
    late = [row for row in orders if row.state in gone and row.delivery_day < today]
    if not late:
        return
    words = tr("Livraison de {supplier} du {day} : pas encore reçue").format(
        supplier=late[0].supplier, day=short_day(late[0].delivery_day)
    )
    if len(late) > 1:
        words += trn(" et {n} autre", " et {n} autres", len(late) - 1)
    yield Todo(Urgency.TODAY, words, tr("Recevoir"), "receiving", place=("order", late[0].key))


def _gifts_not_come(session: Session, now: datetime) -> Iterator[Todo]:
    """Tell the gifts whose day is past: they are no longer counted on."""
    late = [gift for gift in announced(session) if gift.day < civil_date(now)]
    if not late:
        return
    words = tr("Don de {giver} attendu le {day} : pas arrivé, il ne compte plus").format(
        giver=session.get_one(Supplier, late[0].supplier_id).name, day=short_day(late[0].day)
    )
    if len(late) > 1:
        words += trn(" et {n} autre", " et {n} autres", len(late) - 1)
    yield Todo(Urgency.TODAY, words, tr("Voir"), "surplus", key=late[0].id)


def _food(session: Session, now: datetime) -> Iterator[Todo]:
    today = civil_date(now)
    near = first_to_use(session, today, within=NEAR)
    over = [row for row in near if row.use_by is not None and row.use_by < today]
    if over:
        words = trn("{n} lot à jeter, DLC passée", "{n} lots à jeter, DLC passée", len(over))
        told, key = _named(words, over), over[0].key
        yield Todo(Urgency.TODAY, told, tr("Voir"), "stock", key=key, is_errand=True)
    left = [row for row in near if row not in over]
    if left:
        words = trn("{n} lot à utiliser d’abord", "{n} lots à utiliser d’abord", len(left))
        yield Todo(Urgency.SOON, _named(words, left), tr("Voir"), "stock", key=left[0].key)


def _shortages(session: Session) -> Iterator[Todo]:
    rows = shortage_rows(session)
    if rows:
        words = trn("{n} manque à régulariser", "{n} manques à régulariser", len(rows))
        told = tr("{words} : {names}").format(words=words, names=rows[0].product)
        yield Todo(Urgency.SOON, told, tr("Voir"), "stock")


def _named(words: str, rows: Sequence[LotRow]) -> str:
    """Return a sentence with the first products it is about."""
    names = list(dict.fromkeys(row.product for row in rows))
    more = "…" if len(names) > 3 else ""
    return tr("{words} : {names}").format(words=words, names=", ".join(names[:3])) + more


def _papers(session: Session, now: datetime) -> Iterator[Todo]:
    query = (
        select(SupplierPaper.title, SupplierPaper.valid_until, Supplier.name, Supplier.id)
        .join(Supplier, SupplierPaper.supplier_id == Supplier.id)
        .where(
            Supplier.is_active,
            SupplierPaper.valid_until.is_not(None),
            SupplierPaper.valid_until <= civil_date(now) + PAPERS_IN_SIGHT,
        )
        .order_by(SupplierPaper.valid_until, SupplierPaper.id)
    )
    rows = session.execute(query).all()
    for title, until, name, key in rows[:1]:
        assert until is not None
        words = tr("{paper} de {supplier} : valable jusqu’au {day}").format(
            paper=title, supplier=name, day=short_day(until)
        )
        if len(rows) > 1:
            words += trn(" et {n} autre", " et {n} autres", len(rows) - 1)
        yield Todo(Urgency.SOON, words, tr("Renouveler"), "suppliers", key=key)


def _rises(session: Session, now: datetime) -> Iterator[Todo]:
    """Tell the prices that went up this week: a price known for longer is no news."""
    today = civil_date(now)
    fresh = [each for each in rises(session, today) if each.valid_from > today - NEWS]
    if not fresh:
        return
    share = number(Decimal(round(fresh[0].share * 100)))
    words = tr("{article} : +{share} % chez {supplier}").format(
        article=fresh[0].name, share=share, supplier=fresh[0].supplier
    )
    if len(fresh) > 1:
        words += trn(" et {n} autre", " et {n} autres", len(fresh) - 1)
    yield Todo(Urgency.SOON, words, tr("Voir"), "suppliers", key=fresh[0].supplier_id)


SOURCES: tuple[Source, ...] = (supply_waits,)
"""What supply adds to the lines of today."""
