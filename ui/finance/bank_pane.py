"""One line of the bank: what it is proposed to be, why, and what else it could be."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.finance.matching.proposal import Proposal
from cantine_desktop.finance.matching.queries import BankRow, Proof
from cantine_desktop.i18n import long_day, money, tr
from ui.finance.bank_rows import certainty_word, proof_word
from ui.kit.flow import FlowLayout
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled, set_role


class BankPane(QFrame):
    """The detail of a line, under the list.

    Signals:
        accepted: The choice shown is right (the proposal).
        refused: The choice shown is wrong (the proposal).
        edited: The person wants to say it by hand.
        unmatched: The match is to be taken back.
        written: Its entry is to be shown.
    """

    accepted = Signal(object)
    refused = Signal(object)
    edited = Signal()
    unmatched = Signal()
    written = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._choices: list[Proposal] = []
        self._proof = Proof.UNKNOWN
        self.title_line = QLabel()
        self.title_line.setWordWrap(True)
        self.title_line.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.title_line, "strong")
        self.what = QLabel()
        self.why = QLabel()
        for label in (self.what, self.why):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self.why, "muted")
        self.others = QListWidget()
        self.others.setAccessibleName(tr("Ce que cette ligne pourrait être"))
        self.others.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.others.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.others.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.yes = QPushButton(tr("Accepter (Y)"))
        self.no = QPushButton(tr("Refuser (N)"))
        self.edit = QPushButton(tr("Dire autre chose (E)"))
        self.back = QPushButton(tr("Dépointer"))
        self.entry = QPushButton(tr("Montrer l’écriture"))
        set_role(self.yes, "primary")
        self._connect()
        self._lay_out()

    @property
    def proposal(self) -> Proposal | None:
        """The choice that stands to be accepted."""
        place = max(self.others.currentRow(), 0)
        return self._choices[place] if self._choices else None

    def present(self, row: BankRow, proposal: Proposal | None, proof: Proof, *, may: bool) -> None:
        """Show a line and what it could be."""
        details = f" · {row.details}" if row.details else ""
        self.title_line.setText(f"{row.label}{details} · {money(row.amount)} · {long_day(row.day)}")
        matched = row.match_id is not None
        self._choices = [] if matched or proposal is None else [proposal, *proposal.choices]
        self._fill()
        if matched:
            self._say(tr("Pointée : {title}").format(title=row.title), row.reason, row.proof)
        elif self._choices:
            self._proof = proof
            self._show_choice()
        else:
            self._say(tr("Rien de connu ne ressemble à cette ligne."), "", Proof.UNKNOWN)
            self.why.setText(tr("Dites une fois ce que c’est : la prochaine sera proposée."))
        self.yes.setVisible(bool(self._choices) and may)
        self.no.setVisible(bool(self._choices) and may)
        self.edit.setVisible(not matched and may)
        self.back.setVisible(matched and may)
        self.entry.setVisible(row.entry_id is not None)

    def empty(self, sentence: str) -> None:
        """Show a sentence, and no line."""
        self._choices = []
        self._fill()
        self.title_line.setText(sentence)
        for label in (self.what, self.why):
            label.clear()
        for button in (self.yes, self.no, self.edit, self.back, self.entry):
            button.hide()

    def _fill(self) -> None:
        self.others.blockSignals(True)
        self.others.clear()
        for choice in self._choices:
            words = certainty_word(choice.certainty)
            self.others.addItem(QListWidgetItem(f"{choice.title}  —  {words}"))
        self.others.setCurrentRow(0)
        self.others.blockSignals(False)
        self.others.setVisible(len(self._choices) > 1)

    def _say(self, what: str, why: str, proof: Proof) -> None:
        self.what.setText(what)
        piece = tr("pièce {state}").format(state=proof_word(proof)) if proof_word(proof) else ""
        needed = proof in {Proof.MISSING, Proof.THERE}
        reasons = [part for part in (why, piece if needed else "") if part]
        self.why.setText(tr("Pourquoi : {why}").format(why=" · ".join(reasons)) if reasons else "")

    @Slot()
    def _show_choice(self) -> None:
        choice = self.proposal
        if choice is not None:
            what = f"{choice.title} — {certainty_word(choice.certainty)}"
            proof = self._proof if self.others.currentRow() < 1 else Proof.UNKNOWN
            self._say(what, ", ".join(choice.reasons), proof)

    @Slot()
    def _accept(self) -> None:
        if self.proposal is not None:
            self.accepted.emit(self.proposal)

    @Slot()
    def _refuse(self) -> None:
        if self.proposal is not None:
            self.refused.emit(self.proposal)

    def _connect(self) -> None:
        self.others.currentRowChanged.connect(self._show_choice)
        self.others.itemActivated.connect(self._accept)
        self.yes.clicked.connect(self._accept)
        self.no.clicked.connect(self._refuse)
        self.edit.clicked.connect(self.edited)
        self.back.clicked.connect(self.unmatched)
        self.entry.clicked.connect(self.written)

    def _lay_out(self) -> None:
        self.others.setMaximumHeight(scaled(120))
        self.others.setMinimumWidth(scaled(260))
        buttons = QWidget()
        flow = FlowLayout(scaled(8), buttons)
        for button in (self.yes, self.no, self.edit, self.back, self.entry):
            flow.addWidget(button)
        words = QVBoxLayout()
        words.setSpacing(scaled(6))
        for widget in (self.title_line, self.what, self.why):
            words.addWidget(widget)
        words.addStretch(1)
        words.addWidget(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        row.setSpacing(scaled(16))
        row.addLayout(words, 3)
        row.addWidget(self.others, 2)


def under(above: QWidget, pane: BankPane) -> QSplitter:
    """Return a pane under something taller, each as high as a person wants."""
    area = scrolling(pane)
    area.setMinimumHeight(scaled(96))
    split = QSplitter(Qt.Orientation.Vertical)
    split.addWidget(above)
    split.addWidget(area)
    split.setStretchFactor(0, 1)
    split.setStretchFactor(1, 0)
    split.setChildrenCollapsible(False)
    split.setSizes([scaled(420), scaled(190)])
    split.setHandleWidth(scaled(12))
    return split
