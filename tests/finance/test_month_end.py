"""A month is closed once each step is settled, in order, and reopened only with a reason."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash import closing as till
from cantine_desktop.finance.cash.model import ClosingKind
from cantine_desktop.finance.cash.recording import record
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import year_of
from cantine_desktop.finance.month_end import closing, sentence
from cantine_desktop.finance.month_end.model import Step
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

OCTOBER = Period.month(date(2026, 10, 1))
TODAY = date(2026, 11, 5)
NOW = datetime(2026, 11, 5, 9, tzinfo=UTC)


def rent(session, day):
    lines = (debit("613200", Money(70_000)), credit("471000", Money(70_000)))
    return post(session, DraftEntry("OD", day, "Loyer", "L1", lines))


def leave_all(session, month):
    for step in (Step.SERVICES, Step.CASH, Step.BANK, Step.PIECES, Step.HOURS, Step.SENTENCE):
        closing.note_step(session, month, step, "vu", NOW)


def test_a_step_that_is_neither_done_nor_noted_holds_the_month(any_book):
    with any_book.action("loyer") as session:
        rent(session, date(2026, 10, 3))
    with pytest.raises(UserError, match="réglé"), any_book.action("clôture") as session:
        closing.close_month(session, OCTOBER, NOW)


def test_closing_numbers_seals_and_locks_and_reopening_lets_in_again(any_book):
    with any_book.action("loyer") as session:
        rent(session, date(2026, 10, 3))
        leave_all(session, OCTOBER.first)
        closing.close_month(session, OCTOBER, NOW)
        assert session.scalars(select(Entry)).one().number == 1
    with pytest.raises(UserError, match="arrêtés"), any_book.action("retard") as session:
        rent(session, date(2026, 10, 30))
    with pytest.raises(UserError, match="pourquoi"), any_book.action("rouvrir") as session:
        closing.reopen_month(session, OCTOBER, "  ", NOW)
    with any_book.action("rouvrir") as session:
        closing.reopen_month(session, OCTOBER, "facture oubliée", NOW)
        rent(session, date(2026, 10, 30))
        assert closing.month_to_close(session, TODAY) == OCTOBER


def test_months_are_closed_in_order(book):
    with book.action("loyers") as session:
        rent(session, date(2026, 9, 3))
        rent(session, date(2026, 10, 3))
        leave_all(session, OCTOBER.first)
    with pytest.raises(UserError, match="septembre"), book.action("clôture") as session:
        closing.close_month(session, OCTOBER, NOW)


def test_a_month_that_is_not_over_stays_open(book):
    november = Period.month(TODAY)
    with book.action("loyer") as session:
        rent(session, date(2026, 11, 3))
        leave_all(session, november.first)
    with pytest.raises(UserError, match="terminé"), book.action("clôture") as session:
        closing.close_month(session, november, NOW)


def test_the_sentence_says_meals_mean_cover_and_what_is_missing(book):
    with book.action("mois") as session:
        rent(session, date(2026, 10, 3))
        parts = {(Means.CASH, Purpose.MEALS): Money(40_000)}
        post_takings(session, TakingsFacts(date(2026, 10, 6), "Déjeuner", parts, meals=40), NOW)
        said = sentence.proposed(session, OCTOBER).replace("\u202f", " ").replace("\xa0", " ")
    assert said.startswith("Octobre 2026 : 40 repas, moyenne 10,00 €")
    assert "charges couvertes à 57 %" in said
    assert "il manque 300,00 €" in said


def lunch(session, day):
    paid = {(Means.CASH, Purpose.MEALS): Money(15_000)}
    return post_takings(session, TakingsFacts(day, "Déjeuner", paid, 30), NOW)


def test_closing_a_month_closes_its_till_once(book):
    with book.action("repas") as session:
        record(session, lunch(session, date(2026, 10, 6)), NOW)
        leave_all(session, OCTOBER.first)
        closing.close_month(session, OCTOBER, NOW)
        made = till.closing_of(session, ClosingKind.MONTH, OCTOBER.first)
        assert made.total == Money(15_000)
        key = made.id
    with book.action("rouvrir") as session:
        closing.reopen_month(session, OCTOBER, "facture oubliée", NOW)
        leave_all(session, OCTOBER.first)
        closing.close_month(session, OCTOBER, NOW)
        assert till.closing_of(session, ClosingKind.MONTH, OCTOBER.first).id == key


def test_days_opened_again_begin_another_turn_of_each_closed_month(book):
    with book.action("loyers") as session:
        for month in (date(2026, 9, 1), date(2026, 10, 1)):
            rent(session, month)
            leave_all(session, month)
            closing.close_month(session, Period.month(month), NOW)
        year = year_of(session, OCTOBER.first)
        closing.reopen_from(session, year, date(2026, 10, 15), "facture oubliée", NOW)
        assert closing.month_end_of(session, date(2026, 9, 1)).closed_at is not None
        again = closing.month_end_of(session, OCTOBER.first)
        assert (again.turn, again.closed_at, again.reason) == (2, None, "facture oubliée")
        leave_all(session, OCTOBER.first)
        assert closing.close_month(session, OCTOBER, NOW).turn == 2


def test_closing_the_last_month_of_a_year_closes_the_year_of_the_till(book):
    december = Period.month(date(2025, 12, 1))
    with book.action("repas") as session:
        for day in (date(2025, 11, 4), date(2025, 12, 2)):
            record(session, lunch(session, day), NOW)
        for month in (date(2025, 11, 1), december.first):
            leave_all(session, month)
            closing.close_month(session, Period.month(month), NOW)
        year = till.closing_of(session, ClosingKind.YEAR, december.first)
        assert (year.total, year.count) == (Money(30_000), 2)
        closing.reopen_month(session, december, "facture oubliée", NOW)
        leave_all(session, december.first)
        closing.close_month(session, december, NOW)
        assert till.closing_of(session, ClosingKind.YEAR, december.first).id == year.id
