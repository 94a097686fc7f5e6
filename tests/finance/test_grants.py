"""Grants from the request to the report, what they pay, and what stays dedicated."""

from datetime import date

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.grants import costs, dedicating
from cantine_desktop.finance.grants.checks import check
from cantine_desktop.finance.grants.following import GrantState, due_words, followed_grants
from cantine_desktop.finance.grants.keeping import (
    GrantForm,
    Payment,
    Promise,
    form_of,
    notify,
    remove_grant,
    save_grant,
)
from cantine_desktop.finance.grants.model import Grant, GrantCost
from cantine_desktop.finance.ledger import validating
from cantine_desktop.finance.ledger.balances import balances
from cantine_desktop.finance.ledger.lettering import letter, open_items
from cantine_desktop.finance.ledger.model import Account, Line
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import open_year, year_of
from cantine_desktop.finance.statements.dedicated import dedicated_funds
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW

DAY, TODAY = date(2026, 3, 24), date(2026, 11, 22)
YEAR = Period.year(DAY)


def garden(**more):
    given = {
        "project": "JARDIN",
        "account": "741300",
        "granted": Money(3_000_00),
        "first": date(2026, 1, 1),
        "last": date(2027, 6, 30),
        "report_due": date(2026, 12, 17),
        "payments": (Payment(date(2026, 5, 12), Money(3_000_00)),),
        "promises": (Promise("Ateliers", "12"),),
    }
    return GrantForm("Jardin partagé", "Département", **(given | more))


def spend(session, cents, project="", day=DAY):
    lines = (
        debit("606300", Money(cents), activity="REPAS", project=project),
        credit("512000", Money(cents)),
    )
    return post(session, DraftEntry("OD", day, "Terreau", "P", lines))


def receive(session, cents, project="JARDIN"):
    lines = (
        debit("512000", Money(cents)),
        credit("441000", Money(cents), project=project),
    )
    return post(session, DraftEntry("BQ1", DAY, "VIR", "V", lines, fact="bank"))


def test_a_grant_is_followed_from_its_notification_to_its_report(any_book):
    with any_book.action("subvention") as session:
        open_year(session, YEAR)
        grant = save_grant(session, garden())
        notify(session, grant, DAY, "CONV-12")
        spend(session, 700_00, "JARDIN")
        spend(session, 90_00)
        received = receive(session, 3_000_00).id
    with any_book.read() as session:
        (found,) = followed_grants(session, TODAY)
        assert (found.received, found.spent) == (Money(3_000_00), Money(700_00))
        assert (found.due, found.to_prove) == (Money(0), Money(2_300_00))
        assert found.state is GrantState.GRANTED
        assert (found.days_left, found.is_urgent) == (25, True)
        assert due_words(found) == "compte rendu dans 25 jours"
    with any_book.action("lettrage") as session:
        (owed,) = [item for item in open_items(session, "441") if item.amount.cents > 0]
        account = session.scalar(select(Account.id).where(Account.number == "441000"))
        paid = session.scalar(
            select(Line.id).where(Line.entry_id == received, Line.account_id == account)
        )
        letter(session, [owed.line_id, paid], DAY)
        assert followed_grants(session, TODAY)[0].received == Money(3_000_00)
        grant = session.scalars(select(Grant)).one()
        form = form_of(session, grant)
        save_grant(session, GrantForm(**(vars(form) | {"reported_on": TODAY})), grant)
        (found,) = followed_grants(session, TODAY)
        assert found.state is GrantState.REPORTED
        assert found.to_prove == Money(0)
        assert found.days_left is None


def test_a_line_is_told_to_funders_for_no_more_than_it_cost(any_book):
    with any_book.action("coûts") as session:
        open_year(session, YEAR)
        first = save_grant(session, garden(project=""))
        second = save_grant(session, GrantForm("Autre", "Ville", granted=Money(500_00)))
        entry = spend(session, 100_00)
        line = entry.lines[0].id
        with pytest.raises(UserError, match="validée"):
            costs.tell_cost(session, first, line)
    with any_book.action("validation", undoable=False) as session:
        validating.validate(session, validating.drafts_before(session, YEAR.end), NOW)
    with any_book.action("coûts") as session:
        first, second = session.scalars(select(Grant).order_by(Grant.id))
        costs.tell_cost(session, first, line, Money(60_00))
        (left,) = costs.candidates(session, second, YEAR)
        assert left.left == Money(40_00)
        with pytest.raises(UserError, match="40,00"):
            costs.tell_cost(session, second, line, Money(50_00))
        costs.tell_cost(session, second, line)
        assert [c.amount for c in costs.costs_of(session, second)] == [Money(40_00)]
        assert not list(check(session))
        costs.take_back_cost(session, second, line)
        assert not costs.costs_of(session, second)
        session.add(GrantCost(grant_id=second.id, line_id=line, amount=Money(90_00)))
        session.flush()
        (finding,) = check(session)
        assert "150,00" in finding.text


def test_what_is_not_spent_is_dedicated_then_used(any_book):
    with any_book.action("subvention") as session:
        open_year(session, YEAR)
        grant = save_grant(session, garden())
        notify(session, grant, DAY, "CONV-12")
        spend(session, 1_200_00, "JARDIN")
        year = year_of(session, DAY)
        (proposed,) = dedicating.propose(session, year)
        assert proposed.move == Money(1_800_00)
        assert not proposed.is_over
        assert "mettre de côté" in dedicating.words_of(proposed)
        dedicating.post_dedications(session, year)
        with pytest.raises(UserError, match="à jour"):
            dedicating.post_dedications(session, year)
        nets = {b.number: b.net.cents for b in balances(session, YEAR, project="JARDIN")}
        assert (nets["689400"], nets["194000"]) == (1_800_00, -1_800_00)
    with any_book.action("année suivante") as session:
        spend(session, 500_00, "JARDIN", date(2027, 2, 1))
        later = year_of(session, date(2027, 2, 1))
        (proposed,) = dedicating.propose(session, later)
        assert (proposed.opening, proposed.move) == (Money(1_800_00), Money(-500_00))
        assert proposed.is_over
        dedicating.post_dedications(session, later)
        (fund,) = dedicated_funds(session, later)
        assert fund.closing == Money(1_300_00)


def test_a_form_that_does_not_hold_together_is_refused(book):
    with book.action("subvention") as session:
        wrong = (
            (GrantForm("", "Ville"), "intitulé"),
            (garden(last=date(2025, 1, 1)), "fin de la convention"),
            (garden(refused=True), "refusée"),
            (garden(payments=(Payment(DAY, Money(4_000_00)),)), "plus que"),
            (garden(project="REPAS"), "activité"),
        )
        open_year(session, YEAR)
        for form, words in wrong:
            with pytest.raises(UserError, match=words):
                save_grant(session, form)


def test_a_grant_in_the_accounts_stays(book):
    with book.action("subvention") as session:
        open_year(session, YEAR)
        grant = save_grant(session, garden())
        with pytest.raises(UserError, match="référence"):
            notify(session, grant, DAY, " ")
        notify(session, grant, DAY, "CONV-12")
        with pytest.raises(UserError, match="déjà"):
            notify(session, grant, DAY, "CONV-12")
        with pytest.raises(UserError, match="ne s’efface"):
            remove_grant(session, grant)
        other = save_grant(session, GrantForm("Autre", "Ville"))
        remove_grant(session, other)
        assert len(list(session.scalars(select(Grant)))) == 1


def test_the_sums_told_for_all_grants_are_those_of_each(any_book):
    with any_book.action("exercice") as session:
        open_year(session, YEAR)
        short = garden(project="CUISINE", first=date(2026, 3, 25), last=None)
        for form in (garden(), short, garden(project="")):
            save_grant(session, form)
        spend(session, 120_00, "JARDIN")
        early = spend(session, 45_50, "CUISINE").lines[0].id  # the day before it begins
        spend(session, 30_00, "CUISINE", date(2026, 4, 2))
        loose = spend(session, 80_00).lines[0].id
    with any_book.action("validation", undoable=False) as session:
        validating.validate(session, validating.drafts_before(session, YEAR.end), NOW)
    with any_book.action("coûts") as session:
        made = list(session.scalars(select(Grant).order_by(Grant.id)))
        costs.tell_cost(session, made[0], loose, Money(50_00))
        costs.tell_cost(session, made[2], loose, Money(20_00))
        costs.tell_cost(session, made[1], early, Money(40_00))
    with any_book.read() as session:
        sums = costs.told_sums(session)
        for grant in session.scalars(select(Grant)):
            each = Money(sum(cost.amount.cents for cost in costs.costs_of(session, grant)))
            assert sums[grant.id] == each
    assert sorted(each.cents for each in sums.values()) == [20_00, 70_00, 170_00]
