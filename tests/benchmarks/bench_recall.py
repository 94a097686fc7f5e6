"""From a lot to the plates and back on years of uses, beside the same question to SQLite alone."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from cantine_desktop.meals.consumption.model import LotUse
from cantine_desktop.meals.consumption.tracing import lots_of_service, trace_lots
from cantine_desktop.meals.services.model import MealKind, MealService
from cantine_desktop.schema.upgrade import create_book
from cantine_desktop.supply.products.model import Dimension, Product, ProductFamily
from cantine_desktop.supply.stock.model import Lot, MoveKind, StockMove
from tests.benchmarks.measuring import Row, in_turn

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LAST = date(2026, 11, 20)
SERVICES, LOTS, USES = 1000, 6000, 30
"""Five years at four services a week, thirty uses each, twenty-four deliveries a week."""

SQL = """
SELECT u.service_id, s.day, sum(m.quantity) FROM stock_move m
JOIN lot_use u ON u.move_id = m.id JOIN meal_service s ON s.id = u.service_id
WHERE m.lot_id = ? GROUP BY u.service_id, s.day ORDER BY s.day
"""


def measure(folder):
    opened = create_book(str(folder / "b.cantine"), lambda: NOW)
    book = opened.book
    with book.action("cinq ans") as session:
        lot, service = _write(session)
    ours, alone = partial(_ours, book, lot), partial(_alone, book, lot)
    trace, rows = ours(), alone()
    assert len(trace.plates) == len(rows) > 0
    assert -sum(row[2] for row in rows) == sum(plate.quantity * 1000 for plate in trace.plates)
    cost, bare = in_turn(ours, alone, 5)
    words = f"{cost.wall * 1000:.1f} ms, {SERVICES * USES} uses"
    yield Row("a lot to its services", cost, bare, "one SQL question", None, words)
    back = partial(_back, book, service)
    assert len(back().origins) == USES
    cost, bare = in_turn(back, alone, 5)
    words = f"{cost.wall * 1000:.1f} ms"
    yield Row("a service to its lots", cost, bare, "one SQL question", None, words)
    book.close()


def _write(session):
    products = [
        Product(name=f"produit {n}", family=ProductFamily.OTHER, dimension=Dimension.MASS)
        for n in range(200)
    ]
    session.add_all(products)
    session.flush()
    lots = [
        Lot(
            product_id=products[n % 200].id,
            code=f"L{n}",
            received_on=LAST - timedelta(days=(LOTS - n) * 1825 // LOTS),
        )
        for n in range(LOTS)
    ]
    session.add_all(lots)
    services = [_service(LAST - timedelta(days=(SERVICES - n) * 7 // 4)) for n in range(SERVICES)]
    session.add_all(services)
    session.flush()
    moves = []
    for n, service in enumerate(services):
        for use in range(USES):
            lot = lots[(n * 6 + use * 7) % LOTS]
            moves.append((service, _move(lot, service)))
    session.add_all([move for _service_, move in moves])
    session.flush()
    session.add_all([LotUse(move_id=move.id, service_id=each.id) for each, move in moves])
    return lots[420].id, services[500].id


def _service(day):
    return MealService(
        day=day,
        kind=MealKind.LUNCH,
        cook_at=time(9),
        meal_at=time(12, 30),
        seats=30,
        kitchen_places=10,
    )


def _move(lot, service):
    return StockMove(
        kind=MoveKind.USED,
        product_id=lot.product_id,
        lot_id=lot.id,
        at=datetime.combine(service.day, service.cook_at, UTC),
        recorded_at=NOW,
        quantity=Decimal(-500),
    )


def _ours(book, lot):
    with book.read() as session:
        return trace_lots(session, [lot])


def _back(book, service):
    with book.read() as session:
        return lots_of_service(session, service)


def _alone(book, lot):
    with book.read() as session:
        return session.connection().exec_driver_sql(SQL, (lot,)).all()
