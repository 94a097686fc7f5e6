"""The figures above the lists of the till; each opens what it is made of."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.finance.cash.listing import Overview
from cantine_desktop.i18n import money, short_day, tr, trn
from ui.finance.cash_count import signed
from ui.kit.theme import font, scaled, set_role

_NARROW = 860
"""Width, in pixels at 100 %, under which figures leave their small words to their tips."""


class CashFiguresRow(QWidget):
    """What the till holds, what waits, what differs, what is closed.

    Signals:
        asked: A figure was chosen: ``"held"``, ``"cheques"``, ``"counts"``, ``"closings"``.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(12))
        self.cards = {
            "held": _Card(tr("En caisse")),
            "counts": _Card(tr("Écarts du mois")),
            "cheques": _Card(tr("Chèques à remettre")),
            "closings": _Card(tr("Dernier jour clôturé")),
        }
        for name, card in self.cards.items():
            card.value.clicked.connect(partial(self.asked.emit, name))
            layout.addWidget(card, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for card in self.cards.values():
            card.words.setVisible(event.size().width() >= scaled(_NARROW))

    def present(self, told: Overview) -> None:
        """Show other figures."""
        self.cards["held"].present(money(told.held), tr("selon le livre, aujourd’hui"))
        gaps = told.figures
        number = trn("{n} écart", "{n} écarts", gaps.number)
        rest = tr("tout est expliqué") if not gaps.unexplained else tr("à expliquer")
        self.cards["counts"].present(
            signed(gaps.total), f"{number} · {rest}" if gaps.number else tr("aucun écart")
        )
        lines = trn("{n} recette attend", "{n} recettes attendent", told.cheque_lines)
        self.cards["cheques"].present(
            money(told.cheques), lines if told.cheque_lines else tr("rien n’attend")
        )
        due = len(told.days_due)
        self.cards["closings"].present(
            short_day(told.last_day) if told.last_day else tr("aucun"),
            trn("{n} jour à clôturer", "{n} jours à clôturer", due) if due else tr("à jour"),
        )


class _Card(QFrame):
    """A figure: its name, its value as a link, a few words."""

    def __init__(self, title: str) -> None:
        super().__init__()
        set_role(self, "card")
        self._title = title
        name = QLabel(title)
        set_role(name, "small")
        self.value = QPushButton()
        set_role(self.value, "link")
        self.value.setFont(font(15, semibold=True))
        self.words = QLabel()
        set_role(self.words, "small")
        self.words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(scaled(14), scaled(8), scaled(14), scaled(8))
        layout.setSpacing(0)
        for widget in (name, self.value, self.words):
            layout.addWidget(widget)

    def present(self, value: str, words: str) -> None:
        """Show another value."""
        self.value.setText(value)
        self.value.setAccessibleName(f"{self._title} : {value}")
        self.words.setText(words)
        self.value.setToolTip(words)
        self.value.setAccessibleDescription(words)
