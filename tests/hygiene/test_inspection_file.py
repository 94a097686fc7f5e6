"""The inspection file as an inspector reads it: holes, corrections, names, closed days, papers."""

import io
import json
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from cantine_desktop.canteen.calendar import close_days
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import PARIS
from cantine_desktop.documents.archive import attached_files, check_pdfa
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import catalogue, recording
from cantine_desktop.hygiene.equipment.model import Certificate
from cantine_desktop.hygiene.inspection.controls import controls, past
from cantine_desktop.hygiene.inspection.file import write_inspection_file
from cantine_desktop.hygiene.inspection.gaps import Span, span_period
from cantine_desktop.hygiene.inspection.inspections import last_inspection, note_inspection
from cantine_desktop.hygiene.inspection.keys import ensure_key, signer_of
from cantine_desktop.hygiene.inspection.masking import initials
from cantine_desktop.hygiene.inspection.records import compare, records_json
from cantine_desktop.hygiene.limits import UnitKind
from cantine_desktop.hygiene.model import Gap, Slot
from cantine_desktop.hygiene.recording import Entry, Spot, Taken
from cantine_desktop.hygiene.registers.queries import lines_of
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.hygiene.starter import StarterUnit, add_unit
from cantine_desktop.storage.attachments import attach
from cantine_desktop.values.period import DAY, Period
from tests.documents.reading import pages

OCTOBER = Period.month(date(2026, 10, 1))


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)


@pytest.fixture
def kitchen(book):
    """Return a book with one fridge, read each open morning of October but for a few."""
    with book.action("x") as session:
        session.add(Canteen(name="Le Port", open_weekdays="2345"))
        unit = add_unit(session, StarterUnit("CF 1", UnitKind.FRIDGE, frozenset(), ""), 1)
        session.flush()
        number = unit.id
    ensure_key(book)
    return book, number


def read(book, number, day, celsius, *, when=None, gap=None, note=""):
    value = None if celsius is None else Decimal(celsius)
    entry = Entry(Spot(number, day, Slot.MORNING), value, gap, note)
    instant = when or at(day)
    with book.action("x") as session:
        recording.record_many(session, [entry], instant, Taken(Origin.PAPER, "AM", instant))


def made(book, period=OCTOBER, now=None):
    target = io.BytesIO()
    with book.read() as session:
        write_inspection_file(session, period, now or book.clock(), target)
    return target.getvalue()


def text_of(content):
    return " ".join(" ".join(pages(content)).split())


def test_a_month_typed_with_holes_prints_its_holes(kitchen):
    book, number = kitchen
    read(book, number, date(2026, 10, 1), "3.1")
    read(book, number, date(2026, 10, 2), None, gap=Gap.FORGOTTEN, note="feuille perdue")
    text = text_of(made(book))
    gaps = text.split("Rien n’est rempli par le logiciel")[1].split("Jours fermés")[0]
    assert "oubli : feuille perdue" in gaps
    assert "rien n’a été noté" in gaps
    for day in ("02/10/2026", "06/10/2026", "30/10/2026"):
        assert day in gaps
    with book.read() as session:
        found = controls(session, OCTOBER, book.clock())
    counts = found[0].counts
    assert (counts.done, counts.explained) == (1, 1)
    assert counts.missing == counts.due - 2
    missing = sum(control.counts.missing for control in found)
    assert f"{missing} manquent sans explication" in text


def test_closed_days_are_explained_and_not_missing(kitchen):
    book, number = kitchen
    with book.action("x") as session:
        close_days(session, [date(2026, 10, 6), date(2026, 10, 7)], "dégât des eaux", book.clock())
    read(book, number, date(2026, 10, 1), "3.1")
    text = text_of(made(book))
    closed = text.split("Jours fermés")[-1]
    assert "dégât des eaux" in closed
    assert "06/10/2026" in closed
    gaps = text.split("Rien n’est rempli par le logiciel")[1].split("Jours fermés")[0]
    assert "06/10/2026" not in gaps
    assert "08/10/2026" in gaps


def test_a_correction_after_signature_shows_what_it_replaced(kitchen):
    book, number = kitchen
    day = date(2026, 10, 1)
    read(book, number, day, "3.1")
    with book.action("x") as session:
        recording.sign_week(session, date(2026, 9, 28), "AM", at(date(2026, 10, 3)))
    with book.action("x") as session:
        recording.correct(
            session,
            Entry(Spot(number, day, Slot.MORNING), Decimal("3.7")),
            "mal lu",
            "AM",
            at(date(2026, 10, 8)),
        )
    content = made(book)
    text = text_of(content)
    after = text.split("Corrections après signature")[-1]
    assert "3,1" in after
    assert "3,7" in after
    assert "mal lu" in after
    rows = json.loads(attached_files(content)["records.json"])["tables"]["reading"]
    assert [row["revision"] for row in rows] == [1, 2]


def test_late_writing_is_counted(kitchen):
    book, number = kitchen
    day = date(2026, 10, 1)
    read(book, number, day, "3.1", when=at(day + timedelta(days=5)))
    assert "1 relevé écrit après son jour ; le plus tardif, 5 jours après." in text_of(made(book))


def test_what_was_rewritten_before_the_signature_stays_in_the_records(kitchen):
    book, number = kitchen
    day = date(2026, 10, 1)
    read(book, number, day, "3.1")
    read(book, number, day, "3.9")
    former = json.loads(attached_files(made(book))["records.json"])["former"]
    assert [row["celsius"] for row in former["reading"]] == [31]


def test_every_register_and_matrix_has_its_place(kitchen):
    book, number = kitchen
    read(book, number, date(2026, 10, 1), "3.1")
    with book.read() as session:
        found = controls(session, OCTOBER, book.clock())
        sheets = (*catalogue.REGISTERS, *catalogue.MATRICES)
        expected = {each.key for each in sheets if each.applies(session)}
    assert expected <= {control.key for control in found}
    text = text_of(made(book))
    for control in found:
        assert " ".join(control.title.split()).replace("\u00a0", " ") in text.replace("\u202f", " ")


def test_a_book_without_a_key_says_it_is_not_signed(book):
    with book.action("x") as session:
        session.add(Canteen(name="Le Port"))
    content = made(book, Period.month(book.clock().date()))
    assert "dossier non signé" in text_of(content)
    assert check_pdfa(content) == []


def test_the_key_is_made_once_and_outside_the_history(book):
    ensure_key(book)
    with book.read() as session:
        first = signer_of(session).fingerprint
    ensure_key(book)
    with book.read() as session:
        assert signer_of(session).fingerprint == first
    assert book.undo_labels == []


def test_a_period_to_come_or_before_the_book_is_refused(kitchen):
    book, _number = kitchen
    for period in (Period.month(date(2027, 3, 1)), Period.month(date(2019, 3, 1))):
        with pytest.raises(UserError):
            made(book, period)


def test_the_same_book_and_instant_give_the_same_bytes(kitchen):
    book, number = kitchen
    read(book, number, date(2026, 10, 1), "3.1")
    assert made(book) == made(book)


def test_it_can_be_cancelled_at_any_step(kitchen):
    book, number = kitchen
    read(book, number, date(2026, 10, 1), "3.1")
    heard = []

    def stop(percent, _words):
        heard.append(percent)
        if percent > 40:
            raise KeyboardInterrupt

    with book.read() as session, pytest.raises(KeyboardInterrupt):
        write_inspection_file(session, OCTOBER, book.clock(), io.BytesIO(), tell=stop)
    assert heard == sorted(heard)


def pdf_paper(words):
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.setFont("Helvetica", 30)
    canvas.drawString(80, 700, words)
    canvas.save()
    return target.getvalue()


def picture():
    target = io.BytesIO()
    Image.new("RGBA", (300, 200), (10, 20, 30, 128)).save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "pages_more"),
    [(pdf_paper("Attestation"), 1), (picture(), 1), (b"%PDF-1.4 nothing", 0), (b"junk", 0)],
)
def test_papers_are_drawn_or_listed_with_the_reason_and_always_carried(
    kitchen, content, pages_more
):
    book, number = kitchen
    read(book, number, date(2026, 10, 1), "3.1")
    before = len(pages(made(book)))
    with book.action("x") as session:
        paper = attach(session, content, "attestation.pdf", "application/pdf", book.clock())
        session.add(Certificate(title="Attestation HACCP", attachment_id=paper.id))
    after = made(book)
    assert len(pages(after)) == before + pages_more
    assert content in attached_files(after).values()
    assert check_pdfa(after) == []
    if not pages_more:
        assert "ne peut pas être dessiné" in text_of(after)


@pytest.mark.parametrize(
    ("name", "short"),
    [("Marie-Odile Dupré", "M.-O. D."), ("AM", "AM"), ("", ""), ("Jean", "J.")],
)
def test_names_become_initials(name, short):
    assert initials(name) == short


def test_no_first_name_leaves_by_the_file(kitchen):
    book, number = kitchen
    read(book, number, date(2026, 10, 1), "3.1")
    named = [register for register in catalogue.REGISTERS if register.keeps_names]
    assert named
    for register in named:
        keys = {column.key for column in register.columns}
        key = "first_name" if "first_name" in keys else "name"
        with book.action("x") as session:
            session.add(
                register.model(
                    day=date(2026, 10, 1), recorded_at=at(date(2026, 10, 1)), **{key: "Philomène"}
                )
            )
    content = made(book)
    assert "Philomène" not in text_of(content)
    assert b"Philom" not in attached_files(content)["records.json"]
    with book.read() as session:
        assert any("Philomène" in line.texts for line in lines_of(session, named[0], OCTOBER))


def test_records_that_changed_since_are_counted(kitchen):
    book, number = kitchen
    read(book, number, date(2026, 10, 1), "3.1")
    with book.read() as session:
        then = records_json(session, OCTOBER)
        assert not compare(session, then).any
    read(book, number, date(2026, 10, 1), "3.3")
    read(book, number, date(2026, 10, 2), "3.2")
    with book.read() as session:
        found = compare(session, then)
    assert (found.changed, found.gone) == (1, 0)
    assert found.added >= 1
    with book.read() as session:
        assert compare(session, b"junk") is None


@pytest.mark.parametrize(
    ("span", "first"),
    [
        (Span.QUARTER, date(2026, 8, 23)),
        (Span.HALF, date(2026, 5, 23)),
        (Span.YEAR, date(2025, 11, 23)),
        (Span.SINCE, date(2026, 2, 1)),
    ],
)
def test_usual_periods_end_today_and_hold_no_day_twice(span, first):
    period = span_period(span, date(2026, 11, 22), date(2026, 2, 1))
    assert period == Period(first, date(2026, 11, 23))


def test_months_of_different_lengths_make_usual_periods_all_the_same():
    for day in Period(date(2026, 1, 1), date(2028, 3, 2)).days:
        assert 89 <= len(span_period(Span.QUARTER, day).days) <= 93


def test_an_inspection_is_noted_once_a_day_and_never_ahead(book):
    today = book.clock().date()
    with book.action("x") as session:
        note_inspection(session, today, "DDPP", book.clock())
        note_inspection(session, today, "", book.clock())
        with pytest.raises(UserError):
            note_inspection(session, today + DAY, "", book.clock())
    with book.read() as session:
        assert last_inspection(session) == today
        assert past(session, Period(today, today + 3 * DAY), book.clock()).last == today
