"""The meter of the lighter plan: what the instruction permits, and where the kitchen stands."""

from datetime import date, timedelta

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.plan import drafting, flexibility
from cantine_desktop.hygiene.plan.adapting import USUAL_TRAITS
from cantine_desktop.hygiene.plan.model import Regime
from tests.hygiene.test_plan_versions import NOW, SIGNED, TODAY

MONDAY = date(2026, 11, 16)


def in_regime(book, regime):
    with book.action("Régime") as session:
        drafting.adapt(session, regime, USUAL_TRAITS)
        drafting.put_in_force(session, TODAY, SIGNED, NOW)


def standing(book):
    with book.read() as session:
        return flexibility.tests(session, TODAY)


def note(book, day, meals, handlers):
    with book.action("Activité") as session:
        flexibility.note_activity(session, day, meals, handlers)


def test_nothing_noted_permits_nothing_yet(book):
    (only,) = standing(book)
    assert (only.counts, only.highest, only.is_met) == ("meals", None, None)


@pytest.mark.parametrize(("meals", "met"), [(0, True), (999, True), (1000, True), (1001, False)])
def test_a_collective_kitchen_is_judged_by_its_busiest_week(book, meals, met):
    note(book, MONDAY, 120, 30)
    note(book, MONDAY - timedelta(weeks=3), meals, None)
    (only,) = standing(book)
    assert only.highest == max(meals, 120)
    assert only.is_met is met
    assert only.weeks == 2


def test_weeks_older_than_twelve_count_no_more(book):
    note(book, MONDAY - timedelta(weeks=11), 1200, None)
    assert standing(book)[0].is_met is False
    note(book, MONDAY - timedelta(weeks=11), None, None)
    note(book, MONDAY - timedelta(weeks=12), 1200, None)
    assert standing(book)[0].is_met is None


@pytest.mark.parametrize(("handlers", "met"), [(5, True), (6, False)])
def test_a_commercial_kitchen_is_judged_by_its_people(book, handlers, met):
    in_regime(book, Regime.COMMERCIAL)
    note(book, TODAY, 5000, handlers)
    (only,) = standing(book)
    assert (only.counts, only.is_met) == ("handlers", met)


def test_both_regimes_show_both_tests(book):
    in_regime(book, Regime.BOTH)
    assert [test.counts for test in standing(book)] == ["meals", "handlers"]
    assert "à vérifier" in flexibility.warning_words(Regime.COLLECTIVE)
    assert "DDPP" in flexibility.warning_words(Regime.BOTH)


def test_a_week_is_one_whatever_its_day(book):
    note(book, MONDAY, 100, 4)
    note(book, MONDAY + timedelta(days=6), 110, 5)
    with book.read() as session:
        assert flexibility.weeks(session, TODAY)[0] == (MONDAY, 110, 5)


@pytest.mark.parametrize(("meals", "handlers"), [(-1, 1), (1, -1), (50_001, 1), (1, 501)])
def test_absurd_figures_are_refused(book, meals, handlers):
    with pytest.raises(UserError):
        note(book, MONDAY, meals, handlers)
