"""Breaches: what is open, for how long, and what was done about the others."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.hygiene.breach_effects import Deed
from cantine_desktop.hygiene.breach_rows import BreachRow, open_breaches, settled_breaches
from cantine_desktop.hygiene.breach_words import (
    age,
    bound_text,
    figure,
    measured_text,
    what_was_done,
    where,
)
from cantine_desktop.i18n import hour, long_day, mark, tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.breach_strip import BreachStrip
from ui.hygiene.deeds import write_deed
from ui.hygiene.pen import Pen
from ui.kit.icons import icon
from ui.kit.theme import scaled, set_role
from ui.screen import Screen

ROLE = Qt.ItemDataRole.UserRole


class BreachesScreen(Screen):
    """A list of breaches, the open ones first, and beside it what one of them needs."""

    key: ClassVar[str] = "breaches"
    shows: ClassVar[frozenset[str]] = frozenset({
        "breach",
        "corrective_action",
        "reading",
        "cold_unit",
    })
    help_text: ClassVar[str] = mark(
        "Une non-conformité se règle par une action et un contrôle revenu sous la limite. "
        "Corriger un relevé mal tapé l’annule."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._pen = Pen(desk.book)
        self._rows: dict[int, BreachRow] = {}
        self.which = QComboBox()
        self.which.setAccessibleName(tr("Quelles non-conformités"))
        self.which.addItem(tr("À régler"), True)
        self.which.addItem(tr("Réglées et annulées"), False)
        self.which.currentIndexChanged.connect(self.refresh)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Non-conformités"))
        self.list.currentItemChanged.connect(self._show_chosen)
        self.title_line = QLabel()
        set_role(self.title_line, "h2")
        self.story = QLabel()
        self.story.setWordWrap(True)
        self.story.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.strip = BreachStrip()
        self.strip.setEnabled(desk.may_write("hygiene"))
        self.strip.answered.connect(self._answer)
        self.strip.left.connect(self._focus_list)
        self._lay_out()

    @override
    def filters(self) -> QWidget:
        return self.which

    @override
    def document(self) -> tuple[str, Period] | None:
        row = self._chosen()
        return None if row is None else ("temperatures-week", Period.week(row.day))

    @override
    def place(self) -> object:
        row = self._chosen()
        return None if row is None else row.breach_id

    @override
    def open_at(self, target: object) -> None:
        """Show a breach by its key."""
        if not isinstance(target, int):
            return
        self.refresh()
        if target not in self._rows:
            self.which.setCurrentIndex(1 - self.which.currentIndex())
        self._choose(target)
        if self.strip.isVisible():
            self.strip.start()

    @override
    def refresh(self) -> None:
        """Read the breaches again."""
        chosen = self._chosen()
        now = self.desk.book.clock()
        with self.desk.book.read() as session:
            opened = open_breaches(session, now)
            rows = opened if self.which.currentData() else settled_breaches(session, now)
        self._rows = {row.breach_id: row for row in rows}
        self.subtitle = trn("{n} à régler", "{n} à régler", len(opened))
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            self.list.addItem(_item(row))
        self.list.blockSignals(False)
        self._choose(chosen.breach_id if chosen and chosen.breach_id in self._rows else None)

    def _choose(self, breach_id: int | None) -> None:
        ranks = [rank for rank, key in enumerate(self._rows) if key == breach_id]
        self.list.setCurrentRow(ranks[0] if ranks else 0)
        self._show_chosen()

    def _chosen(self) -> BreachRow | None:
        row = self.list.currentRow()
        return None if row < 0 else self._rows.get(self.list.item(row).data(ROLE))

    @QtSlot()
    def _show_chosen(self) -> None:
        row = self._chosen()
        if row is None:
            self.title_line.setText(tr("Aucune non-conformité à régler.") if not self._rows else "")
            self.story.setText("")
            self.strip.dismiss()
            return
        self.title_line.setText(where(row))
        self.story.setText(_story(row))
        if row.settled_at is None:
            self.strip.present(row, 0, self.desk.book.clock())
        else:
            self.strip.dismiss()

    @QtSlot(object)
    def _answer(self, deed: Deed) -> None:
        write_deed(self.desk, self.strip, deed)

    @QtSlot()
    def _focus_list(self) -> None:
        self.list.setFocus()

    def _lay_out(self) -> None:
        self.strip.question.hide()  # the title and the story say it already
        pane = QWidget()
        set_role(pane, "page")
        detail = QVBoxLayout(pane)
        detail.setContentsMargins(0, 0, 0, 0)
        detail.setSpacing(scaled(12))
        detail.addWidget(self.title_line)
        detail.addWidget(self.story)
        detail.addWidget(self.strip)
        detail.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setSpacing(scaled(16))
        self.list.setMinimumWidth(scaled(200))
        self.list.setWordWrap(True)
        layout.addWidget(self.list, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(pane)
        layout.addWidget(area, 2)


def _item(row: BreachRow) -> QListWidgetItem:
    text = tr("{where} : {celsius}\n{state}").format(
        where=where(row),
        celsius=measured_text(row) or "?",
        state=_state(row),
    )
    item = QListWidgetItem(text)
    item.setData(ROLE, row.breach_id)
    opened = row.settled_at is None
    item.setIcon(icon("warning-octagon-fill", "bad") if opened else icon("check-circle-fill", "ok"))
    return item


def _state(row: BreachRow) -> str:
    if row.withdrawn:
        return tr("annulée : relevé corrigé")
    old = age(row.hours)
    if row.settled_at is not None:
        return tr("réglée en {age}").format(age=old)
    if row.recheck_due is not None:
        return tr("contrôle attendu à {hour}, ouverte depuis {age}").format(
            hour=hour(row.recheck_due), age=old
        )
    return tr("ouverte depuis {age}").format(age=old)


def _story(row: BreachRow) -> str:
    return "\n".join([_found(row), what_was_done(row) or tr("Rien n’est encore noté.")])


def _found(row: BreachRow) -> str:
    if row.measured is None or row.excess is None:
        return tr("{day} : {words}").format(day=long_day(row.day), words=row.words)
    return tr("{day} : {celsius}, limite {limit}, {excess} de trop.").format(
        day=long_day(row.day),
        celsius=measured_text(row),
        limit=bound_text(row),
        excess=figure(row.excess, row.unit),
    )
