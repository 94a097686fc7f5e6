"""The accounts, for whoever asks: entries, the ledger of each account, fiscal years."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.ledger.model import Account, Party
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.accounts_entries import EntriesPage
from ui.finance.accounts_ledger import ChartPage
from ui.finance.accounts_years import YearsPage
from ui.finance.facts_menu import fact_actions, facts_button
from ui.kit.later import Later
from ui.kit.theme import scaled
from ui.screen import Screen

_DOCUMENTS = ("journals", "general-ledger", "trial-balance")


class AccountsScreen(Screen):
    """Entries, accounts and years, one tab each; nobody needs it to run a canteen."""

    key: ClassVar[str] = "accounts"
    shows: ClassVar[frozenset[str]] = frozenset({
        "entry",
        "line",
        "account",
        "journal",
        "party",
        "lettered_line",
        "fiscal_year",
        "lock_change",
    })
    help_text: ClassVar[str] = mark(
        "Les comptes comme les lit un·e comptable : chaque écriture, chaque compte ligne à "
        "ligne, les exercices et leur clôture. Tout ce qui est noté ailleurs arrive ici seul."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.pages = QTabWidget(self)
        self.entries = EntriesPage(desk, self.pages)
        self._chart = Later(self._make_chart)
        self._years = Later(partial(YearsPage, desk))
        self.pages.addTab(self.entries, tr("Écritures"))
        self.pages.addTab(self._chart, tr("Comptes"))
        self.pages.addTab(self._years, tr("Exercices"))
        self.pages.currentChanged.connect(self._show_page)
        self._read: set[QWidget] = set()
        self.entries.account_wanted.connect(self._show_account)
        self.pages.setCornerWidget(facts_button(self, desk), Qt.Corner.TopRightCorner)
        self.addActions(fact_actions(self, desk))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        layout.addWidget(self.pages)
        self.first_stop = self.entries.list.search

    @property
    def chart(self) -> ChartPage:
        """The accounts of a year and the ledger of one of them."""
        return self._chart.page

    @property
    def years(self) -> YearsPage:
        """The fiscal years."""
        return self._years.page

    def _make_chart(self) -> ChartPage:
        page = ChartPage(self.desk)
        page.entry_wanted.connect(self._show_entry)
        return page

    @override
    def document(self) -> tuple[str, Period]:
        shown = self.chart.period if self._chart.is_built else None
        period = shown or Period.year(civil_date(self.desk.book.clock()))
        return _DOCUMENTS[self.pages.currentIndex()], period

    @override
    def place(self) -> object:
        page = self.pages.currentWidget()
        if page is self.entries:
            return self.entries.table.current_key
        if page is self._chart:
            return "account", self.chart.table.current_key
        return "years"

    @override
    def open_at(self, target: object) -> None:
        """Show an entry by its key, ``("account", "512000")``, ``("party", 3)``, ``"years"``."""
        match target:
            case int():
                self._show_entry(target)
            case "years":
                self.pages.setCurrentWidget(self._years)
            case "account", str() as account:
                self._show_account(account)
            case "account", int() as key:
                with self.desk.book.read() as session:
                    kept = session.get(Account, key)
                    number = kept.number if kept is not None else ""
                self._show_account(number)
            case "party", int() as key:
                with self.desk.book.read() as session:
                    party = session.get(Party, key)
                    name = party.name if party is not None else ""
                self.pages.setCurrentWidget(self.entries)
                self.entries.list.search.setText(name)
            case str(), int() as key:
                self._show_entry(key)
            case _:
                pass

    @override
    def refresh(self) -> None:
        """Read again the tab that is shown; the others when they are."""
        self._read.clear()
        self._show_page()

    @Slot()
    def _show_page(self) -> None:
        page = self.pages.currentWidget()
        if page not in self._read:
            self._read.add(page)
            if page is self.entries:
                self.entries.refresh()
            elif page is self._chart:
                self.chart.refresh()
            else:
                self.years.refresh()

    @Slot(str)
    def _show_account(self, account: str) -> None:
        self.pages.setCurrentWidget(self._chart)
        self._show_page()
        self.chart.show_account(account)

    @Slot(int)
    def _show_entry(self, key: int) -> None:
        self.pages.setCurrentWidget(self.entries)
        self._show_page()
        self.entries.show_entry(key)
