"""A line that gives way says the rest in its tooltip."""

import pytest
from PySide6.QtWidgets import QWidget

from ui.kit.elided import ElidedLabel

pytestmark = pytest.mark.usefixtures("dressed")

LONG = "Dimanche 22 novembre 2026, semaine 47"


@pytest.fixture
def label(qtbot):
    holder = QWidget()
    made = ElidedLabel(LONG)
    made.setParent(holder)
    qtbot.addWidget(holder)
    holder.resize(900, 100)
    holder.show()
    yield made
    holder.hide()


def test_a_text_with_room_needs_no_tooltip(label):
    label.resize(800, 30)
    assert not label.toolTip()


def test_a_cut_text_is_said_by_its_tooltip_until_it_fits_again(label):
    label.resize(100, 30)
    assert label.toolTip() == LONG
    label.setText("Relevés")
    assert not label.toolTip()


def test_the_text_never_keeps_a_window_wide(label):
    assert label.minimumSizeHint().width() < label.sizeHint().width() / 2


def test_a_cut_text_ends_before_its_room_does(label):
    label.resize(100, 30)
    drawn = label.grab().toImage()
    ground = drawn.pixel(0, 0)
    last = [drawn.pixel(drawn.width() - 1, y) for y in range(drawn.height())]
    assert all(pixel == ground for pixel in last)
    assert any(drawn.pixel(20, y) != ground for y in range(drawn.height()))
