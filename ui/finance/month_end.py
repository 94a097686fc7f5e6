"""The month’s end: eight steps that can be left and taken up again, then the month is closed."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.month_end import closing, sentence
from cantine_desktop.finance.month_end.closing import StepState
from cantine_desktop.finance.month_end.model import Step
from cantine_desktop.finance.month_end.steps import SCREENS
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.i18n import month as month_name
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.finance.facts_menu import open_fact
from ui.finance.month_end_steps import Steps
from ui.kit.buttons import arrow
from ui.kit.dialogs import ask, ask_text
from ui.kit.notice import Notice
from ui.kit.scrolling import show_scrolling
from ui.kit.theme import scaled, set_role
from ui.screen import Screen

MINUTES = {
    Step.SERVICES: 5,
    Step.CASH: 5,
    Step.BANK: 20,
    Step.PIECES: 10,
    Step.HOURS: 5,
    Step.STOCK: 0,
    Step.SENTENCE: 5,
    Step.SENDING: 5,
}
"""Minutes each step usually takes for some eighty bank lines: an hour at most in all."""
FACTS = {Step.HOURS: "payroll", Step.STOCK: "stock"}


class MonthEndScreen(Screen):
    """The steps of a month, the way to each, and the button that closes it."""

    key: ClassVar[str] = "month-end"
    shows: ClassVar[frozenset[str]] = frozenset({
        "month_end",
        "step_told",
        "entry",
        "bank_line",
        "matched_bank_line",
        "piece",
        "piece_link",
        "takings",
        "period_closing",
        "cash_count",
    })
    help_text: ClassVar[str] = mark(
        "Faites les étapes dans l’ordre qui vous arrange, en plusieurs fois s’il le faut. Une "
        "étape incomplète peut rester ainsi, avec sa raison : la personne qui tient les comptes "
        "la lira."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._month = Period.month(Period.month(civil_date(desk.book.clock())).first - DAY)
        self._chosen = False
        self._may_write = desk.may_write("finance")
        self._close = self._action(tr("Clore le mois…"), "Ctrl+Return", self._close_month)
        self._reopen = self._action(tr("Rouvrir le mois…"), "", self._reopen_month)
        self.reopen = QPushButton(tr("Rouvrir le mois…"))
        self.reopen.clicked.connect(self._reopen_month)
        self.notice = Notice()
        self.bar = QProgressBar()
        self.bar.setRange(0, len(Step))
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(scaled(280))
        self.bar.setAccessibleName(tr("Étapes réglées"))
        self.count = QLabel()
        set_role(self.count, "muted")
        self.month = QLabel()
        set_role(self.month, "strong")
        self.month.setMinimumWidth(scaled(120))
        self.steps = Steps()
        self.steps.asked.connect(self._do)
        self.steps.left.connect(self._leave)
        self.first_stop = self.steps.cards[Step.SERVICES].act
        self._before, self._after = self._arrows()
        self._lay_out()

    @override
    def primary(self) -> QAction:
        return self._close

    @override
    def document(self) -> tuple[str, Period]:
        return "accountant-index", self._month

    @override
    def place(self) -> object:
        return self._month

    @override
    def open_at(self, target: object) -> None:
        """Show a month: a period that holds its first day."""
        if isinstance(target, Period):
            self._month = Period.month(target.first)
            self._chosen = True
        self.refresh()

    @override
    def refresh(self) -> None:
        """Read every step of the month again."""
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            if not self._chosen:
                self._month = closing.month_to_close(session, today) or self._month
                self._chosen = True
            states = closing.states(session, self._month, today)
            current = closing.month_end_of(session, self._month.first)
            is_closed = current is not None and current.closed_at is not None
        self._show(states, is_closed=is_closed, is_over=today >= self._month.end)

    def _show(self, states: list[StepState], *, is_closed: bool, is_over: bool) -> None:
        settled = sum(state.is_settled for state in states)
        left = sum(MINUTES[state.step] for state in states if not state.is_settled)
        self.month.setText(month_name(self._month.first).capitalize())
        self.bar.setValue(len(states) if is_closed else settled)
        words = tr("{done} sur {all}").format(done=settled, all=len(states))
        if left and not is_closed:
            words += " · " + trn("environ {n} minute", "environ {n} minutes", left).format(n=left)
        self.count.setText(tr("mois clos") if is_closed else words)
        ready = all(s.is_settled for s in states if s.step is not Step.SENDING)
        self._close.setEnabled(self._may_write and not is_closed and ready and is_over)
        self._close.setToolTip(
            "" if self._close.isEnabled() else _why_not(ready=ready, over=is_over, closed=is_closed)
        )
        self._reopen.setEnabled(self._may_write and is_closed)
        self.reopen.setVisible(self._may_write and is_closed)
        following = self.steps.present(
            states,
            is_closed=is_closed,
            may_write=self._may_write,
            ready=self._close.isEnabled(),
        )
        self.first_stop = following.act

    @Slot(object)
    def _do(self, step: Step) -> None:
        if step is Step.SENTENCE:
            self._read_sentence()
        elif step is Step.SENDING and self._close.isEnabled():
            self._close_month()
        elif step in FACTS:
            open_fact(self.desk, FACTS[step], self, self._month.last)
        else:
            self.desk.go(SCREENS[step], self._month)

    @Slot(object)
    def _leave(self, step: Step) -> None:
        with self.desk.book.read() as session:
            current = closing.month_end_of(session, self._month.first)
            noted = {told.step: told.note for told in current.told} if current else {}
        reason: str | None = ""
        if not noted.get(step):
            reason = ask_text(
                self,
                tr("Laisser cette étape ainsi"),
                tr("Pourquoi ? La raison figure dans le dossier comptable."),
                tr("Laisser ainsi"),
            )
        if reason is not None:
            self._act(
                tr("Étape de fin de mois"), closing.note_step, self._month.first, step, reason
            )
            self.take_keyboard()

    def _read_sentence(self) -> None:
        with self.desk.book.read() as session:
            current = closing.month_end_of(session, self._month.first)
            text = (current.sentence if current else "") or sentence.proposed(session, self._month)
            comment = current.comment if current else ""
        kept = ask_text(
            self,
            tr("La phrase du mois"),
            tr("Elle ouvre le dossier comptable et la fiche du conseil. Corrigez-la à votre idée."),
            tr("Garder la phrase"),
            value=text,
            many_lines=True,
        )
        if kept is not None:
            write = closing.write_sentence
            self._act(tr("Phrase du mois"), write, self._month.first, kept, comment)
            self.take_keyboard()

    @Slot()
    def _close_month(self) -> None:
        name = month_name(self._month.first)
        sure = ask(
            self,
            tr("Clore {month}").format(month=name),
            tr(
                "Les écritures du mois seront numérotées et scellées ; ses jours ne recevront plus "
                "d’écriture. Une erreur se corrigera le mois suivant, ou en rouvrant le mois."
            ),
            tr("Clore {month}").format(month=name),
        )
        if sure and self._act(tr("Clôture de mois"), closing.close_month, self._month):
            self.desk.tell(tr("Le mois est clos. Le dossier comptable peut partir."))
            self.desk.go("pack", self._month)

    @Slot()
    def _reopen_month(self) -> None:
        reason = ask_text(
            self,
            tr("Rouvrir le mois"),
            tr("Les écritures validées le restent. Pourquoi le rouvrir ?"),
            tr("Rouvrir"),
        )
        if reason:
            self._act(tr("Mois rouvert"), closing.reopen_month, self._month, reason)

    def _act(self, label: str, verb: object, *values: object) -> bool:
        """Do something now; say why if it cannot be."""
        assert callable(verb)
        self.notice.clear()
        try:
            with self.desk.book.action(label) as session:
                verb(session, *values, self.desk.book.clock())
        except UserError as error:
            self.notice.tell("bad", str(error))
            return False
        return True

    @Slot(int)
    def _turn(self, step: int) -> None:
        day = self._month.end if step > 0 else self._month.first - DAY
        self._month = Period.month(day)
        self.refresh()

    def _arrows(self) -> tuple[QToolButton, QToolButton]:
        made: list[QToolButton] = []
        for drawing, name, step in (
            ("caret-left", tr("Mois précédent"), -1),
            ("caret-right", tr("Mois suivant"), 1),
        ):
            button = arrow(drawing, name)
            button.clicked.connect(partial(self._turn, step))
            made.append(button)
        return made[0], made[1]

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(scaled(12))
        for widget in (self._before, self.month, self._after, self.bar, self.count):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.reopen)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, scaled(12), 0)
        column.setSpacing(scaled(12))
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self.steps)
        column.addStretch(1)
        show_scrolling(self, page)


def _why_not(*, ready: bool, over: bool, closed: bool) -> str:
    if closed:
        return tr("Ce mois est clos.")
    if not over:
        return tr("Un mois se clôt une fois terminé.")
    return "" if ready else tr("Réglez d’abord chaque étape, ou dites pourquoi elle reste.")
