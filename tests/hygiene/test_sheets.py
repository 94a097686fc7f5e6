"""The temperature sheets, read back from their PDF."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pypdfium2 as pdfium
import pytest

from cantine_desktop.canteen.calendar import close_days
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.documents.archive import check_pdfa
from cantine_desktop.hygiene import recording, units
from cantine_desktop.hygiene.limits import UnitKind
from cantine_desktop.hygiene.model import ColdUnit, Gap, Slot
from cantine_desktop.hygiene.recording import Entry, Spot
from cantine_desktop.office.catalogue import documents
from cantine_desktop.values.period import Period

FRIDAY = date(2026, 11, 20)
SHEETS = (
    "temperatures-week-blank",
    "temperatures-week",
    "temperatures-month-blank",
    "temperatures-month",
)


def install(book, count, name="Enceinte au nom assez long de la réserve du sous-sol"):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
        for rank in range(1, count + 1):
            unit = ColdUnit(
                name=f"{name} n° {rank}", maximum=Decimal(4), tolerance=Decimal(2), position=rank
            )
            session.add(unit)


def write(book, key, day=FRIDAY):
    target = BytesIO()
    with book.read() as session:
        documents()[key].write(session, Period(day, day + timedelta(days=1)), book.clock(), target)
    return target.getvalue()


def pages(content):
    return [
        page.get_textpage().get_text_range().replace("\u00a0", " ").replace("\r\n", " ")
        for page in pdfium.PdfDocument(content)
    ]


def note(book, *entries):
    with book.action("Relevés") as session:
        recording.record_many(session, list(entries), book.clock())


@pytest.mark.parametrize("key", SHEETS)
def test_every_sheet_is_an_archive_that_says_the_same_bytes_twice(book, key):
    install(book, 4)
    content = write(book, key)
    assert check_pdfa(content) == []
    assert write(book, key) == content


@pytest.mark.parametrize("count", [0, 1, 14])
@pytest.mark.parametrize("key", SHEETS)
def test_every_unit_is_on_the_sheet_whatever_their_number(book, key, count):
    install(book, count)
    text = " ".join(pages(write(book, key)))
    for rank in range(1, count + 1):
        assert f"n° {rank}" in text


@pytest.mark.parametrize("count", [1, 4, 9])
def test_a_week_with_what_to_do_fits_on_one_page(book, count):
    install(book, count, "CF")
    content = pages(write(book, "temperatures-week-blank"))
    assert len(content) == 1
    assert "Que faire" in content[0]
    assert "Visa" in content[0]


def test_the_month_has_all_its_days_and_says_where_limits_come_from(book):
    install(book, 4, "CF")
    content = pages(write(book, "temperatures-month-blank"))
    text = " ".join(content)
    for day in range(1, 31):
        assert f". {day} " in f"{text} "
    assert "Arrêté du 21 décembre 2009" in content[-1]
    assert "choix de la cantine" in content[-1]


@pytest.mark.parametrize(
    ("count", "name"), [(1, "CF"), (4, "Chambre froide de la réserve"), (7, "Frigo")]
)
def test_a_month_is_on_one_page_and_what_to_do_on_the_next(book, count, name):
    install(book, count, name)
    grid, after = pages(write(book, "temperatures-month-blank", date(2026, 10, 1)))
    assert "jeu. 1 " in grid
    assert "sam. 31" in grid
    assert "Que faire" in after


def test_a_unit_read_once_a_day_is_grey_in_the_evening_and_leaves_no_hole(book):
    install(book, 1, "Frigo")
    with book.action("Congélateur") as session:
        units.add(session, "Coffre", UnitKind.FREEZER)
    note(book, Entry(Spot(2, FRIDAY, Slot.MORNING), Decimal("-20.4")))
    text = " ".join(pages(write(book, "temperatures-week")))
    assert text.count("—") == 1 + 8 + 3  # the key, the fridge, the other mornings
    month = pages(write(book, "temperatures-month"))[0]
    assert month.count("soir") == 1
    note(book, Entry(Spot(2, FRIDAY, Slot.EVENING), Decimal("-19.8")))
    month = pages(write(book, "temperatures-month"))[0]
    assert month.count("soir") == 2
    assert "−19,8" in month
    assert pages(write(book, "temperatures-month-blank"))[0].count("soir") == 1


def test_a_month_typed_with_holes_prints_its_holes_and_reasons(book):
    install(book, 1, "CF")
    note(
        book,
        Entry(Spot(1, FRIDAY, Slot.MORNING), Decimal("3.1")),
        Entry(Spot(1, FRIDAY, Slot.EVENING), gap=Gap.OUT_OF_ORDER, note="thermomètre cassé"),
    )
    text = " ".join(pages(write(book, "temperatures-month")))
    assert "3,1" in text
    assert "panne" in text
    assert "thermomètre cassé" in text
    assert text.count("—") > 10


def test_a_blank_sheet_shows_nothing_that_was_typed(book):
    install(book, 1, "CF")
    note(book, Entry(Spot(1, FRIDAY, Slot.MORNING), Decimal("6.2")))
    text = " ".join(pages(write(book, "temperatures-week-blank")))
    assert "6,2" not in text
    assert "▲" not in text


def test_a_tolerated_reading_has_a_sign_and_is_never_called_conform(book):
    install(book, 1, "CF")
    note(book, Entry(Spot(1, FRIDAY, Slot.MORNING), Decimal("4.6")))
    text = " ".join(pages(write(book, "temperatures-week")))
    assert "△ 4,6" in text
    assert "à recontrôler" in text


def test_the_kit_of_the_week_is_one_archive_with_the_sheets_ids(book):
    install(book, 4, "CF")
    content = write(book, "weekly-kit")
    assert check_pdfa(content) == []
    assert "T-2026-S47" in " ".join(pages(content))


def test_the_same_temperature_all_week_long_is_pointed_out(book):
    install(book, 2, "CF")
    days = [FRIDAY - timedelta(days=ago) for ago in range(4)]
    spots = [Spot(1, day, slot) for day in days for slot in Slot]
    note(book, *(Entry(spot, Decimal("3.1")) for spot in spots))
    text = " ".join(pages(write(book, "temperatures-week")))
    assert "CF n° 1 : 3,1 °C notés 8 fois de suite" in text
    note(book, Entry(spots[3], Decimal("3.2")))
    assert "fois de suite" not in " ".join(pages(write(book, "temperatures-week")))


@pytest.mark.parametrize("key", ["temperatures-week", "temperatures-week-blank"])
def test_a_day_the_calendar_closes_keeps_its_columns_and_says_so(book, key):
    install(book, 2, "Frigo")
    with book.action("Fermer") as session:
        close_days(session, [FRIDAY], "Grève", book.clock())
    text = " ".join(pages(write(book, key)))
    assert "20/11" in text
    assert text.count("fermé") - text.count("(fermé") == 1
