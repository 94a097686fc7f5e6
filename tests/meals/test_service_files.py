"""What leaves the calendar for other programs, what is proved of it, what hygiene closes."""

import csv
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from cantine_desktop.canteen.calendar import closed_days
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene import recording
from cantine_desktop.meals.services import planning
from cantine_desktop.meals.services.checks import check
from cantine_desktop.meals.services.files import EXPORTS
from cantine_desktop.meals.services.model import MealService, ServiceState
from tests.meals.season import NOVEMBER, NOW, TUESDAY, act, days, key_on, lunches, plan, row_on


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(
            Canteen(
                name="La Tablée; du, Faubourg",
                address="3 rue des Tilleuls, 67000 Strasbourg",
                open_weekdays="2345",
                department="67",
            )
        )
    plan(book, lunches())
    return book


def written(book, key):
    export = next(each for each in EXPORTS if each.key == key)
    target = io.BytesIO()
    with book.read() as session:
        export.write(session, NOVEMBER, NOW, target)
    return target.getvalue()


def events(book):
    """Return the events of the iCalendar file as mappings, its lines unfolded."""
    text = written(book, "services-calendar").decode().replace("\r\n ", "")
    parts = text.split("BEGIN:VEVENT\r\n")[1:]
    return [
        dict(line.split(":", 1) for line in part.split("\r\nEND:VEVENT")[0].split("\r\n"))
        for part in parts
    ]


def test_each_service_is_an_event_at_the_hour_of_its_meal(canteen):
    found = events(canteen)
    assert len(found) == 15
    assert found[0]["DTSTART;TZID=Europe/Paris"] == "20261103T121500"
    assert found[0]["SUMMARY"] == "Déjeuner – La Tablée\\; du\\, Faubourg"
    assert found[0]["LOCATION"] == "3 rue des Tilleuls\\, 67000 Strasbourg"
    assert {each["STATUS"] for each in found} == {"CONFIRMED"}
    assert len({each["UID"] for each in found}) == 15


def test_identifiers_stay_when_the_canteen_changes_its_name_or_a_service_its_day(canteen):
    before = {each["UID"] for each in events(canteen)}
    with canteen.action("Renommer") as session:
        session.scalars(select(Canteen)).one().name = "Autre nom"
    act(canteen, planning.move, key_on(canteen, TUESDAY), date(2026, 11, 7), NOW)
    after = events(canteen)
    assert {each["UID"] for each in after} == before
    moved = next(e for e in after if e["DTSTART;TZID=Europe/Paris"].startswith("20261107"))
    assert moved["SEQUENCE"] == "1"


def test_a_cancelled_service_stays_and_says_so(canteen):
    act(canteen, planning.cancel, key_on(canteen, TUESDAY), "Panne, gaz", NOW)
    first = events(canteen)[0]
    assert first["STATUS"] == "CANCELLED"
    assert first["SEQUENCE"] == "1"
    assert first["DESCRIPTION"].startswith("Annulé\u00a0: Panne\\, gaz\\n")


def test_lines_are_short_and_end_as_the_standard_wants(canteen):
    raw = written(canteen, "services-calendar")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in raw.replace(b"\r\n", b"")
    for line in lines:
        line.decode()  # no character is cut in two


def test_the_table_says_each_service_and_why_one_is_cancelled(canteen):
    act(canteen, planning.cancel, key_on(canteen, TUESDAY), "Grève", NOW)
    rows = list(csv.DictReader(io.StringIO(written(canteen, "services").decode("utf-8-sig"))))
    assert len(rows) == 15
    assert (rows[0]["état"], rows[0]["motif"]) == ("Annulé", "Grève")
    assert rows[1]["repas"] == "12:15"


def test_a_sound_calendar_has_nothing_found(canteen):
    with canteen.read() as session:
        assert not list(check(session))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ({"kitchen_places": 99}, "ne peuvent pas être"),
        ({"day": TUESDAY + timedelta(days=1)}, "Un autre service"),
        ({"day": date(2026, 11, 11)}, "dite fermée"),
    ],
)
def test_what_the_application_did_not_write_is_found(canteen, spoil, said):
    key = key_on(canteen, TUESDAY)
    with canteen.engine.begin() as connection:
        connection.execute(update(MealService).where(MealService.id == key).values(**spoil))
    with canteen.read() as session:
        found = list(check(session))
    assert [said in each.text for each in found] == [True]


def test_a_day_closed_on_the_sheet_of_temperatures_cancels_its_service(canteen):
    with canteen.action("Fermer") as session:
        recording.close_day(session, TUESDAY, [], NOW, "Grève")
    assert row_on(canteen, TUESDAY).reason == "Grève"
    with canteen.action("Rouvrir") as session:
        recording.reopen_day(session, TUESDAY)
    assert row_on(canteen, TUESDAY).state is ServiceState.PLANNED
    with canteen.read() as session:
        assert TUESDAY not in {each.day for each in closed_days(session, NOVEMBER)}
    assert TUESDAY in days(canteen)
