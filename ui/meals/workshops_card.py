"""How an event looks on the board: its title, who asks, when and how much, what comes next."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from cantine_desktop.i18n import number, tr
from cantine_desktop.meals.events.board import EventRow
from ui.kit.colours import colours
from ui.kit.theme import scaled

CARD = Qt.ItemDataRole.UserRole + 1
"""Role of the ``Card`` of an item."""

_PAD = 8
_STEP_LINES = 2

Index = QModelIndex | QPersistentModelIndex


class Card(NamedTuple):
    """The lines of a card.

    Attributes:
        facts: Day, people and amount.
        step: What comes next; empty when nothing does.
    """

    title: str
    customer: str
    facts: str
    step: str
    is_urgent: bool


def card_of(row: EventRow) -> Card:
    """Return the lines of an event."""
    people = tr("{n} pers.").format(n=row.people)
    facts = [f"{row.day:%d/%m}", people]
    if row.total:
        facts.append(f"{number(row.total.euros, 0)}\u00a0€")
    step = f"▲ {row.next_step}" if row.is_urgent else row.next_step
    return Card(row.title, row.customer, " · ".join(facts), step, row.is_urgent)


class CardPainter(QStyledItemDelegate):
    """Paints a card: one line each, cut with « … »; what comes next takes two."""

    def __init__(self, cards: QListWidget) -> None:
        super().__init__(cards)
        self._cards = cards

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        room = self._cards.viewport().width() - 2 * scaled(_PAD) - scaled(4)
        high = QFontMetrics(option.font).lineSpacing()
        card: Card = index.data(CARD)
        lines = 3 + len(_wrapped(card.step, option.font, room))
        return QSize(0, lines * high + 2 * scaled(_PAD))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text = ""
        style = self._cards.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, self._cards)
        card: Card = index.data(CARD)
        ink = colours()
        step = QColor(ink.bad if card.is_urgent else ink.muted)
        strong = QFont(option.font)
        strong.setBold(True)
        pad = scaled(_PAD)
        room: QRect = option.rect.adjusted(pad, pad, -pad, -pad)
        lines = [
            (card.title, strong, QColor(ink.text)),
            (card.customer, option.font, QColor(ink.text)),
            (card.facts, option.font, QColor(ink.muted)),
            *(
                (words, option.font, step)
                for words in _wrapped(card.step, option.font, room.width())
            ),
        ]
        painter.save()
        high = QFontMetrics(option.font).lineSpacing()
        for place, (words, font, colour) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(colour)
            line = QRect(room.left(), room.top() + place * high, room.width(), high)
            cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        painter.restore()


def _wrapped(words: str, font: QFont, room: int) -> list[str]:
    """Return some words on two lines at most; the painter cuts what is still too long."""
    metrics, lines = QFontMetrics(font), [""]
    for word in words.split(" ") if words else ():
        longer = f"{lines[-1]} {word}".strip()
        if metrics.horizontalAdvance(longer) <= room or not lines[-1] or len(lines) == _STEP_LINES:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]
