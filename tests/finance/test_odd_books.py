"""Papers and figures of money in books where little, or nothing good, ever happened."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from cantine_desktop.finance.budget.following import follow
from cantine_desktop.finance.cash import recording
from cantine_desktop.finance.ledger import closing
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import find_year, open_year
from cantine_desktop.finance.papers import DOCUMENTS
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.price.costing import usual_costing
from cantine_desktop.finance.statements.tables import balance_sheet, result
from cantine_desktop.finance.treasury.curve import AS_PLANNED, curves
from cantine_desktop.network.indicators import figures
from cantine_desktop.office.board_sheet import write_board_sheet
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.documents.reading import pages

TODAY = NOW.date()


def lunch(session, day, cents, meals, offered=0):
    parts = {(Means.CASH, Purpose.MEALS): Money(cents)} if cents else {}
    facts = TakingsFacts(day, "Déjeuner", parts, meals, offered=offered)
    recording.take(session, facts, NOW)


def spend(session, day, cents, account="601000"):
    lines = (debit(account, Money(cents)), credit("512000", Money(cents)))
    post(session, DraftEntry("OD", day, "Dépense", "D", lines))


def nothing(_session):
    """Leave the book as it is made: not even a year."""


def one_month(session):
    open_year(session, Period.year(TODAY))
    lunch(session, date(2026, 11, 3), 120_00, 12)
    spend(session, date(2026, 11, 4), 80_00)


def no_meal(session):
    """Rent before the first meal; then a service to which nobody came."""
    open_year(session, Period.year(TODAY))
    spend(session, date(2026, 10, 5), 700_00, "613200")
    lunch(session, date(2026, 11, 3), 0, 0)


def offered_alone(session):
    open_year(session, Period.year(TODAY))
    lunch(session, date(2026, 11, 3), 0, 0, offered=9)
    spend(session, date(2026, 11, 4), 80_00)


def deep_deficit(session):
    open_year(session, Period.year(TODAY))
    lines = (debit("512000", Money(1_000_00)), credit("102000", Money(1_000_00)))
    post(session, DraftEntry("AN", date(2026, 1, 1), "Apport", "A", lines, fact="opening"))
    lunch(session, date(2026, 3, 3), 100_00, 10)
    spend(session, date(2026, 3, 4), 9_000_00, "641100")


def renumbered(session):
    """A year in the old numbering, closed into one of the new."""
    open_year(session, Period.year(date(2024, 5, 2)))
    lunch(session, date(2024, 5, 2), 500_00, 50)
    spend(session, date(2024, 5, 3), 300_00)
    lines = (debit("512000", Money(40_00)), credit("777000", Money(40_00)))
    post(session, DraftEntry("OD", date(2024, 12, 31), "Quote-part", "Q", lines))
    year = find_year(session, date(2024, 5, 2))
    closing.close_year(session, year, datetime(2025, 2, 3, 9, tzinfo=UTC))
    lunch(session, date(2025, 5, 2), 600_00, 60)


BOOKS = (nothing, one_month, no_meal, offered_alone, deep_deficit, renumbered)


@pytest.fixture(params=BOOKS, ids=lambda made: made.__name__)
def odd(request, book):
    """Return a book where little, or nothing good, happened."""
    with book.action("histoire") as session:
        request.param(session)
    return book


PERIODS = (
    Period.through(TODAY, TODAY),
    Period.month(date(2026, 11, 3)),
    Period.year(date(2024, 5, 2)),
    Period.year(TODAY),
)


def test_every_paper_of_money_is_written(odd):
    with odd.read() as session:
        for period in PERIODS:
            for paper in DOCUMENTS:
                target = BytesIO()
                paper.write(session, period, NOW, target)
                assert target.getvalue().startswith(b"%PDF"), paper.key


def test_the_board_sheet_and_the_figures_are_told_without_dividing_by_nothing(odd):
    with odd.read() as session:
        for period in PERIODS:
            target = BytesIO()
            write_board_sheet(session, period, NOW, target)
            assert pages(target.getvalue())
            for figure in figures(session, period, TODAY):
                assert figure.value is None or figure.value.is_finite(), figure.indicator.key


def test_the_follow_up_stands_and_the_balance_sheet_balances(odd):
    with odd.read() as session:
        (curve,) = curves(session, TODAY, (AS_PLANNED,), 12)
        moved = sum(event.amount.cents for event in curve.events)
        assert curve.months[-1].closing.cents == curve.opening.cents + moved
        cost = usual_costing(session, TODAY)
        assert cost is None or cost.meals
        for day in (date(2024, 5, 2), date(2025, 5, 2), TODAY):
            year = find_year(session, day)
            if year is None:
                continue
            sheet = balance_sheet(session, year)
            assert sheet.value("assets") == sheet.value("liabilities")
            assert sheet.value("year-result") == result(session, year).value("result")
            follow(session, year, TODAY)


def test_a_year_closed_in_the_old_numbering_is_the_year_before_of_the_new(book):
    with book.action("histoire") as session:
        renumbered(session)
    with book.read() as session:
        found = result(session, find_year(session, date(2025, 5, 2)))
        assert found.value("exceptional-income", 1) == Money(40_00), "777, as it then was"
        assert found.value("result", 1) == Money(240_00)
        assert found.value("result") == Money(600_00)
        sheet = balance_sheet(session, find_year(session, date(2025, 5, 2)))
        assert sheet.value("pending-result") == Money(240_00)
        assert sheet.value("assets", 1) == sheet.value("liabilities", 1)
