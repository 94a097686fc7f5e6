"""Whatever was written and settled, a year opens with what the year before held."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cantine_desktop.finance.chart.numbering import Numbering, carried
from cantine_desktop.finance.ledger import closing
from cantine_desktop.finance.ledger.accounts import find_or_add_party
from cantine_desktop.finance.ledger.checks import check
from cantine_desktop.finance.ledger.lettering import letter, open_items
from cantine_desktop.finance.ledger.model import PartyKind
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.queries import party_balances, trial_balance
from cantine_desktop.finance.ledger.suggesting import suggest
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

LATER = datetime(2027, 6, 1, 9, tzinfo=UTC)
FIRST = date(2024, 1, 1)
ACCOUNTS = ("401000", "411000", "467100", "511200", "512000", "471000", "757000", "601000")
EASY = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
moves = st.lists(
    st.tuples(
        st.integers(0, 500),
        st.sampled_from(ACCOUNTS),
        st.sampled_from(ACCOUNTS),
        st.sampled_from((100, 250, 1_000)),
        st.integers(0, 1),
    ),
    min_size=1,
    max_size=25,
)


class Enough(Exception):  # noqa: N818  -- not an error
    """Ends an action: the next ledger begins with an empty book."""


def write(session, drawn):
    parties = [find_or_add_party(session, name, PartyKind.OTHER).id for name in ("Un", "Deux")]
    for days, debited, credited, cents, party in drawn:
        lines = (
            debit(debited, Money(cents), party=parties[party]),
            credit(credited, Money(cents), party=parties[party]),
        )
        day = FIRST + timedelta(days=days)
        post(session, DraftEntry("OD", day, "Mouvement", f"P{cents}", lines))


def held(session, period, *, at_end):
    """Return what each account and party of the balance sheet holds, in cents."""
    found = {}
    for row in trial_balance(session, period):
        found[row.number, ""] = (row.closing if at_end else row.opening).cents
    for row in party_balances(session, period, beginning=""):
        found[row.number, row.code] = (row.closing if at_end else row.opening).cents
    return {key: cents for key, cents in found.items() if cents and key[0][0] in "12345"}


def translated(sums):
    found = {}
    for (number, code), cents in sums.items():
        new = carried(number, Numbering.BEFORE_2025, Numbering.FROM_2025), code
        found[new] = found.get(new, 0) + cents
    return {key: cents for key, cents in found.items() if cents}


@EASY
@given(moves, st.booleans())
def test_each_year_opens_with_what_the_one_before_held(book, drawn, settles):
    first, second = Period.year(FIRST), Period.year(date(2025, 1, 1))
    with suppress(Enough), book.action("an") as session:
        write(session, [(0, "512000", "757000", 5, 0), (400, "512000", "757000", 5, 0), *drawn])
        if settles:
            for group in suggest(session, ""):
                letter(session, group.line_ids, FIRST)
        before = held(session, second, at_end=False)
        owed = sum(item.amount.cents for item in open_items(session, "4"))
        done = closing.close_year(session, find_year(session, FIRST), LATER)
        opened = held(session, second, at_end=False)
        assert opened == before
        result = {("120000" if done.result.cents > 0 else "129000", ""): -done.result.cents}
        expected = translated(held(session, first, at_end=True)) | result
        assert opened == {key: cents for key, cents in expected.items() if cents}
        assert sum(item.amount.cents for item in open_items(session, "4")) == owed
        closing.close_year(session, find_year(session, date(2025, 1, 1)), LATER)
        assert sum(item.amount.cents for item in open_items(session, "4")) == owed
        assert list(check(session)) == []
        raise Enough
