"""What a meal costs, what people give, and the prices that would balance it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.budget import planning
from cantine_desktop.finance.budget.months import evenly
from cantine_desktop.finance.budget.planning import LineFacts
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import find_year, open_year
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.model import Takings, TallyLine
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.finance.price.contributions import meals_of, quartiles, spread_of
from cantine_desktop.finance.price.costing import Basis, costing, covered_words, usual_costing
from cantine_desktop.finance.price.displaying import display, drop_price, price_on, price_words
from cantine_desktop.finance.price.model import DisplayedPrice, PartKind
from cantine_desktop.network.indicators import figures
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW

DAY = date(2026, 10, 6)
OCTOBER = Period.month(DAY)
TALLY = {Money(0): 1, Money(5_00): 2, Money(10_00): 4, Money(12_50): 2, Money(20_00): 1}


def served(session, tally=TALLY, offered=0, day=DAY):
    paid = sum(amount.cents * count for amount, count in tally.items())
    parts = {(Means.CASH, Purpose.MEALS): Money(paid)}
    meals = sum(tally.values())
    facts = TakingsFacts(day, "Déjeuner", parts, meals, offered=offered, tally=tally)
    return post_takings(session, facts, NOW)


def pay(session, account, cents, day=DAY):
    lines = (debit(account, Money(cents), activity="REPAS"), credit("512000", Money(cents)))
    post(session, DraftEntry("OD", day, "Dépense", "D", lines))


def earn(session, account, cents, day=DAY):
    lines = (debit("512000", Money(cents)), credit(account, Money(cents)))
    post(session, DraftEntry("OD", day, "Recette", "R", lines))


def shown(session, amount=12_50, since=date(2026, 9, 1)):
    return display(
        session, since, {PartKind.FOOD: Money(3_00), PartKind.STAFF: Money(amount - 300)}
    )


def by_key(session, period=OCTOBER, today=date(2026, 11, 22)):
    return {f.indicator.key: f.value for f in figures(session, period, today)}


def test_contributions_are_told_beside_the_displayed_price(any_book):
    with any_book.action("service") as session:
        shown(session)
        served(session, offered=2)
        found = spread_of(session, OCTOBER)
        assert (found.below, found.at, found.above) == (7, 2, 1)
        assert (found.surplus, found.gap) == (Money(7_50), Money(12_50 + 15_00 + 10_00))
        assert meals_of(session, OCTOBER).average == Money(9_50)
        assert quartiles(found.counts) == (Money(5_00), Money(10_00), Money(12_50))


def test_takings_that_were_corrected_count_once(any_book):
    with any_book.action("service") as session:
        wrong = served(session)
        right = Takings(day=DAY, reference="S2", service="Déjeuner", meals=12, corrects_id=wrong.id)
        right.tally = [TallyLine(amount=Money(10_00), count=12)]
        session.add(right)
        session.flush()
        assert meals_of(session, OCTOBER).paid == 12
        assert spread_of(session, OCTOBER).counts == {Money(10_00): 12}


def test_takings_called_off_are_no_service(any_book):
    with any_book.action("service") as session:
        wrong = served(session)
        session.add(Takings(day=DAY, reference="S2", service="Midi", meals=0, corrects_id=wrong.id))
        session.flush()
        assert meals_of(session, OCTOBER) == (0, 0, Money(0), 0)


@given(st.dictionaries(st.integers(0, 4_000).map(Money), st.integers(1, 30), min_size=1))
def test_quartiles_are_those_of_the_list_written_out(counts):
    written = sorted(amount.cents for amount, n in counts.items() for _ in range(n))
    first, median, third = quartiles(counts)
    total = len(written)
    assert first <= median <= third
    assert sum(w <= median.cents for w in written) * 2 >= total
    assert sum(w >= median.cents for w in written) * 2 >= total
    assert sum(w <= first.cents for w in written) * 4 >= total


def test_the_cost_of_a_meal_and_the_prices_that_balance_it(any_book):
    with any_book.action("mois") as session:
        shown(session)
        served(session)
        pay(session, "601000", 40_00)
        pay(session, "641100", 90_00)
        pay(session, "613200", 30_00)
        pay(session, "606300", 10_00)
        earn(session, "706100", 20_00)
        earn(session, "754110", 15_00)
        earn(session, "741400", 25_00)
        earn(session, "747000", 5_00)
    with any_book.read() as session:
        found = costing(session, OCTOBER)
        assert {kind: amount.cents for kind, amount in found.parts.items()} == {
            PartKind.FOOD: 40_00,
            PartKind.STAFF: 90_00,
            PartKind.OVERHEADS: 30_00,
            PartKind.EQUIPMENT: 10_00,
        }
        assert found.cost == Money(17_00)
        assert found.balance_without_gifts == Money(14_50)
        assert found.balance_with_gifts == Money(10_50)
        assert found.covered == Decimal("55.9")
        words = covered_words(found)
        assert words.startswith("Octobre 2026")
        assert "3,00" in words
        values = by_key(session)
        assert values["full-cost"] == Decimal("17.00")
        assert values["average-contribution"] == Decimal("9.50")
        assert values["staff-share"] == Decimal("52.9")
        assert values["resources-meals"] == Decimal("61.3")
        assert values["meals-paid-for"] == Decimal(0)
        assert values["events-income"] == Decimal("20.00")
        assert values["events-margin"] == Decimal("20.00")
        assert values["displayed-price"] == Decimal("12.50")


def test_figures_without_anything_to_count_are_none(any_book):
    with any_book.read() as session:
        found = figures(session, OCTOBER, date(2026, 11, 22))
        assert {f.value for f in found if f.indicator.area == "finance"} == {None}


def test_the_cost_says_what_it_is_counted_from(any_book):
    with any_book.action("année") as session:
        year = open_year(session, Period.year(DAY))
        assert usual_costing(session, DAY) is None
        budget = planning.begin(session, year, DAY)
        months = tuple(evenly(Money(12_000_00), 12))
        planning.add_line(session, budget, LineFacts("601", "Denrées", months))
        assert usual_costing(session, DAY) is None
        budget.meals = 1_000
        found = usual_costing(session, DAY)
        assert (found.basis, found.cost) == (Basis.BUDGET, Money(12_00))
        served(session)
        pay(session, "601000", 50_00)
        found = usual_costing(session, DAY)
        assert (found.basis, found.cost) == (Basis.OPEN, Money(5_00))
        find_year(session, DAY).locked_until = date(2026, 11, 1)
        session.flush()
        found = usual_costing(session, date(2026, 11, 22))
        assert (found.basis, found.cost) == (Basis.CLOSED, Money(5_00))
        first = Period.month(DAY).first
        assert found.period == Period(first, date(2026, 11, 1)), "months without a meal cost none"


def test_a_displayed_price_holds_until_the_next_one(any_book):
    with any_book.action("prix") as session:
        shown(session, 12_00, date(2025, 9, 1))
        shown(session, 12_50, date(2026, 9, 1))
        assert price_on(session, date(2026, 8, 31)).amount == Money(12_00)
        assert price_on(session, date(2026, 9, 1)).amount == Money(12_50)
        assert price_on(session, date(2025, 8, 31)) is None
        with pytest.raises(UserError, match="commence déjà"):
            shown(session)
        with pytest.raises(UserError, match="plus grands"):
            display(session, date(2027, 1, 1), {PartKind.FOOD: Money(0)})
        assert "revoir" in price_words(price_on(session, date(2026, 8, 31)), DAY)
        coming = display(session, date(2027, 1, 1), {PartKind.FOOD: Money(13_00)})
        drop_price(session, coming, DAY)
        first = session.scalars(select(DisplayedPrice)).first()
        with pytest.raises(UserError, match="historique"):
            drop_price(session, first, DAY)


def test_what_a_meal_misses_is_counted_by_the_meals_people_paid_for(any_book):
    with any_book.action("mois") as session:
        shown(session)
        served(session, offered=5)
        pay(session, "601000", 40_00)
    with any_book.read() as session:
        found = costing(session, OCTOBER)
        assert found.meals == found.paid + 5
        assert found.average == meals_of(session, OCTOBER).average == Money(9_50)
        assert found.by_meal < found.average
        assert "3,00" in covered_words(found), "as K4 says, not by the meals offered"
