"""What is told late of a closed month, or early of a day to come."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.numbering import Numbering
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.supply.stock.correcting import take_back
from cantine_desktop.supply.stock.counting import begin_count, close_count, type_line
from cantine_desktop.supply.stock.following import follow
from cantine_desktop.supply.stock.model import LossStage, MoveKind
from cantine_desktop.supply.stock.moving import lose, use
from cantine_desktop.supply.stock.valuing import Method, value_at, worths
from cantine_desktop.supply.stock.writing import Out
from cantine_desktop.values.money import Money
from tests.supply.shelves import NOW, add_lot, add_product

OCTOBER_END = NOW - timedelta(days=23)
IN_OCTOBER = NOW - timedelta(days=30)


@pytest.fixture
def rice(session):
    """Two kilograms of rice that came in October, whose accounts are closed."""
    product = add_product(session, "Riz")
    follow(session, product)
    add_lot(session, product, 2000, value=600, ago=40)
    months = {"first": date(2026, 1, 1), "end": date(2027, 1, 1)}
    session.add(FiscalYear(**months, numbering=Numbering.BEFORE_2025))
    session.flush()
    return product


def lock(session):
    session.query(FiscalYear).one().locked_until = date(2026, 11, 1)
    session.flush()


@pytest.mark.parametrize("method", list(Method))
def test_a_use_told_late_leaves_the_closed_month_as_it_was(session, rice, method):
    lock(session)
    before = value_at(session, OCTOBER_END, method)
    taken = use(session, rice, Decimal(500), IN_OCTOBER, NOW, out=Out(reason="oubli"))
    assert value_at(session, OCTOBER_END, method) == before == {rice: (2000, Money(600))}
    assert value_at(session, NOW, method) == {rice: (1500, Money(450))}
    (move,) = taken.moves
    assert move.at == NOW
    assert "24/10/2026" in move.reason


def test_a_move_of_a_closed_month_is_taken_back_in_the_open_one(session, rice):
    taken = use(session, rice, Decimal(500), IN_OCTOBER, IN_OCTOBER)
    lock(session)
    take_back(session, taken.moves[0].id, NOW, "erreur")
    assert value_at(session, OCTOBER_END) == {rice: (1500, Money(450))}
    assert value_at(session, NOW) == {rice: (2000, Money(600))}
    assert worths(session)[rice].variance == Money(0)


def test_a_count_of_a_closed_month_changes_the_open_one(session, rice):
    lock(session)
    count = begin_count(session, None, OCTOBER_END, NOW)
    type_line(session, count.lines[0].id, "1,8kg")
    (move,) = close_count(session, count.id, NOW)
    assert (move.kind, move.at) == (MoveKind.COUNTED, NOW)
    assert value_at(session, OCTOBER_END) == {rice: (2000, Money(600))}


def test_nothing_is_used_or_lost_on_a_day_to_come(session, rice):
    later = NOW.replace(year=2030)
    with pytest.raises(UserError, match="23/11/2030 est à venir"):
        use(session, rice, Decimal(1), later, NOW)
    lot = add_lot(session, rice, 100)
    with pytest.raises(UserError, match="à venir"):
        lose(session, lot, Decimal(1), LossStage.STORAGE, later, NOW)
