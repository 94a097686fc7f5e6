"""A budget by nature and purpose, beside what happened and what the year will be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.budget import planning
from cantine_desktop.finance.budget.actuals import actuals_by_month, actuals_of_year
from cantine_desktop.finance.budget.flows import FlowFacts, add_flow, days_of, expected_flows
from cantine_desktop.finance.budget.following import follow
from cantine_desktop.finance.budget.model import Outlook, PlannedFlow, Rhythm
from cantine_desktop.finance.budget.months import evenly, months_of, spread
from cantine_desktop.finance.budget.planning import LineFacts
from cantine_desktop.finance.ledger.balances import balances
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

TODAY = date(2026, 4, 10)


def pay(session, day, account, cents, activity="REPAS"):
    lines = (
        debit(account, Money(cents), activity=activity),
        credit("512000", Money(cents)),
    )
    return post(session, DraftEntry("OD", day, "Achat", "P", lines))


def year_2026(session):
    return session.scalar(select(FiscalYear).where(FiscalYear.first == date(2026, 1, 1)))


def begun(session):
    year = open_year(session, Period.year(TODAY))
    return year, planning.begin(session, year, TODAY)


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 60), min_size=12, max_size=12))
def test_what_is_spread_over_the_months_sums_to_the_year(cents, weights):
    assert sum(spread(Money(cents), weights)) == cents


def test_last_year_becomes_the_budget_in_one_action(any_book):
    with any_book.action("année") as session:
        for month in (1, 2, 3):
            pay(session, date(2025, month, 5), "601000", 1_000_00)
        pay(session, date(2025, 3, 5), "601000", 90_00, "ATELIERS")
        year = open_year(session, Period.year(TODAY))
        planning.begin_from_last_year(session, year, TODAY)
    with any_book.read() as session:
        found = follow(session, year_2026(session), TODAY)
        meals = next(line for line in found.lines if line.activity == "REPAS")
        assert (meals.planned, meals.last_year) == (Money(3_000_00), Money(3_000_00))
        assert meals.months[:4] == (1_000_00, 1_000_00, 1_000_00, 0)
        assert meals.label == "Achats stockés - denrées"
        assert found.sums("6")[0] == Money(3_090_00)


def test_what_happened_goes_to_the_line_that_names_it_most_closely(any_book):
    with any_book.action("année") as session:
        _year, budget = begun(session)
        for nature, activity in (("60", ""), ("601", ""), ("601", "ATELIERS")):
            months = tuple(evenly(Money(1_200_00), 12))
            planning.add_line(session, budget, LineFacts(nature, nature, months, activity))
        pay(session, date(2026, 1, 5), "601000", 10_00)
        pay(session, date(2026, 1, 5), "601000", 20_00, "ATELIERS")
        pay(session, date(2026, 2, 5), "606100", 40_00)
        pay(session, date(2026, 2, 5), "616000", 80_00)
    with any_book.read() as session:
        found = follow(session, year_2026(session), TODAY)
        actual = {(line.nature, line.activity): line.actual.cents for line in found.lines}
        assert actual == {
            ("60", ""): 40_00,
            ("601", ""): 10_00,
            ("601", "ATELIERS"): 20_00,
            ("616000", "REPAS"): 80_00,
        }
        net = sum(b.net.cents for b in balances(session, Period.year(TODAY), beginning="6"))
        assert found.sums("6")[2].cents == net


def test_the_year_is_foreseen_as_each_line_says(any_book):
    def line(session, budget, nature, outlook, expected=None):
        months = tuple(evenly(Money(1_200_00), 12))
        facts = LineFacts(nature, nature, months, "", outlook, expected)
        planning.add_line(session, budget, facts)

    with any_book.action("année") as session:
        _year, budget = begun(session)
        line(session, budget, "601", Outlook.REMAINING)
        line(session, budget, "606", Outlook.PACE)
        line(session, budget, "616", Outlook.TYPED, Money(999_00))
        line(session, budget, "613", Outlook.REMAINING)
        for month in (1, 2, 3):
            pay(session, date(2026, month, 5), "601000", 150_00)
            pay(session, date(2026, month, 5), "606300", 50_00)
        pay(session, date(2026, 4, 5), "601000", 30_00)
        pay(session, date(2026, 6, 5), "601000", 777_00)
        rent = FlowFacts("Loyer", Money(-200_00), Rhythm.MONTHLY, date(2026, 1, 5), nature="613200")
        add_flow(session, rent)
    with any_book.read() as session:
        by_nature = {line.nature: line for line in follow(session, year_2026(session), TODAY).lines}
        food = by_nature["601"]
        assert food.actual == Money(480_00), "an entry dated later is not counted yet"
        assert food.due == Money(400_00)
        assert food.forecast == Money(480_00 + 70_00 + 8 * 100_00)
        assert by_nature["606"].forecast == Money(12 * 50_00)
        assert by_nature["616"].forecast == Money(999_00)
        assert by_nature["613"].engaged == Money(8 * 200_00)
        assert by_nature["613"].forecast == Money(8 * 200_00)
        after = follow(session, year_2026(session), date(2027, 2, 1))
        over = {line.nature: line.forecast for line in after.lines}
        assert over["601"] == Money(480_00 + 777_00), "a year that is over is what it was"


def test_an_adopted_budget_changes_by_a_revision_that_says_why(book):
    months = tuple(evenly(Money(1_200_00), 12))
    with book.action("budget") as session:
        year, budget = begun(session)
        line = planning.add_line(session, budget, LineFacts("601", "Denrées", months))
        planning.adopt(session, budget, TODAY)
        with pytest.raises(UserError, match="voté"):
            planning.change_line(
                session, line, LineFacts("601", "Denrées", tuple(evenly(Money(1), 12)))
            )
        noted = LineFacts("601", "Denrées", months, comment="Prix de l’huile")
        planning.change_line(session, line, noted)
        with pytest.raises(UserError, match="pourquoi"):
            planning.revise(session, year, " ", TODAY)
        second = planning.revise(session, year, "Subvention refusée", TODAY)
        assert [each.comment for each in second.lines] == ["Prix de l’huile"]
        assert [v.version for v in planning.versions(session, year)] == [2, 1]
        planning.remove_line(session, second.lines[0])
        assert not planning.count_lines(session, second)


def test_a_line_that_another_one_follows_already_is_refused(book):
    months = tuple(evenly(Money(1_200_00), 12))
    with book.action("budget") as session:
        _, budget = begun(session)
        planning.add_line(session, budget, LineFacts("601", "Denrées", months))
        with pytest.raises(UserError, match="suit déjà"):
            planning.add_line(session, budget, LineFacts("601", "Encore", months))
        with pytest.raises(UserError, match="premiers chiffres"):
            planning.add_line(session, budget, LineFacts("512", "Banque", months))


def test_a_flow_falls_on_the_last_day_of_months_that_are_too_short(book):
    flow = PlannedFlow(
        label="Loyer", amount=Money(-1), rhythm=Rhythm.MONTHLY, first=date(2026, 12, 31)
    )
    assert list(days_of(flow, date(2027, 4, 1))) == [
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
    ]
    with book.action("flux") as session:
        session.add(flow)
        session.flush()
        assert len(expected_flows(session, date(2026, 12, 31), date(2027, 4, 1))) == 3
        with pytest.raises(UserError, match="nom"):
            add_flow(session, FlowFacts("", Money(1), Rhythm.ONCE, TODAY))


def test_a_year_of_odd_days_has_its_own_months(book):
    with book.action("exercice") as session:
        year = open_year(session, Period(date(2026, 9, 15), date(2027, 9, 1)))
        months = months_of(year)
        assert len(months) == 12
        assert months[0] == Period(date(2026, 9, 15), date(2026, 10, 1))


def test_a_year_as_a_whole_is_the_sum_of_its_months(any_book):
    with any_book.action("faits") as session:
        year = open_year(session, Period.year(TODAY))
        pay(session, date(2026, 1, 31), "601000", 120_00)
        pay(session, date(2026, 2, 1), "601000", 80_50)
        pay(session, date(2026, 12, 31), "601000", 7_00, activity="ATELIERS")
        pay(session, date(2026, 6, 2), "606300", 30_00, activity="")
        session.flush()
        months = actuals_by_month(session, year)
        whole = actuals_of_year(session, year)
    assert whole == {key: [sum(cents)] for key, cents in months.items()}
    assert sorted(whole.values()) == [[7_00], [30_00], [200_50]]
