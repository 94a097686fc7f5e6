"""The treasury of the months to come: what is known, what is supposed, when it runs short."""

from datetime import date
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.finance.bank.accounts import add_bank_account
from cantine_desktop.finance.bank.model import BankStatement
from cantine_desktop.finance.budget import planning
from cantine_desktop.finance.budget.flows import FlowFacts, add_flow
from cantine_desktop.finance.budget.following import follow
from cantine_desktop.finance.budget.model import Rhythm
from cantine_desktop.finance.budget.months import evenly
from cantine_desktop.finance.budget.planning import LineFacts
from cantine_desktop.finance.grants.keeping import GrantForm, Payment, save_grant
from cantine_desktop.finance.ledger.accounts import find_or_add_party
from cantine_desktop.finance.ledger.model import PartyKind
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import open_year, year_of
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.finance.statements.policy import Policy, decide
from cantine_desktop.finance.treasury.curve import (
    AS_PLANNED,
    FEWER_MEALS,
    LATE_GRANT,
    Supposed,
    curves,
    drop_scenario,
    keep_scenario,
    own_scenarios,
    runway_words,
    trouble_words,
)
from cantine_desktop.finance.treasury.outflow import balance_on, held_on, runway
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW

TODAY = date(2026, 4, 10)


def move(session, day, taken, given, cents, journal="BQ1"):
    lines = (debit(taken, Money(cents)), credit(given, Money(cents)))
    post(session, DraftEntry(journal, day, "Mouvement", "M", lines, fact="bank"))


def begin(session, cents=6_000_00):
    year = open_year(session, Period.year(TODAY))
    move(session, date(2026, 1, 1), "512000", "102000", cents, "AN")
    return year


def test_the_runway_is_the_balance_by_what_goes_out_each_month(any_book):
    with any_book.action("banque") as session:
        begin(session)
        for month in (1, 2, 3):
            move(session, date(2026, month, 9), "606100", "512000", 500_00)
            move(session, date(2026, month, 9), "512000", "706000", 300_00)
        move(session, date(2026, 3, 9), "580000", "530000", 200_00)
        move(session, date(2026, 3, 30), "512000", "580000", 200_00)
    with any_book.read() as session:
        found = runway(session, TODAY)
        assert found.outflow == Money(500_00), "money taken to the bank does not go out"
        assert balance_on(session, TODAY) == Money(5_400_00)
        assert found.months == Decimal("10.8")
        assert not found.from_charges
        assert "10,8 mois" in runway_words(found, TODAY)


def test_without_a_bank_the_runway_goes_by_the_charges_and_says_so(book):
    with book.action("achats") as session:
        begin(session)
        for month in (1, 2, 3):
            lines = (debit("606100", Money(300_00)), credit("486000", Money(300_00)))
            post(session, DraftEntry("OD", date(2026, month, 9), "Énergie", "E", lines))
        found = runway(session, TODAY)
        assert (found.outflow, found.from_charges) == (Money(300_00), True)
        assert "pas encore rapprochée" in runway_words(found, TODAY)


def written(session):
    """Write a budget, a rent paid, an invoice to pay and a grant to come; return nothing."""
    year = begin(session, 6_700_00)
    move(session, date(2026, 4, 5), "613200", "512000", 700_00)
    budget = planning.begin(session, year, TODAY)
    for nature, euros in (("601", 2_400), ("6132", 8_400), ("7060", 6_000), ("68", 1_200)):
        months = tuple(evenly(Money(euros * 100), 12))
        planning.add_line(session, budget, LineFacts(nature, nature, months))
    rent = FlowFacts("Loyer", Money(-700_00), Rhythm.MONTHLY, date(2026, 1, 5), nature="613200")
    add_flow(session, rent)
    shop = find_or_add_party(session, "Biocoop", PartyKind.SUPPLIER)
    share = (Share("601000", Money(450_00)),)
    post_purchase(
        session,
        PurchaseFacts(shop.id, date(2026, 4, 2), "F1", "F1", share, due_day=date(2026, 5, 2)),
    )
    save_grant(
        session,
        GrantForm(
            "Ville",
            "Ville",
            granted=Money(3_000_00),
            payments=(Payment(date(2026, 7, 28), Money(3_000_00)),),
        ),
    )


def test_the_curve_adds_what_is_known_and_what_the_budget_foresees(any_book):
    with any_book.action("prévisions") as session:
        written(session)
    with any_book.read() as session:
        (curve,) = curves(session, TODAY, (AS_PLANNED,), 6)
        assert curve.opening == Money(6_000_00)
        april, may, *_ = curve.months
        assert (april.incoming, april.outgoing) == (Money(500_00), Money(0))
        assert may.incoming == Money(500_00)
        assert may.outgoing == Money(700_00 + 450_00), "rent once, not in the budget again"
        july = curve.months[3]
        assert july.incoming == Money(3_500_00)
        moved = sum(event.amount.cents for event in curve.events)
        assert curve.months[-1].closing.cents == curve.opening.cents + moved
        assert curve.trouble_on is None
        assert "reste au-dessus" in trouble_words(curve)


def test_scenarios_change_what_they_say_and_nothing_else(any_book):
    with any_book.action("prévisions") as session:
        written(session)
        decide(session, Policy(least_cash=Money(4_800_00)))
        keep_scenario(
            session, Supposed("Four", one_off=Money(-2_000_00), one_off_on=date(2026, 5, 20))
        )
        (own,) = own_scenarios(session)
        plain, late, fewer, oven = curves(
            session, TODAY, (AS_PLANNED, LATE_GRANT, FEWER_MEALS, own), 8
        )
        assert late.months[3].incoming == Money(500_00)
        assert late.months[6].incoming == Money(3_500_00)
        assert late.months[-1].closing == plain.months[-1].closing
        lost = sum(m.incoming.cents for m in plain.months) - sum(
            m.incoming.cents for m in fewer.months
        )
        assert lost == 8 * 50_00
        assert oven.months[1].closing == plain.months[1].closing - Money(2_000_00)
        assert oven.trouble_on == date(2026, 5, 20)
        assert "passe sous" in trouble_words(oven)
        drop_scenario(session, "Four")
        assert not own_scenarios(session)


def test_a_scenario_has_a_name_and_possible_values(book):
    with book.action("scénario") as session:
        for wrong, words in (
            (Supposed(" "), "nom"),
            (Supposed("Comme prévu"), "nom"),
            (Supposed("A", grants_lost=120), "perte"),
            (Supposed("A", meals_change=-101), "baisse"),
            (Supposed("A", one_off=Money(1)), "jour"),
        ):
            with pytest.raises(UserError, match=words):
                keep_scenario(session, wrong)


def test_an_empty_book_has_a_flat_curve(any_book):
    with any_book.read() as session:
        (curve,) = curves(session, TODAY, (AS_PLANNED,))
        assert len(curve.months) == 12
        assert not curve.events
        assert curve.runway.months is None


def test_a_flow_of_this_month_that_the_accounts_hold_is_not_expected_again(any_book):
    with any_book.action("prévisions") as session:
        written(session)
        rent = FlowFacts("Réseau", Money(-600_00), Rhythm.QUARTERLY, date(2026, 4, 25), None, "628")
        add_flow(session, rent)
        move(session, date(2026, 4, 3), "628100", "512000", 600_00)
    with any_book.read() as session:
        (curve,) = curves(session, TODAY, (AS_PLANNED,), 3)
        assert [month.outgoing.cents for month in curve.months] == [0, 1_150_00, 900_00]


def test_a_flow_whose_day_is_past_and_that_no_account_holds_is_still_to_leave(any_book):
    with any_book.action("prévisions") as session:
        year = begin(session)
        budget = planning.begin(session, year, TODAY)
        months = tuple(evenly(Money(8_400_00), 12))
        planning.add_line(session, budget, LineFacts("6132", "Loyer", months))
        facts = FlowFacts(
            "Loyer", Money(-700_00), Rhythm.MONTHLY, date(2026, 1, 5), nature="613200"
        )
        add_flow(session, facts)
    with any_book.read() as session:
        (curve,) = curves(session, TODAY, (AS_PLANNED,), 2)
        assert sum(event.amount.cents for event in curve.events) == -1_400_00


def test_what_an_open_month_lacks_is_still_expected(any_book):
    with any_book.action("prévisions") as session:
        year = begin(session)
        budget = planning.begin(session, year, TODAY)
        months = tuple(evenly(Money(1_200_00), 12))
        planning.add_line(session, budget, LineFacts("606", "Énergie", months))
        minus = tuple(evenly(Money(-600_00), 12))
        planning.add_line(session, budget, LineFacts("649", "Aide", minus))
        for month in (1, 2):
            move(session, date(2026, month, 9), "606100", "512000", 100_00)
            move(session, date(2026, month, 9), "512000", "649000", 50_00)
        year.locked_until = date(2026, 3, 1)
    with any_book.read() as session:
        (curve,) = curves(session, TODAY, (AS_PLANNED,), 3)
        energy = [event.amount.cents for event in curve.events if event.nature == "606"]
        assert energy == [-200_00, -100_00], "March and April, then May"
        found = {
            line.nature: line.forecast
            for line in follow(session, year_of(session, TODAY), TODAY).lines
        }
        assert found == {"606": Money(1_200_00), "649": Money(-600_00)}


def test_the_curve_starts_from_what_the_bank_last_said(any_book):
    with any_book.action("relevé") as session:
        begin(session)
        key = add_bank_account(session, "Banque", date(2026, 1, 1), iban="").id
        session.add(
            BankStatement(
                bank_account_id=key,
                form="ofx",
                file_name="mars.ofx",
                imported_at=NOW,
                first=date(2026, 3, 1),
                last=date(2026, 3, 31),
                closing=Money(5_200_00),
            )
        )
        session.flush()
        move(session, date(2026, 4, 2), "606100", "512000", 50_00)
    with any_book.read() as session:
        found = held_on(session, TODAY)
        assert found.amount == Money(5_150_00), "the statement, and what the accounts tell since"
        assert found.unmatched == Money(-800_00)
        (curve,) = curves(session, TODAY, (AS_PLANNED,), 2)
        assert curve.opening == Money(5_150_00)
        assert curve.months[-1].closing == Money(5_950_00), "what it lacks is expected elsewhere"
        assert "relevé du 31/03/2026" in runway_words(curve.runway, TODAY)


def test_the_runway_of_a_young_book_is_counted_over_the_months_it_has(any_book):
    with any_book.action("banque") as session:
        begin(session)
        move(session, date(2026, 3, 9), "606100", "512000", 900_00)
        move(session, date(2026, 3, 30), "512000", "706000", 900_00)
    with any_book.read() as session:
        found = runway(session, TODAY)
        assert (found.outflow, found.month_count) == (Money(900_00), 1)
        assert found.months == Decimal("6.7")
