"""The bank: each line, what it most likely is, and the keys that say yes, no or otherwise."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.matching import queries
from cantine_desktop.finance.matching.accepting import accept, accept_all, reject
from cantine_desktop.finance.matching.monthly import account_to_do
from cantine_desktop.finance.matching.proposal import Choice, Proposal
from cantine_desktop.finance.matching.queries import BankRow, Proof
from cantine_desktop.finance.matching.unmatching import unmatch
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.finance.bank_bar import BankBar, Which
from ui.finance.bank_drop import BankDrop
from ui.finance.bank_hand import HandDialog
from ui.finance.bank_import import ask_import
from ui.finance.bank_nothing import NothingLeft
from ui.finance.bank_pane import BankPane, under
from ui.finance.bank_rows import BankPlace, Found, balance_words, columns, find, row_of, searched
from ui.finance.bank_rules import RulesDialog
from ui.finance.tight import Tight
from ui.kit.jobs import Job, Report
from ui.kit.notice import Notice
from ui.kit.scrolling import show_scrolling
from ui.kit.table import LazyTable, Row
from ui.kit.theme import scaled
from ui.screen import Screen

PATIENCE = 60
"""Milliseconds without a key before proposals are worked out again: keys go first."""


class BankScreen(Screen):
    """The lines of an account with their proposals, and under them why."""

    key: ClassVar[str] = "bank"
    shows: ClassVar[frozenset[str]] = frozenset({
        "bank_account",
        "bank_line",
        "match",
        "matched_bank_line",
        "matching_rule",
        "rejected_proposal",
        "entry",
        "lettered_line",
        "piece_link",
    })
    help_text: ClassVar[str] = mark(
        "Chaque ligne de la banque reçoit une proposition et dit pourquoi. Y l’accepte, N la "
        "refuse, E dit autre chose. Ce que vous acceptez apprend la suite ; Ctrl+Z reprend tout."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[int, BankRow] = {}
        self._found = Found()
        self._job: Job | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._start)
        self._may_write = desk.may_write("finance")
        self.bar = BankBar()
        self.pane = BankPane()
        self.notice = Notice()
        self._import = self._action(tr("Importer un relevé…"), "Ctrl+N", self._ask_import)
        self.nothing = NothingLeft()
        self.table: LazyTable[int] = LazyTable(
            tr("Lignes de la banque"),
            columns(),
            self._load,
            self._find,
            empty=self.nothing,
        )
        self.pieces = BankDrop(self, self.table, self._row, self.notice)
        self._add_actions()
        self._connect()
        self._lay_out()

    @override
    def primary(self) -> QAction:
        return self._import

    @override
    def document(self) -> tuple[str, Period]:
        row = self._current()
        day = self._today() if row is None else row.day
        return "bank-reconciliation", Period.month(day)

    @override
    def place(self) -> object:
        return BankPlace(self.bar.account_id, self.table.current_key)

    @override
    def open_at(self, target: object) -> None:
        """Show a line by its key, a month that ends, what ``place`` returned, or the rules."""
        if target == "rules":
            QTimer.singleShot(0, self, self._open_rules)
        key = target
        if isinstance(target, Period):
            self._begin_month(target)
        if isinstance(target, BankPlace):
            key = target.line
            self.bar.account.setCurrentIndex(max(0, self.bar.account.findData(target.account)))
        self.refresh()
        if isinstance(key, int):
            if key not in self._rows:
                self.bar.want(Which.ALL)
                self.refresh()
            self.table.go_to(key)

    def _begin_month(self, month: Period) -> None:
        """Show what waits at the first account where the end of a month finds something."""
        with self.desk.book.read() as session:
            self.bar.show_accounts(queries.accounts(session))
            account = account_to_do(session, month)
        self.nothing.month = month
        self.bar.want(Which.WAITING)
        self.bar.words.clear()
        if account is not None:
            self.bar.account.setCurrentIndex(self.bar.account.findData(account))

    @override
    def refresh(self) -> None:
        """Read the lines again, and work out proposals beside the window."""
        with self.desk.book.read() as session:
            self.bar.show_accounts(queries.accounts(session))
            account = self.bar.account_id
            if account is None:
                self._rows = {}
            else:
                self._read(session, account)
                self._done = queries.progress(session, account)
        self._show_table()
        if account is None:
            self.pane.empty(tr("Importez un relevé : le compte se crée avec lui."))
        else:
            self._show_progress()
            self._patience.start()

    def _read(self, session: Session, account: int) -> None:
        waiting = self.bar.which is Which.WAITING
        found = queries.bank_rows(session, account, waiting=waiting)
        if self.bar.which is Which.NO_PIECE:
            found = [row for row in found if row.proof is Proof.MISSING]
            self.bar.show_missing(len(found))
        self._rows = {row.id: row for row in found}
        self.nothing.read(session, account, self._rows)

    @Slot()
    def _start(self) -> None:
        account = self.bar.account_id
        if account is None:
            return
        if self._job is not None:
            self._job.stop()
        today = self._today()

        def work(report: Report) -> Found:
            def tell(done: int, of: int) -> None:
                report.step(100 * done // max(of, 1), tr("Lecture des propositions"))

            with self.desk.book.read() as session:
                return find(session, account, today, tell)

        self._job = self.desk.jobs.start("", work, self._on_found, self._on_failed)

    @Slot(object)
    def _on_found(self, found: Found) -> None:
        self._job = None
        self._found = found
        if found.statement is not None:
            self.bar.balances.setText(balance_words(found.statement))
        self._show_progress()
        self.table.model.reload()
        self._show_current()

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        raise error

    def _show_progress(self) -> None:
        self.bar.show_progress(self._done, len(self._sure()))

    def _sure(self) -> list[Proposal]:
        return [p for p in self._found.proposals.values() if p.is_sure]

    # -- what is decided

    @Slot()
    def _accept_shown(self) -> None:
        if self.pane.proposal is not None:
            self._accept(self.pane.proposal)

    @Slot(object)
    def _accept(self, what: Proposal | Choice, title: str = "") -> None:
        choice = what.choice if isinstance(what, Proposal) else what
        label = tr("Pointage : {title}").format(title=title or choice.title)
        self._do(label, lambda session: accept(session, what, self.desk.book.clock()))

    @Slot()
    def _refuse_shown(self) -> None:
        proposal = self.pane.proposal
        if proposal is not None:
            label = tr("Proposition refusée : {title}").format(title=proposal.title)
            self._do(label, partial(reject, proposal=proposal), stays=True)

    @Slot()
    def _accept_sure(self) -> None:
        sure = self._sure()
        if not sure or not self._may_write:
            return
        label = trn("Pointage de {n} ligne sûre", "Pointage de {n} lignes sûres", len(sure))
        label = label.format(n=len(sure))

        def work(report: Report) -> str:
            report.step(0, label)
            with self.desk.book.action(label) as session:
                accept_all(session, sure, self.desk.book.clock())
            return label

        self.bar.sure.setEnabled(False)
        self.desk.jobs.start(label, work, self._on_taken, self._on_refused)

    def _on_taken(self, label: str) -> None:
        self.desk.tell(label, undo=True)

    def _on_refused(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.notice.tell("warn", str(error))

    @Slot()
    def _unmatch(self) -> None:
        row = self._current()
        if row is None or row.match_id is None or not self._may_write:
            return
        key = row.match_id
        label = tr("Dépointage : {label}").format(label=row.label)
        done = self._do(
            label, lambda session: unmatch(session, key, self.desk.book.clock()), stays=True
        )
        if done:
            self.desk.tell(label, undo=True)

    @Slot()
    def _show_entry(self) -> None:
        row = self._current()
        if row is not None and row.entry_id is not None:
            self.desk.go("accounts", row.entry_id)

    @Slot()
    def _edit(self) -> None:
        row, account = self._current(), self.bar.account_id
        if row is None or account is None or row.match_id is not None or not self._may_write:
            return
        dialog = HandDialog(self.desk, account, row, self.pane.proposal, parent=self)
        if dialog.exec() and dialog.choice is not None:
            self._accept(dialog.choice, dialog.choice.title)

    @Slot()
    def _ask_import(self) -> None:
        dialog = ask_import(self.desk, self, self.bar.account_id or 0)
        if dialog is not None:
            dialog.finished.connect(self.take_keyboard)

    @Slot()
    def _open_rules(self) -> None:
        RulesDialog(self.desk, parent=self).exec()

    def _do(self, label: str, deed: Callable[[Session], object], *, stays: bool = False) -> bool:
        """Do something to the current line in one action; go on to the next one."""
        if not self._may_write:
            return False
        after = self.table.current_key if stays else self._following()
        try:
            with self.desk.book.action(label) as session:
                deed(session)
        except UserError as error:
            self.notice.tell("warn", str(error))
            return False
        self.notice.clear()
        if after is not None:
            self.table.go_to(after)
        return True

    def _following(self) -> int | None:
        """Return the line after the current one that still waits, or the one before."""
        keys = list(self.table.model.keys)
        current = self.table.current_key
        if current not in keys:
            return None
        place = keys.index(current)
        proposal = self.pane.proposal
        gone = set(proposal.choice.lines) if proposal else {current}
        rest = [key for key in (*keys[place + 1 :], *reversed(keys[:place])) if key not in gone]
        waiting = [key for key in rest if self._rows[key].match_id is None]
        return next(iter(waiting or rest), None)

    # -- what is shown

    def _current(self) -> BankRow | None:
        key = self.table.current_key
        return None if key is None else self._row(key)

    def _row(self, key: int) -> BankRow | None:
        return self._rows.get(key)

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    def _show_table(self) -> None:
        had_keyboard = self.table.view.hasFocus()
        self.nothing.tell(self.bar.which)
        self.table.refresh()
        keys = self.table.model.keys
        if self.table.current_key is None and keys:
            self.table.go_to(keys[0])
        self.first_stop = self.table.view if keys else self.nothing.button
        if had_keyboard and not keys and self.nothing.button is not None:
            self.nothing.button.setFocus()
        self._show_current()

    @Slot()
    def _show_current(self) -> None:
        row = self._current()
        if row is None:
            self.pane.empty(tr("Tout est pointé.") if self._rows == {} else "")
            return
        proof = self._found.proofs.get(row.id, Proof.UNKNOWN)
        self.pane.present(row, self._found.proposals.get(row.id), proof, may=self._may_write)

    def _find(self, column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        words = fold(self.bar.words.text()).split()
        kept = [
            row
            for row in self._rows.values()
            if all(w in searched(row, self._found) for w in words)
        ]
        if column == "label":
            kept.sort(key=lambda row: fold(row.label), reverse=down)
        elif column == "amount":
            kept.sort(key=lambda row: row.amount.cents, reverse=down)
        elif down:
            kept.reverse()
        return [row.id for row in kept]

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [row_of(self._rows[key], self._found) for key in keys]

    # -- how it is made

    def _add_actions(self) -> None:
        for title, keys, do in (
            (tr("Accepter la proposition"), ["Y", "O"], self._accept_shown),
            (tr("Refuser la proposition"), ["N"], self._refuse_shown),
            (tr("Dire ce qu’est la ligne"), ["E"], self._edit),
            (tr("Accepter toutes les propositions sûres"), ["Ctrl+Shift+Y"], self._accept_sure),
            (tr("Dépointer la ligne"), ["Ctrl+D"], self._unmatch),
            (tr("Règles de pointage"), ["Ctrl+Shift+R"], self._open_rules),
        ):
            self._action(title, keys[0], do).setShortcuts([QKeySequence(key) for key in keys])

    def _connect(self) -> None:
        self.nothing.import_wanted.connect(self._ask_import)
        self.nothing.month_done.connect(partial(self.desk.go, "month-end"))
        self.table.current_changed.connect(self._show_current)
        self.table.activated.connect(self._edit)
        self.bar.changed.connect(self.refresh)
        self.bar.account_changed.connect(self.refresh)
        self.bar.rules.clicked.connect(self._open_rules)
        self.bar.sure.clicked.connect(self._accept_sure)
        self.pane.accepted.connect(self._accept)
        self.pane.refused.connect(self._refuse_shown)
        self.pane.edited.connect(self._edit)
        self.pane.unmatched.connect(self._unmatch)
        self.pane.written.connect(self._show_entry)

    def _lay_out(self) -> None:
        column = QVBoxLayout(page := QWidget())
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addWidget(under(self.table, self.pane), 1)
        show_scrolling(self, page)
        self.tight = Tight(self, (self.bar.rules,))
