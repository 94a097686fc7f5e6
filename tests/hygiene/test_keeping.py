"""What may be destroyed, what may not, and what is left of it."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from cantine_desktop.errors import ConflictError, SealedError, UserError
from cantine_desktop.hygiene import breaches, catalogue, recording
from cantine_desktop.hygiene.keeping import holds
from cantine_desktop.hygiene.keeping.holds import Reach
from cantine_desktop.hygiene.keeping.model import HoldReason
from cantine_desktop.hygiene.keeping.purging import certificates, purge
from cantine_desktop.hygiene.keeping.review import review
from cantine_desktop.hygiene.keeping.series import all_series
from cantine_desktop.hygiene.labels.model import LabelledFood
from cantine_desktop.hygiene.labels.uses import USES, TracedUse
from cantine_desktop.hygiene.model import Breach, ColdUnit, Reading, Slot
from cantine_desktop.hygiene.registers.scans import attach_scan
from cantine_desktop.hygiene.retention import choices
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.office.catalogue import documents
from cantine_desktop.storage.attachments import Attachment
from cantine_desktop.storage.rights import Actor
from cantine_desktop.storage.scrubbing import scrub
from cantine_desktop.storage.verify import verify
from cantine_desktop.values.period import Period
from tests.documents.reading import pages

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
OLD = date(2025, 11, 3)
"""A Monday, more than twelve months ago."""


@pytest.fixture
def unit(any_book):
    with any_book.action("Installer") as session:
        unit = ColdUnit(name="CF 2", maximum=Decimal(4), tolerance=Decimal(2))
        session.add(unit)
        session.flush()
        return unit.id


@pytest.fixture
def note(any_book, unit):
    def write(day, celsius="3.0", slot=Slot.MORNING):
        with any_book.action("Relevé") as session:
            at = datetime.combine(day, time(8), UTC)
            recording.record_temperature(session, unit, day, slot, Decimal(celsius), at)

    return write


def look(book, now=NOW):
    with book.read() as session:
        return review(session, now)


def due(book, now=NOW):
    return {line.series.table: line.due for line in look(book, now).lines if line.due}


def destroy_all(book, now=NOW, by="L. M."):
    tables = {each.table for each in all_series()}
    with book.action("Purge", undoable=False) as session:
        return purge(session, tables, look(book, now).due, by, now).id


def sound(book):
    with book.read() as session:
        return verify(session) == []


def readings(book):
    with book.read() as session:
        return session.scalars(select(Reading.day).order_by(Reading.day)).all()


def test_an_empty_book_has_nothing_to_destroy(any_book):
    assert look(any_book).lines == ()
    with pytest.raises(UserError, match="rien"):
        destroy_all(any_book)


def test_a_reading_goes_the_day_after_its_twelve_months_and_not_before(any_book, note):
    note(date(2025, 11, 21))
    note(date(2025, 11, 22))
    assert due(any_book) == {"reading": 1}
    (line,) = look(any_book).lines
    assert (line.oldest, line.newest, line.young) == (date(2025, 11, 21), date(2025, 11, 21), 1)
    assert line.next_day == date(2026, 11, 23)
    destroy_all(any_book)
    assert readings(any_book) == [date(2025, 11, 22)]
    assert sound(any_book)


def test_the_canteen_keeps_longer_and_never_shorter_than_the_text(any_book, note):
    note(OLD)
    with any_book.action("Durée") as session:
        choices.choose_months(session, Retention.MONITORING, 24)
    assert due(any_book) == {}
    with pytest.raises(UserError, match="au moins"), any_book.action("Durée") as session:
        choices.choose_months(session, Retention.MONITORING, 5)
    with pytest.raises(UserError, match="valables"), any_book.action("Durée") as session:
        choices.choose_months(session, Retention.PERMANENT, 5)
    any_book.undo()
    assert due(any_book) == {"reading": 1}


def test_what_was_signed_goes_and_the_signature_stays_its_three_years(any_book, note):
    note(OLD)
    with any_book.action("Signer") as session:
        recording.sign_week(session, OLD, "L. M.", NOW - timedelta(days=380))
    destroy_all(any_book)
    assert readings(any_book) == []
    assert sound(any_book)
    assert due(any_book, NOW + timedelta(days=365 * 2)) == {"week_signature": 1}


def test_a_reading_is_kept_as_long_as_its_breach(any_book, note):
    note(OLD, "9.0")
    note(OLD + timedelta(days=1))
    with any_book.action("Agir") as session:
        (breach,) = session.scalars(select(Breach))
        breaches.act(session, breach.id, "Porte ouverte", "Porte fermée", NOW)
    assert due(any_book) == {"reading": 1}
    with any_book.action("Clore") as session:
        breach = session.scalars(select(Breach)).one()
        if breach.closed_at is None and breach.withdrawn_at is None:
            breach.closed_at = NOW
    later = NOW + timedelta(days=365 * 3 + 5)
    assert due(any_book, later) == {"reading": 2, "breach": 1, "corrective_action": 1}
    destroy_all(any_book, later)
    assert sound(any_book)


def test_an_open_breach_is_never_of_age(any_book, note):
    note(OLD, "9.0")
    assert due(any_book, NOW + timedelta(days=365 * 30)) == {}


def test_a_hold_keeps_its_days_and_lifting_lets_them_go(any_book, note):
    for days in range(3):
        note(OLD + timedelta(days=days))
    with any_book.action("Geler") as session:
        reach = Reach(OLD + timedelta(days=1), OLD + timedelta(days=2))
        hold = holds.open_hold(session, HoldReason.INSPECTION, reach, "L. M.", NOW).id
    assert due(any_book) == {"reading": 2}
    (line,) = look(any_book).lines
    assert (line.held, line.held_by) == (1, (hold,))
    destroy_all(any_book)
    assert readings(any_book) == [OLD + timedelta(days=1)]
    with any_book.action("Lever") as session:
        holds.lift_hold(session, hold, "L. M.", "Dossier classé", NOW)
    destroy_all(any_book)
    assert readings(any_book) == []
    assert sound(any_book)


def test_an_open_ended_hold_reaches_all_that_comes(any_book, note):
    note(OLD)
    note(OLD + timedelta(days=1))
    with any_book.action("Geler") as session:
        reach = Reach(OLD + timedelta(days=1))
        holds.open_hold(session, HoldReason.OUTBREAK, reach, "L. M.", NOW)
    assert due(any_book, NOW + timedelta(days=3000)) == {"reading": 1}


def test_a_hold_is_neither_erased_nor_undone(any_book):
    with any_book.action("Geler") as session:
        hold = holds.open_hold(session, HoldReason.DISPUTE, Reach(OLD), "L. M.", NOW)
        number = hold.id
    with pytest.raises(SealedError):
        any_book.undo()
    with pytest.raises(SealedError), any_book.action("Effacer") as session:
        session.delete(session.get_one(holds.Hold, number))
    with any_book.action("Lever") as session:
        holds.lift_hold(session, number, "L. M.", "Fini", NOW)
    with pytest.raises(UserError, match="déjà"), any_book.action("Lever") as session:
        holds.lift_hold(session, number, "L. M.", "Fini", NOW)


WRONG_HOLDS = [
    (Reach(OLD), ""),
    (Reach(OLD, OLD), "L. M."),
    (Reach(OLD, None, ("x",)), "L. M."),
]


@pytest.mark.parametrize(("reach", "by"), WRONG_HOLDS)
def test_a_hold_that_means_nothing_is_refused(any_book, reach, by):
    with pytest.raises(UserError), any_book.action("Geler") as session:
        holds.open_hold(session, HoldReason.OTHER, reach, by, NOW)


@pytest.fixture
def uses(any_book):
    def write(*rows):
        with any_book.action("Utilisé") as session:
            for day, product, lot in rows:
                session.add(TracedUse(day=day, product=product, lot=lot, recorded_at=NOW))

    return write


def test_traceability_is_kept_five_years(any_book, uses):
    uses((date(2021, 11, 21), "Farine", "F1"), (date(2021, 11, 22), "Farine", "F2"))
    assert due(any_book) == {"traced_use": 1}


@pytest.mark.parametrize("name", ["lot AB-12", "ab 12", "L’AB 12", "poulet fermier"])
def test_a_hold_on_a_lot_reaches_it_whatever_its_day(any_book, uses, name):
    uses((date(2019, 1, 8), "Poulet fermier", "Lot AB-12"), (date(2019, 1, 8), "Riz", "AB-123"))
    if name.startswith("L’"):
        name = name.removeprefix("L’")
    with any_book.action("Geler") as session:
        reach = Reach(TODAY, None, (name,))
        holds.open_hold(session, HoldReason.OUTBREAK, reach, "L. M.", NOW)
    assert due(any_book) == {"traced_use": 1}
    destroy_all(any_book)
    with any_book.read() as session:
        assert session.scalars(select(TracedUse.lot)).all() == ["Lot AB-12"]


def test_a_correction_goes_with_what_it_corrects_and_not_before(any_book, uses):
    uses((date(2020, 1, 1), "Riz", "A"), (date(2026, 1, 1), "Riz", "A"))
    with any_book.action("Corriger") as session:
        session.get_one(TracedUse, 2).corrects_id = 1
    assert due(any_book) == {}
    assert due(any_book, datetime(2031, 1, 2, 12, tzinfo=UTC)) == {"traced_use": 2}


def test_what_was_erased_before_goes_out_of_history_too(any_book, uses):
    uses((date(2019, 1, 8), "Zorglub", "Z"))
    with any_book.action("Erreur") as session:
        session.delete(session.get_one(TracedUse, 1))
    (line,) = look(any_book).lines
    assert (line.due, line.past) == (1, 1)
    destroy_all(any_book)
    assert look(any_book).lines == ()
    assert sound(any_book)


def test_food_still_good_keeps_the_temperatures_of_its_days(any_book, note):
    """Frozen food received before, and good until long after, keeps what was read since."""
    note(OLD)
    with any_book.action("Étiquette") as session:
        session.add(
            LabelledFood(
                name="Sauce", begun_on=OLD, use_by=date(2026, 9, 1), labelled_at=NOW, copies=1
            )
        )
    assert due(any_book) == {}
    assert due(any_book, datetime(2027, 3, 2, 12, tzinfo=UTC)) == {"reading": 1}


def test_a_scan_goes_with_its_picture_unless_another_sheet_uses_it(any_book):
    content = b"%PDF-1.4 Zorglub"
    with any_book.action("Joindre") as session:
        attach_scan(session, "readings", date(2020, 1, 6), content, "a.pdf", NOW)
        attach_scan(session, "readings", date(2020, 1, 13), content + b"!", "b.pdf", NOW)
    with any_book.action("Encore") as session:
        attach_scan(session, "readings", date(2026, 1, 5), content, "c.pdf", NOW)
    assert look(any_book).files == 2
    destroy_all(any_book)
    with any_book.read() as session:
        assert session.scalars(select(Attachment.name)).all() == ["c.pdf"]
        contents = session.connection().exec_driver_sql("SELECT data FROM content").scalars().all()
        assert [bytes(data) for data in contents] == [content]
    assert sound(any_book)


def test_nothing_is_destroyed_when_the_list_changed_since_it_was_read(any_book, note):
    note(OLD)
    seen = look(any_book).due
    note(OLD + timedelta(days=1))
    with pytest.raises(ConflictError), any_book.action("Purge", undoable=False) as session:
        purge(session, {"reading"}, seen, "L. M.", NOW)
    assert len(readings(any_book)) == 2


def test_a_purge_is_signed(any_book, note):
    note(OLD)
    with pytest.raises(UserError, match="initiales"):
        destroy_all(any_book, by=" ")


def test_only_the_chosen_series_go(any_book, note, uses):
    note(OLD)
    uses((date(2019, 1, 8), "Riz", "A"))
    with any_book.action("Purge", undoable=False) as session:
        purge(session, {"traced_use"}, 1, "L. M.", NOW)
    assert due(any_book) == {"reading": 1}


def test_the_certificate_says_what_when_and_by_whom(any_book, note, uses):
    for days in range(4):
        note(OLD + timedelta(days=days))
    uses((date(2019, 1, 8), "Riz", "A"))
    destroy_all(any_book)
    with any_book.read() as session:
        (certificate,) = certificates(session)
    assert (certificate.by, certificate.at, certificate.count) == ("L. M.", NOW, 5)
    lines = {line.title: (line.count, line.first, line.last) for line in certificate.lines}
    assert lines == {
        "Températures des enceintes froides": (4, OLD, OLD + timedelta(days=3)),
        USES.title: (1, date(2019, 1, 8), date(2019, 1, 8)),
    }
    assert len(certificate.digest) == 64


@pytest.mark.parametrize("any_book", ["sqlite"], indirect=True)
def test_a_name_purged_is_nowhere_in_the_file(any_book, uses):
    uses((date(2019, 1, 8), "Gâteau de Zébulonne", "Z"))
    with any_book.action("Corriger") as session:
        session.get_one(TracedUse, 1).product = "Gâteau de Zébulonne P."
    destroy_all(any_book)
    assert scrub(any_book.engine)
    path = Path(any_book.engine.url.database)
    files = [path.with_name(path.name + end) for end in ("", "-wal")]
    held = b"".join(file.read_bytes() for file in files if file.exists()).lower()
    for name in ("zébulonne", "zebulonne"):
        assert name.encode() not in held


def test_a_profile_that_may_not_write_hygiene_destroys_nothing(any_book, note):
    note(OLD)
    any_book.actor = Actor("Lecture", reads=None, writes=frozenset())
    with pytest.raises(UserError):
        destroy_all(any_book)
    any_book.actor = Actor()
    assert readings(any_book) == [OLD]


def test_every_register_and_matrix_ends_one_day_or_says_that_it_never_does():
    known = {each.table for each in all_series()}
    sheets = (*catalogue.REGISTERS, *getattr(catalogue, "MATRICES", ()))
    assert {sheet.model.__tablename__ for sheet in sheets} <= known
    assert {"reading", "breach", "week_signature"} <= known


@pytest.mark.usefixtures("unit")
def test_the_months_the_canteen_chose_stand_on_every_paper(any_book):
    with any_book.action("Choisir") as session:
        choices.choose_months(session, Retention.MONITORING, 30)
        choices.choose_months(session, Retention.VERIFICATION, 42)
    papers = {
        30: (
            "temperatures-week",
            "temperatures-month-blank",
            "cooling-week-blank",
            "kitchen-week-blank",
            "cleaning-week",
            "sanitary-plan",
        ),
        42: ("breach-form-blank", "suspect-temperatures", "sanitary-plan"),
    }
    for months, keys in papers.items():
        for key in keys:
            target = BytesIO()
            with any_book.read() as session:
                documents()[key].write(session, Period.week(TODAY), NOW, target)
            assert f"{months} mois" in " ".join(pages(target.getvalue())), key
