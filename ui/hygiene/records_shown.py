"""A sheet of records in view: which one, of which week, how it stands."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.hygiene.catalogue import REGISTERS
from cantine_desktop.hygiene.equipment.naming import probe_names
from cantine_desktop.hygiene.model import READINGS
from cantine_desktop.hygiene.registers.probes import names_one_probe
from cantine_desktop.hygiene.registers.register import Column, Register
from cantine_desktop.hygiene.registers.scans import scans_of
from cantine_desktop.hygiene.registers.states import SheetState, states_of
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finding import RecordAsked
from ui.hygiene.breach_strip import BreachStrip
from ui.hygiene.readings import LOW
from ui.hygiene.records_bar import RecordsBar
from ui.hygiene.records_sheet import Sheet, read_sheet, state_words
from ui.hygiene.records_strips import RowStrip, SheetSignStrip
from ui.hygiene.scan_pane import ScanPane
from ui.kit.grid import Cell, Edit, EntryGrid, GridModel
from ui.kit.theme import scaled
from ui.screen import Screen

_LEAST = 150
"""Pixels at 100 % that the grid keeps: its heads and a few rows."""

SHARED = frozenset({"week_signature", "sheet_scan", "canteen", "closed_day"})
"""Tables whose changes concern every sheet."""


class SheetScreen(Screen):
    """The part of the screen that shows a sheet and goes from one to another.

    Attributes:
        grid: Rows are records, and an empty one to write in.
        bar: Which sheet, which week.
        breach: The strip of the open breach in view.
        sign: The strip that asks for a signature.
        correction: The strip that corrects a signed row.
        scans: The paper, beside the grid.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._today = civil_date(desk.book.clock())
        self._registers: Sequence[Register] = REGISTERS
        self._sheet = Sheet(self._registers[0], Period.week(self._today), self._today)
        self._states: dict[str, SheetState] = {}
        self._changed: set[str] = set()
        self._shown = ""
        self._may_write = desk.may_write("hygiene")
        self.model = GridModel(self._cell, self._type, self._type_many)
        self.model.grows = True
        self.grid = EntryGrid(
            self.model, tr("Fiche de la semaine"), enter_moves="across", fills_down=False
        )
        self.grid.view.fill_width()
        self.bar = RecordsBar()
        self.breach = BreachStrip()
        self.sign = SheetSignStrip()
        self.correction = RowStrip()
        self.scans = ScanPane(desk)
        self._go_on = self._action(tr("Signer la fiche"), "Ctrl+Return", self.go_on)
        self._acts = self._add_actions()
        self._lay_out()
        self._join()

    def _lay_out(self) -> None:
        self.scans.hide()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.grid)
        self.split.addWidget(self.scans)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.grid.setMinimumHeight(scaled(_LEAST))
        layout = QVBoxLayout(self)
        layout.addWidget(self.split, 1)
        for strip in (self.correction, self.sign, self.breach):
            layout.addWidget(strip)
        self.setFocusProxy(self.grid)

    def _join(self) -> None:
        self.bar.previous.clicked.connect(self.previous)
        self.bar.next.clicked.connect(self.next)
        self.bar.now.clicked.connect(self.back_to_now)
        self.bar.chosen.connect(self._choose)
        self.bar.paper.toggled.connect(self._on_paper)
        self.scans.closed.connect(self.toggle_paper)
        self.grid.view.current_moved.connect(self._show_breaches)
        for strip in (self.breach, self.sign, self.correction):
            strip.left.connect(self._focus_grid)

    # -- what the window asks

    @override
    def filters(self) -> QWidget:
        return self.bar

    @override
    def primary(self) -> QAction:
        return self._go_on

    @override
    def document(self) -> tuple[str, Period]:
        key = self._sheet.register.key
        return (f"{key}-week" if self._sheet.lines else f"{key}-week-blank"), self._sheet.week

    @override
    def place(self) -> object:
        return SheetAsked(self._sheet.register.letter, self._sheet.week)

    @override
    def open_at(self, target: object) -> None:
        """Show the sheet of an id, a record, the week of a period or a day, or this week."""
        register, day = self._sheet.register, self._today
        if isinstance(target, RecordAsked):
            self._show_record(target)
            return
        if isinstance(target, SheetAsked):
            found = (each for each in self._registers if each.letter == target.letter)
            register, day = next(found, register), target.period.first
        elif isinstance(target, Period):
            day = target.first
        elif isinstance(target, date):
            day = target
        self.show_sheet(register, day)
        self.grid.setFocus()

    def _show_record(self, asked: RecordAsked) -> None:
        """Show the sheet a record stands on, and stand on its row."""
        found = (each for each in self._registers if each.model.__tablename__ == asked.table)
        register = next(found, None)
        if register is None:
            return
        with self.desk.book.read() as session:
            record = session.get(register.model, asked.key)
            day: date = record.day if record is not None else self._today
        self.show_sheet(register, day)
        for row, line in enumerate(self._sheet.lines):
            if asked.key in {line.record_id, line.first_id}:
                self.grid.view.stand(row, 0)
        self.grid.setFocus()

    @override
    def refresh(self) -> None:
        """Read the sheet again, and how the others stand when they changed."""
        book, sheet = self.desk.book, self._sheet
        self._today = civil_date(book.clock())
        known = [line.first_id for line in sheet.lines]
        with book.read() as session:
            fresh = read_sheet(session, sheet.register, sheet.week, book.clock(), known)
            if not self._states or self._changed - {sheet.register.key}:
                found = states_of(session, self._registers, sheet.week.first)
                self._states = {register.key: state for register, state in found}
            paper = scans_of(session, sheet.register.key, sheet.week.first)
            probes = probe_names(session) if names_one_probe(sheet.register) else ()
        self._changed.clear()
        self._states[sheet.register.key] = fresh.state
        # The thermometer just chosen is that of the next rows, whatever the last one names.
        self._sheet = fresh._replace(probe=sheet.probe or fresh.probe)
        self._show_grid()
        may = self._may_write and not fresh.state.is_signed
        self.bar.show_probes(probes, self._sheet.probe if probes else "", may_write=may)
        self.scans.show_scans(paper, may_write=self._may_write)
        self.bar.show_scans(len(paper))
        self._show_words()
        self._show_breaches()

    def show_sheet(self, register: Register, day: date) -> None:
        """Show a sheet in the week that holds a day, ready for its first empty row."""
        if Period.week(day) != self._sheet.week:
            self._states.clear()
        self._sheet = Sheet(register, Period.week(day), self._today)
        for strip in (self.sign, self.correction):
            strip.hide()
        self.breach.dismiss()
        self.refresh()
        rows = self._sheet.incomplete()
        row = rows[0] if rows else len(self.model.rows) - 1
        self.grid.view.stand(row, self._sheet.first_empty(row))

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
        return self._sheet

    @override
    def _on_changed(self, tables: frozenset[str]) -> None:
        shared = bool(tables & SHARED)
        self._changed |= {
            each.key for each in self._registers if shared or each.model.__tablename__ in tables
        }
        super()._on_changed(tables)

    # -- showing

    def _show_grid(self) -> None:
        if self._shown == self._sheet.register.key:
            self.model.show_rows(self._sheet.row_heads())
        else:
            self._shown = self._sheet.register.key
            heads = self._sheet.column_heads(self._words)
            self.model.show(self._sheet.row_heads(), heads)

    def _show_words(self) -> None:
        sheet = self._sheet
        past = sheet.week.end <= self._today
        listed = [
            (each.key, f"{tr(each.title)} · {state_words(self._states[each.key], is_past=past)}")
            for each in self._registers
            if each.key in self._states
        ]
        self.bar.show_sheets(
            [(READINGS, tr("Températures des enceintes froides")), *listed],
            sheet.register.key,
        )
        words = [in_words(sheet.week), state_words(sheet.state, is_past=past)]
        if sheet.state.is_signed:
            words[-1] += " " + tr("par {initials}").format(initials=sheet.state.signed_by)
        self.subtitle = " · ".join(words)
        self._go_on.setText(self._next_step())
        self._go_on.setEnabled(self._may_write)
        for strip in (self.breach, self.sign, self.correction):
            strip.setEnabled(self._may_write)
        for action, is_offered in self._acts:
            action.setEnabled(self._may_write and is_offered(sheet))

    def _cell(self, row: int, column: int) -> Cell:
        cell = self._sheet.cell(row, column)
        return cell if self._may_write else cell._replace(editable=False)

    def _words(self, column: Column) -> Sequence[str]:
        if column.suggest is None:
            return [tr(choice.label) for choice in column.choices]
        with self.desk.book.read() as session:
            return column.suggest(session)

    # -- breaches

    def _show_breaches(self) -> None:
        rows = self._sheet.breaches
        if self.sign.isVisible() or self.correction.isVisible():
            self.breach.hide()  # one question at a time
            return
        if not rows:
            self.breach.dismiss()
            return
        here = self._sheet.breach_at(self.grid.view.currentIndex().row())
        shown = self.breach.breach.breach_id if self.breach.breach else None
        chosen = here or next((row for row in rows if row.breach_id == shown), rows[-1])
        self.breach.present(chosen, len(rows) - 1, self.desk.book.clock())

    # -- moving about

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.breach.set_short(self.height() < scaled(LOW))

    @Slot()
    def previous(self) -> None:
        """Show the week before."""
        self.show_sheet(self._sheet.register, self._sheet.week.first - timedelta(days=7))

    @Slot()
    def next(self) -> None:
        """Show the week after."""
        self.show_sheet(self._sheet.register, self._sheet.week.end)

    @Slot()
    def back_to_now(self) -> None:
        """Show the week of today."""
        self.show_sheet(self._sheet.register, self._today)
        self.grid.setFocus()

    @Slot()
    def previous_sheet(self) -> None:
        """Show the sheet before, in the same week."""
        self._turn(-1)

    @Slot()
    def next_sheet(self) -> None:
        """Show the sheet after, in the same week."""
        self._turn(1)

    def _turn(self, step: int) -> None:
        shown = [each for each in self._registers if each.key in self._states]
        place = shown.index(self._sheet.register) + step
        if 0 <= place < len(shown):
            self.show_sheet(shown[place], self._sheet.week.first)

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key == READINGS:
            self._show_words()  # the choice comes back to the sheet that stays here
            self.desk.go("readings", self._sheet.week)
            return
        found = next(each for each in self._registers if each.key == key)
        self.show_sheet(found, self._sheet.week.first)
        self.grid.setFocus()

    @Slot()
    def toggle_paper(self) -> None:
        """Show the paper beside the grid, or hide it."""
        self.show_paper(shown=self.scans.isHidden())

    def show_paper(self, *, shown: bool) -> None:
        """Show the paper beside the grid, or hide it."""
        self.bar.paper.setChecked(shown)

    @Slot(bool)
    def _on_paper(self, shown: bool) -> None:  # noqa: FBT001  -- a signal's argument
        self.scans.setVisible(shown)
        if shown:
            self.scans.wake()
        else:
            self.grid.setFocus()

    @Slot()
    def _focus_grid(self) -> None:
        self._show_breaches()
        self.grid.setFocus()

    def _has_breach_to_act_on(self) -> bool:
        return any(not row.actions for row in self._sheet.breaches)

    def _next_step(self) -> str:
        if self._sheet.state.is_signed:
            return tr("Corriger cette ligne")
        return tr("Traiter l’écart") if self._has_breach_to_act_on() else tr("Signer la fiche")

    # -- what the other part does

    def _add_actions(self) -> list[tuple[QAction, Callable[[Sheet], bool]]]:
        """Add the actions, each with what tells whether a sheet offers it."""
        raise NotImplementedError

    def _type(self, row: int, column: int, text: str) -> str | None:
        raise NotImplementedError

    def _type_many(self, edits: Sequence[Edit]) -> list[str | None]:
        raise NotImplementedError

    @Slot()
    def go_on(self) -> None:
        """Do what comes next."""
        raise NotImplementedError
