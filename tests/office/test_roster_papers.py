"""The roster on paper and in agendas: read back by programs that are not ours."""

import io
from datetime import date, datetime, timedelta
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import icalendar
import pytest
from pypdfium2 import PdfDocument

from cantine_desktop.office.catalogue import documents, exports
from cantine_desktop.staff.rosters.model import Absence, AbsenceCode
from cantine_desktop.staff.rosters.publishing import publish
from cantine_desktop.values.period import DAY, Period
from tests.staff.rosters.week import MONDAY, NOW, SUNDAY, TUESDAY, WEDNESDAY, team, type_in

PARIS = ZoneInfo("Europe/Paris")
WEEK = Period.week(MONDAY)


@pytest.fixture
def people(book):
    found = team(book)
    malik, anne, _tom, paul = found
    type_in(book, malik, TUESDAY, "8-16 p30")
    type_in(book, anne, WEDNESDAY, "8:30-12:30 bureau")
    type_in(book, paul, WEDNESDAY, "18-0:30 fermeture")
    return found


def publish_it(book, monday=MONDAY):
    with book.action("Planning publié") as session:
        publish(session, monday, NOW)


def exported(book, key, period=WEEK):
    export = exports()[key]
    target = io.BytesIO()
    with book.read() as session:
        export.write(session, period, NOW, target)
    return target.getvalue()


def events(book, period=WEEK):
    calendar = icalendar.Calendar.from_ical(exported(book, "roster-calendar", period))
    return {str(each["SUMMARY"]): each for each in calendar.walk("VEVENT")}


def page(book, key, period=WEEK):
    paper = documents()[key]
    target = io.BytesIO()
    with book.read() as session:
        paper.write(session, period, NOW, target)
    pages = PdfDocument(target.getvalue())
    words = " ".join(each.get_textpage().get_text_bounded() for each in pages)
    return len(pages), words.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.usefixtures("people")
def test_only_what_was_published_goes_to_agendas(book):
    assert events(book) == {}
    publish_it(book)
    found = events(book)
    assert set(found) == {
        "Malik Benali – Responsable de cuisine",
        "Anne Muller – Bureau",
        "Paul Schmitt – Fermeture, clés",
    }
    evening = found["Paul Schmitt – Fermeture, clés"]
    assert evening.decoded("DTSTART") == datetime(2026, 11, 25, 18, tzinfo=PARIS)
    assert evening.decoded("DTEND") == datetime(2026, 11, 26, 0, 30, tzinfo=PARIS)


def test_a_shift_moved_keeps_its_name_and_one_taken_away_is_cancelled(book, people):
    publish_it(book)
    before = events(book)
    malik, anne, *_ = people
    type_in(book, malik, TUESDAY, "9-17 p30")
    type_in(book, anne, WEDNESDAY, "")
    publish_it(book)
    after = events(book)
    moved, gone = "Malik Benali – Responsable de cuisine", "Anne Muller – Bureau"
    assert after[moved]["UID"] == before[moved]["UID"]
    assert after[moved]["SEQUENCE"] > before[moved]["SEQUENCE"]
    assert after[gone]["UID"] == before[gone]["UID"]
    assert (str(after[gone]["STATUS"]), str(after[moved]["STATUS"])) == ("CANCELLED", "CONFIRMED")
    assert after[gone]["SEQUENCE"] > before[gone]["SEQUENCE"]


def test_the_night_of_the_clocks_has_its_real_length(book, people):
    autumn = date(2026, 10, 24)
    type_in(book, people[0], autumn, "22-6 p30")
    publish_it(book, autumn - 5 * DAY)
    (night,) = events(book, Period(autumn, autumn + DAY)).values()
    length = night.decoded("DTEND").timestamp() - night.decoded("DTSTART").timestamp()
    assert timedelta(seconds=length) == timedelta(hours=9)


@pytest.mark.usefixtures("people")
def test_each_person_has_an_agenda_of_their_own(book):
    publish_it(book)
    with ZipFile(io.BytesIO(exported(book, "roster-calendars"))) as archive:
        names = archive.namelist()
        calendars = [icalendar.Calendar.from_ical(archive.read(name)) for name in names]
    assert names == ["01-anne-muller.ics", "02-malik-benali.ics", "03-paul-schmitt.ics"]
    assert [len(each.walk("VEVENT")) for each in calendars] == [1, 1, 1]


@pytest.mark.parametrize("key", ["roster-week", "roster-week-a3"])
def test_the_poster_holds_the_week_on_one_page_and_tells_no_reason_of_absence(book, people, key):
    with book.action("Absence") as session:
        session.add(
            Absence(member_id=people[2], code=AbsenceCode.SICKNESS, first=TUESDAY, end=SUNDAY)
        )
    count, words = page(book, key)
    assert count == 1
    assert "Malik Benali" in words
    assert "8–16 p30" in words
    assert "absent·e" in words
    assert "maladie" not in words
    assert "Brouillon" in words
    publish_it(book)
    assert "version 1" in page(book, key)[1]


@pytest.mark.usefixtures("people")
def test_each_person_has_a_sheet_with_the_hours_of_the_month(book):
    count, words = page(book, "roster-people", Period.month(MONDAY))
    assert count == 3
    assert "mardi 24 novembre 2026" in words
    assert "7 h 30" in words
