"""Fiscal years: what waits in each, closing it, opening days again, assigning its result."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger import closing, locking
from cantine_desktop.finance.ledger.model import FiscalYear, LockChange
from cantine_desktop.finance.ledger.year_state import (
    YearState,
    faults_before_closing,
    year_states,
)
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.finance.month_end.closing import reopen_from
from cantine_desktop.i18n import money, short_day, tr, trn
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.finance.accounts_year_forms import AssignDialog, OpenYearDialog, UnlockDialog
from ui.finance.facts_opening import OpeningDialog
from ui.kit.dialogs import ask
from ui.kit.labels import wrapped
from ui.kit.notice import Notice, chip
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled, set_role


class YearsPage(QWidget):
    """One card per fiscal year, latest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.notice = Notice()
        self.open_year = QPushButton(tr("Ouvrir un exercice…"))
        self.open_year.clicked.connect(self._open_year)
        self.opening = QPushButton(tr("Noter les soldes de départ…"))
        self.opening.clicked.connect(self._note_opening)
        for button in (self.open_year, self.opening):
            button.setEnabled(desk.may_write("finance"))
        inside = QWidget()
        self._cards = QVBoxLayout(inside)
        self._cards.setContentsMargins(0, 0, scaled(8), 0)
        self._cards.setSpacing(scaled(12))
        area = scrolling(inside)
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(self.open_year)
        row.addWidget(self.opening)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, scaled(10), 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.notice)
        column.addWidget(area, 1)
        column.addLayout(row)

    def refresh(self) -> None:
        """Read the years again."""
        while (item := self._cards.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        with self._desk.book.read() as session:
            for state in year_states(session, self._today()):
                self._cards.addWidget(self._card(session, state))
        if not self._cards.count():
            words = QLabel(
                tr(
                    "Le premier exercice s’ouvrira de lui-même à la première recette ou facture "
                    "notée, du 1er janvier au 31 décembre. S’il suit d’autres dates, ouvrez-le ici."
                )
            )
            words.setWordWrap(True)
            set_role(words, "muted")
            self._cards.addWidget(words)
        self._cards.addStretch(1)

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def _card(self, session: Session, state: YearState) -> QWidget:
        card = QFrame()
        set_role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        column.setSpacing(scaled(6))
        head = QHBoxLayout()
        title = QLabel(tr("Exercice {year}").format(year=in_words(state.period)))
        set_role(title, "h2")
        head.addWidget(title)
        head.addWidget(chip(tr("clos"), "ok") if state.is_closed else chip(tr("ouvert"), "info"))
        head.addStretch(1)
        column.addLayout(head)
        for sentence in _sentences(state):
            column.addWidget(wrapped(sentence, "muted"))
        for change in locking.lock_changes(session, session.get_one(FiscalYear, state.key))[-5:]:
            if change.reason:
                column.addWidget(wrapped(_told(change), "small"))
        column.addLayout(self._buttons(state))
        return card

    def _buttons(self, state: YearState) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        offered = (
            (tr("Clôturer l’exercice…"), self._close, state.can_close),
            (
                tr("Rouvrir des jours…"),
                self._unlock,
                state.locked_until is not None and not state.is_closed,
            ),
            (
                tr("Affecter le résultat…"),
                self._assign,
                bool(state.unassigned) and not state.is_closed,
            ),
        )
        year = in_words(state.period)
        for words, act, is_offered in offered:
            if is_offered:
                button = QPushButton(words)
                button.setAccessibleName(f"{words} {year}")
                button.setEnabled(self._desk.may_write("finance"))
                button.clicked.connect(partial(self._run, act, state))
                row.addWidget(button)
        row.addStretch(1)
        return row

    def _run(self, act: object, state: YearState, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        assert callable(act)
        self.notice.clear()
        try:
            act(state)
        except UserError as error:
            self.notice.tell("bad", str(error))

    def _close(self, state: YearState) -> None:
        with self._desk.book.read() as session:
            faults = faults_before_closing(session, session.get_one(FiscalYear, state.key))
        said = [
            tr(
                "Les brouillons sont validés, l’exercice suivant s’ouvre avec les mêmes soldes, "
                "et plus rien ne s’écrit dans celui-ci. C’est définitif."
            ),
            _result(state.result),
            *faults,
        ]
        title = tr("Clôturer l’exercice {year} ?").format(year=in_words(state.period))
        if not ask(self.window(), title, "\n\n".join(said), tr("Clôturer"), destructive=True):
            return
        with self._desk.book.action(tr("Exercice clôturé"), undoable=False) as session:
            year = session.get_one(FiscalYear, state.key)
            closing.close_year(session, year, self._desk.book.clock())
        self._desk.tell(tr("Exercice {year} clôturé.").format(year=in_words(state.period)))

    def _unlock(self, state: YearState) -> None:
        dialog = UnlockDialog(self.window(), state, self._today)
        if not dialog.exec():
            return
        with self._desk.book.action(tr("Jours rouverts"), undoable=False) as session:
            year = session.get_one(FiscalYear, state.key)
            reopen_from(session, year, dialog.until, dialog.reason, self._desk.book.clock())

    def _assign(self, state: YearState) -> None:
        dialog = AssignDialog(self.window(), state.unassigned, self._today)
        if not dialog.exec():
            return
        with self._desk.book.action(tr("Résultat affecté")) as session:
            year = session.get_one(FiscalYear, state.key)
            closing.assign_result(session, year, dialog.day, dialog.reserves)
        self._desk.tell(tr("Résultat affecté."), undo=True)

    def _open_year(self) -> None:
        with self._desk.book.read() as session:
            found = year_states(session, self._today())
        first = found[0].period.end if found else self._today().replace(month=1, day=1)
        dialog = OpenYearDialog(self.window(), first, self._today)
        if not dialog.exec():
            return
        self.notice.clear()
        try:
            with self._desk.book.action(tr("Exercice ouvert")) as session:
                open_year(session, Period(dialog.first, dialog.last + DAY))
        except UserError as error:
            self.notice.tell("bad", str(error))

    def _note_opening(self) -> None:
        OpeningDialog(self._desk, self.window()).exec()


def _sentences(state: YearState) -> list[str]:
    found = [trn("{n} écriture", "{n} écritures", state.entries)]
    if state.drafts:
        found[0] += trn(", dont {n} en brouillon", ", dont {n} en brouillon", state.drafts)
    found.append(_result(state.result))
    if state.locked_until is not None and not state.is_closed:
        found.append(
            tr("Les comptes sont arrêtés jusqu’au {day} compris.").format(
                day=short_day(state.locked_until - DAY)
            )
        )
    if state.unassigned and not state.is_closed:
        found.append(
            tr(
                "Le résultat de l’exercice précédent, {amount}, attend l’assemblée générale."
            ).format(amount=money(state.unassigned))
        )
    return found


def _result(amount: Money) -> str:
    if amount.cents < 0:
        return tr("Déficit : {amount}.").format(amount=money(-amount))
    return tr("Excédent : {amount}.").format(amount=money(amount))


def _told(change: LockChange) -> str:
    return tr("Rouvert le {day} : {reason}").format(
        day=short_day(civil_date(change.changed_at)), reason=change.reason
    )
