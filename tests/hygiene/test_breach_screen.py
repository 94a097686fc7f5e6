"""Breaches of every register on their screen: found, answered, verified, closed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from cantine_desktop.hygiene import breaches
from cantine_desktop.hygiene.breach_effects import Asks, Deed, do
from cantine_desktop.hygiene.breach_rows import BreachState, breach_row
from cantine_desktop.hygiene.breach_tables import Breach, CauseGroup, Decision
from cantine_desktop.hygiene.faults import Fault, Severity, Source
from cantine_desktop.hygiene.food.choices import Ware
from cantine_desktop.hygiene.food.goods import GOODS
from cantine_desktop.hygiene.model import ColdUnit, Slot
from cantine_desktop.hygiene.recording import record_temperature
from cantine_desktop.hygiene.registers import recording
from ui.desk import Desk
from ui.hygiene import proofs
from ui.hygiene.breach_strip import BreachStrip
from ui.hygiene.breaches import BreachesScreen
from ui.hygiene.deeds import write_deed
from ui.kit.notice import Toasts
from ui.kit.theme import scaled

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def show(qtbot, desk):
    def build():
        screen = BreachesScreen(desk)
        qtbot.addWidget(screen)
        screen.resize(1100, 700)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        return screen

    return build


def find(book, key, fault, ago=timedelta()):
    with book.action("Fiche") as session:
        breaches.follow(session, Source("service", key), fault, book.clock() - ago)


def soup(**more):
    return Fault(FRIDAY, "Soupe", measured=Decimal(58), limit=Decimal(63), **more)


def row(book, key=1):
    with book.read() as session:
        return breach_row(session, key, book.clock())


def listed(screen):
    return [screen.list.item(rank).text().split(",")[0] for rank in range(screen.list.count())]


def test_what_someone_saw_is_noted_from_the_keyboard_and_shown(qtbot, show, book):
    screen = show()
    assert "Aucune non-conformité à régler" in screen.title_line.text()
    screen.primary().trigger()
    for text in ("Emballage perce", "Cuisine", "Farine", "L 9", "2 sacs"):
        qtbot.keyClicks(QApplication.focusWidget(), text)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert (row(book).number, row(book).lot) == ("NC-2026-001", "L 9")
    assert not screen.hand.isVisible()
    assert "Emballage perce" in screen.title_line.text()
    book.undo()
    assert screen.list.count() == 0


def test_nothing_seen_is_refused_beside_the_fields(qtbot, show, book):
    screen = show()
    screen.primary().trigger()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "constaté" in screen.hand.error.text()
    assert row(book) is None


def test_an_action_that_throws_food_away_asks_which_food(qtbot, show, book):
    find(book, 1, soup(point="SER-01"))
    screen = show()
    strip = screen.strip
    product = strip.asked[Asks.PRODUCT][0]
    assert not product.isVisible()
    strip.cause.setCurrentIndex(0)
    discard = next(
        rank for rank in range(strip.action.count()) if "Jeter ;" in plain(strip.action, rank)
    )
    strip.action.setCurrentIndex(discard)
    assert product.isVisible()
    qtbot.keyClick(strip.initials, Qt.Key.Key_Return)
    assert "quel produit" in strip.error.text()
    product.setText("Soupe")
    qtbot.keyClick(product, Qt.Key.Key_Return)
    assert row(book).decision is Decision.DESTROYED
    assert row(book).state is BreachState.TO_VERIFY
    assert screen.pane.verify.isVisible()


def plain(box, rank):
    return box.itemText(rank).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_breach_is_verified_and_closed_and_what_is_missing_is_said(qtbot, show, book):
    find(book, 1, soup())
    with book.action("Agir") as session:
        do(session, Deed(1, "Oubli", "Rappel fait", codes=("A-TRAIN",)), book.clock())
    screen = show()
    verify = screen.pane.verify
    qtbot.mouseClick(verify.close_it, Qt.MouseButton.LeftButton)
    assert "signez" in verify.error.text()
    verify.words.setEditText("Vu au service suivant")
    verify.initials.setText("AM")
    qtbot.mouseClick(verify.close_it, Qt.MouseButton.LeftButton)
    assert row(book).state is BreachState.CLOSED
    assert screen.list.count() == 0
    screen.which.setCurrentIndex(1)
    assert "Vu au service suivant" in screen.story.text()
    assert not screen.pane.verify.isVisible()


def test_what_did_not_work_is_to_be_done_again(qtbot, show, book):
    find(book, 1, soup())
    with book.action("Agir") as session:
        do(session, Deed(1, "Oubli", "Rappel fait", codes=("A-TRAIN",)), book.clock())
    screen = show()
    screen.pane.verify.words.setEditText("Encore tiède")
    screen.pane.verify.initials.setText("AM")
    qtbot.mouseClick(screen.pane.verify.not_yet, Qt.MouseButton.LeftButton)
    assert row(book).state is BreachState.TO_RECHECK
    assert screen.strip.fields.isVisible()


def test_the_fate_of_food_set_aside_is_asked_before_anything_else(qtbot, show, book):
    find(book, 1, soup())
    with book.action("Agir") as session:
        deed = Deed(1, "Oubli", "Isolé", codes=("A-QUARANTINE",), product="Soupe", lot="7")
        do(session, deed, book.clock())
    screen = show()
    assert screen.pane.lot.isVisible()
    assert not screen.pane.verify.isVisible()
    screen.pane.lot.why.setText("Analyse bonne")
    screen.pane.lot.initials.setText("AM")
    qtbot.keyClick(screen.pane.lot.why, Qt.Key.Key_Return)
    assert not screen.pane.lot.isVisible()
    assert screen.pane.verify.isVisible()
    assert "Analyse bonne" in screen.story.text()


def test_a_photograph_dropped_on_a_breach_is_its_proof(show, book, tmp_path):
    find(book, 1, soup())
    photo = tmp_path / "soupe.jpg"
    photo.write_bytes(b"\xff\xd8jpeg")
    screen = show()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    nowhere = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *nowhere)
    screen.pane.dropEvent(drop)
    assert "soupe.jpg" in screen.story.text()
    screen.join([tmp_path / "absente.jpg"])
    assert "ne se lit pas" in screen.strip.error.text()
    assert len(row(book).proofs) == 1


def test_filters_and_words_narrow_the_list(qtbot, show, book):
    find(book, 1, soup(severity=Severity.CRITICAL), timedelta(hours=60))
    find(book, 2, Fault(FRIDAY, "Crème", words="Étiquette absente"))
    screen = show()
    assert listed(screen) == ["Soupe", "Crème"]
    filters = screen._filters
    filters.age.setCurrentIndex(1)
    assert listed(screen) == ["Soupe"]
    filters.age.setCurrentIndex(0)
    filters.severity.setCurrentIndex(filters.severity.findData(Severity.MAJOR))
    assert listed(screen) == ["Crème"]
    filters.severity.setCurrentIndex(0)
    filters.words.setText("etiquette")
    qtbot.waitUntil(lambda: screen.list.count() == 1)
    assert listed(screen) == ["Crème"]
    filters.words.setText("introuvable")
    qtbot.waitUntil(lambda: screen.list.count() == 0)
    assert "ne répond" in screen.title_line.text()
    screen.open_at(1)
    assert "Soupe" in screen.title_line.text()


def test_decision_cause_and_who_is_in_charge_are_kept_when_left(show, book):
    find(book, 1, soup())
    screen = show()
    pane = screen.pane
    pane.decision.setCurrentIndex(pane.decision.findData(Decision.KEPT))
    pane.group.setCurrentIndex(pane.group.findData(CauseGroup.METHOD))
    pane.responsible.setText("LB")
    pane.responsible.editingFinished.emit()
    pane.due.line.setText("27/11")
    pane.due.commit()
    found = row(book)
    assert (found.decision, found.cause_group) == (Decision.KEPT, CauseGroup.METHOD)
    assert (found.responsible, found.due_on) == ("LB", date(2026, 11, 27))


def test_the_letter_goes_to_the_clipboard(qtbot, show, book):
    find(book, 1, soup())
    with book.action("Agir") as session:
        do(session, Deed(1, "", "Refusé", codes=("A-REFUSE",), product="Soupe"), book.clock())
    screen = show()
    qtbot.mouseClick(screen.pane.letter, Qt.MouseButton.LeftButton)
    assert "Soupe" in QGuiApplication.clipboard().text()


def test_a_passing_message_stands_above_the_strip(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    strip = BreachStrip()
    strip.setParent(window)
    strip.setGeometry(0, 580, 900, 120)
    window.show()
    toasts = Toasts(window)
    toasts.tell("Action corrective notée.")
    assert toasts.geometry().bottom() > 580
    strip.show()
    toasts.tell("Autre chose.")
    assert toasts.geometry().bottom() < 580
    strip.move(0, 10)
    toasts.tell("Encore autre chose.")
    assert toasts.geometry().bottom() > 580


def test_the_zone_of_tolerance_is_listed_apart_and_leads_to_its_sheet(qtbot, show, desk, book):
    with book.action("Relevé") as session:
        session.add(ColdUnit(name="CF 2", maximum=Decimal(4), tolerance=Decimal(2)))
        session.flush()
        record_temperature(session, 1, FRIDAY, Slot.MORNING, Decimal("4.8"), book.clock())
    screen = show()
    assert screen.list.count() == 0
    screen.which.setCurrentIndex(3)
    assert "sans suite notée" in screen.list.item(0).text()
    assert "jamais conforme" in screen.title_line.text()
    assert not screen.strip.isVisible()
    with qtbot.waitSignal(desk.going) as gone:
        qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert gone.args == ["readings", FRIDAY]


def test_a_hundred_breaches_are_listed_at_once(show, book):
    with book.action("Fiches") as session:
        faults = {key: soup() for key in range(100)}
        breaches.follow_many(session, "service", faults, book.clock())
    screen = show()
    assert screen.list.count() == 100
    with book.read() as session:
        assert len(session.scalars(select(Breach)).all()) == 100


@pytest.mark.parametrize(
    ("code", "place"),
    [("A-TIAC", ("outbreak", None)), ("A-CALIB", ("equipment", ("suspects", 4)))],
)
def test_an_action_goes_on_where_it_leads(qtbot, desk, show, book, code, place):
    with book.action("Fiche") as session:
        breaches.follow(session, Source("calibration", 4), soup(), book.clock())
    screen = show()
    deed = Deed(1, "Panne", "Fait", "AM", (code,))
    with qtbot.waitSignal(desk.going) as gone:
        assert write_deed(desk, screen.strip, deed)
    assert tuple(gone.args) == place


@pytest.fixture
def delivered(book):
    """Receive fish that is too warm: its breach is the first one."""
    with book.action("Réception") as session:
        values = {
            "day": FRIDAY, "supplier": "Mareyeur du Port", "product": "Lieu noir", "lot": "ZN27",
            "quantity": "6,5 kg", "ware": Ware.FRESH_FISH, "celsius": Decimal(9),
        }  # fmt: skip
        recording.add(session, GOODS, values, book.clock())
    return book


def test_the_food_a_sheet_names_is_not_typed_again(show, delivered):
    found = row(delivered)
    assert (found.product, found.lot, found.quantity) == ("Lieu noir", "ZN27", "6,5 kg")
    screen = show()
    strip = screen.strip
    assert [field.text() for field in strip.asked[Asks.PRODUCT]] == ["Lieu noir", "ZN27", "6,5 kg"]


def test_what_is_missing_takes_the_keyboard(show, book, qtbot):
    find(book, 1, soup())
    screen = show()
    strip = screen.strip
    strip.cause.setEditText("Oubli")
    choice = strip.action.findText("Jeter", Qt.MatchFlag.MatchStartsWith)
    strip.action.setCurrentIndex(choice)
    strip.initials.setFocus()
    strip.initials.setText("AM")
    qtbot.keyClick(strip.initials, Qt.Key.Key_Return)
    assert "quel produit" in strip.error.text()
    product = strip.asked[Asks.PRODUCT][0]
    assert QApplication.focusWidget() is product
    product.setText("Soupe")
    qtbot.keyClick(product, Qt.Key.Key_Return)
    assert len(row(book).actions) == 1
    assert not strip.error.text(), "Enter is answered once"


def test_a_long_phrase_is_read_in_full_in_the_list_and_from_its_beginning_in_the_field(show, book):
    find(book, 1, soup())
    screen = show()
    strip = screen.strip
    words = strip.action.view()
    assert words.minimumWidth() >= min(words.sizeHintForColumn(0), scaled(960))
    strip.action.setCurrentIndex(0)
    strip.action.activated.emit(0)
    assert strip.action.lineEdit().cursorPosition() == 0


def test_a_proof_is_opened_again_and_taken_away_while_the_breach_is_open(
    show, book, tmp_path, monkeypatch
):
    find(book, 1, soup())
    screen = show()
    assert not screen.pane.proofs.isVisible()
    photo = tmp_path / "bon & photo.jpg"
    photo.write_bytes(b"une photo")
    screen.join([photo])
    assert screen.pane.proofs.text() == "1 preuve"
    opened = []
    monkeypatch.setattr(proofs, "open_attachment", lambda _desk, key: opened.append(key))
    see, _line, take = screen.pane.proofs.menu().actions()
    see.trigger()
    assert opened == [1]
    take.trigger()
    assert not row(book).proofs
    assert not screen.pane.proofs.isVisible()
    book.undo()
    assert len(row(book).proofs) == 1


def test_the_zone_of_tolerance_shows_only_the_filter_that_answers(show):
    screen = show()
    filters = screen._filters
    filters.which.setCurrentIndex(filters.which.findText("Zone de tolérance"))
    assert not any(each.isVisible() for each in (filters.severity, filters.age, filters.words))
    filters.which.setCurrentIndex(0)
    assert all(each.isVisible() for each in (filters.severity, filters.age, filters.words))


def test_enter_in_the_visa_of_a_verification_closes_the_breach(show, book, qtbot):
    find(book, 1, soup())
    with book.action("Agir") as session:
        do(session, Deed(1, "Oubli", "Assaisonnement refait"), book.clock())
    screen = show()
    verify = screen.pane.verify
    verify.words.setEditText("Vu sur place")
    verify.initials.setText("AM")
    qtbot.keyClick(verify.initials, Qt.Key.Key_Return)
    assert row(book).state is BreachState.CLOSED
