"""One door for the breaches of every register."""

import sqlite3
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import breaches, recording
from cantine_desktop.hygiene.breach_rows import BreachState, breaches_of, open_breaches
from cantine_desktop.hygiene.breach_tables import Breach
from cantine_desktop.hygiene.breach_words import bound_text, measured_text, where
from cantine_desktop.hygiene.breaches import Recheck
from cantine_desktop.hygiene.faults import Fault, Severity, Source
from cantine_desktop.hygiene.model import ColdUnit, Slot
from cantine_desktop.office.checks import checks
from cantine_desktop.values.period import Period

FRIDAY = date(2026, 11, 20)
WEEK = Period.week(FRIDAY)
HOT = Source("service", 7)


def fault(measured="58", limit="63", **more):
    return Fault(FRIDAY, "Gratin", measured=Decimal(measured), limit=Decimal(limit), **more)


@pytest.fixture
def follow(book):
    def write(source, found, former=None):
        with book.action("Fiche") as session:
            breaches.follow(session, source, found, book.clock(), former=former)

    return write


def found(book):
    with book.read() as session:
        return session.scalars(select(Breach).order_by(Breach.id)).all()


def rows(book):
    with book.read() as session:
        return open_breaches(session, book.clock())


def test_a_dish_too_cool_is_below_its_bound_and_hotter_settles_it(book, follow):
    follow(HOT, fault())
    (row,) = rows(book)
    assert (row.excess, row.state) == (Decimal(5), BreachState.TO_ACT)
    assert measured_text(row) == "58,0\u00a0°C"
    assert bound_text(row) == "≥\u00a063\u00a0°C"
    assert where(row) == "Gratin, 20/11"
    for celsius, still_open in (("62.9", True), ("63", False)):
        with book.action("Agir") as session:
            again = Recheck(book.clock(), Decimal(celsius))
            breaches.act(session, row.breach_id, "", "Remonté", book.clock(), recheck=again)
        assert bool(rows(book)) is still_open


def test_a_record_that_says_nothing_wrong_opens_nothing(book, follow):
    follow(HOT, None)
    assert not found(book)


def test_the_breach_moves_to_the_next_revision_and_is_withdrawn_or_comes_back(book, follow):
    follow(HOT, fault())
    follow(Source("service", 9), None, HOT)
    (breach,) = found(book)
    assert (breach.record_id, breach.withdrawn_at) == (9, book.clock())
    follow(Source("service", 9), fault("50"))
    (breach,) = found(book)
    assert breach.is_open
    assert breach.excess == Decimal(13)


def test_two_registers_never_share_the_breach_of_a_key(book, follow):
    follow(HOT, fault())
    follow(Source("cooling", 7), fault("150", "120", unit="min"))
    assert [breach.register for breach in found(book)] == ["service", "cooling"]
    with book.read() as session:
        (row,) = breaches_of(session, WEEK, book.clock(), "cooling")
    assert measured_text(row) == "150\u202fmin"


def test_a_breach_nobody_touched_goes_with_its_record_one_acted_on_stays(book, follow):
    follow(HOT, fault())
    with book.action("Effacer") as session:
        breaches.forget(session, HOT)
    assert not found(book)
    follow(HOT, fault())
    with book.action("Agir") as session:
        breaches.act(session, found(book)[0].id, "", "Jeté", book.clock())
    with pytest.raises(UserError), book.action("Effacer") as session:
        breaches.forget(session, HOT)


def test_numbers_have_no_gap_and_are_given_when_someone_acts(book, follow):
    for key in (1, 2, 3):
        follow(Source("service", key), fault())
    follow(Source("service", 1), None)
    for key in (3, 2):
        with book.action("Agir") as session:
            breach = breaches.breach_of(session, Source("service", key))
            breaches.act(session, breach.id, "", "Jeté", book.clock())
    with book.action("Constat") as session:
        breaches.note_by_hand(session, Fault(FRIDAY, "Vitre cassée"), book.clock())
    assert [breach.number for breach in found(book)] == [
        None,
        "NC-2026-002",
        "NC-2026-001",
        "NC-2026-003",
    ]


def test_what_someone_saw_is_noted_by_hand_with_its_product(book):
    with book.action("Constat") as session:
        breaches.note_by_hand(
            session,
            Fault(FRIDAY, "Emballage rongé", severity=Severity.CRITICAL),
            book.clock(),
            place="Réserve",
            product="Farine",
            lot="L 12",
            quantity="2 sacs",
            noted_by="AM",
        )
    (row,) = rows(book)
    assert (row.register, row.record_id, row.place, row.lot) == ("", None, "Réserve", "L 12")


@pytest.mark.parametrize(
    "wrong", [Fault(FRIDAY, "  "), Fault(FRIDAY + timedelta(days=3), "Vitre cassée")]
)
def test_a_note_without_words_or_of_a_day_to_come_is_refused(book, wrong):
    with pytest.raises(UserError), book.action("Constat") as session:
        breaches.note_by_hand(session, wrong, book.clock())
    assert not found(book)


def test_without_a_recheck_an_action_leaves_the_breach_to_be_verified(book, follow):
    follow(HOT, fault())
    with book.action("Agir") as session:
        breaches.act(session, found(book)[0].id, "Panne", "Jeté", book.clock())
    assert rows(book)[0].state is BreachState.TO_VERIFY


def test_a_critical_breach_is_not_closed_by_a_figure_alone(book, follow):
    follow(HOT, fault(severity=Severity.CRITICAL))
    with book.action("Agir") as session:
        again = Recheck(book.clock(), Decimal(70))
        breaches.act(session, found(book)[0].id, "", "Remonté", book.clock(), recheck=again)
    assert rows(book)[0].state is BreachState.TO_VERIFY


def test_many_records_are_followed_at_once(book):
    faults = {key: fault() if key % 3 == 0 else None for key in range(1, 1501)}
    with book.action("Fichier") as session:
        breaches.follow_many(session, "service", faults, book.clock())
    with book.action("Fichier") as session:
        breaches.follow_many(session, "service", dict.fromkeys(range(1, 10), None), book.clock())
    assert len(found(book)) == 500
    assert len(rows(book)) == 497


def test_the_check_finds_a_breach_whose_reading_another_program_took_away(book):
    (run,) = [check.run for check in checks() if check.key == "breaches"]
    with book.action("Installer") as session:
        unit = ColdUnit(name="CF 2", maximum=Decimal(4), tolerance=Decimal(2))
        session.add(unit)
        session.flush()
        recording.record_temperature(
            session, unit.id, FRIDAY, Slot.MORNING, Decimal(9), book.clock()
        )
    with book.read() as session:
        assert list(run(session)) == []
        path = session.get_bind().url.database
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM reading")
    connection.commit()
    connection.close()
    with book.read() as session:
        assert [(found.table, found.key) for found in run(session)] == [("breach", 1)]
