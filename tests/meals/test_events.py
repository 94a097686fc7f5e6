"""Private meals and workshops: quoted, accepted, invoiced, paid, reminded, called off."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.finance.ledger.lettering import open_items
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.finance.statements.policy import Policy, decide
from cantine_desktop.meals.events import course, issuing
from cantine_desktop.meals.events.board import board
from cantine_desktop.meals.events.checks import check
from cantine_desktop.meals.events.content import thawed
from cantine_desktop.meals.events.keeping import (
    LineFacts,
    remove_event,
    save_event,
    total_of,
)
from cantine_desktop.meals.events.model import (
    EventPaper,
    EventState,
    PaperKind,
    PrivateEvent,
)
from cantine_desktop.meals.events.numbering import follow_on
from cantine_desktop.meals.events.paper_words import paper_state
from cantine_desktop.values.money import Money
from tests.meals.event_course import (
    ASKED,
    HELD,
    TOTAL,
    YEAR,
    add,
    at,
    dinner,
    nets,
    only,
    pay,
    put,
    say_yes,
)


@pytest.fixture
def opened(any_book):
    with any_book.action("année") as session:
        open_year(session, YEAR)
        decide(session, Policy(VatStatus.SOCIAL))
    return any_book


def test_an_event_goes_from_the_first_call_to_a_paid_invoice(opened):
    add(opened)
    assert only(opened, ASKED).state is EventState.ENQUIRY
    assert put(opened, issuing.draft_quote, date(2026, 9, 2)) == "D2026-001"
    assert only(opened, date(2026, 9, 5)).state is EventState.QUOTED
    say_yes(opened)
    assert put(opened, issuing.draft_deposit, date(2026, 9, 9)) == "F2026-001"
    row = only(opened, date(2026, 9, 20))
    assert (row.state, row.total) == (EventState.ACCEPTED, TOTAL)
    assert row.left == Money(245_00)  # 30 % of 817,75 € in whole euros
    assert only(opened, HELD + timedelta(days=1)).state is EventState.HELD
    assert put(opened, issuing.draft_invoice, date(2026, 10, 16)) == "F2026-002"
    with opened.read() as session:
        assert nets(session) == {"411000": TOTAL.cents, "706100": -TOTAL.cents}
        content = thawed(session.scalars(select(EventPaper)).all()[-1].content)
        assert (content.total, content.due) == (TOTAL.cents, TOTAL.cents - 245_00)
        assert [d.number for d in content.deducted] == ["F2026-001"]
    assert only(opened, date(2026, 10, 20)).state is EventState.INVOICED
    with opened.action("banque") as session:
        pay(session, "F2026-001", date(2026, 9, 15))
    assert only(opened, date(2026, 10, 20)).left == TOTAL - Money(245_00)
    with opened.action("banque") as session:
        pay(session, "F2026-002", date(2026, 10, 30))
    row = only(opened, date(2026, 11, 1))
    assert (row.state, row.left, row.next_step) == (EventState.PAID, Money(0), "")
    assert paper_state(row.papers[-1], date(2026, 11, 1)) == "soldé"


def test_an_issued_paper_never_changes_whatever_its_event_becomes(opened):
    add(opened)
    put(opened, issuing.draft_quote, date(2026, 9, 2))
    with opened.read() as session:
        before = session.scalars(select(EventPaper.content)).one()
    with opened.action("autre prix") as session:
        event = session.scalars(select(PrivateEvent)).one()
        save_event(session, dinner(people=30, customer="Autre", lines=()), event)
    with opened.read() as session:
        assert session.scalars(select(EventPaper.content)).one() == before
    with pytest.raises(SealedError), opened.action("triche") as session:
        session.scalars(select(EventPaper)).one().total = Money(1)
    with pytest.raises(UserError, match="s’efface plus"), opened.action("non") as session:
        remove_event(session, session.scalars(select(PrivateEvent)).one())


def test_an_event_without_paper_is_removed_with_its_lines(opened):
    add(opened)
    with opened.action("non") as session:
        remove_event(session, session.scalars(select(PrivateEvent)).one())
    with opened.read() as session:
        assert board(session, ASKED) == []


def test_a_second_quote_replaces_the_first_under_its_own_number(opened):
    add(opened)
    put(opened, issuing.draft_quote, date(2026, 9, 2))
    assert put(opened, issuing.draft_quote, date(2026, 9, 4)) == "D2026-002"
    first, second = only(opened, date(2026, 9, 5)).papers
    assert (first.is_taken_back, second.is_taken_back) == (True, False)
    assert paper_state(first, date(2026, 9, 5)) == "remplacé"


def test_numbers_follow_the_days_and_begin_where_another_program_stopped(opened):
    with opened.action("reprise") as session:
        follow_on(session, PaperKind.INVOICE, 2026, 18)
    add(opened, day=date(2026, 9, 3))
    say_yes(opened, date(2026, 9, 2))
    assert put(opened, issuing.draft_deposit, date(2026, 9, 3), Money(50_00)) == "F2026-019"
    with pytest.raises(UserError, match="numéros suivent"):
        put(opened, issuing.draft_deposit, date(2026, 9, 2), Money(50_00))
    assert put(opened, issuing.draft_invoice, date(2026, 9, 4)) == "F2026-020"
    with pytest.raises(UserError, match="déjà commencé"), opened.action("reprise") as session:
        follow_on(session, PaperKind.DEPOSIT, 2026, 40)


def test_a_refused_paper_takes_no_number(opened):
    add(opened)
    say_yes(opened)
    with pytest.raises(UserError, match="attendez le"):
        put(opened, issuing.draft_invoice, date(2026, 9, 9))
    with pytest.raises(UserError, match="plus que les"):
        put(opened, issuing.draft_deposit, date(2026, 9, 9), Money(900_00))
    with opened.read() as session:
        event = session.scalars(select(PrivateEvent)).one()
        draft = issuing.draft_deposit(session, event, date(2026, 9, 10))
    with pytest.raises(UserError, match="jour à venir"), opened.action("papier") as session:
        issuing.issue(session, event, draft, at(date(2026, 9, 9)))
    assert put(opened, issuing.draft_deposit, date(2026, 9, 11)) == "F2026-001"


@pytest.mark.parametrize(
    ("vat", "words"),
    [(VatStatus.UNKNOWN, "Décidez-le d’abord"), (VatStatus.LIABLE, "redevable de la TVA")],
)
def test_no_invoice_leaves_with_words_on_vat_that_nobody_decided(opened, vat, words):
    with opened.action("tva") as session:
        decide(session, Policy(vat))
    add(opened)
    say_yes(opened)
    with pytest.raises(UserError, match=words):
        put(opened, issuing.draft_deposit, date(2026, 9, 9))


@pytest.mark.parametrize(
    ("vat", "article"), [(VatStatus.FRANCHISE, "293 B"), (VatStatus.SOCIAL, "261-7-1°")]
)
def test_an_invoice_says_why_it_is_without_vat_and_what_lateness_costs(opened, vat, article):
    with opened.action("tva") as session:
        decide(session, Policy(vat))
    add(opened)
    say_yes(opened)
    put(opened, issuing.draft_deposit, date(2026, 9, 9))
    with opened.read() as session:
        words = " ".join(thawed(session.scalars(select(EventPaper)).one().content).mentions)
        assert article in words
        assert "40 €" in words


def test_a_private_person_is_not_threatened_with_the_law_of_professionals(opened):
    add(opened, is_professional=False)
    say_yes(opened)
    put(opened, issuing.draft_deposit, date(2026, 9, 9))
    with opened.read() as session:
        words = " ".join(thawed(session.scalars(select(EventPaper)).one().content).mentions)
        assert "40 €" not in words


def test_a_credit_note_takes_an_unpaid_invoice_back_and_the_deposit_waits_again(opened):
    add(opened)
    say_yes(opened)
    put(opened, issuing.draft_deposit, date(2026, 9, 9))
    put(opened, issuing.draft_invoice, date(2026, 10, 16))
    with opened.action("avoir", undoable=False) as session:
        paper = session.scalars(select(EventPaper).order_by(EventPaper.id)).all()[-1]
        assert course.credit(session, paper, "Deux absents", at(date(2026, 10, 17))).number == (
            "A2026-001"
        )
    row = only(opened, date(2026, 10, 18))
    assert (row.state, row.left) == (EventState.HELD, Money(245_00))
    with opened.read() as session:
        assert nets(session) == {"411000": 245_00, "419100": -245_00}
    with opened.action("moins") as session:
        event = session.scalars(select(PrivateEvent)).one()
        save_event(session, dinner(lines=dinner().lines[:1]), event)
    assert put(opened, issuing.draft_invoice, date(2026, 10, 18)) == "F2026-003"
    assert only(opened, date(2026, 10, 19)).left == Money(704_00)
    with opened.read() as session:
        assert nets(session) == {"411000": 704_00, "706100": -704_00}
        content = thawed(session.scalars(select(EventPaper)).all()[-1].content)
        assert [d.number for d in content.deducted] == ["F2026-001"]
    with opened.read() as session:
        paper = session.scalar(select(EventPaper).where(EventPaper.number == "F2026-002"))
    with pytest.raises(UserError, match="déjà son avoir"), opened.action("avoir") as session:
        course.credit(session, paper, "Encore", at(date(2026, 10, 20)))


def test_a_paid_invoice_that_is_taken_back_is_to_be_refunded(opened):
    add(opened)
    say_yes(opened)
    put(opened, issuing.draft_invoice, date(2026, 10, 16))
    with opened.action("banque") as session:
        pay(session, "F2026-001", date(2026, 10, 20))
    with opened.action("annulation", undoable=False) as session:
        event = session.scalars(select(PrivateEvent)).one()
        (note,) = course.call_off(session, event, "Four en panne", at(date(2026, 10, 21)))
        assert (note.kind, note.total) == (PaperKind.CREDIT_NOTE, -TOTAL)
    row = only(opened, date(2026, 10, 22))
    assert (row.state, row.left) == (EventState.CANCELLED, -TOTAL)
    assert "rembourser" in row.next_step


def test_a_deposit_is_kept_or_given_back_when_an_event_is_called_off(opened):
    add(opened)
    say_yes(opened)
    put(opened, issuing.draft_deposit, date(2026, 9, 9))
    with opened.action("annulation", undoable=False) as session:
        event = session.scalars(select(PrivateEvent)).one()
        course.call_off(session, event, "Client absent", at(date(2026, 10, 1)), keeps_deposit=True)
    with opened.read() as session:
        assert nets(session) == {"411000": 245_00, "706100": -245_00}
    row = only(opened, date(2026, 10, 2))
    assert (row.state, row.left) == (EventState.CANCELLED, Money(245_00))
    with pytest.raises(UserError, match="gardé"), opened.action("reprise") as session:
        course.take_up(session, session.scalars(select(PrivateEvent)).one())


def test_a_deposit_given_back_leaves_nothing_in_the_accounts(opened):
    add(opened)
    say_yes(opened)
    put(opened, issuing.draft_deposit, date(2026, 9, 9))
    with opened.action("annulation", undoable=False) as session:
        event = session.scalars(select(PrivateEvent)).one()
        course.call_off(session, event, "Grève", at(date(2026, 10, 1)))
    with opened.read() as session:
        assert nets(session) == {}
        assert open_items(session, "4") == []
    with opened.action("reprise") as session:
        course.take_up(session, session.scalars(select(PrivateEvent)).one())
    assert only(opened, date(2026, 10, 2)).state is EventState.ACCEPTED


LINES = st.lists(
    st.builds(
        LineFacts,
        st.just("Repas"),
        st.integers(1, 9_999).map(lambda n: Decimal(n).scaleb(-2)),
        st.integers(0, 50_000).map(Money),
    ),
    min_size=1,
    max_size=4,
)


@given(lines=LINES, shares=st.lists(st.integers(1, 40), max_size=3), again=st.booleans())
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_invoiced_the_accounts_are_owed_the_whole(book, lines, shares, again):
    total = Money(sum(line.amount.cents for line in lines))
    assume(total)
    with pytest.raises(_TakenBackError), book.action("au hasard") as session:
        _invoice_by_chance(session, lines, [total.cents * share // 150 for share in shares], again)


def _invoice_by_chance(session, lines, deposits, again):
    open_year(session, YEAR)
    decide(session, Policy(VatStatus.SOCIAL))
    event = save_event(session, dinner(lines=tuple(lines)))
    total = total_of(event)
    course.accept(session, event, ASKED)
    for cents in filter(None, deposits):
        draft = issuing.draft_deposit(session, event, HELD, Money(cents))
        issuing.issue(session, event, draft, at(HELD))
    _invoice(session, event)
    _owed_the_whole(session, total)
    if again:
        paper = issuing.last_paper(session, event, PaperKind.INVOICE)
        course.credit(session, paper, "Erreur", at(HELD))
        _invoice(session, event)
        _owed_the_whole(session, total)
    raise _TakenBackError


def _invoice(session, event):
    issuing.issue(session, event, issuing.draft_invoice(session, event, HELD), at(HELD))


def _owed_the_whole(session, total):
    assert sum(item.amount.cents for item in open_items(session, "411")) == total.cents
    assert not open_items(session, "419")
    assert not list(check(session))


class _TakenBackError(Exception):
    """Takes back what an example wrote."""
