"""Words on the screen, and those that stayed French in the English window."""

import re
from itertools import chain

from babel.messages.pofile import read_po
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)
from sqlalchemy import inspect, text

import resources
from tests.sweep.finding import Finding, visible
from ui.window import NAME

FRENCH_LETTERS = re.compile(r"[àâçèéêëîïôûùœÀÂÇÈÉÊËÎÏÔÛÙŒ]|\bd’|\bl’|\bqu’|\u202f[;!?]|« ")
PLACEHOLDER = re.compile(r"\{[^}]*\}")


def words_of(root):
    """Return every text a person or a screen reader meets under a widget, data cells left out."""
    found = {root.windowTitle()}
    for widget in visible(root, QWidget):
        found |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
        found |= set(_own_words(widget))
        found |= {word for action in widget.actions() for word in _action_words(action)}
    return {_plain(word) for word in found if word and word.strip()}


def _own_words(widget):
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QTabBar):
        yield from map(widget.tabText, range(widget.count()))
    elif isinstance(widget, QHeaderView) and widget.model() is not None:
        for section in range(min(widget.count(), 60)):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(widget.model().headerData(section, widget.orientation(), role) or "")


def _action_words(action: QAction):
    return (action.text(), action.toolTip())


def _plain(word):
    """Drop mark-up and the mark of mnemonics, which catalogues do not hold."""
    return re.sub(r"<[^>]+>", "", word).replace("&&", "\0").replace("&", "").replace("\0", "&")


class Translations:
    """The English catalogue, to recognise French that should have been translated.

    A text that the catalogue translates by itself is the same in both languages on purpose.

    Args:
        data: What the canteen itself wrote, which is never translated.
    """

    def __init__(self, data):
        with resources.path("locale/en/LC_MESSAGES/cantine.po") as file:
            if file.exists():
                with file.open("rb") as opened:
                    messages = list(read_po(opened))
            else:
                messages = []
        pairs = list(chain.from_iterable(_pairs(message) for message in messages if message.id))
        translated = {_plain(french) for french, english in pairs if english and french != english}
        self._exact = {french for french in translated if "{" not in french}
        self._shapes = [_shape(french) for french in translated if "{" in french]
        self._same = {_plain(french) for french, english in pairs if french == english} | {NAME}
        self._stored = frozenset(data)
        self._data = sorted((word for word in data if len(word) > 2), key=len, reverse=True)

    def untranslated(self, english, french):
        """Return the words of the English window that are French.

        Args:
            english: Words of a screen in English.
            french: Words of the same screen in French.
        """
        for word in sorted((english & french) - self._stored - self._same):
            if word in self._exact or self._is_french(word):
                yield Finding("untranslated", repr(word))

    def _is_french(self, word):
        shown = word.strip()
        cut = shown[:-1] if shown.endswith("…") else ""
        if len(cut) > 10 and any(known.startswith(cut) for known in self._data):
            return False  # what the canteen wrote, cut short to stand in its cell
        rest = word
        for known in self._data:
            rest = rest.replace(known, "")
        if FRENCH_LETTERS.search(rest):
            return True
        return rest == word and any(shape.fullmatch(word) for shape in self._shapes)


def _pairs(message):
    french = message.id if isinstance(message.id, tuple) else (message.id,)
    english = message.string if isinstance(message.string, tuple) else (message.string,)
    return zip(french, english, strict=False)


def _shape(french):
    """Return what a text with values filled in looks like; it must keep words of its own."""
    parts = [re.escape(part) for part in PLACEHOLDER.split(french)]
    if len("".join(parts)) < 4:
        return re.compile(r"(?!)")
    return re.compile(".+?".join(parts), re.DOTALL)


def data_of(engine):
    """Return every text stored in a book: names people gave, remarks they wrote."""
    words = set()
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            if table in {"action", "change"} or table.startswith("search"):
                continue
            for row in connection.execute(text(f'SELECT * FROM "{table}" LIMIT 5000')):
                words |= {value for value in row if isinstance(value, str)}
    return words
