"""The result and the balance sheet hold every account once and sum to the ledger."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.numbering import Numbering, shipped_accounts
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.balances import balances
from cantine_desktop.finance.ledger.model import Account, Axis, FiscalYear, Section
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.finance.postings.adjustments import post_depreciation
from cantine_desktop.finance.postings.facts import (
    DepreciationFacts,
    GrantFacts,
    PayrollFacts,
    TakingsFacts,
    VolunteeringFacts,
)
from cantine_desktop.finance.postings.income import post_grant
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.payroll import post_payroll, post_volunteering
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.finance.statements import franchise
from cantine_desktop.finance.statements.dedicated import dedicated_funds
from cantine_desktop.finance.statements.layout import Kind, layout, place_of
from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.finance.statements.policy import Policy, consequences, decide, policy
from cantine_desktop.finance.statements.sheets import write_statements
from cantine_desktop.finance.statements.tables import balance_sheet, result
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.documents.reading import pages

LAST, THIS = date(2025, 5, 6), date(2026, 5, 6)


def a_year(session, day):
    """Write what a small canteen lives on in a year."""
    parts = {
        (Means.CASH, Purpose.MEALS): Money(12_000_00),
        (Means.CARD, Purpose.MEMBERSHIPS): Money(800_00),
        (Means.CASH, Purpose.GIFTS): Money(350_00),
    }
    post_takings(session, TakingsFacts(day, "Déjeuner", parts, meals=1200), NOW)
    post_payroll(
        session,
        PayrollFacts(
            day, f"PAIE-{day.year}", Money(7_000_00), Money(500_00), urssaf_employer=Money(900_00)
        ),
    )
    post_grant(session, GrantFacts(day, "CONV-1", "Ville", Money(3_000_00), "741400"))
    post_depreciation(session, DepreciationFacts(day, "DOT", "Four", Money(320_00)))
    post_volunteering(session, VolunteeringFacts(day, "BEN", "Cuisine", 10_000, Money(12_02)))


def opened(session, day=THIS):
    return session.scalar(select(FiscalYear).where(FiscalYear.first == date(day.year, 1, 1)))


@pytest.mark.parametrize("numbering", list(Numbering))
def test_every_account_of_the_chart_stands_on_one_line(numbering):
    for account in shipped_accounts():
        for is_debit in (True, False):
            place = place_of(account.number_in(numbering), numbering, is_debit=is_debit)
            assert place.key, account.number
            expected = {"result"} if account.number[0] in "678" else {"assets", "liabilities"}
            assert place.table in expected


@given(
    st.from_regex(r"([1-7][0-9]|8[67])[0-9]{1,6}", fullmatch=True),
    st.sampled_from(list(Numbering)),
    st.booleans(),
)
def test_any_account_somebody_makes_stands_on_a_line(number, numbering, is_debit):
    place = place_of(number, numbering, is_debit=is_debit)
    assert place.key
    if number[0] == "6":
        group = next(r.group for r in layout().result if r.key == place.key)
        assert "income" not in group.split("-")[1:]


def test_commitments_of_class_8_stand_on_no_line():
    assert place_of("801000", Numbering.FROM_2025, is_debit=True).table == "none"


def test_renumbered_accounts_stand_where_their_numbering_says():
    def title(number, numbering):
        return place_of(number, numbering, is_debit=False).key

    assert title("747000", Numbering.FROM_2025) == "operating-grants"
    assert title("777000", Numbering.BEFORE_2025) == "exceptional-income"
    assert title("775000", Numbering.BEFORE_2025) == "exceptional-income"
    assert title("757000", Numbering.FROM_2025) == "other-income"
    assert title("791000", Numbering.BEFORE_2025) == "write-backs"
    assert title("649000", Numbering.FROM_2025) == "wages"


def test_a_bank_overdrawn_is_a_debt():
    assert place_of("512000", Numbering.FROM_2025, is_debit=True).key == "cash"
    assert place_of("512000", Numbering.FROM_2025, is_debit=False).key == "bank-loans"


def test_the_result_is_the_ledger_to_the_cent(any_book):
    with any_book.action("année") as session:
        a_year(session, LAST)
        a_year(session, THIS)
        a_year(session, THIS)
    with any_book.read() as session:
        year = opened(session)
        found = result(session, year, planned={"601": Money(5_000_00), "706": Money(9_000_00)})
        net = sum(b.net.cents for b in balances(session, year.period) if b.number[0] in "67")
        assert found.value("result").cents == -net
        assert found.value("result") == Money(2 * (16_150_00 - 8_220_00))
        assert found.value("result", 1) == Money(16_150_00 - 8_220_00)
        assert found.value("result", 2) == Money(4_000_00)
        assert found.value("memberships") == Money(1_600_00)
        assert found.value("volunteering") == found.value("volunteers") == Money(2 * 1_202_00)
        assert found.has_previous
        assert found.has_budget
        assert not found.commitments
        leaves = [row for row in found.rows if row.kind is Kind.LEAF]
        numbers = [one.number for row in leaves for one in row.accounts if one.values[0]]
        moved = [b.number for b in balances(session, year.period) if b.number[0] in "678"]
        assert sorted(numbers) == sorted(moved)


def test_the_balance_sheet_balances_with_and_without_opening_entries(any_book):
    with any_book.action("années") as session:
        a_year(session, LAST)
        a_year(session, THIS)
    with any_book.read() as session:
        year = opened(session)
        sheet = balance_sheet(session, year)
        assert sheet.value("assets") == sheet.value("liabilities") != Money(0)
        assert sheet.value("assets", 1) == sheet.value("liabilities", 1)
        assert sheet.value("year-result") == sheet.value("pending-result") == Money(7_930_00)
        before = sheet
    with any_book.action("à-nouveaux") as session:
        carry(session, opened(session))
    with any_book.read() as session:
        sheet = balance_sheet(session, opened(session))
        assert sheet.assets == before.assets
        assert sheet.value("liabilities") == before.value("liabilities")
        assert sheet.value("carried-forward") == Money(7_930_00)
        assert not sheet.value("pending-result")


def carry(session, year):
    """Write opening entries as the closing of the year before does."""
    held = [b for b in balances(session, Period(date(2025, 1, 1), year.first)) if b.number[0] < "6"]
    lines = [debit(b.number, b.net) for b in held]
    rest = Money(-sum(b.net.cents for b in held))
    lines.append(debit(Role.ACCUMULATED_SURPLUS, rest))
    post(session, DraftEntry("AN", year.first, "À-nouveaux", "AN2026", tuple(lines)))


def test_wear_is_taken_off_gross_values(book):
    with book.action("four") as session:
        bought = (debit("215400", Money(1_000_00)), credit("512000", Money(1_000_00)))
        post(session, DraftEntry("OD", THIS, "Four", "F1", bought))
        post_depreciation(session, DepreciationFacts(THIS, "D", "Four", Money(200_00)))
        sheet = balance_sheet(session, opened(session))
        row = next(row for row in sheet.assets if row.key == "tangible")
        assert [v.cents for v in row.values[:3]] == [1_000_00, -200_00, 800_00]
        assert sheet.value("bank-loans") == Money(1_000_00)


def test_dedicated_funds_follow_each_project(any_book):
    def carried(day, amount, project):
        lines = (
            debit(Role.DEDICATION_OF_GRANTS, Money(amount), project=project),
            credit(Role.DEDICATED_GRANTS, Money(amount), project=project),
        )
        return DraftEntry("OD", day, "Report", "FD", lines)

    with any_book.action("fonds dédiés") as session:
        open_year(session, Period.year(LAST))
        session.add(Section(axis=Axis.PROJECT, code="JARDIN", title="Jardin partagé"))
        session.flush()
        post(session, carried(LAST, 1_000_00, "JARDIN"))
        post(session, carried(THIS, 250_00, "JARDIN"))
        lines = (
            debit(Role.DEDICATED_GRANTS, Money(400_00), project="JARDIN"),
            credit(Role.RELEASE_OF_GRANTS, Money(400_00), project="JARDIN"),
        )
        post(session, DraftEntry("OD", THIS, "Utilisation", "FD", lines))
    with any_book.read() as session:
        (fund,) = dedicated_funds(session, opened(session))
        assert (fund.opening, fund.carried, fund.used, fund.closing) == (
            Money(1_000_00),
            Money(250_00),
            Money(400_00),
            Money(850_00),
        )
        sheet = balance_sheet(session, opened(session))
        assert sheet.value("dedicated") == fund.closing


def test_the_franchise_counts_lucrative_takings_of_the_calendar_year(any_book):
    parts = {
        (Means.CASH, Purpose.MEALS): Money(900_00),
        (Means.CASH, Purpose.EVENTS): Money(400_00),
    }
    with any_book.action("recettes") as session:
        post_takings(session, TakingsFacts(LAST, "Fête", parts, meals=90), NOW)
    with any_book.read() as session:
        found = franchise.gauge(session, date(2025, 12, 31))
        assert found.takings == Money(400_00)
        assert found.limit == Money(80_011_00)
        assert "reste" in franchise.gauge_words(found)
        later = franchise.gauge(session, date(2026, 3, 1))
        assert later.limit is None
        assert "n’est pas connue" in franchise.gauge_words(later)
    with any_book.action("seuil") as session:
        franchise.set_limit(session, 2026, Money(81_000_00), "BOFiP, janvier 2026")
        assert franchise.gauge(session, date(2026, 3, 1)).share == 0
        with pytest.raises(UserError, match="Dites où"):
            franchise.set_limit(session, 2027, Money(1), " ")


def test_a_rate_of_valuation_says_where_it_comes_from(book):
    with book.action("réglages") as session:
        assert policy(session) == Policy()
        with pytest.raises(UserError, match="d’où vient"):
            decide(session, Policy(volunteer_rate=Money(12_02)))
        chosen = Policy(VatStatus.SOCIAL, volunteer_rate=Money(12_02), volunteer_basis="Smic")
        decide(session, chosen)
        decide(session, chosen)
        assert policy(session) == chosen
    assert all(len(consequences(status)) > 1 for status in VatStatus)


def test_accounts_are_lucrative_because_the_chart_says_so(book):
    with book.action("année") as session:
        open_year(session, Period.year(THIS))
        assert session.scalar(select(Account).where(Account.number == "706100")).is_lucrative


def paper_of(session, day, planned=None):
    target = BytesIO()
    write_statements(session, opened(session, day), planned, NOW, target)
    return "\n".join(pages(target.getvalue()))


def test_a_total_opens_the_accounts_it_adds_and_takes_off(any_book):
    with any_book.action("année") as session:
        a_year(session, THIS)
    with any_book.read() as session:
        found = result(session, opened(session))
        sheet = balance_sheet(session, opened(session))
    for row in (*found.rows, *sheet.assets, *sheet.liabilities):
        if row.kind is Kind.TOTAL:
            for column, value in enumerate(row.values):
                assert sum(one.values[column].cents for one in row.accounts) == value.cents


def test_the_paper_says_every_numbered_total_and_no_year_before_there_is_none(book):
    with book.action("année") as session:
        a_year(session, THIS)
    with book.read() as session:
        words = paper_of(session, THIS)
    for total in ("Total I\n", "Total II\n", "2. Résultat financier", "4. Résultat exceptionnel"):
        assert total in words, total
    assert "Fonds reportés et dédiés" in words
    assert "Précédent" not in words
    assert "5 écritures en brouillon" in words.replace("\xa0", " ")


def test_the_paper_of_a_book_without_an_entry_is_all_zeros(book):
    with book.action("année") as session:
        open_year(session, Period.year(THIS))
    with book.read() as session:
        words = paper_of(session, THIS)
    assert "Excédent ou déficit" in words
    assert "Écritures toutes validées" in words


def test_a_deficit_beyond_own_funds_stands_negative_and_still_balances(any_book):
    with any_book.action("année") as session:
        lines = (debit("601000", Money(9_000_00)), credit("512000", Money(9_000_00)))
        post(session, DraftEntry("OD", THIS, "Denrées", "D", lines))
    with any_book.read() as session:
        sheet = balance_sheet(session, opened(session))
    assert sheet.value("net-position") == Money(-9_000_00)
    assert sheet.value("bank-loans") == Money(9_000_00), "a bank overdrawn is a debt"
    assert sheet.value("assets") == sheet.value("liabilities") == Money(0)


def test_the_gauge_says_the_franchise_and_where_it_was_read(book):
    with book.action("année") as session:
        lines = (debit("512000", Money(8_001_10)), credit("706100", Money(8_001_10)))
        post(session, DraftEntry("VE", LAST, "Privatisation", "F1", lines))
        shipped = franchise.gauge_words(franchise.gauge(session, LAST))
        franchise.set_limit(session, 2025, Money(90_000_00), "le BOFiP du 3 mars")
        typed = franchise.gauge_words(franchise.gauge(session, LAST))
    assert "aprova84.org" in shipped
    assert "80" in shipped
    assert "d’après le BOFiP du 3 mars" in typed


def test_an_unknown_franchise_is_held_beside_the_last_one_known(book):
    with book.action("année") as session:
        lines = (debit("512000", Money(16_002_20)), credit("706100", Money(16_002_20)))
        post(session, DraftEntry("VE", THIS, "Privatisation", "F1", lines))
        words = franchise.gauge_words(franchise.gauge(session, THIS))
    assert "n’est pas connue" in words
    assert "20\u00a0% de celle de 2025" in words
