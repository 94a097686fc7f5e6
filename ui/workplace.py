"""A book at work in the window: the desk, the screens, the palette, the lock, the backups."""

from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from sqlalchemy import select

from cantine_desktop import __version__
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import tr
from cantine_desktop.schema.upgrade import HEAD, Opened
from cantine_desktop.settings import Settings
from ui.about import ShortcutsDialog, about_text
from ui.access import Access
from ui.backups import Backups
from ui.badges import Badges
from ui.counter import Counter
from ui.daily import Daily
from ui.desk import Desk
from ui.errors import Reporter
from ui.exporting import Exporting
from ui.frame.banner import CREATE, DEMO
from ui.importing import Importing
from ui.kit.notice import Toasts
from ui.kit.progress import ProgressStrip
from ui.navigator import Navigator
from ui.offers import Offers
from ui.printing import Printing
from ui.sections import PREFERENCES, SECTIONS
from ui.undoing import Undoing
from ui.window import Window

_WARM_UP_MS = 1500
"""After the start, the screens and the libraries of the first print and search load quietly."""

SCREENS = {
    "today": "ui.today.day:TodayScreen",
    "calendar": "ui.meals.calendar:CalendarScreen",
    "service": "ui.meals.service:ServiceScreen",
    "menus": "ui.meals.menus:MenusScreen",
    "recipes": "ui.meals.recipes:RecipesScreen",
    "buying": "ui.supply.buying:BuyingScreen",
    "orders": "ui.supply.orders:OrdersScreen",
    "receiving": "ui.supply.receiving:ReceivingScreen",
    "suppliers": "ui.supply.suppliers:SuppliersScreen",
    "surplus": "ui.supply.surplus:SurplusScreen",
    "products": "ui.supply.products:ProductsScreen",
    "stock": "ui.supply.stock:StockScreen",
    "invoices": "ui.supply.invoices:InvoicesScreen",
    "quality": "ui.supply.quality:QualityScreen",
    "recalls": "ui.supply.recalls:RecallsScreen",
    "reservations": "ui.meals.reservations:ReservationsScreen",
    "workshops": "ui.meals.workshops:WorkshopsScreen",
    "papers": "ui.papers.catalogue:CatalogueScreen",
    "fec": "ui.finance.fec_report:FecScreen",
    "vouchers": "ui.finance.vouchers:VouchersScreen",
    "readings": "ui.hygiene.readings:ReadingsScreen",
    "records": "ui.hygiene.records:RecordsScreen",
    "cleaning": "ui.hygiene.cleaning:CleaningScreen",
    "tracing": "ui.hygiene.tracing:TracingScreen",
    "breaches": "ui.hygiene.breaches:BreachesScreen",
    "outbreak": "ui.hygiene.outbreak:OutbreakScreen",
    "retention": "ui.hygiene.retention:RetentionScreen",
    "plan": "ui.hygiene.plan:PlanScreen",
    "equipment": "ui.hygiene.equipment:EquipmentScreen",
    "dossier": "ui.hygiene.dossier:DossierScreen",
    "accounts": "ui.finance.accounts:AccountsScreen",
    "bank": "ui.finance.bank:BankScreen",
    "cash": "ui.finance.cash:CashScreen",
    "pack": "ui.finance.pack:PackScreen",
    "transfer": "ui.finance.transfer:TransferScreen",
    "month-end": "ui.finance.month_end:MonthEndScreen",
    "budget": "ui.finance.budget:BudgetScreen",
    "statements": "ui.finance.statements:StatementsScreen",
    "runway": "ui.finance.treasury:RunwayScreen",
    "price": "ui.finance.price:PriceScreen",
    "closing": "ui.meals.closing:ClosingScreen",
    "grants": "ui.finance.grants:GrantsScreen",
    "figures": "ui.finance.figures:FiguresScreen",
    "roster": "ui.staff.board:BoardScreen",
    "contracts": "ui.staff.contracts:ContractsScreen",
    "hours": "ui.staff.hours:HoursScreen",
    "visits": "ui.people.visits:VisitsScreen",
    "preferences": "ui.preferences.screen:PreferencesScreen",
}
"""Class of each screen, ``"module:Class"``, imported when it is first shown.

A screen without a class shows its promise.
"""


class Workplace(QObject):
    """Everything that lives as long as a book is open in the window.

    Attributes:
        desk: What screens are handed.
        navigator: Goes from screen to screen.
    """

    def __init__(
        self, window: Window, settings: Settings, opened: object, reporter: Reporter
    ) -> None:
        super().__init__(window)
        assert isinstance(opened, Opened)
        self._window = window
        self._settings = settings
        self._opened = opened
        self._reporter = reporter
        self._toasts = Toasts(window)
        self.desk = Desk(opened.book, settings, opened.location)
        self.desk.setParent(self)
        self.navigator = Navigator(self.desk, window, SCREENS)
        self.printing = Printing(self.desk, window)
        self.undoing = Undoing(self.desk, window)
        self.backups = Backups(self.desk, window)
        self.importing = Importing(self.desk, window)
        self.exporting = Exporting(self.desk, window)
        self.badges = Badges(self.desk, window)
        self.access = Access(self.desk, window)
        self.counter = Counter(self.desk, window)
        self.daily = Daily(self.desk)
        self.offers = Offers(self.desk, window, self.navigator, self.printing)
        window.set_foot(ProgressStrip(self.desk.jobs))
        self._connect()
        self._remember()
        self.access.begin()
        for notice in opened.notices:
            self.desk.tell(notice)
        self.backups.begin()
        self._warming = QTimer(self, singleShot=True, interval=_WARM_UP_MS)
        self._warming.timeout.connect(self._warm_up)
        self._warming.start()

    def rebuild(self) -> None:
        """Build every screen again, after a change of language or of profile."""
        closed = self.navigator.closed_sections()
        self._window.sidebar.hide_sections(closed)
        self._window.menus.hide_sections(closed)
        self.navigator.rebuild()
        self.undoing.show()
        self.backups.show()
        self.badges.show()

    def close(self, *, back_up: bool) -> None:
        """Back up if asked, destroy the screens and let the book go."""
        self._warming.stop()
        self._window.banner.say("", "")
        self._toasts.deleteLater()
        self._window.header.search.offers = list
        self._window.header.search.sources = []
        self._window.set_foot(None)
        self.navigator.close()
        self.backups.rest()
        self.daily.rest()
        self.desk.close()
        if back_up:
            self.backups.on_exit()
        self._opened.close()
        self._window.menus.set_history([], [])
        self.deleteLater()

    def _connect(self) -> None:
        desk, window, navigator = self.desk, self._window, self.navigator
        desk.going.connect(navigator.go)
        desk.told.connect(self._tell)
        desk.changed.connect(self._forget_told)
        desk.printing.connect(self.printing.show)
        window.going.connect(navigator.go)
        window.commands["back"].triggered.connect(self._go_back)
        window.commands["forward"].triggered.connect(self._go_forward)
        window.commands["readings"].triggered.connect(self._go_to_readings)
        window.commands["reservations"].triggered.connect(self._go_to_reservations)
        window.commands["counter"].triggered.connect(self._keep_counter)
        window.commands["print"].triggered.connect(self._print_screen)
        window.commands["help"].triggered.connect(self._help)
        window.commands["shortcuts"].triggered.connect(self._show_shortcuts)
        window.commands["about"].triggered.connect(self._show_about)
        window.commands["logs"].triggered.connect(self._reporter.open_folder)
        window.commands["report"].triggered.connect(self._copy_report)
        self.access.entered.connect(self._on_entered)
        self.counter.began.connect(self.access.pause)
        self.counter.ended.connect(self.access.resume)
        search = window.header.search
        search.recent = self._settings.palette_recent
        search.offers = self.offers.in_memory
        search.sources = [self.offers.sheets, self.offers.records]
        search.ran.connect(self._on_ran)
        self._reporter.tell = desk.tell
        self._reporter.facts = self._facts

    def _remember(self) -> None:
        with self.desk.book.read() as session:
            canteen = session.scalar(select(Canteen).limit(1))
            name = canteen.name if canteen is not None else ""
            demo = canteen is not None and canteen.is_demo
        self._window.set_canteen(name)
        self._window.banner.say(DEMO if demo else "", CREATE if demo else "")
        if not demo:
            self._settings.remember_book(self.desk.location, name)
        self._window.menus.set_recent(self._settings.recent_books)

    def _on_entered(self) -> None:
        self.rebuild()
        if self.navigator.current is not None:
            self.daily.begin()  # whoever comes in may have the right to
        else:
            last = self._settings.last_screen
            known = last not in self.navigator.closed_screens() and _is_screen(last)
            self.navigator.go(last if known else "today")

    def _tell(self, text: str, undo: bool) -> None:  # noqa: FBT001  -- a signal's argument
        if undo:
            self._toasts.tell(text, action=tr("Annuler"), on_action=self.undoing.undo)
        else:
            self._toasts.tell(text, kind="info")

    def _forget_told(self, _tables: object) -> None:
        # The way back that an earlier sentence offers would now take back something else.
        self._toasts.clear()

    def _go_back(self) -> None:
        self.navigator.travel(-1)

    def _go_forward(self) -> None:
        self.navigator.travel(1)

    def _go_to_readings(self) -> None:
        self.navigator.go("readings", civil_date(self.desk.book.clock()))

    def _go_to_reservations(self) -> None:
        self.navigator.go("reservations")

    def _keep_counter(self) -> None:
        self.desk.keep_counter()

    def _print_screen(self) -> None:
        current = self.navigator.current
        if current is not None and (asked := current.document()) is not None:
            self.printing.show(*asked)

    def _help(self) -> None:
        current = self.navigator.current
        if current is not None:
            self.desk.tell(tr(current.help_text) if current.help_text else current.title)

    def _warm_up(self) -> None:
        self.daily.begin()
        # One after the other: a worker stays free for what the person asks meanwhile.
        work = partial(_load_all, self.offers)
        self.desk.jobs.run(work, _nothing, self._reporter.show_error)

    def _show_shortcuts(self) -> None:
        ShortcutsDialog(self._window, self._window.menus.offers()).open()

    def _show_about(self) -> None:
        QMessageBox.about(self._window, tr("À propos de Cantine"), about_text())

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self._reporter.report())
        self.desk.tell(tr("Le rapport technique est dans le presse-papiers."))

    def _on_ran(self, _key: str) -> None:
        self._settings.palette_recent = self._window.header.search.recent

    def _facts(self) -> list[str]:
        return [f"Cantine {__version__}", f"schema {HEAD}"]


def _nothing(_done: object) -> None:
    """Take a result that nobody waits for."""


def _load_all(offers: Offers) -> None:
    """Load what the first search, the first print and each screen need."""
    offers.warm_up()
    _load_screens()


def _load_screens() -> None:
    """Import the modules of the screens, so that each opens at once the first time."""
    for maker in SCREENS.values():
        import_module(maker.partition(":")[0])


def _is_screen(key: str) -> bool:
    return any(entry.key == key for each in (*SECTIONS, PREFERENCES) for entry in each.screens)
