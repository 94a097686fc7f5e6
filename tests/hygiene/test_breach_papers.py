"""The form of a breach and the register of a month, on paper."""

import io
from datetime import date
from decimal import Decimal

import pypdfium2 as pdfium
import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import breaches, recording
from cantine_desktop.hygiene.breach_effects import Deed, do
from cantine_desktop.hygiene.breach_papers import write_form, write_one, write_register
from cantine_desktop.hygiene.catalogue import register_of
from cantine_desktop.hygiene.faults import Fault, Severity, Source
from cantine_desktop.hygiene.model import ColdUnit, Slot
from cantine_desktop.hygiene.registers.recording import add
from cantine_desktop.hygiene.tolerated import tolerated_of
from cantine_desktop.office.catalogue import documents
from cantine_desktop.values.period import Period

FRIDAY = date(2026, 11, 20)
MONTH = Period(date(2026, 11, 1), date(2026, 12, 1))


def pages(write, *values, **more):
    target = io.BytesIO()
    write(*values, target, **more)
    with pdfium.PdfDocument(target.getvalue()) as paper:
        return [plain(page.get_textpage().get_text_bounded()) for page in paper]


def plain(text):
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.fixture
def noted(book):
    fault = Fault(FRIDAY, "Emballage rongé", words="Sacs percés", severity=Severity.CRITICAL)
    with book.action("Constat") as session:
        breach = breaches.note_by_hand(
            session, fault, book.clock(), place="Réserve", product="Farine", noted_by="AM"
        )
        session.flush()
        deed = Deed(breach.id, "Oubli", "Jeté", "LB", ("A-DISCARD",), product="Farine", lot="L 9")
        do(session, deed, book.clock())
    return 1


def test_a_form_to_fill_has_twenty_numbered_fields_on_one_page(book):
    with book.read() as session:
        (page,) = pages(write_form, session, MONTH, book.clock(), blank=True)
    for number in range(1, 21):
        assert f"{number}. " in page
    assert "NC-2026-" in page
    assert "source secondaire" in page


def test_a_filled_form_says_who_found_what_and_what_was_done(book, noted):
    with book.read() as session:
        (page,) = pages(write_one, session, noted, book.clock())
    for words in ("NC-2026-001", "Réserve", "Sacs percés", "L 9", "Jeté (LB)", "AM"):
        assert words in page
    with book.read() as session, pytest.raises(UserError):
        write_one(session, 99, book.clock(), io.BytesIO())


@pytest.mark.usefixtures("noted")
def test_each_breach_of_a_month_has_its_page_and_a_quiet_month_says_so(book):
    with book.action("Constat") as session:
        breaches.follow(session, Source("service", 3), Fault(FRIDAY, "Soupe"), book.clock())
    with book.read() as session:
        assert len(pages(write_form, session, MONTH, book.clock(), blank=False)) == 2
        quiet = Period(date(2026, 1, 1), date(2026, 2, 1))
        (page,) = pages(write_form, session, quiet, book.clock(), blank=False)
    assert "Aucune non-conformité" in page


def test_a_long_story_stays_whole(book):
    words = "très long " * 120
    with book.action("Constat") as session:
        breaches.note_by_hand(session, Fault(FRIDAY, "Vitre", words=words), book.clock())
    with book.read() as session:
        said = " ".join(pages(write_one, session, 1, book.clock()))
        listed = " ".join(pages(write_register, session, MONTH, book.clock()))
    assert said.count("très long") == 120
    assert listed.count("très long") == 120


@pytest.mark.usefixtures("noted")
def test_the_register_counts_and_lists_the_zone_of_tolerance_apart(book):
    with book.action("Relevés") as session:
        unit = ColdUnit(name="CF 2", maximum=Decimal(4), tolerance=Decimal(2))
        session.add(unit)
        session.flush()
        for day, celsius in ((16, "4.8"), (17, "3.9"), (20, "5.1")):
            recording.record_temperature(
                session,
                unit.id,
                date(2026, 11, day),
                Slot.MORNING,
                Decimal(celsius),
                book.clock(),
            )
    with book.read() as session:
        page = " ".join(pages(write_register, session, MONTH, book.clock()))
        zone = tolerated_of(session, MONTH)
    assert "1 non-conformité · 1 encore ouverte" in page
    assert "sans suite notée" in page
    assert [bool(row.followed) for row in zone] == [True, False]
    assert "17/11" in zone[0].followed


def test_a_reading_still_too_warm_next_time_is_said_to_be(book):
    with book.action("Relevés") as session:
        unit = ColdUnit(name="CF 2", maximum=Decimal(4), tolerance=Decimal(2))
        session.add(unit)
        session.flush()
        for slot in Slot:
            recording.record_temperature(
                session, unit.id, FRIDAY, slot, Decimal("4.5"), book.clock()
            )
    with book.read() as session:
        first, last = tolerated_of(session, MONTH)
    assert "toujours au-dessus" in first.followed
    assert not last.followed


def test_a_tolerated_row_of_any_register_is_listed_with_its_note(book):
    values = {
        "day": FRIDAY,
        "product": "Blanc de poulet",
        "supplier": "Volailles du Bocage",
        "ware": "meat_prep",
        "celsius": Decimal("5.5"),
        "decision": "reserve",
        "note": "Réserve sur le BL, au froid",
    }
    with book.action("Réception") as session:
        add(session, register_of("goods"), values, book.clock())
    with book.read() as session:
        (row,) = tolerated_of(session, MONTH)
    assert (row.register, row.followed) == ("goods", "Réserve sur le BL, au froid")
    assert "poulet" in row.subject
    assert "5,5" in row.words


def test_the_three_papers_are_in_the_catalogue():
    assert {"breach-form-blank", "breach-forms", "breach-register"} <= set(documents())
