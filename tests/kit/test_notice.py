import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui.kit.notice import Notice, Toasts
from ui.kit.wheel import WheelGuard

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def test_a_notice_says_its_kind_in_words_and_falls_silent(qtbot, window):
    notice = Notice(window)
    assert notice.isHidden()
    clicked = []
    notice.tell("warn", "Sauvegarde en retard.", "Sauvegarder", lambda: clicked.append(1))
    label = notice.findChildren(QLabel)[1]
    said = QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name)
    assert said == "Attention\u00a0: Sauvegarde en retard."
    qtbot.mouseClick(notice.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert clicked == [1]
    notice.clear()
    assert notice.isHidden()


def test_a_toast_offers_the_way_back_and_leaves(qtbot, window):
    toasts, undone = Toasts(window), []
    toast = toasts.tell("Relevé ajouté.", action="Annuler", on_action=lambda: undone.append(1))
    assert window.rect().contains(toasts.geometry())
    qtbot.mouseClick(toast.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert undone == [1]
    qtbot.waitUntil(lambda: not toasts.isVisible())


def test_toasts_leave_with_time_and_never_pile_up_beyond_three(qtbot, window):
    toasts = Toasts(window)
    for text in "abcd":
        toasts.tell(text)
    assert [toast.text for toast in toasts.toasts] == ["b", "c", "d"]
    assert all(toast.height() >= toast.minimumSizeHint().height() for toast in toasts.toasts)
    for toast in toasts.toasts:
        toast.stay(1)
    qtbot.waitUntil(lambda: not toasts.toasts)


def test_a_toast_with_the_keyboard_on_it_stays(qtbot, window):
    toast = Toasts(window).tell("Fait.", action="Annuler")
    toast.findChild(QPushButton).setFocus()
    toast.stay(1)
    qtbot.wait(60)
    assert toast.isVisible()


@pytest.fixture
def guard(qapp):
    guard = WheelGuard(qapp)
    yield
    qapp.removeEventFilter(guard)
    guard.deleteLater()


def turn(widget):
    window = widget.window()
    place = QPointF(widget.mapTo(window, widget.rect().center()))
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, -120))


def values(fields):
    combo, spin, day, slider = fields
    return combo.currentIndex(), spin.value(), day.date(), slider.value()


def make_fields():
    combo = QComboBox()
    combo.addItems(["a", "b", "c"])
    spin, slider = QSpinBox(), QSlider(Qt.Orientation.Horizontal)
    spin.setValue(50)
    slider.setValue(50)
    return combo, spin, QDateEdit(), slider


@pytest.mark.usefixtures("guard")
@pytest.mark.parametrize("place", range(4))
def test_the_wheel_does_not_change_a_field_without_the_keyboard(window, place):
    layout, fields = QVBoxLayout(window), make_fields()
    for field in fields:
        layout.addWidget(field)
        field.show()
    layout.activate()
    window.setFocus()
    before = values(fields)
    turn(fields[place])
    assert values(fields) == before


@pytest.mark.usefixtures("guard")
@pytest.mark.parametrize("place", range(4))
def test_in_a_scrolled_page_the_wheel_scrolls_even_over_the_field_in_use(window, place):
    page, fields, area = QWidget(), make_fields(), QScrollArea(window)
    layout = QVBoxLayout(page)
    for field in fields:
        layout.addWidget(field)
    layout.addStretch(1)
    page.setMinimumHeight(3000)
    area.setWidget(page)
    area.resize(300, 200)
    area.show()
    fields[place].setFocus()
    before = values(fields)
    turn(fields[place])
    assert values(fields) == before
    assert area.verticalScrollBar().value() > 0


@pytest.mark.usefixtures("guard")
def test_the_wheel_changes_a_field_that_was_chosen_outside_a_page(window):
    combo = make_fields()[0]
    QVBoxLayout(window).addWidget(combo)
    combo.show()
    combo.setFocus()
    turn(combo)
    assert combo.currentIndex() == 1
