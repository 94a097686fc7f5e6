import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.kit.flow import FlowLayout

pytestmark = pytest.mark.usefixtures("dressed")


def test_widgets_go_to_the_next_line_when_room_is_short(qtbot):
    window, bar, after = QWidget(), QWidget(), QPushButton("après")
    qtbot.addWidget(window)
    flow = FlowLayout(8, bar)
    buttons = [QPushButton(text) for text in ("Imprimer", "Enregistrer", "Copier")]
    for button in buttons:
        flow.addWidget(button)
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addWidget(after)
    window.resize(900, 200)
    window.show()
    assert len({button.y() for button in buttons}) == 1
    window.resize(180, 300)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 3)
    assert all(bar.rect().contains(button.geometry()) for button in buttons)
    assert after.y() >= bar.geometry().bottom()


def test_what_appears_or_grows_later_is_measured_again(qtbot):
    window, bar, after = QWidget(), QWidget(), QPushButton("après")
    qtbot.addWidget(window)
    flow = FlowLayout(8, bar)
    first, second = QPushButton("Compter"), QPushButton("Clôturer")
    for button in (first, second):
        flow.addWidget(button)
    second.hide()
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addWidget(after)
    column.addStretch(1)
    window.resize(220, 300)
    window.show()
    one_line = flow.heightForWidth(120)
    second.show()
    qtbot.waitUntil(lambda: flow.heightForWidth(120) > one_line)
    qtbot.waitUntil(lambda: after.y() >= bar.geometry().bottom())
    first.setText("Compter toute la caisse du jour")
    qtbot.waitUntil(lambda: second.y() > first.y())
    assert bar.rect().contains(second.geometry())
