"""What waits too long, what is left in the end, and what is refused."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.finance.statements.policy import Policy, decide
from cantine_desktop.meals.events import issuing
from cantine_desktop.meals.events.board import board, unanswered
from cantine_desktop.meals.events.keeping import (
    CostFacts,
    LineFacts,
    facts_of,
    save_event,
)
from cantine_desktop.meals.events.model import (
    CostKind,
    EventPaper,
    PrivateEvent,
)
from cantine_desktop.meals.events.reminding import remind
from cantine_desktop.values.money import Money
from tests.meals.event_course import (
    ASKED,
    TOTAL,
    YEAR,
    add,
    at,
    dinner,
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


def test_a_quote_is_asked_about_after_more_than_ten_days(opened):
    add(opened)
    put(opened, issuing.draft_quote, date(2026, 9, 2))
    with opened.read() as session:
        assert unanswered(board(session, date(2026, 9, 12))) == []
        (row,) = unanswered(board(session, date(2026, 9, 13)))
        assert "11 jours" in row.next_step
    with opened.action("relance") as session:
        paper = session.scalars(select(EventPaper)).one()
        reminder = remind(session, paper, at(date(2026, 9, 13)))
        assert "D2026-001" in reminder.words
        with pytest.raises(UserError, match="aujourd’hui"):
            remind(session, paper, at(date(2026, 9, 13)))
    assert only(opened, date(2026, 9, 14)).remind is None
    assert only(opened, date(2026, 9, 24)).remind.level == 2


def test_a_late_invoice_is_reminded_three_times_each_firmer(opened):
    add(opened)
    say_yes(opened)
    put(opened, issuing.draft_invoice, date(2026, 10, 16))  # to be paid for 15/11
    assert only(opened, date(2026, 11, 21)).remind is None
    words = []
    for day in (date(2026, 11, 22), date(2026, 12, 7), date(2026, 12, 22)):
        row = only(opened, day)
        assert row.remind.level == len(words) + 1
        with opened.action("relance") as session:
            paper = session.scalars(select(EventPaper)).one()
            words.append(remind(session, paper, at(day)).words)
    assert "oubli" in words[0]
    assert "817,75" in words[1]
    assert "mettons en demeure" in words[2]
    assert only(opened, date(2027, 3, 1)).remind is None
    with opened.action("banque") as session:
        pay(session, "F2026-001", date(2026, 12, 30))
    with pytest.raises(UserError, match="réglée"), opened.action("relance") as session:
        remind(session, session.scalars(select(EventPaper)).one(), at(date(2026, 12, 31)))


def test_the_margin_is_planned_then_met(opened):
    add(opened)
    margin = only(opened, ASKED).margin
    assert margin.costs == Money(22 * 4_20 + 6 * 21_50)
    assert (margin.left, margin.share, margin.is_met) == (
        TOTAL - Money(221_40),
        73,
        False,
    )
    with opened.action("coûts") as session:
        event = session.scalars(select(PrivateEvent)).one()
        costs = tuple(cost._replace(met=Money(100_00)) for cost in facts_of(event).costs)
        extra = CostFacts("Fleurs", Decimal(1), Money(0), CostKind.OTHER, Money(12_50))
        save_event(session, dinner(costs=(*costs, extra)), event)
    margin = only(opened, ASKED).margin
    assert (margin.costs, margin.planned, margin.is_met) == (
        Money(212_50),
        Money(221_40),
        True,
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": " "}, "objet"),
        ({"people": 0}, "combien"),
        ({"deposit_rate": 130}, "acompte"),
        ({"siren": "123"}, "SIREN"),
        ({"lines": (LineFacts("Repas", Decimal(0), Money(1)),)}, "quantité"),
        ({"lines": (LineFacts("Repas", Decimal(9**9), Money(1_000)),)}, "trop grand"),
        ({"lines": (LineFacts("Remise", Decimal(1), Money(-5)),)}, "négatif"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(opened, change, words):
    with pytest.raises(UserError, match=words), opened.action("demande") as session:
        save_event(session, dinner(**change))


def test_an_invoiced_event_keeps_its_lines_until_a_credit_note(opened):
    add(opened)
    say_yes(opened)
    put(opened, issuing.draft_invoice, date(2026, 10, 16))
    with opened.action("note") as session:
        event = session.scalars(select(PrivateEvent)).one()
        save_event(session, dataclasses.replace(dinner(), note="Merci"), event)
        with pytest.raises(UserError, match="avoir"):
            save_event(session, dinner(lines=dinner().lines[:1]), event)
