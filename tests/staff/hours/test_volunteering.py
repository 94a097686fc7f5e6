"""Hours given: valued in class 8, certified for the citizen’s account."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.model import Account, Entry
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.finance.statements.policy import Policy, decide
from cantine_desktop.staff.contracts.model import Status
from cantine_desktop.staff.hours.model import Level, ValuedHours
from cantine_desktop.staff.hours.volunteering import (
    Given,
    attested,
    basis_words,
    post_month,
    valued,
)
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.staff.contracts.people import hire, member
from tests.staff.hours.team import canteen, work

DECEMBER = datetime(2026, 12, 2, 9, tzinfo=UTC)
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def people(book):
    with book.action("équipe") as session:
        canteen(session)
        open_year(session, Period.year(date(2026, 1, 1)))
        cook = member(session, "Mona Ben", date(1970, 1, 2))
        hire(session, cook, Status.DINER_COOK, date(2026, 1, 2), weekly_minutes=None)
        chair = member(session, "Paul Roy", date(1960, 1, 2))
        hire(session, chair, Status.BOARD_MEMBER, date(2026, 1, 2), weekly_minutes=None)
        paid = member(session, "Awa Diop")
        hire(session, paid, first=date(2026, 1, 5))
        work(session, cook, date(2026, 11, 3), "9:30-14:00", DECEMBER)
        work(session, chair, date(2026, 11, 4), "18:00-20:20", DECEMBER)
        work(session, paid, date(2026, 11, 4), "9:00-16:00", DECEMBER)
    return cook, chair


@pytest.mark.usefixtures("people")
def test_hours_given_are_worth_the_minimum_wage_by_level_and_paid_ones_nothing(book):
    with book.read() as session:
        rows = {each.level: each for each in valued(session, NOVEMBER)}
        assert "de mémoire" in basis_words(session)
    # 4 h 30 at 12,02 €; 2 h 20 is 2,33 h at 24,04 €
    assert rows[Level.HELP].value == Money(54_09)
    assert (rows[Level.GOVERNANCE].hundredths, rows[Level.GOVERNANCE].value) == (233, Money(56_01))
    assert len(rows) == 2


@pytest.mark.usefixtures("people")
def test_the_rate_that_the_association_decided_comes_before_the_minimum_wage(book):
    with book.action("choix") as session:
        decide(session, Policy(volunteer_rate=Money(15_00), volunteer_basis="Bureau du 3 mars"))
        rows = {each.level: each for each in valued(session, NOVEMBER)}
        assert basis_words(session) == "Bureau du 3 mars"
    assert rows[Level.HELP].value == Money(67_50)


def test_a_month_is_posted_once_in_class_8_and_what_comes_later_alone(book, people):
    cook, _chair = people
    with book.action("valorisation") as session:
        post_month(session, NOVEMBER, DECEMBER)
    with book.action("encore") as session, pytest.raises(UserError, match="déjà dans les comptes"):
        post_month(session, NOVEMBER, DECEMBER)
    with book.action("plus tard") as session:
        work(session, cook, date(2026, 11, 5), "10-11", DECEMBER)
        (more,) = post_month(session, NOVEMBER, DECEMBER)
        assert more.hundredths == 100
    with book.read() as session:
        entries = session.scalars(select(Entry).order_by(Entry.id)).all()
        numbers = dict(session.execute(select(Account.id, Account.number)).all())
        sides = [
            [
                (numbers[each.account_id], each.debit.cents, each.credit.cents)
                for each in entry.lines
            ]
            for entry in entries
        ]
    assert [each.day for each in entries] == [date(2026, 11, 30)] * 3
    assert sides[0] == [("864000", 54_09, 0), ("875000", 0, 54_09)]
    assert sides[2] == [("864000", 12_02, 0), ("875000", 0, 12_02)]


@pytest.mark.usefixtures("people")
def test_hours_told_in_a_lump_count_beside_and_undo_takes_both_back(book):
    cooks = [Given(date(2026, 11, 6), 6 * 4 * 60, Level.HELP)]
    with book.action("valorisation") as session:
        rows = post_month(session, NOVEMBER, DECEMBER, cooks)
        assert {row.level: row.hundredths for row in rows}[Level.HELP] == 450 + 2400
    book.undo()
    with book.read() as session:
        assert not session.scalars(select(ValuedHours)).all()
        assert not session.scalars(select(Entry)).all()


@pytest.mark.usefixtures("people")
def test_a_month_that_runs_is_not_posted(book):
    with book.action("trop tôt") as session, pytest.raises(UserError, match="pas fini"):
        post_month(session, NOVEMBER, datetime(2026, 11, 30, 9, tzinfo=UTC))


def test_the_citizen_s_account_counts_hours_of_the_board_apart(book, people):
    _cook, chair = people
    with book.action("conseil") as session:
        for day in Period.month(date(2026, 10, 1)).days[:25]:
            work(session, chair, day, "18-22", DECEMBER)
        rows = {each.name: each for each in attested(session, 2026)}
    assert (rows["Paul Roy"].leading, rows["Paul Roy"].days) == (100 * 60 + 140, 26)
    assert rows["Paul Roy"].is_enough
    assert (rows["Mona Ben"].minutes, rows["Mona Ben"].leading) == (270, 0)
    assert not rows["Mona Ben"].is_enough
