"""The demonstration: one fictional year, the same each time, with something to do."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from cantine_desktop.canteen.model import Canteen, ClosedDay
from cantine_desktop.errors import UserError
from cantine_desktop.finance.grants.model import Grant, GrantPayment
from cantine_desktop.hygiene.breach_rows import open_breaches, settled_breaches
from cantine_desktop.hygiene.cleaning.model import CleaningTask
from cantine_desktop.hygiene.food.model import Cooling, ReceivedGoods, Reheating
from cantine_desktop.hygiene.labels.uses import TracedUse
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import Breach, ColdUnit, Gap, Reading, Slot, WeekSignature
from cantine_desktop.meals.consumption.model import LotUse
from cantine_desktop.meals.menus.model import Dish
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.network.indicators import figures
from cantine_desktop.office.demo import write_demo
from cantine_desktop.office.today import read_today
from cantine_desktop.schema import Base
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.storage.verify import verify
from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine
from cantine_desktop.supply.stock.model import Lot, StockMove
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.period import Period

FRIDAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
DATA = ("canteen", "cold_unit", "reading", "breach", "corrective_action", "week_signature")


def make(path, today=FRIDAY):
    engine = open_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    book = Book(engine, clock=lambda: datetime(2026, 11, 20, 11, tzinfo=UTC))
    write_demo(book, today)
    return book, engine


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    book, engine = make(tmp_path_factory.mktemp("demo") / "demo.db")
    yield book
    engine.dispose()


def contents(engine):
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"')))
            for name in DATA
        }


def test_the_same_day_gives_the_same_book(demo, tmp_path):
    _book, engine = make(tmp_path / "again.db")
    assert contents(engine) == contents(demo.engine)
    engine.dispose()


def test_the_year_is_full_and_ends_today(demo):
    with demo.read() as session:
        count = session.scalar(select(func.count(Reading.id)))
        last = session.scalar(select(func.max(Reading.day)))
        units = session.scalar(select(func.count(ColdUnit.id)))
        signed = dict(
            session.execute(
                select(WeekSignature.register, func.count()).group_by(WeekSignature.register)
            ).all()
        )
    assert 2400 <= count <= 3000
    assert last == FRIDAY
    assert units == 7
    # The sheet of samples is signed a week later, once the last of them is thrown away.
    assert signed.pop("samples") == 50
    assert set(signed.values()) == {51}
    assert {"readings", "goods", "cooling", "uses"} <= set(signed)


def test_every_signature_and_every_link_of_the_history_holds(demo):
    with demo.read() as session:
        assert verify(session) == []


def test_the_cold_room_drifted_the_fish_was_refused_and_both_were_settled(demo):
    with demo.read() as session:
        settled = settled_breaches(session, NOON)
        fish = "Filets de merlu, Marée de l’Ill"
        assert [row.subject for row in settled] == ["CF 2", "CF 2", fish]
        assert all(row.actions for row in settled)
        verdicts = session.scalars(
            select(Reading).where(Reading.celsius > Decimal(4)).order_by(Reading.id)
        )
        assert Verdict.TOLERATED in {reading.verdict for reading in verdicts}


def test_two_forgotten_evenings_are_explicit_gaps(demo):
    query = select(Reading.day, Reading.slot).where(Reading.gap == Gap.FORGOTTEN).distinct()
    with demo.read() as session:
        found = session.execute(query).all()
    assert len(found) == 2
    assert {slot for _day, slot in found} == {Slot.EVENING}


def test_the_day_is_alive(demo):
    with demo.read() as session:
        today = read_today(session, NOON)
        assert [row.subject for row in open_breaches(session, NOON)] == ["CF 2"]
    assert [(state.done, state.due) for state in today.rounds] == [(7, 7), (0, 5)]
    assert not today.unsigned
    assert not today.nothing_to_do


def test_the_figures_of_the_year_count_what_was_forgotten(demo):
    year = Period(FRIDAY - timedelta(days=350), FRIDAY + timedelta(days=1))
    with demo.read() as session:
        found = {figure.indicator.key: figure.value for figure in figures(session, year, FRIDAY)}
    assert 99 < found["readings-done"] < 100
    assert found["open-breaches"] == 0
    assert 0 < found["action-delay"] < 1


def test_invented_data_never_enter_a_real_book(book):
    with book.action("Nommer") as session:
        session.add(Canteen(name="La vraie"))
    with pytest.raises(UserError):
        write_demo(book, FRIDAY)
    with book.read() as session:
        assert session.scalar(select(func.count(Breach.id))) == 0


@pytest.mark.parametrize("today", [date(2026, 11, 16), date(2027, 1, 3)])
def test_any_day_of_the_year_can_be_today(tmp_path, today):
    book, engine = make(tmp_path / "other.db", today)
    with book.read() as session:
        last = session.scalar(select(func.max(Reading.day)))
        decided = session.scalar(select(func.max(Grant.decided_on)))
        paid = session.scalar(select(func.max(GrantPayment.received_on)))
    engine.dispose()
    assert today - timedelta(days=14) < last <= today
    assert decided <= paid <= today


def test_the_demonstration_contradicts_itself_nowhere(demo):
    with demo.read() as session:
        said = session.scalars(
            select(WeekSignature.register).where(WeekSignature.note == "Rien cette semaine")
        )
        assert not {"cleaning", "day-checks", "week-checks", "waste", "goods"} & {*said}
        tasks = session.scalars(select(CleaningTask)).all()
        assert {"PN-06", "PN-07", "PN-08"} <= {task.code for task in tasks}
        assert all(task.product_id and task.who for task in tasks)
        closed = session.scalars(select(ClosedDay)).all()
        assert closed
        assert all(day.reason for day in closed)
        made = {*session.scalars(select(Reheating.made_on))}
        cooled = {*session.scalars(select(Cooling.day))}
    assert made <= cooled


def test_what_came_in_and_what_was_used_is_the_same_on_the_shelves_and_on_the_sheets(demo):
    with demo.read() as session:
        first = session.scalar(select(func.min(Delivery.day)))
        sellers = set(session.scalars(select(Supplier.name)))
        goods = session.scalars(select(ReceivedGoods).where(ReceivedGoods.day >= first)).all()
        lots = select(Lot.code, Lot.received_on, DeliveryLine.name).join(DeliveryLine)
        told = [(each.lot, each.day, each.product) for each in goods]
        assert sorted(told) == sorted(map(tuple, session.execute(lots)))
        assert {each.supplier for each in session.scalars(select(ReceivedGoods))} <= sellers
        uses = session.scalars(select(TracedUse).where(TracedUse.day >= first)).all()
        assert {each.lot for each in uses} <= set(session.scalars(select(Lot.code)))
        served = select(MealService.day, Dish.name, Lot.code).select_from(LotUse)
        served = served.join(StockMove, LotUse.move_id == StockMove.id)
        served = served.join(Lot, StockMove.lot_id == Lot.id)
        served = served.join(MealService, LotUse.service_id == MealService.id)
        served = served.join(Dish, LotUse.dish_id == Dish.id)
        assert {(each.day, each.dish, each.lot) for each in uses} <= {
            *map(tuple, session.execute(served))
        }
        assert len(uses) > 30
