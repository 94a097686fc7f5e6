"""The grid of a reception: one row a line, Enter on what is not said yet says it is conform."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import celsius, mark, money, short_day, tr
from cantine_desktop.supply.articles.wording import plain
from cantine_desktop.supply.deliveries.drafting import conform, set_line
from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine, LineOutcome
from cantine_desktop.supply.deliveries.note_text import Noted, noted_words, read_noted
from cantine_desktop.supply.deliveries.standing import corrections_of
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.values.money import Money
from cantine_desktop.values.typed import read_decimal
from cantine_desktop.values.typed_day import read_day
from ui.desk import Desk
from ui.kit.grid import Cell, EntryGrid, GridModel, Head, State

RECEIVED, WEIGHT, HEAT, LOT, USE_BY, BEST_BEFORE, REFUSED, NOTED, REASON = range(9)
KEYS = (
    *("received", "weight", "celsius", "lot_code", "use_by", "best_before", "refused"),
    *("noted", "reason"),
)
"""What each column writes; of a gift, ``NOTED`` holds what it is worth."""

OUTCOMES = {
    LineOutcome.CONFORM: mark("conforme"),
    LineOutcome.DIFFERENT: mark("différent"),
    LineOutcome.MISSING: mark("manque"),
    LineOutcome.REFUSED: mark("refusé"),
    LineOutcome.SUBSTITUTED: mark("remplace"),
    LineOutcome.NOT_ORDERED: mark("non commandé"),
}

_STATES = {
    LineOutcome.CONFORM: State.CONFORM,
    LineOutcome.DIFFERENT: State.TOLERATED,
    LineOutcome.MISSING: State.TOLERATED,
    LineOutcome.REFUSED: State.BREACH,
}

THOUSAND = 1000


@dataclass(frozen=True)
class Line:
    """A line as the grid shows it.

    Attributes:
        dimension: What its product is measured in: weights are typed in kilograms or litres.
        noted: Order units announced, for a gift to come; ``unit``, what one is.
        corrected: Columns this row corrects in the line above; ``None`` for the line itself.
    """

    key: int
    name: str
    asked: str
    is_ordered: bool
    dimension: Dimension
    outcome: LineOutcome | None
    texts: tuple[str, ...]
    corrected: frozenset[int] | None = None
    noted: str = ""
    unit: str = ""


def read_lines(session: Session, delivery: Delivery) -> list[Line]:
    """Return the lines of a reception, each followed by what was corrected of it since."""
    corrections = corrections_of(session, delivery.id) if delivery.is_sealed else []
    found: list[Line] = []
    for first in delivery.lines:
        found.append(last := _line(session, first))
        for each in corrections:
            for line in each.lines:
                if line.rank == first.rank:
                    found.append(_correction(session, each, line, first.id, last))
                    last = _line(session, line)
    return found


class DeliveryGrid(EntryGrid):
    """What is typed of a reception; every cell is kept as soon as it is left."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        self.desk, self.key = desk, key
        self.lines: list[Line] = []
        self.is_closed = self.is_announced = self.is_gift = False
        super().__init__(
            GridModel(self._cell, self._write), tr("Lignes de la réception"), parent=parent
        )
        self._enter = _ConformKey(self)
        self.view.installEventFilter(self._enter)

    def present(
        self,
        lines: list[Line],
        *,
        is_closed: bool,
        is_announced: bool = False,
        is_gift: bool = False,
    ) -> None:
        """Show lines, to be typed or closed for good; of a gift to come, what is announced."""
        self.lines, self.is_closed, self.is_announced = lines, is_closed, is_announced
        self.is_gift = is_gift
        # What is announced is typed in the row: its head keeps still meanwhile.
        notes = [line.unit if is_announced else line.asked for line in lines]
        rows = [
            Head(line.name, note, tip=line.name) for line, note in zip(lines, notes, strict=True)
        ]
        self.model.show(rows, _heads(is_announced=is_announced, is_gift=is_gift))

    def say_conform(self, row: int) -> bool:
        """Say that the line of a row came as ordered; tell whether it had not been said yet."""
        if self.is_closed or self.is_announced or not 0 <= row < len(self.lines):
            return False
        line = self.lines[row]
        if line.texts[RECEIVED] or not line.is_ordered:
            return False
        with self.desk.book.action(tr("Ligne conforme")) as session:
            conform(session, self.key, line.key)
        return True

    def _cell(self, row: int, column: int) -> Cell:
        line = self.lines[row]
        may = self.desk.may_write("supply")
        tip = tr("Commandé : {asked}. Entrée : reçu comme commandé.").format(asked=line.asked)
        if line.corrected is not None:
            changed = column in line.corrected
            text = line.texts[column] if changed or column == REASON else ""
            state = State.TOLERATED if changed else State.SEALED
            return Cell(text or ("—" if changed else ""), state, line.asked, editable=False)
        if self.is_closed:
            return Cell(line.texts[column], State.SEALED, _outcome(line), editable=False)
        state = State.PLAIN
        if self.is_announced:
            return self._announced_cell(line, column, may=may)
        if column == RECEIVED:
            state = State.MISSING if line.outcome is None else State.PLAIN
            if line.outcome is not None:
                state = _STATES.get(line.outcome, State.PLAIN)
                tip = _outcome(line)
        elif column == WEIGHT:
            tip = tr("En kilogrammes ou en litres, si vous l’avez pesé ; sinon rien.")
        elif column == NOTED:
            tip = (
                tr("Ce que cela vaut, en euros ; vide : au prix habituel du produit.")
                if self.is_gift
                else tr("Le bon de livraison : « 3 », « 3,1 kg » ou « 2 / 6,2 kg ».")
            )
        elif column != REASON:
            tip = ""
        return Cell(line.texts[column], state, tip, editable=may)

    def _announced_cell(self, line: Line, column: int, *, may: bool) -> Cell:
        """Return a cell of a gift to come: what is announced, its dates if they are known."""
        if column == RECEIVED:
            state = State.PLAIN if line.noted else State.MISSING
            return Cell(line.noted, state, tr("Combien le donateur annonce."), editable=may)
        if column in {LOT, USE_BY, BEST_BEFORE, REASON}:
            return Cell(line.texts[column], State.PLAIN, "", editable=may)
        return Cell("", State.SEALED, tr("À l’arrivée."), editable=False)

    def _write(self, row: int, column: int, text: str) -> str | None:
        line = self.lines[row]
        today = civil_date(self.desk.book.clock())
        typed: dict[str, Any]
        if column == NOTED and self.is_gift:
            typed = {"value": Money.from_decimal(read_decimal(text, 2)) if text.strip() else None}
        elif column == NOTED:
            noted = read_noted(text, line.dimension)
            typed = {"noted": noted.units, "noted_weight": noted.weight}
        else:
            key = "noted" if self.is_announced and column == RECEIVED else KEYS[column]
            typed = {key: _read(column, text.strip(), line, today)}
        with self.desk.book.action(tr("Réception saisie")) as session:
            set_line(session, self.key, line.key, **typed)
        return None


class _ConformKey(QObject):
    """Enter on a line nobody spoke of says that it came as it was ordered."""

    def __init__(self, grid: DeliveryGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            index = self._grid.view.currentIndex()
            if is_enter and not event.modifiers() and index.column() == RECEIVED:
                self._grid.say_conform(index.row())
        return super().eventFilter(watched, event)


def _line(session: Session, line: DeliveryLine) -> Line:
    product = None if line.product_id is None else session.get(Product, line.product_id)
    dimension = Dimension.MASS if product is None else product.dimension
    known = line.ordered if line.ordered is not None else line.noted
    asked = line.unit_name if known is None else f"{plain(known)} × {line.unit_name}"
    noted = "" if line.noted is None else plain(line.noted)
    weight = line.weight
    if weight is not None and dimension is not Dimension.PIECE:
        weight /= THOUSAND
    texts = (
        "" if line.received is None else plain(line.received),
        "" if weight is None else plain(weight),
        "" if line.celsius is None else celsius(line.celsius),
        line.lot_code,
        "" if line.use_by is None else short_day(line.use_by),
        "" if line.best_before is None else short_day(line.best_before),
        plain(line.refused) if line.refused else "",
        _noted(line, dimension),
        line.reason,
    )
    return Line(
        key=line.id,
        name=line.name,
        asked=asked,
        is_ordered=known is not None,
        dimension=dimension,
        outcome=line.outcome,
        texts=texts,
        noted=noted,
        unit=line.unit_name,
    )


def _noted(line: DeliveryLine, dimension: Dimension) -> str:
    """Return what the note says of a line, or what a gift is worth."""
    if line.value is not None:
        return money(line.value)
    return noted_words(Noted(line.noted, line.noted_weight), dimension)


def _correction(
    session: Session, made: Delivery, line: DeliveryLine, key: int, before: Line
) -> Line:
    """Return what a correction says of a line, beside what was said before."""
    found = _line(session, line)
    changed = (place for place in range(REASON) if found.texts[place] != before.texts[place])
    who = tr("{by}, le {day}").format(by=made.by, day=short_day(civil_date(made.created_at)))
    return replace(
        found,
        key=key,
        name=tr("→ corrigé"),
        asked=who,
        texts=(*found.texts[:REASON], made.note),
        corrected=frozenset(changed),
    )


def _read(column: int, text: str, line: Line, today: date) -> Any:
    readers: dict[int, Callable[[], Any]] = {
        RECEIVED: lambda: _number(text),
        WEIGHT: lambda: _weight(text, line),
        HEAT: lambda: read_decimal(text, 1) if text else None,
        USE_BY: lambda: read_day(text, today) if text else None,
        BEST_BEFORE: lambda: read_day(text, today) if text else None,
        REFUSED: lambda: _number(text) or Decimal(0),
    }
    reader = readers.get(column)
    return text if reader is None else reader()


def _number(text: str) -> Decimal | None:
    return read_decimal(text, 3) if text else None


def _weight(text: str, line: Line) -> Decimal | None:
    typed = _number(text)
    if typed is None or line.dimension is Dimension.PIECE:
        return typed
    return typed * THOUSAND


def _outcome(line: Line) -> str:
    return tr(OUTCOMES[line.outcome]) if line.outcome is not None else ""


def _heads(*, is_announced: bool = False, is_gift: bool = False) -> list[Head]:
    noted = Head(tr("Sur le bon"), width=84, tip=tr("ce que dit le bon de livraison"))
    worth = Head(tr("Vaut"), width=84, tip=tr("ce que vaut le don, en euros"))
    return [
        Head(tr("Annoncé") if is_announced else tr("Reçu"), width=68),
        Head(tr("Pesé"), width=64, tip=tr("kilogrammes ou litres, si vous l’avez pesé")),
        Head(tr("T° lue"), width=84),
        Head(tr("Lot"), width=84, align="left"),
        Head(tr("DLC"), width=106),
        Head(tr("DDM"), width=106),
        Head(tr("Refusé"), width=60),
        worth if is_gift else noted,
        Head(tr("Motif"), width=120, align="left"),
    ]
