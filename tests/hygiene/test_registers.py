"""Rows of any register: written bit by bit, signed, corrected, counted, looked at twice."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.hygiene import breaches
from cantine_desktop.hygiene.breach_rows import breaches_of
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.registers import honesty, recording, scans, signing, states
from cantine_desktop.hygiene.registers.queries import lines_of, records_of
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.storage.verify import verify
from cantine_desktop.values.period import Period
from tests.hygiene import chilling
from tests.hygiene.chilling import CHILLING, Chilling

SUNDAY = date(2026, 11, 22)
FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 16)
WEEK = Period.week(MONDAY)


def at(hour, minute=0, day=FRIDAY):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


@pytest.fixture
def kitchen(book):
    chilling.enter(book.engine)
    yield book
    chilling.leave()


@pytest.fixture
def write(kitchen):
    """Return a function that writes a row, or changes it, and returns its key."""

    def run(record_id=None, now=None, **values):
        with kitchen.action("Fiche") as session:
            now = now or kitchen.clock()
            if record_id is None:
                return recording.add(session, CHILLING, values, now).id
            return recording.change(session, CHILLING, record_id, values, now).id

    return run


@pytest.fixture
def soup(write):
    return write(
        day=FRIDAY, dish="Soupe", start=at(14), end=at(15, 30), end_celsius=Decimal("8.5")
    )  # fmt: skip


@pytest.fixture
def signed(kitchen, soup):
    with kitchen.action("Signer") as session:
        signing.sign_sheet(session, CHILLING, MONDAY, "AM", "", kitchen.clock())
    return soup


def assert_sound(book):
    with book.read() as session:
        assert verify(session) == []


def row(book, key):
    with book.read() as session:
        return session.get_one(Chilling, key)


def correct(book, key, reason="Mal lu", initials="JB", **values):
    with book.action("Corriger") as session:
        return recording.correct(session, CHILLING, key, values, reason, initials, book.clock()).id


def test_a_row_typed_bit_by_bit_is_not_done_until_it_is_complete(kitchen, write):
    key = write(day=FRIDAY)
    assert row(kitchen, key).verdict is Verdict.NOT_DONE
    write(key, dish="Soupe", start=at(14))
    assert row(kitchen, key).verdict is Verdict.NOT_DONE
    write(key, end=at(15, 30), end_celsius=Decimal(9))
    assert row(kitchen, key).verdict is Verdict.CONFORM
    write(key, end=at(16, 30))
    assert row(kitchen, key).verdict is Verdict.BREACH


def test_undo_brings_back_the_row_and_its_verdict(kitchen, write, soup):
    write(soup, end_celsius=Decimal(18))
    assert row(kitchen, soup).verdict is Verdict.BREACH
    kitchen.undo()
    assert row(kitchen, soup).verdict is Verdict.CONFORM
    kitchen.undo()
    with kitchen.read() as session:
        assert records_of(session, CHILLING, WEEK) == []


def test_a_row_of_another_day_comes_from_paper_and_is_late(kitchen, write, soup):
    assert row(kitchen, soup).origin is Origin.PAPER
    assert honesty.is_late(CHILLING, row(kitchen, soup))
    live = write(day=SUNDAY, dish="Soupe")
    assert row(kitchen, live).origin is Origin.TYPED
    assert not honesty.is_late(CHILLING, row(kitchen, live))


def test_a_row_begun_in_time_and_completed_days_later_is_late(kitchen, write):
    key = write(day=FRIDAY, now=at(14))
    assert not honesty.is_late(CHILLING, row(kitchen, key))
    write(key, dish="Soupe", start=at(14), end=at(15), end_celsius=Decimal(5))
    found = row(kitchen, key)
    assert found.origin is Origin.PAPER
    assert honesty.is_late(CHILLING, found)


def test_a_row_ending_after_midnight_is_not_late_that_night(kitchen, write):
    night = at(1, 10, FRIDAY + timedelta(days=1))
    key = write(
        now=night, day=FRIDAY, dish="Daube", start=at(23, 30), end=at(1, 5, date(2026, 11, 21)),
        end_celsius=Decimal(7),
    )  # fmt: skip
    assert row(kitchen, key).verdict is Verdict.CONFORM
    assert not honesty.is_late(CHILLING, row(kitchen, key))


def test_hours_follow_the_day_of_their_row_and_the_hour_before(kitchen, write):
    next_day = FRIDAY + timedelta(days=1)
    key = write(day=FRIDAY, start=at(23, 30), end=at(1, 5, next_day))
    write(key, day=date(2026, 11, 18))
    moved = row(kitchen, key)
    assert (moved.start, moved.end) == (
        at(23, 30, date(2026, 11, 18)),
        at(1, 5, date(2026, 11, 19)),
    )
    write(key, start=at(0, 15, date(2026, 11, 18)))
    assert row(kitchen, key).end == at(1, 5, date(2026, 11, 18))


def test_a_span_of_days_that_was_written_is_never_shortened(kitchen, write):
    key = write(day=MONDAY, dish="Oubli", start=at(14, 0, MONDAY), end=at(15, 0, FRIDAY),
                end_celsius=Decimal(4))  # fmt: skip
    assert row(kitchen, key).verdict is Verdict.BREACH
    write(key, start=at(14, 30, MONDAY))
    assert row(kitchen, key).end == at(15, 0, FRIDAY)
    assert row(kitchen, key).verdict is Verdict.BREACH


@pytest.mark.parametrize(
    "values",
    [
        {"day": date(2026, 11, 23)},
        {"day": date(1026, 11, 20)},
        {"day": SUNDAY, "start": at(23, 0, SUNDAY)},
        {"dish": "sans jour"},
    ],
)
def test_what_cannot_have_happened_is_refused(write, values):
    with pytest.raises(UserError):
        write(**values)


def test_what_the_engine_decides_is_not_typed(write):
    for key in ("verdict", "sealed_at", "recorded_at", "corrects_id", "nothing"):
        with pytest.raises(ValueError, match=key):
            write(day=FRIDAY, **{key: None})


def test_a_signed_week_takes_nothing_and_says_how_to_correct(kitchen, write, signed):
    tries = (
        lambda: write(day=FRIDAY, dish="Oubli"),
        lambda: write(signed, dish="Autre"),
    )
    for attempt in tries:
        with pytest.raises(SealedError, match="semaine 47 est signée : utilisez « Corriger »"):
            attempt()
    with pytest.raises(SealedError), kitchen.action("Supprimer") as session:
        recording.remove(session, CHILLING, signed)
    other = write(day=date(2026, 11, 13))
    with pytest.raises(SealedError):
        write(other, day=FRIDAY)
    assert_sound(kitchen)


def test_a_correction_keeps_both_rows_and_tells_why(kitchen, signed):
    key = correct(kitchen, signed, end_celsius=Decimal(12))
    with kitchen.read() as session:
        (line,) = lines_of(session, CHILLING, WEEK)
        assert [record.id for record in records_of(session, CHILLING, WEEK)] == [key]
        both = records_of(session, CHILLING, WEEK, every_revision=True)
        assert [record.id for record in both] == [signed, key]
    assert (line.record_id, line.verdict, line.reason) == (key, Verdict.BREACH, "Mal lu")
    assert line.texts[7] == "12,0"
    assert line.former[0][7] == "8,5"
    assert line.texts[-1] == "JB"
    again = correct(kitchen, key, end_celsius=Decimal(9))
    with pytest.raises(SealedError, match="déjà été corrigée"):
        correct(kitchen, key, end_celsius=Decimal(3))
    with kitchen.read() as session:
        (line,) = lines_of(session, CHILLING, WEEK)
    assert line.record_id == again
    assert [texts[7] for texts in line.former] == ["8,5", "12,0"]
    assert_sound(kitchen)


def test_a_correction_needs_a_reason_initials_a_change_and_its_own_week(kitchen, signed, write):
    for values in (
        {"reason": " ", "end_celsius": Decimal(3)},
        {"initials": "", "end_celsius": Decimal(3)},
        {"end_celsius": Decimal("8.5")},
        {"day": date(2026, 11, 13)},
    ):
        with pytest.raises(UserError):
            correct(kitchen, signed, **values)
    unsigned = write(day=SUNDAY - timedelta(days=14), dish="Soupe")
    with pytest.raises(UserError, match="retapez"):
        correct(kitchen, unsigned, dish="Autre")


def test_a_voided_row_leaves_the_count_and_stays_on_paper(kitchen, signed):
    with kitchen.action("Annuler") as session:
        recording.void(session, CHILLING, signed, "Jamais cuit", "AM", kitchen.clock())
    with kitchen.read() as session:
        assert records_of(session, CHILLING, WEEK) == []
        assert states.state_of(session, CHILLING, MONDAY).rows == 0
        (line,) = lines_of(session, CHILLING, WEEK)
    assert line.is_void
    assert line.former[0][1] == "Soupe"


@pytest.mark.usefixtures("signed")
def test_a_row_forgotten_at_the_signature_is_added_with_its_reason(kitchen):
    with kitchen.action("Ajouter") as session:
        values = {"day": FRIDAY, "dish": "Riz"}
        recording.supplement(session, CHILLING, values, "Feuille retrouvée", "AM", kitchen.clock())
    with kitchen.read() as session:
        line = lines_of(session, CHILLING, WEEK)[1]
    assert (line.texts[1], line.reason, line.is_sealed) == ("Riz", "Feuille retrouvée", True)


def test_an_empty_week_is_signed_only_with_a_reason(kitchen):
    def sign(note, monday=MONDAY):
        with kitchen.action("Signer") as session:
            signing.sign_sheet(session, CHILLING, monday, "AM", note, kitchen.clock())

    with pytest.raises(UserError, match="rien cette semaine"):
        sign("")
    sign("Rien cette semaine")
    with pytest.raises(UserError, match="déjà signée"):
        sign("encore")
    with pytest.raises(UserError, match="pas encore venue"):
        sign("déjà", SUNDAY + timedelta(days=1))
    with kitchen.read() as session:
        state = states.state_of(session, CHILLING, FRIDAY)
        counted = states.counts(session, CHILLING, WEEK)
    assert (state.rows, state.signed_by, state.note, state.missing) == (
        0, "AM", "Rien cette semaine", 0,
    )  # fmt: skip
    assert (counted.due, counted.done, counted.explained, counted.missing) == (7, 0, 7, 0)


@pytest.mark.usefixtures("signed")
def test_signing_one_sheet_leaves_the_others_open(kitchen):
    with kitchen.read() as session:
        assert signing.is_signed(session, "chilling", FRIDAY)
        assert not signing.is_signed(session, "readings", FRIDAY)
        assert not signing.is_signed(session, "chilling", FRIDAY - timedelta(days=7))


@pytest.mark.usefixtures("soup")
def test_an_incomplete_row_counts_as_missing(kitchen, write):
    write(day=FRIDAY, dish="Riz")
    with kitchen.read() as session:
        state = states.state_of(session, CHILLING, MONDAY)
        counted = states.counts(session, CHILLING, WEEK)
    assert (state.rows, state.incomplete, state.breaches, state.missing) == (2, 1, 0, 6)
    assert (counted.due, counted.done, counted.missing) == (7, 1, 6)


def test_live_rows_written_in_one_go_for_hours_apart_are_seen(kitchen, write):
    now = at(18, 0)
    for hour in range(9, 15):
        now += timedelta(seconds=20)
        write(now=now, day=FRIDAY, dish=f"Plat {hour}", start=at(hour))
    with kitchen.read() as session:
        (batch,) = honesty.batches(CHILLING, records_of(session, CHILLING, WEEK))
        said = honesty.remarks(CHILLING, records_of(session, CHILLING, WEEK))
    assert (batch.rows, batch.minutes) == (6, 2)
    assert any("6 lignes dites « sur le moment »" in sentence for sentence in said)


def test_rows_copied_from_paper_are_no_batch_and_say_late(kitchen, write):
    for day in WEEK.days[:6]:
        write(day=day, dish="Soupe", start=at(14, 0, day))
    with kitchen.read() as session:
        records = records_of(session, CHILLING, WEEK)
        assert honesty.batches(CHILLING, records) == []
        assert any("6 lignes notées après" in said for said in honesty.remarks(CHILLING, records))


def test_one_temperature_again_and_again_is_seen(kitchen, write):
    for place in range(9):
        write(day=FRIDAY, dish=f"Plat {place}", end_celsius=Decimal("3.0"))
    with kitchen.read() as session:
        (series,) = honesty.identical_series(CHILLING, records_of(session, CHILLING, WEEK))
    assert series == ("T° fin", "3,0", 9)


PDF = b"%PDF-1.4 hello"


@pytest.mark.usefixtures("signed")
def test_a_scan_is_joined_to_its_sheet_and_read_back(kitchen):
    with kitchen.action("Joindre") as session:
        scans.attach_scan(session, "chilling", FRIDAY, PDF, "page.jpg", kitchen.clock())
    with kitchen.read() as session:
        (scan,) = scans.scans_of(session, "chilling", MONDAY)
        assert (scan.name, scan.media_type) == ("page.jpg", "application/pdf")
        assert scans.read_scan(session, scan.scan_id) == PDF
        assert states.state_of(session, CHILLING, MONDAY).scans == 1
    with pytest.raises(UserError, match="déjà joint"), kitchen.action("Joindre") as session:
        scans.attach_scan(session, "chilling", SUNDAY, PDF, "encore.pdf", kitchen.clock())
    with kitchen.action("Retirer") as session:
        scans.detach_scan(session, scan.scan_id)
    with kitchen.read() as session:
        assert scans.scans_of(session, "chilling", MONDAY) == []
    kitchen.undo()
    with kitchen.read() as session:
        (again,) = scans.scans_of(session, "chilling", MONDAY)
        assert scans.read_scan(session, again.scan_id) == PDF


@pytest.mark.parametrize("content", [b"", b"MZ program", b"<svg onload=x>", b"PK\x03\x04"])
def test_only_a_pdf_or_a_picture_is_joined(kitchen, content):
    with pytest.raises(UserError), kitchen.action("Joindre") as session:
        scans.attach_scan(session, "chilling", FRIDAY, content, "page.pdf", kitchen.clock())


def breach_of(book):
    with book.read() as session:
        rows = breaches_of(session, WEEK, book.clock(), "chilling")
        return [(row.record_id, row.subject, row.measured, bool(row.settled_at)) for row in rows]


def test_a_breach_comes_goes_and_returns_with_its_row(kitchen, write, soup):
    assert breach_of(kitchen) == []
    write(soup, end_celsius=Decimal(18))
    assert breach_of(kitchen) == [(soup, "Soupe", Decimal(18), False)]
    write(soup, end_celsius=Decimal(8))
    assert breach_of(kitchen) == []
    kitchen.undo()
    assert breach_of(kitchen) == [(soup, "Soupe", Decimal(18), False)]
    with kitchen.action("Supprimer") as session:
        recording.remove(session, CHILLING, soup)
    assert breach_of(kitchen) == []


def test_a_signed_row_takes_its_breach_along_when_it_is_corrected(kitchen, signed):
    worse = correct(kitchen, signed, end_celsius=Decimal(18))
    assert breach_of(kitchen) == [(worse, "Soupe", Decimal(18), False)]
    correct(kitchen, worse, end_celsius=Decimal(8), reason="Relu")
    assert breach_of(kitchen) == []
    assert_sound(kitchen)


def test_a_row_somebody_acted_on_is_corrected_and_not_removed(kitchen, write, soup):
    write(soup, end_celsius=Decimal(18))
    with kitchen.action("Agir") as session:
        (row,) = breaches_of(session, WEEK, kitchen.clock(), "chilling")
        breaches.act(session, row.breach_id, "Panne", "Jeté", kitchen.clock(), initials="AM")
    with pytest.raises(UserError, match="corrigez la ligne"), kitchen.action("Non") as session:
        recording.remove(session, CHILLING, soup)
