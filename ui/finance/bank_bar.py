"""What stands above the lines of the bank: account, balances, filters, progress."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.finance.matching.queries import AccountRow, Progress
from cantine_desktop.i18n import tr, trn
from ui.kit.elided import ElidedLabel
from ui.kit.flow import FlowLayout
from ui.kit.theme import scaled, set_role

_PATIENCE = 150
"""Milliseconds after the last letter before the list is filtered."""


class Which(StrEnum):
    """Which lines are listed."""

    WAITING = "waiting"
    NO_PIECE = "no-piece"
    ALL = "all"


class BankBar(QWidget):
    """The filters and figures above the list.

    Signals:
        account_changed: Another account was chosen (its key).
        changed: Another list is wanted.
    """

    account_changed = Signal(int)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.account = QComboBox()
        self.account.setAccessibleName(tr("Compte bancaire"))
        self.balances = ElidedLabel()
        set_role(self.balances, "muted")
        self.rules = QPushButton(tr("Règles…"))
        self.sure = QPushButton()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(scaled(80))
        self.progress.setAccessibleName(tr("Lignes pointées"))
        self.count = QLabel()
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Filtrer : mot, montant…"))
        self.words.setAccessibleName(tr("Filtrer les lignes"))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(scaled(90))
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._group = QButtonGroup(self)
        self._buttons = {which: self._button(which) for which in Which}
        self._buttons[Which.WAITING].setChecked(True)
        self._connect()
        self._lay_out()

    @property
    def which(self) -> Which:
        """Which lines are wanted."""
        return next(which for which, button in self._buttons.items() if button.isChecked())

    def want(self, which: Which) -> None:
        """Choose which lines are listed."""
        self._buttons[which].setChecked(True)

    @property
    def account_id(self) -> int | None:
        """The key of the account chosen."""
        key = self.account.currentData()
        return key if isinstance(key, int) else None

    def show_accounts(self, accounts: Sequence[AccountRow]) -> None:
        """Show the accounts; the one chosen stays chosen."""
        chosen = self.account_id
        self.account.blockSignals(True)
        self.account.clear()
        for row in accounts:
            self.account.addItem(row.name, row.id)
        if chosen is not None:
            self.account.setCurrentIndex(max(0, self.account.findData(chosen)))
        self.account.blockSignals(False)

    def show_progress(self, done: Progress, sure: int) -> None:
        """Show how many lines are matched, and how many are sure and wait."""
        self.progress.setRange(0, max(done.lines, 1))
        self.progress.setValue(done.matched)
        text = trn("{n} sur {all} pointée", "{n} sur {all} pointées", done.matched)
        self.count.setText(text.format(n=done.matched, all=done.lines))
        waiting = done.lines - done.matched
        self._buttons[Which.WAITING].setText(tr("À pointer ({n})").format(n=waiting))
        self.sure.setText(
            trn("Accepter la {n} sûre", "Accepter les {n} sûres", sure).format(n=sure)
            if sure
            else tr("Aucune sûre")
        )
        self.sure.setEnabled(sure > 0)

    def show_missing(self, count: int | None) -> None:
        """Show how many lines lack their piece, once that is known."""
        text = tr("Sans pièce") if count is None else tr("Sans pièce ({n})").format(n=count)
        self._buttons[Which.NO_PIECE].setText(text)

    def _button(self, which: Which) -> QToolButton:
        texts = {
            Which.WAITING: tr("À pointer"),
            Which.NO_PIECE: tr("Sans pièce"),
            Which.ALL: tr("Tout"),
        }
        button = QToolButton()  # a chosen push button would draw the keyboard away from the list
        button.setText(texts[which])
        button.setCheckable(True)
        self._group.addButton(button)
        return button

    def _connect(self) -> None:
        self.account.currentIndexChanged.connect(self._tell_account)
        self._group.buttonClicked.connect(self._tell_changed)
        self._timer.timeout.connect(self.changed)
        self.words.textChanged.connect(self._timer.start)

    @Slot()
    def _tell_account(self) -> None:
        if self.account_id is not None:
            self.account_changed.emit(self.account_id)

    @Slot()
    def _tell_changed(self) -> None:
        self.changed.emit()

    def _lay_out(self) -> None:
        # Wide enough for its words where it can be; below the account where text is large.
        self.balances.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = QWidget()
        figures = QHBoxLayout(told)
        figures.setContentsMargins(0, 0, 0, 0)
        figures.setSpacing(scaled(12))
        figures.addWidget(self.count)
        figures.addWidget(self.progress)
        head = QWidget()
        top = FlowLayout(scaled(12), head)
        told.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for widget in (self.account, told, self.balances):
            top.addWidget(widget)
        line = QWidget()
        flow = FlowLayout(scaled(8), line)
        for widget in (*self._buttons.values(), self.words, self.sure, self.rules):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(head)
        column.addWidget(line)
