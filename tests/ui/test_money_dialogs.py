"""What every dialogue of money shares: its size on the screen, and what it leaves behind."""

import gc

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from shiboken6 import Shiboken

from ui.finance.line_list import fit, fit_pixels
from ui.kit.theme import scaled

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("size", [fit, fit_pixels])
def test_a_dialogue_that_goes_does_not_take_the_screen_with_it(size):
    dialog = QDialog()
    size(dialog, 500, 300)
    screen = QGuiApplication.primaryScreen()
    assert "parent" not in Shiboken.dump(screen)
    del dialog, screen
    gc.collect()
    assert QGuiApplication.primaryScreen().logicalDotsPerInch() > 0


def test_a_dialogue_is_never_larger_than_the_screen():
    dialog = QDialog()
    fit(dialog, 100_000, 100_000)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert dialog.width() <= room.width()
    assert dialog.height() <= room.height()
    fit(dialog, 400, 200)
    assert (dialog.width(), dialog.height()) == (scaled(400), scaled(200))
