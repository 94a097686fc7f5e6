"""The loop of a week: the kit printed, filled in the kitchen, typed back, settled, signed."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.documents.sheet_ids import SheetAsked, read_sheet_id
from cantine_desktop.hygiene.food.model import Cooling, ReceivedGoods
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import Breach, ColdUnit, UnitKind, WeekSignature
from cantine_desktop.hygiene.tracing import trace_lot
from cantine_desktop.office.catalogue import documents
from cantine_desktop.values.period import Period
from tests.documents.reading import pages
from ui.desk import Desk
from ui.hygiene.records import RecordsScreen

WEEK = Period.week(date(2026, 11, 10))
"""The book's clock says Sunday 22 November 2026: the week of the 9th is past."""


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
        unit = ColdUnit(
            name="CF 1", kind=UnitKind.COLD_ROOM, maximum=Decimal(4), tolerance=Decimal(2)
        )
        session.add(unit)
    return book


@pytest.fixture
def screen(qtbot, canteen):
    desk = Desk(canteen)
    screen = RecordsScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1366, 700)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    yield screen
    desk.close()


def printed(book, key):
    target = BytesIO()
    with book.read() as session:
        documents()[key].write(session, WEEK, book.clock(), target)
    return " ".join(pages(target.getvalue()))


def rows(book, model):
    with book.read() as session:
        return list(session.scalars(select(model).order_by(model.id)))


def press(qtbot, *texts):
    for text in texts:
        for character in text:
            qtbot.keyClick(QApplication.focusWidget(), character)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def go_on(qtbot):
    qtbot.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )


def open_sheet(screen, kit, letter):
    """Open the sheet by the code that stands on its paper."""
    code = next(word for word in kit.split() if word.startswith(f"{letter}-2026-S46"))
    found = read_sheet_id(code)
    assert found is not None
    screen.open_at(SheetAsked(*found))
    assert screen.sheet.register.letter == letter
    assert screen.sheet.week == WEEK


CHICKEN = (
    "mar", "8h40", "l", "Volailles du Bocage", "BL204", "Blanc de poulet", "vol", "3 cartons",
    "L2632", "19/11", "", "3,4", "", "", "c", "c", "c", "a", "", "AM",
)  # fmt: skip
FISH = (
    "jeu", "8h55", "l", "Mareyeur du Port", "88213", "Lieu noir", "poi", "6,5 kg",
    "ZN27", "14/11", "", "7", "", "", "c", "c", "c", "refu", "Rendu au livreur", "AM",
)  # fmt: skip


def test_a_week_goes_from_the_printed_kit_to_the_signed_sheet(qtbot, canteen, screen):
    kit = printed(canteen, "weekly-kit")
    open_sheet(screen, kit, "RE")

    began = perf_counter()
    press(qtbot, *CHICKEN, *FISH)
    assert perf_counter() - began < 60, "forty cells are typed in under a minute"
    chicken, fish = rows(canteen, ReceivedGoods)
    assert (chicken.verdict, fish.verdict) == (Verdict.CONFORM, Verdict.BREACH)
    assert (chicken.lot, chicken.use_by) == ("L2632", date(2026, 11, 19))

    go_on(qtbot)
    assert screen.breach.isAncestorOf(QApplication.focusWidget())
    assert "Lieu noir" in screen.breach.question.text()
    assert "7" in screen.breach.question.text()
    screen.breach.cause.setEditText("Camion trop chaud")
    screen.breach.action.setEditText("Lot refusé, écrit sur le bon, fournisseur prévenu")
    screen.breach.initials.setText("AM")
    qtbot.keyClick(screen.breach.initials, Qt.Key.Key_Return)
    assert [each.subject for each in rows(canteen, Breach)] == ["Lieu noir, Mareyeur du Port"]

    go_on(qtbot)
    press(qtbot, "")
    signed = rows(canteen, WeekSignature)
    assert [(each.register, each.initials) for each in signed] == [("goods", "AM")]
    assert all(each.is_sealed for each in rows(canteen, ReceivedGoods))

    filled = printed(canteen, "goods-week")
    for words in ("RE-2026-S46", "BL204", "Refusé", "▲", "Camion trop chaud", "signée par AM"):
        assert words in filled, words
    with canteen.read() as session:
        assert [each.what for each in trace_lot(session, "zn27").rows] == ["Lieu noir"]


def test_a_cooling_typed_with_its_hole_keeps_the_week_from_being_signed(qtbot, canteen, screen):
    open_sheet(screen, printed(canteen, "weekly-kit"), "FR")
    night = ("mer", "Riz au lait", "2 bacs", "", "23h30", "64", "1h10", "8", "Cellule")
    press(qtbot, *night, "2,5", "s", "", "AM")
    press(qtbot, "ven", "Soupe", "8 L", "", "14h30", "66", "", "", "", "", "", "", "AM")
    done, left_open = rows(canteen, Cooling)
    assert (done.verdict, done.minutes) == (Verdict.CONFORM, 100)
    assert left_open.verdict is Verdict.NOT_DONE
    go_on(qtbot)
    assert "pas complète" in screen.grid.message
    assert not screen.sign.isVisible()
    text = printed(canteen, "cooling-week")
    assert "incomplète" in text
    assert "13/11" in text or "14/11" in text


def test_a_cell_far_from_the_day_says_which_row_it_is_of(qtbot, canteen, screen):
    open_sheet(screen, printed(canteen, "weekly-kit"), "RE")
    press(qtbot, *CHICKEN[:12])
    assert screen.grid.message.startswith("mar. 10/11, Blanc de poulet, ")
