"""One entry: what happened, how it is written, and what may still be done with it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy import select

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.recording import standing
from cantine_desktop.finance.ledger import lettering, posting, validating
from cantine_desktop.finance.ledger.model import Account, Entry, Journal, Line
from cantine_desktop.i18n import mark, short_day, tr
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.entry_view import EntryTable, shown
from ui.kit.dialogs import ask, ask_text
from ui.kit.notice import Notice, chip
from ui.kit.theme import scaled, set_role

_CASH = mark("Elle vient de la caisse : corrigez-la dans l’écran « Caisse ».")
ELSEWHERE = {
    "takings": _CASH,
    "cash_count": _CASH,
    "cash_deposit": _CASH,
    "cash_movement": _CASH,
    "bank_line": mark("Elle vient de la banque : changez le pointage dans l’écran « Banque »."),
    "piece": mark("Elle vient d’une pièce : corrigez-la dans l’écran « Pièces »."),
    "grant_record": mark("Elle vient d’une subvention : écran « Subventions »."),
}
"""Where entries that another record made are corrected, by the table of the record."""
_OTHER = mark("Elle suit un autre enregistrement : corrigez celui-ci, elle suivra.")


class EntryPane(QWidget):
    """An entry with its lines.

    Signals:
        account_wanted: The ledger of an account is wanted (its number).
    """

    account_wanted = Signal(str)

    def __init__(self, desk: Desk, entry_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, entry_id
        self._numbers: list[str] = []
        self.title = QLabel()
        self.title.setWordWrap(True)
        set_role(self.title, "h2")
        self.where = QLabel()
        self.where.setWordWrap(True)
        set_role(self.where, "muted")
        self.state = QHBoxLayout()
        self.note = QLabel()
        self.note.setWordWrap(True)
        set_role(self.note, "small")
        self.notice = Notice()
        self.table = EntryTable()
        self.table.activated.connect(self._open_account)
        self.account = QPushButton(tr("Voir le compte"))
        self.account.clicked.connect(self._on_account)
        self.erase = QPushButton(tr("Effacer"))
        self.erase.clicked.connect(self._erase)
        self.settle = QPushButton(tr("Valider"))
        self.settle.clicked.connect(self._validate)
        self.reverse = QPushButton(tr("Contre-passer…"))
        self.reverse.clicked.connect(self._reverse)
        self.mend = QPushButton(tr("Corriger les recettes…"))
        self.mend.clicked.connect(self._mend)
        self._takings: int | None = None
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        for button in (self.account, self.settle, self.mend, self.reverse, self.erase):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.setSpacing(scaled(10))
        column.addWidget(self.title)
        column.addWidget(self.where)
        column.addLayout(self.state)
        column.addWidget(self.notice)
        column.addWidget(self.table)
        column.addWidget(self.note)
        column.addLayout(row)
        column.addStretch(1)

    def refresh(self) -> None:
        """Read the entry again."""
        with self._desk.book.read() as session:
            entry = session.get(Entry, self._id)
            if entry is None:
                return
            journal = session.get_one(Journal, entry.journal_id)
            self.title.setText(entry.label)
            self.where.setText(
                tr("{journal} · {day} · pièce {piece}").format(
                    journal=journal.title, day=short_day(entry.day), piece=entry.piece_ref
                )
            )
            self.table.present([shown(session, entry)])
            query = select(Account.number).join(Line, Line.account_id == Account.id)
            query = query.where(Line.entry_id == entry.id).order_by(Line.rank)
            self._numbers = list(session.scalars(query))
            back = session.scalar(select(Entry.id).where(Entry.reverses_id == entry.id))
            self._say_state(entry, journal.code, is_reversed=back is not None)
            settled = lettering.is_settled(session, [line.id for line in entry.lines])
            self._takings = standing(session, Period.through(entry.day, entry.day)).get(entry.id)
            self._offer(entry, is_reversed=back is not None, is_settled=settled)

    def _say_state(self, entry: Entry, code: str, *, is_reversed: bool) -> None:
        while (item := self.state.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if entry.number is None or entry.validated_on is None:
            self.state.addWidget(chip(tr("brouillon"), "info"))
        else:
            said = tr("validée le {day}, {code} n° {number}")
            words = said.format(day=short_day(entry.validated_on), code=code, number=entry.number)
            self.state.addWidget(chip(words, "ok"))
        if is_reversed:
            self.state.addWidget(chip(tr("contre-passée"), "warn"))
        if entry.reverses_id is not None:
            self.state.addWidget(chip(tr("contre-passation"), "warn"))
        self.state.addStretch(1)

    def _offer(self, entry: Entry, *, is_reversed: bool, is_settled: bool) -> None:
        may = self._desk.may_write("finance")
        own = not entry.origin_table
        draft = entry.number is None
        self.mend.setVisible(self._takings is not None)
        self.mend.setEnabled(may)
        self.erase.setVisible(draft)
        self.settle.setVisible(draft)
        self.reverse.setVisible(not draft)
        self.erase.setEnabled(may and own and not is_settled)
        self.settle.setEnabled(may)
        self.reverse.setEnabled(may and own and not is_reversed)
        words = "" if own else tr(ELSEWHERE.get(entry.origin_table, _OTHER))
        if own and draft and is_settled:
            words = tr("Une autre écriture la solde : défaites ce pointage avant de l’effacer.")
        self.note.setText(words)
        self.note.setVisible(bool(words))

    @Slot()
    def _on_account(self) -> None:
        place = self.table.current_key or 0
        if place < len(self._numbers):
            self.account_wanted.emit(self._numbers[place])

    @Slot(object)
    def _open_account(self, place: int) -> None:
        self.account_wanted.emit(self._numbers[place])

    @Slot()
    def _mend(self) -> None:
        from ui.finance.takings_correction import TakingsCorrection  # noqa: PLC0415  -- when asked

        if self._takings is not None:
            TakingsCorrection(self._desk, self.window(), self._takings).exec()

    @Slot()
    def _erase(self) -> None:
        try:
            with self._desk.book.action(tr("Écriture effacée")) as session:
                posting.remove(session, session.get_one(Entry, self._id))
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("Écriture effacée."), undo=True)

    @Slot()
    def _validate(self) -> None:
        if not ask(
            self.window(),
            tr("Valider cette écriture ?"),
            tr(
                "Elle prend son numéro et ne changera plus ; seule une contre-passation pourra la "
                "corriger. La fin de mois valide tout d’un coup : rien ne presse."
            ),
            tr("Valider"),
        ):
            return
        try:
            with self._desk.book.action(tr("Écriture validée"), undoable=False) as session:
                now = self._desk.book.clock()
                validating.validate(session, [session.get_one(Entry, self._id)], now)
        except UserError as error:
            self.notice.tell("bad", str(error))

    @Slot()
    def _reverse(self) -> None:
        reason = ask_text(
            self.window(),
            tr("Contre-passer cette écriture"),
            tr("Une écriture contraire l’annule, datée d’aujourd’hui. Dites pourquoi :"),
            tr("Contre-passer"),
        )
        if reason is None:
            return
        try:
            with self._desk.book.action(tr("Écriture contre-passée")) as session:
                entry = session.get_one(Entry, self._id)
                day = max(entry.day, civil_date(self._desk.book.clock()))
                validating.reverse(session, entry, day, reason)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("Écriture contre-passée."), undo=True)
