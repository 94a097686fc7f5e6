"""One breach: what is asked about it now, what happened, its proofs."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.breach_list import story_of
from cantine_desktop.hygiene.breach_rows import BreachRow, BreachState
from cantine_desktop.hygiene.breach_tables import CauseGroup, Decision
from cantine_desktop.hygiene.breach_words import (
    cause_group_name,
    decision_name,
    severity_name,
    state_name,
    where,
)
from cantine_desktop.i18n import hour, tr
from ui.desk import Desk
from ui.hygiene.breach_strip import BreachStrip
from ui.hygiene.proofs import ProofsButton
from ui.hygiene.settling import LotStrip, VerifyStrip
from ui.hygiene.strips import button, initials_field
from ui.kit.date_field import DateEdit
from ui.kit.flow import FlowLayout
from ui.kit.theme import scaled, set_role

_SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class BreachPane(QFrame):
    """The detail of a breach; files may be dropped on it as proofs.

    Signals:
        filed: Files to join as proofs (``list[Path]``).
        told: What was changed in the form (``dict``): decision, cause_group, responsible, due_on.
    """

    filed = Signal(object)
    told = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: int | None = None
        self.setAcceptDrops(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        set_role(self, "page")
        self.title_line = QLabel()
        self.title_line.setWordWrap(True)
        set_role(self.title_line, "h2")
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        set_role(self.facts, "muted")
        self.strip = BreachStrip()
        self.verify = VerifyStrip()
        self.lot = LotStrip()
        self.story = QLabel()
        self.story.setWordWrap(True)
        self.story.setTextFormat(Qt.TextFormat.PlainText)
        self.story.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.decision = _choice(tr("Décision sur le produit"))
        for decision in Decision:
            self.decision.addItem(decision_name(decision), decision)
        self.group = _choice(tr("Origine (5M)"))
        for group in CauseGroup:
            self.group.addItem(cause_group_name(group), group)
        self.responsible = initials_field()
        self.responsible.setAccessibleName(tr("Responsable"))
        self.due = DateEdit(tr("Échéance"), self._today)
        self.due.setFixedWidth(scaled(190))
        self.join = button(tr("Joindre une preuve…"))
        self.proofs = ProofsButton(desk)
        self.paper = button(tr("Imprimer la fiche"))
        self.note = button(tr("Ajouter une note"))
        self.letter = button(tr("Copier la lettre au fournisseur"))
        self._form = QWidget()
        self._buttons = QWidget()
        self._connect()
        self._lay_out()

    def present(self, row: BreachRow, now: datetime, *, writable: bool) -> None:
        """Show a breach; what is being typed about the same one stays."""
        if self._shown != row.breach_id:
            self.verify.clear()
        self._shown = row.breach_id
        self.title_line.setText(where(row))
        self.facts.setText(_facts(row))
        self.story.setText(_told(row))
        self._show_strips(row, now)
        self._show_form(row)
        for widget in (self.strip, self.verify, self.lot, self.join):
            widget.setEnabled(writable)
        self._form.setEnabled(writable and not row.sealed)
        self._form.setVisible(not row.withdrawn)
        self._buttons.show()
        self.note.setVisible(row.settled_at is not None and not row.withdrawn and writable)
        self.proofs.present(row, writable=writable)
        self.letter.setVisible(bool(row.product))

    def empty(self, sentence: str) -> None:
        """Show a sentence, and no breach."""
        self._shown = None
        self.title_line.setText(sentence)
        for label in (self.facts, self.story):
            label.clear()
        self.strip.dismiss()
        for widget in (self.verify, self.lot, self._form, self._buttons):
            widget.hide()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._shown is not None and _files(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if files := _files(event):
            event.acceptProposedAction()
            self.filed.emit(files)

    def _show_strips(self, row: BreachRow, now: datetime) -> None:
        self.lot.present(row)
        self.verify.present(row)
        if row.settled_at is None:
            self.strip.set_short(row.state is BreachState.TO_VERIFY)
            self.strip.present(row, 0, now)
        else:
            self.strip.dismiss()

    def _show_form(self, row: BreachRow) -> None:
        for box, value in ((self.decision, row.decision), (self.group, row.cause_group)):
            box.blockSignals(True)
            box.setCurrentIndex(max(box.findData(value), 0))
            box.blockSignals(False)
        if not self.responsible.hasFocus():
            self.responsible.setText(row.responsible)
        self.due.set_value(row.due_on)

    def _connect(self) -> None:
        self.decision.currentIndexChanged.connect(self._tell_decision)
        self.group.currentIndexChanged.connect(self._tell_group)
        self.responsible.editingFinished.connect(self._tell_charge)
        self.due.committed.connect(self._tell_charge)

    @Slot()
    def _tell_decision(self) -> None:
        chosen = self.decision.currentData()
        self.told.emit({"decision": None if chosen is None else Decision(chosen)})

    @Slot()
    def _tell_group(self) -> None:
        chosen = self.group.currentData()
        self.told.emit({"cause_group": None if chosen is None else CauseGroup(chosen)})

    @Slot()
    def _tell_charge(self) -> None:
        self.told.emit({"responsible": self.responsible.text().strip(), "due_on": self.due.value})

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def _lay_out(self) -> None:
        self.strip.question.hide()  # the title and the story say it already
        self.strip.unfold.setText(tr("Noter une autre action"))
        flow = FlowLayout(scaled(8), self._form)
        for label, field in (
            (tr("Décision"), self.decision),
            (tr("Origine (5M)"), self.group),
            (tr("Responsable"), self.responsible),
            (tr("Échéance"), self.due),
        ):
            flow.addWidget(_pair(label, field))
        line = FlowLayout(scaled(8), self._buttons)
        for each in (self.note, self.join, self.proofs, self.paper, self.letter):
            line.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        for widget in (
            self.title_line,
            self.facts,
            self.lot,
            self.verify,
            self.strip,
            self._form,
            self.story,
            self._buttons,
        ):
            column.addWidget(widget)
        column.addStretch(1)


def _facts(row: BreachRow) -> str:
    food = " ".join(part for part in (row.product, row.lot, row.quantity) if part)
    parts = [row.number, severity_name(row.severity), state_name(row.state), food]
    if row.point:
        parts.append(tr("point {code}").format(code=row.point))
    return " · ".join(part for part in parts if part)


def _told(row: BreachRow) -> str:
    lines: Sequence[str] = [
        tr("{day} {hour} — {words}").format(
            day=f"{civil_date(moment.at):%d/%m}", hour=hour(moment.at), words=moment.words
        )
        for moment in story_of(row)
    ]
    if not row.actions:
        lines = [*lines, tr("Rien n’est encore noté.")]
    return "\n".join(lines)


def _choice(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(_SHORT)
    box.setMinimumContentsLength(14)
    box.addItem("—", None)
    return box


def _pair(label: str, field: QWidget) -> QWidget:
    pair = QWidget()
    pair.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(scaled(8))
    row.addWidget(QLabel(label))
    row.addWidget(field)
    return pair


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
