"""Figures side by side, each with its name: the head of a screen of money."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from cantine_desktop.values.text import NBSP
from ui.kit.flow import FlowLayout
from ui.kit.theme import scaled, set_role


class Kpi(NamedTuple):
    """A figure.

    Attributes:
        title: What it is.
        value: As it is written.
        note: A few words below it, or empty.
        role: ``"ok"``, ``"warn"``, ``"bad"``, or empty: words below say it too.
    """

    title: str
    value: str
    note: str = ""
    role: str = ""


class KpiStrip(QWidget):
    """Cards that go to the next line when room is short."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._flow = FlowLayout(scaled(10), self)

    def show_kpis(self, kpis: Sequence[Kpi]) -> None:
        """Show other figures."""
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        cards = [_card(kpi, self) for kpi in kpis]
        highest = max((card.sizeHint().height() for card in cards), default=0)
        for card in cards:
            card.setMinimumHeight(highest)
            self._flow.addWidget(card)
            card.show()


def _card(kpi: Kpi, parent: QWidget) -> QFrame:
    card = QFrame(parent)
    set_role(card, "card")
    card.setAccessibleName(f"{kpi.title}{NBSP}: {kpi.value} {kpi.note}".strip())
    column = QVBoxLayout(card)
    column.setContentsMargins(scaled(14), scaled(8), scaled(14), scaled(8))
    column.setSpacing(scaled(2))
    for text, role in ((kpi.title, "small"), (kpi.value, "h2"), (kpi.note, "small")):
        if text:
            label = QLabel(text)
            set_role(label, f"chip-{kpi.role}" if kpi.role and text == kpi.note else role)
            column.addWidget(label)
    column.addStretch(1)
    return card
