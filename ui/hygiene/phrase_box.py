"""A field with usual phrases to pick, where one's own words may be written too."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QComboBox, QCompleter

from cantine_desktop.i18n import tr


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
    write_in(box, "")


def write_in(box: QComboBox, text: str) -> None:
    """Write a text in a field, its beginning in view."""
    box.setCurrentIndex(-1)
    box.setEditText(text)
    line = box.lineEdit()
    if line is not None:
        line.setCursorPosition(0)
