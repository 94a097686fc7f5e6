"""The till: its book, its counts, what left for the bank, its closings (S28)."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.finance.cash.listing import overview
from cantine_desktop.finance.cash.model import CashMovement
from cantine_desktop.finance.cash.queries import cash_book
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.i18n import mark, tr
from cantine_desktop.storage.base import tables_by_name
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.finance.cash_advice import Advice, advice
from ui.finance.cash_cheques import SlipDialog
from ui.finance.cash_closing import check_archive, close_till
from ui.finance.cash_count import CountDialog
from ui.finance.cash_figures import CashFiguresRow
from ui.finance.cash_forms import DepositDialog, MovementDialog, ResolveDialog
from ui.finance.cash_lists import TABS, CashLists, Key, total_words
from ui.finance.cash_taking_back import take_back
from ui.finance.facts_menu import open_fact
from ui.finance.line_list import show_lines
from ui.finance.month_bar import MonthBar
from ui.finance.takings_correction import TakingsCorrection
from ui.kit.flow import FlowLayout
from ui.kit.later import Later
from ui.kit.notice import Notice
from ui.kit.scrolling import show_scrolling
from ui.kit.table import LazyTable
from ui.kit.theme import scaled
from ui.screen import Screen

_TAB_OF = {
    "cash_count": "counts",
    "cash_deposit": "deposits",
    "cheque_slip": "deposits",
    "period_closing": "closings",
    "cash_movement": "book",
    "takings": "book",
}
"""The list where a record of each table is shown."""


class CashScreen(Screen):
    """The book of the till and what is done with it, a month at a time."""

    key: ClassVar[str] = "cash"
    shows: ClassVar[frozenset[str]] = frozenset({
        "entry",
        "line",
        "takings",
        "cash_count",
        "cash_deposit",
        "cheque_slip",
        "period_closing",
        "difference_resolution",
        "lettered_line",
    })
    help_text: ClassVar[str] = mark(
        "Le livre de caisse suit les recettes. Comptez, expliquez l’écart, remettez à la banque, "
        "clôturez : rien ne s’efface, tout se corrige à la suite."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        today = civil_date(desk.book.clock())
        self.bar = MonthBar(self, today)
        self.bar.moved.connect(self.refresh)
        self.figures = CashFiguresRow()
        self.figures.asked.connect(self._show_figure)
        self.notice = Notice()
        self.lists = CashLists(desk)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(tr("Listes de la caisse"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.pages = QStackedWidget()
        self._pages = {name: Later(partial(self._list, name)) for name, _title in TABS}
        self.first_stop = self.lists.tables["book"]
        self._may = desk.may_write("finance")
        self._count = self._action(tr("Compter la caisse"), "", self._count_till, enabled=self._may)
        self._buttons = FlowLayout(scaled(8))
        self._make_actions()
        self._act = QPushButton()
        self._act.clicked.connect(self._activate_current)
        self._mend = self._action(tr("Corriger…"), "Ctrl+Shift+C", self._mend_current)
        self._mend_button = self._button(self._mend)
        self._lay_out()

    @override
    def filters(self) -> QWidget:
        return self.bar

    @override
    def primary(self) -> QAction:
        return self._count

    @override
    def document(self) -> tuple[str, Period]:
        papers = {"counts": "cash-count", "deposits": "cash-deposits"}
        if self._tab == "closings":
            return "cash-closing-month", self.bar.period
        return papers.get(self._tab, "cash-book"), self.bar.period

    @override
    def place(self) -> object:
        return self.bar.period

    @override
    def open_at(self, target: object) -> None:
        """Show a month, a record as ``("cash_count", 3)``, or type a sheet back."""
        match target:
            case SheetAsked(_, period) | (Period() as period):
                self.bar.show_month(period.first)
                if period.last == period.first and self._may:
                    self._count_day(period.first)
            case (str(table), int(key)) if table in _TAB_OF:
                self._show_record(table, key)
            case _:
                pass

    @override
    def refresh(self) -> None:
        """Read the month again."""
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            book = cash_book(session, self.bar.period)
            told = overview(session, self.bar.period, today)
        self.subtitle = total_words(book)
        self.figures.present(told)
        self._tell(advice(told))
        self.first_stop = self.notice.button or self.lists.tables["book"]
        self.lists.begin(book)
        self._follow()

    @property
    def _tab(self) -> str:
        return TABS[self.tabs.currentIndex()][0]

    def _tell(self, said: Advice | None) -> None:
        """Say the one thing that should be done first."""
        if said is None:
            self.notice.clear()
            return
        deeds: dict[str, Callable[[], object]] = {
            "resolve": partial(self._resolve, said.count_id),
            "close": self._close_till,
            "count": partial(self._count_day, said.day or self.bar.period.first),
        }
        button = said.button if self._may else ""
        self.notice.tell(said.kind, said.words, button, deeds.get(said.deed))

    def _show_record(self, table: str, key: int) -> None:
        with self.desk.book.read() as session:
            row = session.get(tables_by_name()[table], key)
            day = getattr(row, "day", None) or getattr(row, "first", None)
            entry = getattr(row, "entry_id", None)
        if not isinstance(day, date):
            return
        self.bar.show_month(day)
        name = _TAB_OF[table]
        self.tabs.setCurrentIndex([each for each, _title in TABS].index(name))
        self.lists.tables[name].go_to(
            ("entry", int(entry or 0)) if name == "book" else (table, key)
        )

    @Slot(str)
    def _show_figure(self, name: str) -> None:
        figures = {
            "held": (tr("Caisse"), "53"),
            "cheques": (tr("Chèques à remettre"), "5112"),
        }
        if name in figures:
            title, account = figures[name]
            show_lines(self, self.desk, title, self.bar.period, account)
        else:
            self.tabs.setCurrentIndex([key for key, _ in TABS].index(name))
            self.lists.tables[name].setFocus()

    @Slot()
    def _follow(self) -> None:
        """Offer what can be done with the current row."""
        words = {
            "book": tr("Voir l’écriture"),
            "counts": tr("Expliquer l’écart…"),
            "deposits": tr("Annuler cette remise…"),
            "closings": tr("Imprimer la clôture…"),
        }
        self.pages.setCurrentWidget(self._pages[self._tab])
        self.lists.show(self._tab)
        self._act.setText(words[self._tab])
        self._act.setEnabled(self._can_act())
        self._mend.setEnabled(self._may and self._mendable() is not None)
        self._mend_button.setEnabled(self._mend.isEnabled())
        self._mend_button.setVisible(self._tab == "book")

    def _mendable(self) -> Key | None:
        """Return the takings or the movement of the current line of the book, while it stands."""
        key = self.lists.tables["book"].current_key
        if self._tab != "book" or key is None:
            return None
        for table, known in (
            (Takings.__tablename__, self.lists.takings),
            (CashMovement.__tablename__, self.lists.movements),
        ):
            if key[1] in known:
                return table, known[key[1]]
        return None

    @Slot()
    def _mend_current(self) -> None:
        """Correct takings by others in their place, or take a movement back."""
        found = self._mendable()
        if found is None:
            return
        table, key = found
        if table == Takings.__tablename__:
            TakingsCorrection(self.desk, self.window(), key).exec()
        else:
            self._take_back(table, key)

    def _can_act(self) -> bool:
        key = self.lists.tables[self._tab].current_key
        if key is None:
            return False
        if self._tab == "counts":
            return self._may and any(r.key == key[1] and r.left for r in self.lists.counts)
        if self._tab == "deposits":
            return self._may and any(
                (row.table, row.key) == key
                and not (row.is_cancelled or row.takes_back or row.is_seen)
                for row in self.lists.deposits
            )
        return True

    @Slot()
    def _activate_current(self) -> None:
        key = self.lists.tables[self._tab].current_key
        if key is not None:
            self._activate(key)

    @Slot(object)
    def _activate(self, key: Key) -> None:
        if not self._can_act():
            return
        table, number = key
        if table == "entry":
            self.desk.go("accounts", number)
        elif table == "cash_count":
            self._resolve(number)
        elif table == "period_closing":
            self._print_closing(number)
        else:
            self._take_back(table, number)

    def _print_closing(self, key: int) -> None:
        row = next(each for each in self.lists.closings if each.key == key)
        self.desk.print_out(f"cash-closing-{row.kind.value}", Period(row.first, row.end))

    def _resolve(self, count_id: int) -> None:
        if self._may and count_id:
            ResolveDialog(self.desk, self.window(), count_id).exec()

    def _take_back(self, table: str, key: int) -> None:
        refused = take_back(self.window(), self.desk, table, key)
        if refused:
            self.notice.tell("bad", refused)

    @Slot()
    def _count_till(self) -> None:
        CountDialog(self.desk, self.window()).exec()

    def _count_day(self, day: date) -> None:
        CountDialog(self.desk, self.window(), day).exec()

    @Slot()
    def _close_till(self) -> None:
        close_till(self.window(), self.desk)

    def _make_actions(self) -> None:
        deeds: tuple[tuple[str, Callable[[], object]], ...] = (
            (tr("Remise d’espèces…"), self._deposit),
            (tr("Bordereau de chèques…"), self._slip),
            (tr("Clôturer…"), self._close_till),
        )
        for words, deed in deeds:
            self._buttons.addWidget(self._button(self._action(words, "", deed, enabled=self._may)))
        others: tuple[tuple[str, Callable[[], object], bool], ...] = (
            (tr("Noter les recettes d’un service…"), self._takings, True),
            (tr("Autre mouvement de caisse…"), self._move, True),
            (tr("Exporter l’archive de caisse…"), self._export, False),
            (tr("Vérifier une archive de caisse…"), self._check, False),
            (tr("Imprimer la feuille de caisse à remplir"), self._print_blank, False),
            (tr("Imprimer les bordereaux de chèques"), self._print_slips, False),
        )
        more = QPushButton(tr("Plus"))
        menu = QMenu(more)
        for words, deed, writes in others:
            menu.addAction(self._action(words, "", deed, enabled=self._may or not writes))
        more.setMenu(menu)
        self._buttons.addWidget(more)

    def _button(self, action: QAction) -> QPushButton:
        button = QPushButton(action.text())
        button.setEnabled(action.isEnabled())
        button.clicked.connect(action.trigger)
        return button

    @Slot()
    def _deposit(self) -> None:
        DepositDialog(self.desk, self.window()).exec()

    @Slot()
    def _slip(self) -> None:
        dialog = SlipDialog(self.desk, self.window())
        if dialog.exec() and dialog.day.value:
            day = dialog.day.value
            self.desk.print_out("cheque-slips", Period(day, day + DAY))

    @Slot()
    def _takings(self) -> None:
        open_fact(self.desk, "takings", self)

    @Slot()
    def _move(self) -> None:
        MovementDialog(self.desk, self.window()).exec()

    @Slot()
    def _export(self) -> None:
        self.desk.export("cash-archive", self.bar.period)

    @Slot()
    def _check(self) -> None:
        check_archive(self, self.desk)

    @Slot()
    def _print_blank(self) -> None:
        today = civil_date(self.desk.book.clock())
        self.desk.print_out("cash-count-blank", Period(today, today + DAY))

    @Slot()
    def _print_slips(self) -> None:
        self.desk.print_out("cheque-slips", self.bar.period)

    def _list(self, name: str) -> LazyTable[Key]:
        table = self.lists.tables[name]
        table.activated.connect(self._activate)
        table.current_changed.connect(self._follow)
        return table

    def _lay_out(self) -> None:
        for name, title in TABS:
            self.tabs.addTab(tr(title))
            self.pages.addWidget(self._pages[name])
        self.tabs.currentChanged.connect(self._follow)
        row = QHBoxLayout()
        row.addWidget(self.tabs, 1)
        row.addWidget(self._mend_button)
        row.addWidget(self._act)
        self.pages.setMinimumHeight(scaled(170))
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        layout.addWidget(self.figures)
        layout.addWidget(self.notice)
        layout.addLayout(self._buttons)
        layout.addLayout(row)
        layout.addWidget(self.pages, 1)
        show_scrolling(self, page)
