"""A year closes for good, and the next one opens with exactly what it held."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.numbering import Numbering, carried
from cantine_desktop.finance.ledger import accounts, closing, locking, queries, validating
from cantine_desktop.finance.ledger.lettering import letter, open_items, unletter
from cantine_desktop.finance.ledger.model import Entry, LetteredLine, Lettering, Line, PartyKind
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

LATER = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)
Y2025, Y2026 = Period.year(date(2025, 1, 1)), Period.year(date(2026, 1, 1))


def entry(session, day, *lines, journal="OD"):
    return post(session, DraftEntry(journal, day, "Mouvement", "P1", lines))


def supplier(session, name="Biocoop"):
    return accounts.find_or_add_party(session, name, PartyKind.SUPPLIER).id


def invoice(session, party, day, cents, number="F1"):
    shares = (Share("601000", Money(cents)),)
    return post_purchase(session, PurchaseFacts(party, day, number, "Biocoop", shares))


def pay(session, party, day, cents):
    lines = debit("401000", Money(cents), party=party), credit("512000", Money(cents))
    return entry(session, day, *lines, journal="BQ1")


def held(session, period, *, at_end):
    rows = queries.trial_balance(session, period)
    amounts = {r.number: (r.closing if at_end else r.opening).cents for r in rows}
    return {n: cents for n, cents in amounts.items() if cents and n[0] in "12345"}


def a_year(session):
    party = supplier(session)
    first = invoice(session, party, date(2026, 3, 3), 10_000)
    paid = pay(session, party, date(2026, 3, 20), 10_000)
    lines = [line.id for e in (first, paid) for line in e.lines if line.party_id]
    letter(session, lines, date(2026, 3, 20))
    unpaid = invoice(session, party, date(2026, 12, 20), 2_500, "F2")
    entry(
        session, date(2026, 6, 1), debit("512000", Money(30_000)), credit("706000", Money(30_000))
    )
    entry(session, date(2026, 6, 2), debit("864000", Money(900)), credit("875000", Money(900)))
    return party, unpaid


def test_the_next_year_opens_with_the_balances_and_the_result(any_book):
    with any_book.action("an") as session:
        a_year(session)
    with any_book.action("clôture") as session:
        done = closing.close_year(session, find_year(session, date(2026, 5, 5)), LATER)
        assert done.result == Money(17_500)
        assert done.opening.number == 1
        assert done.year.is_sealed
    with any_book.read() as session:
        period = Period.year(date(2027, 1, 1))
        assert held(session, period, at_end=False) == {
            "120000": -17_500,
            "401000": -2_500,
            "512000": 20_000,
        }
        (owed,) = queries.party_balances(session, period)
        assert (owed.name, owed.closing) == ("Biocoop", Money(-2_500))
        codes = set(held(session, Y2026, at_end=True))
        assert codes == {"401000", "512000"}


def test_no_entry_zeroes_income_and_expenses_and_class_8_stays_apart(book):
    with book.action("an") as session:
        a_year(session)
        done = closing.close_year(session, find_year(session, date(2026, 5, 5)), LATER)
        rows = {row.number: row.closing.cents for row in queries.trial_balance(session, Y2026)}
        assert rows["706000"] == -30_000
        assert rows["601000"] == 12_500
        opened = {r.number for r in queries.trial_balance(session, done.following.period)}
        assert not {number for number in opened if number[0] in "678"}


def test_an_invoice_of_the_closed_year_is_settled_in_the_next(any_book):
    with any_book.action("an") as session:
        party, unpaid = a_year(session)
        old = next(line.id for line in unpaid.lines if line.party_id)
        closing.close_year(session, find_year(session, date(2026, 5, 5)), LATER)
        (item,) = open_items(session, "401", party)
        assert item.line_id != old
        assert item.amount == Money(-2_500)
        paid = pay(session, party, date(2027, 1, 9), 2_500)
        other = next(line.id for line in paid.lines if line.party_id)
        letter(session, [old, other], date(2027, 1, 9))
        assert not open_items(session, "401", party)
        assert len(open_items(session, "401", party, before=date(2027, 1, 1))) == 1


def test_a_payment_lettered_before_the_closing_settles_the_opening_line(any_book):
    with any_book.action("an") as session:
        party, unpaid = a_year(session)
        old = next(line.id for line in unpaid.lines if line.party_id)
        paid = pay(session, party, date(2027, 1, 9), 2_500)
        other = next(line.id for line in paid.lines if line.party_id)
        letter(session, [old, other], date(2027, 1, 9))
        closing.close_year(session, find_year(session, date(2026, 5, 5)), LATER)
        group = select(LetteredLine.line_id).join(Lettering).where(Lettering.code == "AAB")
        keys = set(session.scalars(group))
        assert other in keys
        assert old not in keys
        days = {session.get(Entry, session.get(Line, key).entry_id).day.year for key in keys}
        assert days == {2027}
        assert not open_items(session, "401", party)


def test_until_the_year_is_closed_the_next_one_opens_with_what_it_holds_now(any_book):
    with any_book.action("an") as session:
        a_year(session)
        entry(session, date(2027, 1, 4), debit("530000", Money(5)), credit("706000", Money(5)))
        period = Period.year(date(2027, 1, 1))
        virtual = held(session, period, at_end=False)
        assert virtual == {"120000": -17_500, "401000": -2_500, "512000": 20_000}
        year = find_year(session, date(2027, 1, 1))
        draft = closing.provisional_opening(session, year)
        assert draft.number is None
        assert held(session, period, at_end=False) == virtual
        assert len(open_items(session, "401")) == 1
        invoice(session, supplier(session), date(2026, 12, 30), 100)
        assert closing.provisional_opening(session, year).id != draft.id
        assert held(session, period, at_end=False)["401000"] == -2_600
        done = closing.close_year(session, find_year(session, date(2026, 1, 1)), LATER)
        assert done.opening.number == 1
        assert held(session, period, at_end=False)["401000"] == -2_600
        assert closing.provisional_opening(session, year) is None


def test_an_opening_written_for_a_while_is_never_validated(any_book):
    with any_book.action("an") as session:
        a_year(session)
        one = debit("530000", Money(5)), credit("706000", Money(5))
        entry(session, date(2027, 1, 4), *one)
        year = find_year(session, date(2027, 1, 1))
        draft = closing.provisional_opening(session, year)
        validating.validate(session, [draft], LATER)
        assert draft.number is None
        validating.validate(session, validating.drafts_before(session, date(2027, 2, 1)), LATER)
        closing.lock(session, date(2027, 2, 1), LATER)
        done = closing.close_year(session, find_year(session, date(2026, 1, 1)), LATER)
        assert (done.opening.number, done.opening.day) == (1, date(2027, 1, 1))


def test_what_settled_in_a_closed_year_stays_settled(any_book):
    with any_book.action("an") as session:
        a_year(session)
        line = session.scalars(select(LetteredLine.line_id)).first()
        closing.close_year(session, find_year(session, date(2026, 5, 5)), LATER)
        with pytest.raises(UserError, match="exercice clos"):
            unletter(session, line)


def test_a_result_goes_to_what_is_carried_forward_and_clears_older_deficits(any_book):
    with any_book.action("ans") as session:
        entry(session, date(2025, 2, 1), debit("613200", Money(800)), credit("512000", Money(800)))
        entry(
            session, date(2026, 2, 1), debit("512000", Money(2_000)), credit("706000", Money(2_000))
        )
        closing.close_year(session, find_year(session, date(2025, 1, 1)), LATER)
        year = find_year(session, date(2026, 1, 1))
        assert closing.unassigned_result(session, year) == Money(-800)
        closing.close_year(session, year, LATER)
        following = find_year(session, date(2027, 1, 1))
        assert held(session, following.period, at_end=False) == {
            "119000": 800,
            "120000": -2_000,
            "512000": 1_200,
        }
        closing.assign_result(session, following, date(2027, 3, 1), reserves=Money(500))
        assert held(session, following.period, at_end=True) == {
            "106800": -500,
            "110000": -700,
            "512000": 1_200,
        }
        with pytest.raises(UserError, match="Aucun résultat"):
            closing.assign_result(session, following, date(2027, 3, 1))


def test_a_year_of_the_old_numbering_opens_the_next_under_the_new_numbers(any_book):
    with any_book.action("ans") as session:
        party = supplier(session, "HelloAsso")
        lines = debit("467100", Money(70), party=party), credit("757000", Money(70))
        entry(session, date(2024, 2, 1), *lines)
        year = find_year(session, date(2024, 2, 1))
        assert {r.number for r in queries.trial_balance(session, year.period)} == {
            "467000",
            "775000",
        }
        closing.close_year(session, year, LATER)
        assert held(session, Y2025, at_end=False) == {"120000": -70, "467100": 70}
        old = session.scalars(select(Entry).where(Entry.fiscal_year_id == year.id)).one()
        back = validating.reverse(session, old, date(2025, 4, 1), "erreur")
        rows = queries.trial_balance(session, Y2025)
        assert {r.number: r.closing.cents for r in rows if r.number != "120000"} == {
            "467100": 0,
            "757000": 70,
        }
        assert not open_items(session, "467")
        assert back.number is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("775000", "757000"),
        ("777000", "747000"),
        ("777100", "747100"),
        ("671200", "658200"),
        ("791000", "649000"),
        ("401000", "401000"),
        ("606310", "606310"),
    ],
)
def test_numbers_are_translated_with_the_sub_accounts_under_them(old, new):
    assert carried(old, Numbering.BEFORE_2025, Numbering.FROM_2025) == new
    assert carried(new, Numbering.FROM_2025, Numbering.BEFORE_2025) == old


def test_years_close_in_order_and_once_they_are_over(book):
    with book.action("ans") as session:
        for year in (2025, 2026):
            entry(session, date(year, 2, 1), debit("512000", Money(1)), credit("706000", Money(1)))
        this = find_year(session, date(2026, 1, 1))
        with pytest.raises(UserError, match="précédent"):
            closing.close_year(session, this, LATER)
        with pytest.raises(UserError, match="31 décembre 2026"):
            closing.close_year(session, this, datetime(2026, 12, 31, 12, tzinfo=UTC))


def test_a_late_entry_takes_the_next_number_and_keeps_its_own_day(book):
    with book.action("an") as session:
        late = [
            entry(
                session, date(2026, month, 1), debit("512000", Money(1)), credit("706000", Money(1))
            )
            for month in (5, 3)
        ]
        validating.validate(session, late[:1], LATER)
        validating.validate(session, late[1:], LATER)
        assert [(e.number, e.day.month) for e in late] == [(1, 5), (2, 3)]


def test_locked_days_take_no_entry_until_somebody_says_why(any_book):
    with any_book.action("an") as session:
        one = entry(
            session, date(2026, 2, 3), debit("512000", Money(1)), credit("706000", Money(1))
        )
        with pytest.raises(UserError, match="brouillon"):
            closing.lock(session, date(2026, 3, 1), LATER)
        validating.validate(session, [one], LATER)
        closing.lock(session, date(2026, 3, 1), LATER)
    with pytest.raises(UserError, match="arrêtés"), any_book.action("tard") as session:
        entry(session, date(2026, 2, 4), debit("512000", Money(1)), credit("706000", Money(1)))
    with any_book.action("réouverture") as session:
        year = find_year(session, date(2026, 2, 3))
        with pytest.raises(UserError, match="raison"):
            closing.unlock(session, year, date(2026, 2, 1), " ", LATER)
        closing.unlock(session, year, date(2026, 2, 1), "Facture oubliée", LATER)
        entry(session, date(2026, 2, 4), debit("512000", Money(1)), credit("706000", Money(1)))
        kept = locking.lock_changes(session, year)
        assert [(c.before, c.until, c.reason) for c in kept] == [
            (None, date(2026, 3, 1), ""),
            (date(2026, 3, 1), date(2026, 2, 1), "Facture oubliée"),
        ]


def test_a_name_is_one_party_whatever_its_accents(book):
    with book.action("tiers") as session:
        one = accounts.find_or_add_party(session, "Épicerie du Coin", PartyKind.SUPPLIER)
        assert accounts.find_or_add_party(session, "EPICERIE DU COIN", PartyKind.OTHER) is one
        assert one.code == "EPICERIEDUCO"
        other = accounts.find_or_add_party(session, "Épicerie du Comptoir", PartyKind.SUPPLIER)
        assert other.code == "EPICERIEDUCO2"


def test_a_new_account_is_kept_as_its_relative(book):
    with book.action("comptes") as session:
        post(
            session,
            DraftEntry(
                "OD",
                date(2026, 1, 2),
                "x",
                "y",
                (debit("512000", Money(1)), credit("530000", Money(1))),
            ),
        )
        made = accounts.add_account(session, "401 100", "Fournisseurs bio")
        assert made.has_parties
        assert made.is_lettered
        for wrong in ("40", "901000", "401000"):
            with pytest.raises(UserError):
                accounts.add_account(session, wrong, "Autre")


def test_the_ledger_of_an_account_begins_at_what_it_held(any_book):
    with any_book.action("an") as session:
        a_year(session)
        lines = list(
            queries.account_lines(
                session, "512000", Period.through(date(2026, 4, 1), date(2026, 12, 31))
            )
        )
        assert [(line.day, line.balance.cents) for line in lines] == [(date(2026, 6, 1), 20_000)]
        assert queries.opening_of(session, "512000", date(2026, 4, 1)) == Money(-10_000)
        behind = list(queries.lines_behind(session, Y2026, beginning="601", activity="REPAS"))
        assert [line.balance.cents for line in behind] == [10_000, 12_500]


def test_entries_are_found_by_words_amounts_and_accounts_a_page_at_a_time(any_book):
    with any_book.action("an") as session:
        a_year(session)
        found = queries.entries(session, Y2026, limit=2)
        rest = queries.entries(session, Y2026, after=found[-1].entry_id)
        assert [row.day.month for row in found + rest] == [12, 6, 6, 3, 3]
        for words, months in (("biocoop", [12, 3, 3]), ("100,00", [3, 3]), ("F2", [12])):
            wanted = queries.EntryFilter(text=words)
            assert [r.day.month for r in queries.entries(session, wanted=wanted)] == months, words
        wanted = queries.EntryFilter(account="864")
        assert [r.amount.cents for r in queries.entries(session, wanted=wanted)] == [900]
        totals = {t.code: t.drafts for t in queries.journal_totals(session, Y2026)}
        assert totals["HA"] == 2
        assert totals["CA"] == 0
