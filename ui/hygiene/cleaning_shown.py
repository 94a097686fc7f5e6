"""How sheets of days are shown: which sheet, which week, the plan beside them."""

from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.hygiene.cleaning.matrices import CLEANING, MATRICES, PESTS
from cantine_desktop.hygiene.cleaning.starter import add_starter_tasks
from cantine_desktop.i18n import tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.cleaning_bar import CleaningBar
from ui.hygiene.cleaning_plan import PlanPage
from ui.hygiene.cleaning_strips import AllDoneStrip, SignSheetStrip, WhyStrip
from ui.hygiene.cleaning_week import Week, read_week
from ui.hygiene.matrix_grid import MatrixGrid
from ui.hygiene.paper_side import PaperSide
from ui.hygiene.strips import CorrectionStrip
from ui.kit.empty import EmptyState
from ui.kit.grid import GridModel
from ui.kit.theme import scaled
from ui.screen import Screen

GRID, EMPTY, PLAN = range(3)

_LEAST = 150
"""Pixels at 100 % that the grid keeps: its heads and two rows."""


class DaysShown(Screen):
    """The grid of a sheet, its strips, the empty state, and the page of the plan.

    A subclass writes what is typed, in ``_type`` and ``_type_many`` of its model.
    """

    key: ClassVar[str] = "cleaning"

    def __init__(self, desk: Desk, model: GridModel) -> None:
        super().__init__(desk)
        self._today = civil_date(desk.book.clock())
        self._period = Period.week(self._today)
        self._may_write = desk.may_write("hygiene")
        self._week: Week | None = None
        self._has_stood = False
        self.model = model
        self.grid = MatrixGrid(model, tr("Fiche de la semaine"))
        self.grid.setMinimumHeight(scaled(_LEAST))
        self.bar = CleaningBar()
        self.why, self.all_done = WhyStrip(), AllDoneStrip()
        self.sign, self.correction = SignSheetStrip(), CorrectionStrip()
        self.paper = PaperSide(desk, self, self.grid)
        self._plan: PlanPage | None = None
        self._empty = EmptyState("", tr("Reprendre le plan de départ"), self.begin)
        self._pages = _Stack()
        self._add_moves()
        self._lay_out()
        self._connect_moves()

    @property
    def plan(self) -> PlanPage:
        """The page of the plan, made when it is first asked for: most days nobody does."""
        if self._plan is None:
            self._plan = PlanPage(self.desk)
            self._pages.insertWidget(PLAN, self._plan)
        return self._plan

    # -- what the window asks

    @override
    def filters(self) -> QWidget:
        return self.bar

    @override
    def document(self) -> tuple[str, Period]:
        if self.bar.plan.isChecked():
            return "cleaning-plan", Period.year(self._period.first)
        written = self._week is not None and bool(self._week.sheet.boxes)
        return f"{self.bar.matrix.key}-week{'' if written else '-blank'}", self._period

    @override
    def place(self) -> SheetAsked:
        return SheetAsked(self.bar.matrix.letter, self._period)

    @override
    def open_at(self, target: object) -> None:
        """Show a sheet by its code, a week, a day, today, or a line of the plan by its key."""
        if isinstance(target, int):
            self.bar.choose(CLEANING)
            self.bar.plan.setChecked(True)
            self.plan.show_task(target)
            return
        first = self._today
        if isinstance(target, SheetAsked):
            found = [matrix for matrix in MATRICES if matrix.letter == target.letter]
            self.bar.choose(found[0] if found else CLEANING)
            first = target.period.first
        elif isinstance(target, Period):
            first = target.first
        elif isinstance(target, date):
            first = target
        self.bar.plan.setChecked(False)
        self.show_week(first)
        self._stand_on_first(first)
        self.grid.setFocus()

    @override
    def refresh(self) -> None:
        """Read the sheet again."""
        book = self.desk.book
        self._today = civil_date(book.clock())
        with book.read() as session:
            week = read_week(session, self.bar.matrix, self._period, self._today)
            self._week = week
            self.paper.read(session, week.matrix.key, self._period.first)
        self.model.show(week.row_heads(), week.column_heads())
        if not self._has_stood:
            self._has_stood = True
            self._stand_on_first(self._today)
        self._show_page()
        self.subtitle = self._words(week)

    def show_week(self, day: date) -> None:
        """Show the ISO week that holds a day."""
        self._period = Period.week(day)
        self._close_strips()
        self.refresh()

    # -- moving about

    @Slot()
    def previous(self) -> None:
        """Show the week before."""
        self.show_week(self._period.first - timedelta(days=7))

    @Slot()
    def next(self) -> None:
        """Show the week after."""
        self.show_week(self._period.end)

    @Slot()
    def back_to_now(self) -> None:
        """Show the week of today."""
        self.show_week(self._today)
        self._stand_on_first(self._today)
        self.grid.setFocus()

    @Slot()
    def previous_sheet(self) -> None:
        """Show the sheet before in the chooser."""
        self._turn(-1)

    @Slot()
    def next_sheet(self) -> None:
        """Show the sheet after in the chooser."""
        self._turn(1)

    def _turn(self, steps: int) -> None:
        rank = (self.bar.sheets.currentIndex() + steps) % len(MATRICES)
        self.bar.sheets.setCurrentIndex(rank)

    @Slot()
    def _choose(self) -> None:
        self.bar.plan.setChecked(False)
        self._close_strips()
        self.refresh()
        self._stand_on_first(self._today)

    @Slot()
    def print_blank(self) -> None:
        """Show the week's sheet to fill by hand, ready to print."""
        self.desk.print_out(f"{self.bar.matrix.key}-week-blank", self._period)

    @Slot()
    def print_plan(self) -> None:
        """Show the cleaning plan, ready to print."""
        self.desk.print_out("cleaning-plan", Period.year(self._period.first))

    @Slot()
    def toggle_plan(self) -> None:
        """Show the plan itself, to add, order and retire lines; or the sheet again."""
        self.bar.plan.toggle()

    @Slot()
    def _show_plan(self) -> None:
        self._close_strips()
        if self.bar.plan.isChecked() and self.bar.matrix is PESTS:
            self.plan.show_stations()
        self.refresh()
        (self.plan if self.bar.plan.isChecked() else self.grid).setFocus()

    @Slot()
    def begin(self) -> None:
        """Start from the shipped plan, or go where the rows of this sheet are said."""
        if self.bar.matrix is CLEANING and self._may_write:
            with self.desk.book.action(tr("Plan de nettoyage de départ")) as session:
                count = add_starter_tasks(session, self.desk.book.clock())
            said = trn("{n} ligne ajoutée.", "{n} lignes ajoutées.", count)
            self.desk.tell(said, undo=True)
        elif self.bar.matrix is PESTS:
            self.bar.plan.setChecked(True)
        else:
            self.desk.go("plan")

    def _stand_on_first(self, day: date) -> None:
        """Stand on the first empty box of a day, else of the week, else where one may write."""
        week = self._week
        if week is None or not week.lines:
            return
        missing = week.missing()
        spots = [spot for spot in missing if spot.day == day] or missing
        if spots:
            self.grid.view.stand(*week.place_of(spots[0]))
            return
        row = next(row for row, line in enumerate(week.lines) if not isinstance(line, str))
        self.grid.view.stand(row, 0)

    # -- what is shown

    def _show_page(self) -> None:
        week = self._week
        if self.bar.plan.isChecked():
            self.plan.refresh()
            self._pages.setCurrentIndex(PLAN)
        elif week is not None and not week.lines:
            self._say_empty(week)
            self._pages.setCurrentIndex(EMPTY)
        else:
            self._pages.setCurrentIndex(GRID)

    def _say_empty(self, week: Week) -> None:
        words = {CLEANING.key: tr("Reprendre le plan de départ"), PESTS.key: tr("Ajouter un poste")}
        button = words.get(week.matrix.key, tr("Ouvrir le plan (PMS)"))
        fresh = EmptyState(tr(week.matrix.empty), button, self.begin, "clipboard-text")
        fresh.setEnabled(self._may_write or week.matrix not in {CLEANING, PESTS})
        self._pages.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = fresh
        self._pages.insertWidget(EMPTY, fresh)

    def _words(self, week: Week) -> str:
        if self.bar.plan.isChecked():
            return tr("Lignes, produits et postes")
        words = [in_words(self._period)]
        done, due = week.counts()
        if week.is_signed:
            words.append(tr("signée par {initials}").format(initials=week.sheet.signed_by))
        elif due:
            words.append(tr("{done} sur {due} cases").format(done=done, due=due))
        return " · ".join(words)

    def _close_strips(self) -> None:
        for strip in (self.why, self.all_done, self.sign, self.correction):
            strip.hide()

    @Slot()
    def _focus_grid(self) -> None:
        self.grid.setFocus()

    def _current_day(self) -> date | None:
        column = self.grid.view.currentIndex().column()
        return None if self._week is None or column < 0 else self._week.column(column)[0]

    # -- building

    def _add_moves(self) -> None:
        self._action(tr("Semaine précédente"), "Alt+PgUp", self.previous)
        self._action(tr("Semaine suivante"), "Alt+PgDown", self.next)
        self._action(tr("Feuille précédente"), "Ctrl+PgUp", self.previous_sheet)
        self._action(tr("Feuille suivante"), "Ctrl+PgDown", self.next_sheet)
        self._action(tr("Imprimer la feuille vierge"), "Ctrl+Shift+P", self.print_blank)
        self._action(tr("Imprimer le plan de nettoyage"), "", self.print_plan)
        self._action(tr("Montrer ou cacher le papier"), "Ctrl+Shift+J", self.paper.toggle)
        self._action(tr("Joindre une photo ou un scan…"), "", self.paper.choose)
        self._action(tr("Plan, produits et postes d’appât"), "Ctrl+L", self.toggle_plan)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.paper, 1)
        for strip in (self.why, self.all_done, self.sign, self.correction):
            column.addWidget(strip)
        for each in (page, self._empty):
            self._pages.addWidget(each)
        self.setFocusProxy(self.grid)

    def _connect_moves(self) -> None:
        self.bar.chosen.connect(self._choose)
        self.bar.previous.clicked.connect(self.previous)
        self.bar.next.clicked.connect(self.next)
        self.bar.now.clicked.connect(self.back_to_now)
        self.bar.plan.toggled.connect(self._show_plan)
        self.bar.paper.clicked.connect(self.paper.show_paper)
        self.paper.shown.connect(self.bar.paper.setChecked)
        self.paper.counted.connect(self.bar.show_scans)
        for strip in (self.why, self.all_done, self.sign, self.correction):
            strip.left.connect(self._focus_grid)


class _Stack(QStackedWidget):
    """Pages that scroll by themselves: none asks for more height than there is."""

    @override
    def hasHeightForWidth(self) -> bool:
        return False
