"""The demonstration’s money is what it is told to be, month after month."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from sqlalchemy import func, select

from cantine_desktop.finance.bank.model import BankLine, BankStatement
from cantine_desktop.finance.cash.checks import check
from cantine_desktop.finance.cash.model import ClosingKind, PeriodClosing
from cantine_desktop.finance.ledger.balances import balances, net_of
from cantine_desktop.finance.ledger.model import Account, Entry, Line
from cantine_desktop.finance.matching.model import MatchedBankLine
from cantine_desktop.finance.month_end.closing import month_to_close
from cantine_desktop.finance.month_end.model import MonthEnd
from cantine_desktop.finance.pack.model import PayItem
from cantine_desktop.finance.pack.payroll import variables
from cantine_desktop.finance.pieces.queries import missing
from cantine_desktop.finance.postings.means import Purpose
from cantine_desktop.finance.postings.model import Takings, TakingsPart
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.office.demo_money.services import contributions
from cantine_desktop.office.demo_money.writing import plan_of
from cantine_desktop.office.demo_money.year import MONTHS
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.values.period import Period
from tests.conftest import NOW

TODAY = date(2026, 11, 22)


def reading(path):
    return Book(open_engine(f"sqlite:///{path}"), clock=lambda: NOW).read()


def test_each_month_has_the_services_the_meals_and_the_mean_it_was_told(demo_made_once):
    found = defaultdict(lambda: [0, 0, 0])
    with reading(demo_made_once) as session:
        query = (
            select(Takings.id, Takings.day, Takings.meals, func.sum(TakingsPart.amount))
            .join(TakingsPart, TakingsPart.takings_id == Takings.id)
            .where(TakingsPart.purpose == Purpose.MEALS, Takings.corrects_id.is_(None))
            .group_by(Takings.id, Takings.day, Takings.meals)
        )
        for _key, day, meals, paid in session.execute(query):
            month = found[day.year, day.month]
            month[0] += 1
            month[1] += meals
            month[2] += paid.cents
    for month in (1, 5, 8, 10):
        services, meals, paid = found[2026, month]
        told = MONTHS[month]
        assert (services, meals) == (told.services, told.meals)
        assert abs(paid - told.mean * meals) <= 25


def test_the_twelve_closed_months_are_the_year_as_it_is_told_to_the_cent(demo_made_once):
    """Figures of ``product/demo-canteen.md``, summed from the ledger by their accounts."""
    told = {
        ("601", "6031"): 19_597_00,
        ("6063",): 2_150_00,
        ("6061",): 4_620_00,
        ("6132",): 8_400_00,
        ("616",): 890_00,
        ("615",): 1_460_00,
        ("6226",): 2_640_00,
        ("6281",): 2_400_00,
        ("626", "627"): 1_120_00,
        ("623", "625"): 1_540_00,
        ("64",): 51_600_00,
        ("6811",): 3_200_00,
        ("6",): 99_617_00,
        ("7060",): -55_867_80,
        ("756",): -3_427_20,
        ("7061", "708"): -11_650_00,
        ("707",): -3_900_00,
        ("754",): -6_400_00,
        ("7414",): -6_000_00,
        ("7413",): -3_000_00,
        ("7411",): -3_582_00,
        ("747",): -2_300_00,
        ("7",): -96_127_00,
    }
    with reading(demo_made_once) as session:
        year = Period(date(2025, 10, 1), date(2026, 10, 1))
        net = {b.number: b.net.cents for b in balances(session, year, opening=False)}
    found = {
        roots: sum(cents for number, cents in net.items() if number.startswith(roots))
        for roots in told
    }
    assert found == told


def test_contributions_of_any_year_spread_as_they_are_told():
    given = sorted(cents for month in MONTHS for cents in contributions(month))
    above = [cents - 1_250 for cents in given if cents > 1_250]
    below = [1_250 - cents for cents in given if cents < 1_250]
    assert (len(given), len(above), len(below), given.count(0)) == (5_730, 1_114, 4_139, 166)
    assert (sum(above), sum(below)) == (4_700_30, 20_457_50)
    assert given[2_864] == given[2_865] == 10_00


def test_the_till_is_never_below_nothing(demo_made_once):
    with reading(demo_made_once) as session:
        query = (
            select(Entry.day, func.sum(Line.debit), func.sum(Line.credit))
            .join(Line, Line.entry_id == Entry.id)
            .join(Account, Line.account_id == Account.id)
            .where(Account.number == "530000")
            .group_by(Entry.day)
            .order_by(Entry.day)
        )
        held, lowest = 0, 0
        for _day, taken, given in session.execute(query):
            held += taken.cents - given.cents
            lowest = min(lowest, held)
    assert lowest == 0


def test_the_year_is_that_of_a_small_canteen_with_a_small_gap(demo_made_once):
    with reading(demo_made_once) as session:
        year = Period(date(2026, 1, 1), date(2026, 11, 23))
        net = {b.number: b.net.cents for b in balances(session, year)}
    meals = -net["706000"]
    charges = sum(cents for number, cents in net.items() if number[0] == "6")
    assert 4_500_000 < meals < 5_600_000
    assert 0.5 < meals / charges < 0.7
    assert net["864000"] == -net["875000"]


def test_the_same_day_tells_the_same_year():
    days = {date(2026, 10, 1): [date(2026, 10, 6), date(2026, 10, 9)]}
    one, other = (plan_of(date(2026, 10, 1), TODAY, days) for _time in range(2))
    assert one == other
    assert one.takings


def test_every_month_but_the_last_is_matched_closed_and_locked(demo_made_once):
    with reading(demo_made_once) as session:
        closed = set(session.scalars(select(MonthEnd.month)))
        left = session.scalars(
            select(BankLine.day).where(BankLine.id.not_in(select(MatchedBankLine.bank_line_id)))
        ).all()
        drafts = session.scalar(select(func.min(Entry.day)).where(Entry.number.is_(None)))
        assert month_to_close(session, TODAY) == Period.month(date(2026, 10, 1))
    assert date(2026, 9, 1) in closed
    assert {(day.year, day.month) for day in left} == {(2026, 10)}
    assert drafts >= date(2026, 10, 1)


def test_the_bank_and_the_ledger_agree_at_the_end_of_the_last_closed_month(demo_made_once):
    with reading(demo_made_once) as session:
        told = session.scalar(
            select(BankStatement.closing).where(BankStatement.last == date(2026, 9, 30))
        )
        assert told == net_of(session, "512", date(2026, 10, 1))


def test_only_three_invoices_of_the_last_month_wait_for_their_proof(demo_made_once):
    with reading(demo_made_once) as session:
        assert len(missing(session, Period.month(date(2026, 10, 1)))) == 3
        assert not missing(session, Period.month(date(2026, 5, 1)))


def test_the_payroll_service_is_told_something_of_everybody_each_month(demo_made_once):
    with reading(demo_made_once) as session:
        for month in (Period.month(date(2026, m, 1)) for m in range(1, 11)):
            told = defaultdict(dict)
            for row in variables(session, month):
                told[row.number][row.item] = row.quantity
            assert set(told) == {"0001", "0002"}
            for said in told.values():
                assert 8 <= said[PayItem.DAYS_WORKED] == said[PayItem.MEALS_TAKEN] <= 23
        assert not variables(session, Period.month(TODAY))


def test_the_till_of_the_year_is_told_and_closed_in_its_time(demo_made_once):
    with reading(demo_made_once) as session:
        assert not list(check(session))
        query = select(PeriodClosing.kind, func.count()).group_by(PeriodClosing.kind)
        closed = dict(session.execute(query).all())
    assert closed[ClosingKind.MONTH] == 12
    assert closed[ClosingKind.YEAR] == 1, "2025"


def test_the_rent_is_paid_every_month_closed_kitchen_or_not(demo_made_once):
    with reading(demo_made_once) as session:
        rents = [net_of(session, "613200", Period.month(date(2026, m, 1)).end) for m in (7, 8, 9)]
    assert [b.cents - a.cents for a, b in pairwise(rents)] == [700_00, 700_00]


def test_every_service_that_was_held_is_closed_in_the_calendar(demo_made_once):
    with reading(demo_made_once) as session:
        closed = session.scalar(
            select(func.count(MealService.id)).where(MealService.state == ServiceState.CLOSED)
        )
        sealed = session.scalar(
            select(func.count(ServiceClosing.id)).where(ServiceClosing.sealed_at.is_not(None))
        )
        ahead = session.scalar(select(func.count(MealService.id)).where(MealService.day > TODAY))
        takings = session.scalar(select(func.count(Takings.id)))
    assert closed == sealed == takings > 212
    assert ahead > 8
