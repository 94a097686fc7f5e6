"""What happens after a temperature out of bounds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.hygiene import breaches, recording
from cantine_desktop.hygiene.breach_rows import open_breaches
from cantine_desktop.hygiene.breaches import Recheck
from cantine_desktop.hygiene.model import Breach, ColdUnit, Gap, Reading, Slot
from cantine_desktop.hygiene.queries import completeness, readings_of
from cantine_desktop.hygiene.recording import Entry, Spot
from cantine_desktop.values.period import Period

SUNDAY = date(2026, 11, 22)
FRIDAY = date(2026, 11, 20)


@pytest.fixture
def unit(book):
    with book.action("Installer") as session:
        unit = ColdUnit(name="CF 2", maximum=Decimal(4), tolerance=Decimal(2))
        session.add(unit)
        session.flush()
        return unit.id


@pytest.fixture
def note(book, unit):
    def write(celsius, day=FRIDAY, slot=Slot.MORNING):
        with book.action("Relevé") as session:
            return recording.record_temperature(
                session, unit, day, slot, Decimal(celsius), book.clock()
            )

    return write


def the_breach(book):
    with book.read() as session:
        return session.scalars(select(Breach)).one()


def test_typing_a_breach_again_and_again_keeps_one_breach(book, note):
    for celsius in ("6.2", "7.5", "8.0"):
        note(celsius)
    assert the_breach(book).excess == Decimal("4.0")


def test_a_reading_corrected_to_conform_withdraws_its_breach(book, note):
    note("6.2")
    note("3.2")
    breach = the_breach(book)
    assert not breach.is_open
    assert breach.withdrawn_at is not None
    note("6.9")
    assert the_breach(book).is_open
    assert the_breach(book).excess == Decimal("2.9")


def test_undo_of_the_correction_opens_the_breach_again(book, note):
    note("6.2")
    note("3.2")
    book.undo()
    assert the_breach(book).is_open


def act(book, **more):
    with book.action("Agir") as session:
        row = open_breaches(session, book.clock())[0]
        breaches.act(
            session, row.breach_id, "Porte mal fermée", "Porte fermée", book.clock(), **more
        )


def test_a_good_recheck_settles_a_breach(book, note):
    note("6.2")
    act(book, recheck=Recheck(book.clock(), Decimal("4.0")))
    assert the_breach(book).closed_at == book.clock()


def test_a_tolerated_recheck_leaves_the_breach_open(book, note):
    note("6.2")
    act(book, recheck=Recheck(book.clock(), Decimal("4.1")))
    assert the_breach(book).is_open


def test_a_recheck_still_due_leaves_the_breach_open_until_it_is_done(book, note):
    note("6.2")
    act(book, recheck_due=book.clock() + timedelta(hours=1))
    with book.read() as session:
        row = open_breaches(session, book.clock())[0]
    assert row.recheck_due == book.clock() + timedelta(hours=1)
    with book.action("Contrôle") as session:
        breaches.recheck(session, row.breach_id, Recheck(book.clock(), Decimal(3)), book.clock())
    assert not the_breach(book).is_open


def test_a_recheck_in_the_future_is_refused(book, note):
    note("6.2")
    with pytest.raises(UserError):
        act(book, recheck=Recheck(book.clock() + timedelta(minutes=1), Decimal(3)))
    assert the_breach(book).is_open


def test_a_reading_someone_acted_on_is_not_erased(book, unit, note):
    note("6.2")
    act(book)
    with pytest.raises(UserError), book.action("Effacer") as session:
        recording.erase(session, [Spot(unit, FRIDAY, Slot.MORNING)])
    with book.read() as session:
        assert session.scalars(select(Reading)).one().celsius == Decimal("6.2")


def test_a_signed_reading_is_corrected_by_another_row_and_both_stay(book, unit, note):
    note("6.2")
    with book.action("Signer") as session:
        recording.sign_week(session, date(2026, 11, 16), "AM", book.clock())
    with pytest.raises(SealedError):
        note("3.2")
    entry = Entry(Spot(unit, FRIDAY, Slot.MORNING), Decimal("3.2"))
    with book.action("Corriger") as session:
        recording.correct(session, entry, "mal recopié", "AM", book.clock())
    with book.read() as session:
        cell = readings_of(session, Period.week(FRIDAY))[0].cells[FRIDAY, Slot.MORNING]
        assert cell.value.celsius == Decimal("3.2")
        assert [value.celsius for value in cell.former] == [Decimal("6.2")]
    assert the_breach(book).withdrawn_at is not None


def test_a_correction_says_why(book, unit, note):
    note("6.2")
    entry = Entry(Spot(unit, FRIDAY, Slot.MORNING), Decimal("3.2"))
    with pytest.raises(UserError), book.action("Corriger") as session:
        recording.correct(session, entry, " ", "AM", book.clock())


@pytest.mark.parametrize("celsius", ["61", "-60.1", "3.25"])
def test_what_no_cold_unit_reads_is_refused(note, celsius):
    with pytest.raises(UserError):
        note(celsius)


def test_a_day_to_come_cannot_be_read(note):
    note("3", SUNDAY)
    with pytest.raises(UserError):
        note("3", SUNDAY + timedelta(days=1))


def test_a_missing_reading_is_due_and_not_done(book, unit, note):
    day = Period.through(FRIDAY, FRIDAY)
    with book.read() as session:
        assert completeness(session, day) == (2, 0, 0, 2, 0)
    note("3")
    with book.action("Oubli") as session:
        spot = Spot(unit, FRIDAY, Slot.EVENING)
        recording.record_many(session, [Entry(spot, gap=Gap.FORGOTTEN)], book.clock())
    with book.read() as session:
        assert completeness(session, day) == (2, 1, 1, 0, 0)


def test_a_closed_day_is_not_due_and_opens_again(book, unit):
    day = Period.through(FRIDAY, FRIDAY)
    with book.action("Fermé") as session:
        recording.close_day(session, FRIDAY, [unit], book.clock())
    with book.read() as session:
        assert completeness(session, day) == (0, 0, 0, 0, 2)
    with book.action("Rouvrir") as session:
        recording.reopen_day(session, FRIDAY)
    with book.read() as session:
        assert completeness(session, day).missing == 2
