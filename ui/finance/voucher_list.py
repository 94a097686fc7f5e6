"""The list of pieces, and of what has none: filters above, two lines for each."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from cantine_desktop.finance.pieces.listing import PieceRow, PieceState, kind_name
from cantine_desktop.finance.pieces.queries import MissingRow
from cantine_desktop.i18n import money, short_day, tr, trn
from cantine_desktop.values.period import Period
from ui.kit.icons import icon
from ui.kit.theme import scaled

ROLE = Qt.ItemDataRole.UserRole

_PATIENCE = 150
"""Milliseconds after the last letter before the list is read again."""


class Which(StrEnum):
    """What the list shows."""

    TO_DO = "to-do"
    MISSING = "missing"
    LINKED = "linked"
    SET_ASIDE = "set-aside"
    ALL = "all"

    @property
    def state(self) -> PieceState | None:
        """The state of the pieces it shows; ``None`` is all."""
        return PieceState(self.value) if self in {self.TO_DO, self.LINKED, self.SET_ASIDE} else None


class Place(NamedTuple):
    """Where the person is: which list, and which row of it."""

    which: Which
    key: int | str | None


class VoucherFilters(QWidget):
    """What narrows the list: where pieces stand, and words.

    Signals:
        changed: Another list is wanted.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.which = QComboBox()
        self.which.setAccessibleName(tr("Quelles pièces"))
        for words, which in (
            (tr("À traiter"), Which.TO_DO),
            (tr("Sans justificatif"), Which.MISSING),
            (tr("Liées"), Which.LINKED),
            (tr("Mises de côté"), Which.SET_ASIDE),
            (tr("Toutes les pièces"), Which.ALL),
        ):
            self.which.addItem(words, which)
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Chercher une pièce"))
        self.words.setAccessibleName(tr("Chercher dans les pièces"))
        self.words.setClearButtonEnabled(True)
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self.changed)
        self.words.textChanged.connect(self._timer.start)
        self.which.currentIndexChanged.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.which)
        column.addWidget(self.words)

    @property
    def chosen(self) -> Which:
        """What the list shows."""
        return Which(self.which.currentData())

    def show_only(self, which: Which) -> None:
        """Choose what the list shows, all words taken off."""
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        place = self.which.findData(which)
        if place != self.which.currentIndex():
            self.which.setCurrentIndex(place)


def piece_item(row: PieceRow) -> QListWidgetItem:
    """Return the lines of a piece."""
    item = QListWidgetItem(f"{row.supplier or row.name}\n{_state(row)}")
    item.setData(ROLE, row.key)
    if row.state is PieceState.LINKED:
        item.setIcon(icon("check-circle-fill", "ok"))
    elif row.faults:
        item.setIcon(icon("warning-fill", "warn"))
    else:
        item.setIcon(icon("file-text", "muted"))
    return item


def _state(row: PieceRow) -> str:
    parts = [row.number, kind_name(row.kind) if row.total is None else money(row.total)]
    if row.state is PieceState.LINKED:
        parts.append(tr("liée"))
    elif row.state is PieceState.SET_ASIDE:
        parts.append(tr("de côté"))
    elif row.faults:
        parts.append(trn("{n} à voir", "{n} à voir", row.faults))
    return " · ".join(parts)


def missing_item(row: MissingRow) -> QListWidgetItem:
    """Return the lines of something spent without a piece."""
    head = row.party or row.label
    parts = [short_day(row.day), money(row.amount)]
    if row.lost_reason:
        parts.append(tr("déclarée perdue"))
    elif row.asked_on is not None:
        parts.append(tr("demandée le {day}").format(day=short_day(row.asked_on)))
    else:
        parts.append(_untold(row))
    item = QListWidgetItem(f"{head}\n{' · '.join(parts)}")
    item.setData(ROLE, missing_key(row))
    item.setIcon(
        icon("check-circle-fill", "muted") if row.lost_reason else icon("warning-fill", "warn")
    )
    return item


def _untold(row: MissingRow) -> str:
    if row.entry_id is None:
        return tr("banque, sans écriture")
    return row.reference or row.label


def first_missing(rows: Mapping[str, MissingRow], month: Period) -> str | None:
    """Return the first row of a month that still waits for its piece."""
    found = (key for key, row in rows.items() if row.day in month and not row.lost_reason)
    return next(found, None)


def missing_key(row: MissingRow) -> str:
    """Return what tells something spent from another."""
    if row.entry_id is not None:
        return f"entry:{row.entry_id}"
    return f"bank:{row.bank_line_id}"


def why_nothing(which: Which, words: str, missing: int) -> str:
    """Say why a list is empty, and where something waits.

    Args:
        which: What the list shows.
        words: What was looked for in it.
        missing: How much was spent without a piece.
    """
    if words:
        return tr("Aucune pièce ne répond à ces mots.")
    if which is Which.MISSING:
        return tr("Chaque dépense a sa pièce.")
    if which is not Which.TO_DO:
        return tr("Aucune pièce ici.")
    told = tr("Rien à traiter. Déposez ici une facture, un ticket ou un courriel.")
    if missing:
        told += "\n\n" + trn(
            "{n} dépense attend son justificatif : choisissez « Sans justificatif » à gauche.",
            "{n} dépenses attendent leur justificatif : choisissez « Sans justificatif » à gauche.",
            missing,
        )
    return told
