"""A field with usual phrases to pick, where one's own words may be written too."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QCompleter

from cantine_desktop.i18n import tr
from ui.kit.theme import font, scaled

_WIDEST = 960
"""Pixels at 100 % that a list of phrases never passes."""

_AROUND = 48
"""Pixels at 100 % of what stands around a phrase in its list, the scroll bar with it."""


def phrase_box() -> QComboBox:
    """Return a field that completes by any word of a phrase; ``choose_among`` fills it."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.currentTextChanged.connect(box.setToolTip)  # a long phrase is read in full there
    line = box.lineEdit()
    assert line is not None
    line.setPlaceholderText(tr("Choisir ou écrire…"))
    completer = QCompleter(box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setModel(QStringListModel(completer))
    box.setCompleter(completer)
    box.activated.connect(partial(_show_beginning, box))
    box.view().setTextElideMode(Qt.TextElideMode.ElideRight)
    box.setMinimumContentsLength(18)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def choose_among(box: QComboBox, phrases: Sequence[str]) -> None:
    """Offer other phrases; what stands in the field is emptied."""
    box.clear()
    box.addItems(list(phrases))
    completer = box.completer()
    model = completer.model() if completer is not None else None
    if isinstance(model, QStringListModel):
        model.setStringList(list(phrases))
    words = box.view()
    # The list is measured before it is first shown and styled: its own hint would be too small.
    longest = max(map(QFontMetrics(font()).horizontalAdvance, phrases), default=0)
    wide = min(longest + scaled(_AROUND), scaled(_WIDEST))
    words.setMinimumWidth(wide)  # each phrase is read in full before it is chosen
    write_in(box, "")


def write_in(box: QComboBox, text: str) -> None:
    """Write a text in a field, its beginning in view."""
    box.setCurrentIndex(-1)
    box.setEditText(text)
    _show_beginning(box)


def _show_beginning(box: QComboBox, _index: int = 0) -> None:
    """Show how a phrase longer than its field begins."""
    line = box.lineEdit()
    if line is not None:
        line.setCursorPosition(0)
