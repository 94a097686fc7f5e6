import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from cantine_desktop.i18n import use_language
from ui.gallery import Gallery
from ui.kit import theme
from ui.kit.page_view import PageView
from ui.specimens import PAGES

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, PageView)


@pytest.fixture
def gallery(qtbot, dressed):
    gallery = Gallery(dressed)
    qtbot.addWidget(gallery)
    gallery.resize(1366, 768)
    gallery.show()
    yield gallery
    use_language("fr")


def pages(gallery):
    """Show each page in turn, the former one being gone."""
    for place, title in enumerate(PAGES):
        gallery.pages.setCurrentRow(place)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        yield title


def controls(gallery):
    return [
        widget
        for widget in gallery.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and widget.isVisible()
        and widget.metaObject().className() not in {"QTableCornerButton", "QHeaderView"}
        and widget.metaObject().superClass().className() != "QHeaderView"
    ]


def is_named(widget):
    if isinstance(widget, QAbstractButton) and widget.text():
        return True
    return bool(widget.accessibleName())


def test_every_control_has_a_name_and_is_high_enough_to_be_hit(gallery):
    unnamed, low = [], []
    for title in pages(gallery):
        found = controls(gallery)
        assert len(found) > 3
        unnamed += [(title, widget) for widget in found if not is_named(widget)]
        low += [
            (title, widget, widget.height())
            for widget in found
            if isinstance(widget, QAbstractButton | QComboBox) and widget.height() < 28
        ]
    assert not unnamed
    assert not low


def test_every_page_is_shown_in_the_dark_twice_as_large_and_in_english(gallery):
    use_language("en")
    theme.apply(gallery._application, "dark", 200)
    for title in pages(gallery):
        picture = gallery.grab().toImage()
        shades = {
            picture.pixelColor(x, y).lightness() // 16
            for x in range(500, picture.width(), 7)
            for y in range(0, picture.height(), 7)
        }
        assert len(shades) > 4, title


def test_the_command_explains_itself():
    command = [sys.executable, "-m", "ui.gallery", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--grab" in done.stdout
