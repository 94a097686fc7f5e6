"""Whatever is written, validated, settled, locked and closed, in whatever order, the ledger holds.

Hypothesis keeps the books of three years, the first one in the chart before 2025, on a real
file and, where it is present, on PostgreSQL. After each step what SQL adds up again, plainly, is
what the ledger says; each year closed goes out as a FEC that two checkers find right.
"""

import shutil
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, text

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.depositing import deposit_cash
from cantine_desktop.finance.cash.recording import cancel, take
from cantine_desktop.finance.checks import check_finance
from cantine_desktop.finance.ledger import closing
from cantine_desktop.finance.ledger.accounts import find_or_add_party
from cantine_desktop.finance.ledger.lettering import letter, unletter
from cantine_desktop.finance.ledger.model import (
    Entry,
    FiscalYear,
    LetteredLine,
    PartyKind,
)
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post, remove
from cantine_desktop.finance.ledger.suggesting import suggest
from cantine_desktop.finance.ledger.trial import trial_balance
from cantine_desktop.finance.ledger.validating import drafts_before, reverse, validate
from cantine_desktop.finance.ledger.years import find_year, years
from cantine_desktop.finance.postings.facts import (
    PurchaseFacts,
    Share,
    TakingsFacts,
    VolunteeringFacts,
)
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.finance.postings.payroll import post_volunteering
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.storage.verify import verify
from cantine_desktop.values.money import Money
from tests.conftest import ENGINES
from tests.finance.ledger_proofs import fec_of, handed_over, judge, sums, without_letters

FIRST = date(2024, 1, 1)
AMOUNTS = st.sampled_from([1, 250, 250, 1_000, 12_345])
BACK = st.sampled_from([0, 0, 3, 40, 200, 400])
"""Days before today."""
PICK = st.integers(0, 30)
PARTED = {"401000", "411000", "467100"}
ACCOUNTS = st.sampled_from([
    "401000",
    "411000",
    "467100",
    "511200",
    "512000",
    "471000",
    "606300",
    "757000",
    "102000",
])


class Books(RuleBasedStateMachine):  # noqa: PLR0904  -- one method per thing people do
    """The books of a canteen whose people do anything at any time."""

    blank: staticmethod
    """Returns an empty book, and what puts it away; the test says how."""

    @initialize(kept=st.integers(0, 2))
    def begin(self, kept):
        self.now = datetime(2024, 9, 2, 9, tzinfo=UTC)
        self.book, self.put_away = self.blank()
        self.closed: dict[int, bytes] = {}
        with self.book.action("Ouvrir", undoable=False) as session:
            session.add(Canteen(name="La Tablée", siren="123456782"))
            self.parties = [find_or_add_party(session, n, PartyKind.OTHER).id for n in "AB"]
        for _year in range(kept):
            self.keep_a_year()

    def keep_a_year(self):
        """Keep a whole year, some of it still to settle, and close it."""
        self.take_in(30, 1_000, 250)
        self.take_cash_to_the_bank(3, 250)
        self.buy(40, 250, 0)
        self.buy(3, 1_000, 1)
        self.write(0, ("401000", "512000"), 250, 0, "BQ1")
        self.write(0, ("511200", "411000"), 12_345, 1, "OD")
        self.settle()
        self.close(waits=True)

    def do(self, work, *arguments, **named):
        """Do something, or be refused in words."""
        with (
            suppress(UserError),
            self.book.action("Faire", undoable=False) as session,
        ):
            work(session, *arguments, **named)

    def day(self, back):
        return max(civil_date(self.now) - timedelta(days=back), FIRST)

    # -- what people do

    @rule(days=st.sampled_from([1, 20, 90, 200]))
    def time_passes(self, days):
        if self.now.year < 2027:
            self.now += timedelta(days=days)

    @rule(back=BACK, cash=AMOUNTS, cheques=AMOUNTS)
    def take_in(self, back, cash, cheques):
        parts = {
            (Means.CASH, Purpose.MEALS): Money(cash),
            (Means.CHEQUE, Purpose.MEMBERSHIPS): Money(cheques),
        }
        self.do(take, TakingsFacts(self.day(back), "Déjeuner", parts, 3), self.now)

    @rule(pick=PICK, back=BACK)
    def take_takings_back(self, pick, back):
        if key := self.pick(select(Takings.id).order_by(Takings.id), pick):
            self.do(cancel, key, self.day(back), "saisies deux fois", self.now)

    @rule(back=BACK, amount=AMOUNTS)
    def take_cash_to_the_bank(self, back, amount):
        self.do(deposit_cash, self.day(back), Money(amount), self.now)

    @rule(back=BACK, amount=AMOUNTS, party=st.integers(0, 1))
    def buy(self, back, amount, party):
        shares = (Share("601000", Money(amount)),)
        day = self.day(back)
        self.do(
            post_purchase, PurchaseFacts(self.parties[party], day, f"F{amount}", "Légumes", shares)
        )

    @rule(back=BACK, hours=AMOUNTS)
    def volunteer(self, back, hours):
        facts = VolunteeringFacts(self.day(back), "BEN", "Bénévoles", hours, Money(1_200))
        self.do(post_volunteering, facts)

    @rule(
        back=BACK,
        sides=st.tuples(ACCOUNTS, ACCOUNTS),
        amount=AMOUNTS,
        party=st.integers(0, 1),
        journal=st.sampled_from(["OD", "BQ1", "HA"]),
    )
    def write(self, back, sides, amount, party, journal):
        lines = [
            side(account, Money(amount), party=self.parties[party] if account in PARTED else None)
            for side, account in zip((debit, credit), sides, strict=True)
        ]
        self.do(post, DraftEntry(journal, self.day(back), "Mouvement", f"P{amount}", lines))

    @rule(pick=PICK)
    def remove_a_draft(self, pick):
        if key := self.pick(
            select(Entry.id).where(Entry.number.is_(None)).order_by(Entry.id), pick
        ):
            self.do(lambda session: remove(session, session.get_one(Entry, key)))

    @rule(back=BACK)
    def validate_before(self, back):
        self.do(lambda s: validate(s, drafts_before(s, self.day(back)), self.now))

    @rule(pick=PICK, back=BACK)
    def reverse_an_entry(self, pick, back):
        of_hand = select(Entry.id).where(Entry.number.is_not(None), Entry.fact.in_([""]))
        if key := self.pick(of_hand.order_by(Entry.id), pick):
            self.do(lambda s: reverse(s, s.get_one(Entry, key), self.day(back), "erreur"))

    @rule()
    def settle(self):
        def settle_all(session):
            for group in suggest(session, ""):
                letter(session, group.line_ids, civil_date(self.now))

        self.do(settle_all)

    @rule(pick=PICK)
    def settle_no_more(self, pick):
        if key := self.pick(select(LetteredLine.line_id).order_by(LetteredLine.id), pick):
            self.do(unletter, key)

    @rule(back=BACK)
    def lock(self, back):
        self.do(closing.lock, self.day(back), self.now)

    @rule(pick=PICK, back=BACK)
    def unlock(self, pick, back):
        if key := self.pick(select(FiscalYear.id).order_by(FiscalYear.first), pick):
            self.do(
                lambda s: closing.unlock(
                    s, s.get_one(FiscalYear, key), self.day(back), "oubli d’une facture", self.now
                )
            )

    @rule(pick=PICK)
    def open_for_a_while(self, pick):
        if key := self.pick(select(FiscalYear.id).order_by(FiscalYear.first), pick):
            self.do(lambda s: closing.provisional_opening(s, s.get_one(FiscalYear, key)))

    @rule(pick=PICK, back=BACK, reserves=AMOUNTS)
    def assign(self, pick, back, reserves):
        if key := self.pick(select(FiscalYear.id).order_by(FiscalYear.first), pick):
            self.do(
                lambda s: closing.assign_result(
                    s, s.get_one(FiscalYear, key), self.day(back), Money(reserves)
                )
            )

    @rule(waits=st.booleans())
    def close(self, waits):
        """Close the oldest year that is open, once it is over; wait for that day if asked."""
        with self.book.read() as session:
            left = [year.period for year in years(session) if not year.is_sealed]
        if left and waits:
            ended = datetime.combine(left[0].end, self.now.time(), UTC)
            self.now = max(self.now, min(ended, datetime(2027, 3, 1, 9, tzinfo=UTC)))
        if left:
            self.do(lambda s: closing.close_year(s, find_year(s, left[0].first), self.now))

    def pick(self, query, place):
        with self.book.read() as session:
            keys = list(session.scalars(query))
        return keys[place % len(keys)] if keys else None

    # -- what always holds

    @invariant()
    def nothing_is_found_wrong(self):
        with self.book.read() as session:
            assert list(check_finance(session)) == []

    @invariant()
    def numbers_have_no_gap_and_nothing_goes_backwards(self):
        with self.book.read() as session:
            rows = session.execute(
                select(Entry.fiscal_year_id, Entry.journal_id, Entry.number, Entry.rank)
                .where(Entry.number.is_not(None))
                .order_by(Entry.fiscal_year_id, Entry.rank)
            ).all()
        numbers, ranks = {}, {}
        for year, journal, number, rank in rows:
            numbers.setdefault((year, journal), []).append(number)
            ranks.setdefault(year, []).append(rank)
        for series in [*numbers.values(), *ranks.values()]:
            assert series == list(range(1, len(series) + 1))

    @invariant()
    def the_trial_balance_is_what_sql_adds_up(self):
        with self.book.read() as session:
            for year in years(session):
                wanted = sums(session, year)
                found = Counter()
                for line in trial_balance(session, year.period):
                    found[line.number] += line.closing.cents
                if year.first == FIRST or sums(session, year, openings=True):
                    assert {n: c for n, c in found.items() if c} == wanted
                assert not sum(found.values())

    @invariant()
    def the_till_never_holds_less_than_nothing(self):
        with self.book.read() as session:
            rows = session.execute(
                text(
                    "SELECT e.day, sum(l.debit - l.credit) FROM entry e JOIN line l ON"
                    " l.entry_id = e.id JOIN account a ON a.id = l.account_id"
                    " JOIN journal j ON j.id = e.journal_id"
                    " WHERE a.number LIKE '53%' AND j.code <> 'AN' GROUP BY e.day ORDER BY e.day"
                )
            )
            held = 0
            for _day, moved in rows:
                held += int(moved)
                assert held >= 0

    @invariant()
    def a_closed_year_hands_over_what_it_held_and_never_changes(self):
        with self.book.read() as session:
            for year in years(session):
                if not year.is_sealed:
                    continue
                following = find_year(session, year.end)
                assert sums(session, following, openings=True) == handed_over(
                    sums(session, year), year.numbering, following.numbering
                )
                content = self.closed.get(year.id)
                written = fec_of(session, year, self.now)
                if content is None:
                    judge(session, year, written, self.now)
                    self.closed[year.id] = written
                else:
                    assert without_letters(content) == without_letters(written)

    def teardown(self):
        if not hasattr(self, "closed"):
            return
        with self.book.read() as session:
            assert verify(session) == []
            for year in years(session):
                judge(session, year, fec_of(session, year, self.now), self.now)
        self.put_away()


@pytest.fixture(params=ENGINES)
def blank(request, tmp_path):
    """Return what makes an empty book on each engine in turn, and puts it away."""
    if request.param == "sqlite":
        file = request.getfixturevalue("_blank_file")

        def on_file():
            engine = open_engine(f"sqlite:///{shutil.copy(file, tmp_path / 'book.cantine')}")
            return Book(engine), engine.dispose

        return on_file
    server = request.getfixturevalue("postgres")
    template = request.getfixturevalue("_blank_database")

    def on_server():
        name = server.create_database(template)
        engine = open_engine(server.url(name))

        def put_away():
            engine.dispose()
            server.drop_database(name)

        return Book(engine), put_away

    return on_server


@pytest.mark.timeout(600)
def test_whatever_is_done_in_whatever_order_the_books_hold(blank):
    kept = type("Kept", (Books,), {"blank": staticmethod(blank)})
    run_state_machine_as_test(
        kept,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
