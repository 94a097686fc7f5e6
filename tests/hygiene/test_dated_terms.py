"""A frequency or a limit of a cold unit applies from a day on; the past keeps its own."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene import units
from cantine_desktop.hygiene.families import Family
from cantine_desktop.hygiene.limits import UnitKind, Verdict
from cantine_desktop.hygiene.model import ColdUnit, FormerTerms, Frequency, Reading, Slot
from cantine_desktop.hygiene.queries import completeness, readings_of
from cantine_desktop.hygiene.recording import record_temperature
from cantine_desktop.values.period import Period

MONDAY = date(2026, 11, 9)
WEEK = Period.week(MONDAY)
NEXT = Period.week(date(2026, 11, 16))


@pytest.fixture
def fridge(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
        unit_id = units.add(session, "CF 1").id
    note(book, date(2026, 11, 10), "3.1")
    return unit_id


def note(book, day, celsius):
    with book.action("Relevé") as session:
        record_temperature(session, 1, day, Slot.MORNING, Decimal(celsius), book.clock())


def change(book, unit_id, day, **changes):
    with book.action("Modifier") as session:
        units.change(session, unit_id, day, **changes)


def due(book, period):
    with book.read() as session:
        return completeness(session, period).due


def test_readings_due_before_the_change_stay_due(book, fridge):
    assert due(book, WEEK) == 8
    change(book, fridge, date(2026, 11, 12), frequency=Frequency.ONCE)
    assert due(book, WEEK) == 2 + 2 + 1 + 1
    assert due(book, NEXT) == 4


def test_two_changes_keep_three_pasts_and_undo_gives_them_back(book, fridge):
    change(book, fridge, date(2026, 11, 11), frequency=Frequency.ONCE)
    change(book, fridge, date(2026, 11, 13), frequency=Frequency.TWICE)
    assert due(book, WEEK) == 2 + 1 + 1 + 2
    book.undo()
    assert due(book, WEEK) == 2 + 1 + 1 + 1


def test_a_change_dated_before_another_one_takes_its_place(book, fridge):
    change(book, fridge, date(2026, 11, 13), frequency=Frequency.ONCE)
    change(book, fridge, date(2026, 11, 11), frequency=Frequency.ONCE)
    with book.read() as session:
        (past,) = session.scalars(select(FormerTerms))
        assert (past.until, past.frequency) == (date(2026, 11, 11), Frequency.TWICE)
    assert due(book, WEEK) == 2 + 1 + 1 + 1


def test_several_fields_changed_on_one_day_make_one_past(book, fridge):
    change(book, fridge, date(2026, 11, 12), frequency=Frequency.ONCE)
    change(book, fridge, date(2026, 11, 12), maximum=Decimal(3))
    change(book, fridge, date(2026, 11, 12), tolerance=Decimal(0))
    with book.read() as session:
        (past,) = session.scalars(select(FormerTerms))
        assert (past.maximum, past.tolerance) == (Decimal(4), Decimal(2))
        unit = session.get_one(ColdUnit, fridge)
        assert unit.on(date(2026, 11, 11)).bounds.limit == 4
        assert unit.on(date(2026, 11, 12)).bounds.limit == 3


def test_a_late_reading_is_judged_by_the_limit_of_its_day(book, fridge):
    change(book, fridge, date(2026, 11, 12), holds=frozenset({Family.MINCED_MEAT}))
    note(book, date(2026, 11, 11), "3.5")
    note(book, date(2026, 11, 13), "3.5")
    with book.read() as session:
        found = {row.day: row for row in session.scalars(select(Reading))}
        assert found[date(2026, 11, 11)].verdict is Verdict.CONFORM
        assert found[date(2026, 11, 13)].limit == 2
        assert found[date(2026, 11, 13)].verdict is Verdict.TOLERATED
        (row,) = readings_of(session, Period(MONDAY, date(2026, 11, 12)))
        assert row.bounds.limit == 4, "the sheet of a past week prints its own limit"


def test_what_was_never_so_is_put_right_for_the_past_too(book, fridge):
    change(book, fridge, date(2026, 11, 12), frequency=Frequency.ONCE)
    change(book, fridge, None, frequency=Frequency.ONCE)
    assert due(book, WEEK) == 4


def test_a_unit_never_read_before_has_no_past_to_keep(book, fridge):
    change(book, fridge, date(2026, 11, 10), kind=UnitKind.FREEZER)
    with book.read() as session:
        assert not session.scalars(select(FormerTerms)).all()
    assert due(book, WEEK) == 4


def test_a_new_name_changes_nothing_of_the_past(book, fridge):
    change(book, fridge, date(2026, 11, 12), name="CF des légumes")
    with book.read() as session:
        assert not session.scalars(select(FormerTerms)).all()
