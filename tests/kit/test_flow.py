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
