"""Counting the shelves: what was there at an instant, whenever it is typed.

Differences are written at the instant of the count, so that what moved since is applied again
after it. A count that is closed is sealed; the next one puts right a mistake in it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.storage.seal import seal
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.articles.packing import content_of
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.stock.correcting import adjust
from cantine_desktop.supply.stock.count_text import Counted, one_of, read_count
from cantine_desktop.supply.stock.known_price import worth_at_known_price
from cantine_desktop.supply.stock.lots import available, first_out, place_of, rows_of
from cantine_desktop.supply.stock.model import (
    Lot,
    Place,
    Shortage,
    StockCount,
    StockCountLine,
    StockItem,
    StockMove,
)
from cantine_desktop.supply.stock.moving import LotFacts, receive_lot
from cantine_desktop.supply.stock.quantities import stored
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import fold

FAR = Fraction(1, 5)
"""Part of what was expected from which a difference is counted twice…"""
SLIGHT = {Dimension.MASS: 500, Dimension.VOLUME: 500, Dimension.PIECE: 2}
"""…unless it is no more than so much, in the canonical unit."""
ZERO = Decimal(0)


def begin_count(
    session: Session,
    place_id: int | None,
    counted_at: datetime,
    now: datetime,
    initials: str = "",
) -> StockCount:
    """Begin a count: a line for each product that is followed, in the order of the walk.

    Args:
        session: The session of an action.
        place_id: Of a place alone; ``None``: everywhere.
        counted_at: Instant somebody counts or counted, aware; not to come.
        now: Present instant, aware.
        initials: Who counts.

    Raises:
        UserError: It is to come, or nothing is followed there.
    """
    if counted_at > now:
        raise UserError(tr("Un inventaire se fait maintenant ou s’est fait avant."))
    products = to_count(session, place_id)
    if not products:
        raise UserError(tr("Aucun produit n’est suivi ici : choisissez d’abord quoi suivre."))
    count = StockCount(
        counted_at=counted_at, created_at=now, place_id=place_id, initials=initials.strip()
    )
    count.lines = [
        StockCountLine(rank=rank, product_id=product)
        for rank, product in enumerate(products, start=1)
    ]
    session.add(count)
    session.flush()
    return count


def to_count(session: Session, place_id: int | None) -> list[int]:
    """Return the products that are followed, by places as one walks, then by their shelf."""
    query = (
        select(StockItem.product_id)
        .join(Product, StockItem.product_id == Product.id)
        .outerjoin(Place, StockItem.place_id == Place.id)
        .where(Product.is_active)
        .order_by(Place.rank.is_(None), Place.rank, Place.name, StockItem.rank, Product.name)
    )
    if place_id is not None:
        query = query.where(StockItem.place_id == place_id)
    return list(session.scalars(query))


def type_line(
    session: Session, line_id: int, typed: str, *, again: bool = False, reason: str | None = None
) -> StockCountLine:
    """Write what was counted of a product, as it was written: « 2c + 3p + 1,2kg ».

    Args:
        session: The session of an action.
        line_id: The line of a count that is not closed.
        typed: As written; empty: nobody counted.
        again: It is what a second count found.
        reason: Why it differs; ``None`` leaves it as it was.

    Raises:
        UserError: It cannot be read.
    """
    line = session.get_one(StockCountLine, line_id)
    if reason is not None:
        line.reason = reason.strip()
    quantity = None
    if typed.strip():
        quantity = stored(read_count(typed, counted_with(session, line.product_id)))
    if again:
        line.second = quantity
    else:
        line.typed, line.quantity, line.second = typed.strip(), quantity, None
    session.flush()
    return line


def counted_with(session: Session, product_id: int) -> Counted:
    """Return what a product is counted with: the packs of the last lot that says them.

    The names are those its articles give their packs: « boîte », « filet ».
    """
    product = session.get_one(Product, product_id)
    query = (
        select(Lot.pack_content, Lot.piece_content)
        .where(Lot.product_id == product_id, Lot.pack_content.is_not(None))
        .order_by(Lot.received_on.desc(), Lot.id.desc())
    )
    pack, piece = session.execute(query.limit(1)).first() or (None, None)
    return Counted(
        product,
        None if pack is None else Fraction(pack),
        None if piece is None else Fraction(piece),
        _pack_names(session, product),
    )


def _pack_names(session: Session, product: Product) -> dict[str, Fraction]:
    """Return what each named pack of a product holds; a name that says two things says none."""
    query = (
        select(Article)
        .where(Article.product_id == product.id, Article.is_active)
        .options(selectinload(Article.packs))
    )
    found: dict[str, set[Fraction]] = defaultdict(set)
    for article in session.scalars(query):
        content = content_of(article, product)
        for pack in article.packs:
            if content is None:
                break
            found[one_of(pack.name)].add(content)
            content /= Fraction(pack.count)
    return {name: held.pop() for name, held in found.items() if len(held) == 1}


def expected_of(session: Session, count: StockCount, product_id: int) -> Decimal:
    """Return what the moves say was there at the instant of a count, in the place counted."""
    lots = {lot.id for lot in _lots(session, count, product_id)}
    query = select(StockMove.lot_id, StockMove.quantity).where(
        StockMove.product_id == product_id, StockMove.at <= count.counted_at
    )
    return sum((quantity for lot, quantity in session.execute(query) if lot in lots), ZERO)


def is_far(session: Session, line: StockCountLine, expected: Decimal) -> bool:
    """Tell whether what was counted is so far from what was expected that one counts again."""
    if line.quantity is None:
        return False
    gap = abs(line.quantity - expected)
    slight = SLIGHT[session.get_one(Product, line.product_id).dimension]
    return gap > slight and gap > FAR * Fraction(expected)


def close_count(session: Session, count_id: int, now: datetime) -> list[StockMove]:
    """Close a count: its differences become moves at its instant, and it is sealed.

    What waited to be put right before it is explained by it. A line nobody counted says nothing.

    Args:
        session: The session of an action; it cannot be undone afterwards.
        count_id: The count.
        now: Present instant, aware.

    Raises:
        UserError: Nothing was counted, or what is far from what was expected was not
            counted twice.
    """
    count = session.get_one(StockCount, count_id)
    lines = [line for line in count.lines if line.quantity is not None]
    if not lines:
        raise UserError(tr("Rien n’est compté encore : remplissez au moins une ligne."))
    for line in lines:
        line.expected = expected_of(session, count, line.product_id)
    far = [
        line
        for line in lines
        if line.second is None and is_far(session, line, line.expected or ZERO)
    ]
    if far:
        names = (session.get_one(Product, line.product_id).name for line in far)
        raise UserError(
            tr("Loin de ce qui était attendu, à compter une deuxième fois : {names}.").format(
                names=", ".join(names)
            )
        )
    moves = [move for line in lines for move in _apply(session, count, line, now)]
    seal(session, [count], now)
    return moves


def unpriced(session: Session, moves: Iterable[StockMove]) -> list[str]:
    """Return the names of products a count found that no known price gives a value."""
    keys = {move.product_id for move in moves if move.quantity > 0 and move.value == Money(0)}
    query = select(Product.name).where(Product.id.in_(keys))
    return sorted(session.scalars(query), key=fold)


def _apply(
    session: Session, count: StockCount, line: StockCountLine, now: datetime
) -> list[StockMove]:
    found = line.quantity if line.second is None else line.second
    difference = (found or ZERO) - (line.expected or ZERO)
    _settle(session, count, line.product_id, now)
    if difference < 0:
        return _missing(session, count, line, -difference, now)
    return _more(session, count, line, difference, now) if difference else []


def _missing(
    session: Session, count: StockCount, line: StockCountLine, missing: Decimal, now: datetime
) -> list[StockMove]:
    """Take what is missing off the lots, what ends first before the others.

    What has been used since and was not there any more waits to be put right.
    """
    moves: list[StockMove] = []
    origin = StockCountLine.__tablename__, line.id
    lots = rows_of(session, _lots(session, count, line.product_id))
    for row in sorted(lots, key=first_out):
        part = min(missing, available(session, row.key, count.counted_at))
        if part > 0:
            moves.append(
                adjust(
                    session,
                    row.key,
                    -part,
                    count.counted_at,
                    now,
                    reason=line.reason,
                    origin=origin,
                )
            )
            missing -= part
    if missing:
        session.add(
            Shortage(
                product_id=line.product_id,
                at=count.counted_at,
                quantity=missing,
                origin_table=origin[0],
                origin_key=origin[1],
            )
        )
    return moves


def _more(
    session: Session, count: StockCount, line: StockCountLine, more: Decimal, now: datetime
) -> list[StockMove]:
    """Put what was found with the last lot that came in, or in a lot of the count.

    What no purchase is known of is worth the last known price of its product; nothing while
    there is none (``unpriced``).
    """
    lots = _lots(session, count, line.product_id)
    origin = StockCountLine.__tablename__, line.id
    if lots:
        last = max(lots, key=lambda lot: (lot.received_on, lot.id))
        at = count.counted_at
        return [adjust(session, last.id, more, at, now, reason=line.reason, origin=origin)]
    day = civil_date(count.counted_at)
    place = session.scalar(
        select(StockItem.place_id).where(StockItem.product_id == line.product_id)
    )
    code = f"I{day:%Y%m%d}-{line.rank}"
    facts = LotFacts(line.product_id, more, day, code, place_id=place)
    value = worth_at_known_price(session, line.product_id, more, day) or Money(0)
    lot = receive_lot(session, facts, value, count.counted_at, now, origin=origin)
    return list(session.scalars(select(StockMove).where(StockMove.lot_id == lot.id)))


def _lots(session: Session, count: StockCount, product_id: int) -> list[Lot]:
    """Return the lots of a product that had come in, where it is counted."""
    day = civil_date(count.counted_at)
    query = select(Lot).where(Lot.product_id == product_id, Lot.received_on <= day)
    came = session.scalars(query.order_by(Lot.id)).all()
    arrived = set(
        session.scalars(
            select(StockMove.lot_id).where(
                StockMove.product_id == product_id, StockMove.at <= count.counted_at
            )
        )
    )
    usual = session.scalar(select(StockItem.place_id).where(StockItem.product_id == product_id))
    return [
        lot
        for lot in came
        if lot.id in arrived and count.place_id in {None, place_of(lot) or usual}
    ]


def _settle(session: Session, count: StockCount, product_id: int, now: datetime) -> None:
    query = select(Shortage).where(
        Shortage.product_id == product_id,
        Shortage.settled_at.is_(None),
        Shortage.at <= count.counted_at,
    )
    for row in session.scalars(query):
        row.settled_at = now
        row.words = tr("Expliqué par l’inventaire du {day}").format(
            day=short_day(civil_date(count.counted_at))
        )
