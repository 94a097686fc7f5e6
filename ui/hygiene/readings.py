"""The week of temperature readings, typed like the sheet that hangs in the kitchen."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.breach_effects import Deed
from cantine_desktop.hygiene.model import Gap
from cantine_desktop.hygiene.queries import is_shut
from cantine_desktop.hygiene.recording import Spot
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.breach_strip import BreachStrip
from ui.hygiene.deeds import write_deed
from ui.hygiene.pen import Pen
from ui.hygiene.strips import CorrectionStrip, GapStrip, SignStrip
from ui.hygiene.week import NOWHERE, Week, read_week
from ui.hygiene.week_bar import WeekBar
from ui.hygiene.week_cells import column_heads, repeated
from ui.kit.grid import Cell, Edit, EntryGrid, GridModel
from ui.kit.sentences import REFUSALS, refusal
from ui.kit.theme import scaled
from ui.screen import Screen

LOW = 420
"""Pixels at 100 %: in less height the grid keeps the room until a breach is acted on."""

_LEAST = 150
"""Pixels at 100 % that the grid keeps: its heads and two rows."""


class ReadingsScreen(Screen):
    """Rows are cold units, then the visa; columns are days, morning and evening.

    Each cell is written when it is left, as one action that undo takes back. A
    value out of bounds opens the strip under the grid; the person answers it now,
    with Ctrl+Enter, or later. Nothing is ever filled in by itself.
    """

    key: ClassVar[str] = "readings"
    shows: ClassVar[frozenset[str]] = frozenset({
        "cold_unit",
        "reading",
        "breach",
        "corrective_action",
        "week_signature",
        "canteen",
    })
    help_text: ClassVar[str] = mark(
        "Tapez chaque température lue, Entrée descend, Tab avance. « / » : pas de relevé, dire "
        "pourquoi ; « fermé » ferme le jour. Ctrl+Entrée : suite (écart à traiter, ou signature)."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._today = civil_date(desk.book.clock())
        self._week = Week(Period.week(self._today))
        self._pen = Pen(desk.book)
        self._may_write = desk.may_write("hygiene")
        self._asked: Spot | None = None
        self._has_stood = False
        self.model = GridModel(self._cell, self._type, self._type_many)
        self.grid = EntryGrid(self.model, tr("Relevés de la semaine"), fills_down=False)
        self.bar = WeekBar()
        self.breach = BreachStrip()
        self.gap = GapStrip()
        self.sign = SignStrip()
        self.correction = CorrectionStrip()
        self._go_on = self._action(tr("Signer la semaine"), "Ctrl+Return", self.go_on)
        self._add_actions()
        self._connect()
        layout = QVBoxLayout(self)
        self.grid.setMinimumHeight(scaled(_LEAST))
        layout.addWidget(self.grid, 1)
        for strip in (self.gap, self.correction, self.sign, self.breach):
            layout.addWidget(strip)
        self.setFocusProxy(self.grid)

    # -- what the window asks

    @override
    def filters(self) -> QWidget:
        return self.bar

    @override
    def primary(self) -> QAction:
        return self._go_on

    @override
    def document(self) -> tuple[str, Period]:
        read = any(unit.cells for unit in self._week.units)
        return ("temperatures-week" if read else "temperatures-week-blank"), self._week.period

    @override
    def place(self) -> object:
        return self._week.period

    @override
    def open_at(self, target: object) -> None:
        """Show the week of a period or a day; with nothing, this week's first empty cell."""
        if isinstance(target, Period):
            self.show_week(target.first)
        elif isinstance(target, date):
            self.show_week(target)
            self._stand_on(target)
        else:
            self.show_week(self._today)
            self._stand_on(self._today)
        self.grid.setFocus()

    @override
    def refresh(self) -> None:
        """Read the week again."""
        book = self.desk.book
        self._today = civil_date(book.clock())
        with book.read() as session:
            week = read_week(session, self._week.period, book.clock())
        every = [*week.days, *(self._week.period.days if self.bar.every_day.isChecked() else ())]
        self._week = week._replace(days=sorted(set(every)))
        self.subtitle = self._words()
        self.model.show(self._week.row_heads(), column_heads(self._week.days))
        if not self._has_stood:
            self._has_stood = True
            self._stand_on(self._today)
        self._show_breaches()
        self._correct.setEnabled(self._may_write and self._week.signature is not None)
        self._go_on.setText(self._next_step())
        self._go_on.setEnabled(self._may_write and bool(self._week.units))
        self.breach.setEnabled(self._may_write)
        if not self._week.units:
            self.grid.say(tr("Aucune enceinte : ajoutez-en dans « Équipements »."))

    def show_week(self, day: date) -> None:
        """Show the ISO week that holds a day."""
        self._week = Week(Period.week(day))
        self._close_strips()
        self.breach.dismiss()
        self.refresh()

    # -- cells

    def _cell(self, row: int, column: int) -> Cell:
        cell = self._week.cell(row, column, self._today)
        return cell if self._may_write else cell._replace(editable=False)

    def _type(self, row: int, column: int, text: str) -> str | None:
        if self._week.is_visa(row):
            return self._pen.write_visa(self._week, column, text)
        spot = self._week.spot(row, column)
        if self._pen.write(self._week, spot, text):
            self._ask_why(spot)
        return None

    def _type_many(self, edits: Sequence[Edit]) -> list[str | None]:
        answers = self._pen.write_block(self._week, edits)
        if not any(answers) and (said := repeated(edits)):
            self.desk.tell(said, undo=True)
        return answers

    # -- gaps, closed days, copies

    def _ask_why(self, spot: Spot) -> None:
        self._asked = spot
        # The editor of the cell gives the keyboard back to the grid first.
        QTimer.singleShot(0, self, self._open_gap)

    @QtSlot()
    def _open_gap(self) -> None:
        self._close_strips()
        names = {unit.unit_id: unit.name for unit in self._week.units}
        if self._asked is not None:
            name = names[self._asked.unit_id]
            self.gap.open(tr("Pas de relevé pour {unit} : pourquoi ?").format(unit=name))

    @QtSlot(object, str)
    def _write_gap(self, gap: Gap, note: str) -> None:
        if self._asked is not None:
            self._pen.write_gap(self._week, self._asked, gap, note)

    @QtSlot()
    def toggle_day(self) -> None:
        """Close the day of the current column, or open it again."""
        column = self.grid.view.currentIndex().column()
        if column < 0:
            return
        day, _slot = self._week.round(column)
        try:
            if is_shut(self._week.units, day):
                self._pen.reopen_day(day)
            else:
                self._pen.close_day(self._week, day)
        except UserError as error:
            self.grid.say(str(error))

    @QtSlot()
    def copy_down(self) -> None:
        """Ctrl+D: repeat the visa of the round before; a temperature is never copied."""
        index = self.grid.view.currentIndex()
        row, column = index.row(), index.column()
        if not self._week.is_visa(row) or column < 1:
            self.grid.say(
                tr(
                    "Une température ne se recopie pas : chaque relevé se lit. Ctrl+D répète "
                    "seulement le visa précédent ; « fermé » se note pour tout le jour."
                )
            )
            return
        self.model.enter([Edit(row, column, self._week.cell(row, column - 1, self._today).text)])
        self.grid.view.step("across")

    # -- breaches

    def _show_breaches(self) -> None:
        rows = self._week.breaches
        if not rows:
            self.breach.dismiss()
            return
        index = self.grid.view.currentIndex()
        here = self._week.breach_at(index.row(), index.column())
        shown = self.breach.breach.breach_id if self.breach.breach else None
        chosen = here or next((row for row in rows if row.breach_id == shown), rows[-1])
        self.breach.present(chosen, len(rows) - 1, self.desk.book.clock())

    @QtSlot(object)
    def _answer(self, deed: Deed) -> None:
        if write_deed(self.desk, self.breach, deed):
            self.grid.setFocus()

    # -- signing and correcting

    @QtSlot()
    def go_on(self) -> None:
        """Ctrl+Enter: the breach nobody acted on, else the first empty cell, else the signature.

        On a signed week it corrects the current cell.
        """
        if not self.grid.commit():
            return  # the line under the grid says what is to be put right
        if self._week.signature is not None:
            self.correct()
        elif self._has_breach_to_act_on():
            self.breach.start_on(self._week.breaches, self.desk.book.clock())
        elif (missing := self._week.missing(self._today)) and missing[0][0] < self._today:
            self._stand_on_missing(len(missing))
        elif self._week.is_over(self._today):
            self.sign.open(self._week.before_signing(), self._week.usual_initials())
        else:
            self.desk.tell(self._words())

    def _stand_on_missing(self, count: int) -> None:
        row, column = self._week.first_missing(self._today)
        self.grid.view.stand(row, column)
        self.grid.setFocus()
        self.grid.say(
            trn(
                "Il reste {n} case vide : tapez la température, ou / pour dire pourquoi.",
                "Il reste {n} cases vides : tapez la température, ou / pour dire pourquoi.",
                count,
            )
        )

    @QtSlot(str)
    def _sign(self, initials: str) -> None:
        self._pen.sign(self._week, initials)
        self.desk.tell(tr("Semaine signée."))

    @QtSlot()
    def correct(self) -> None:
        """Open the correction of the current cell of a signed week."""
        index = self.grid.view.currentIndex()
        if self._week.signature is None or self._week.is_visa(index.row()):
            self.grid.say(tr("Seul un relevé signé se corrige ; les autres se retapent."))
            return
        self._close_strips()
        heads = self.model.columns[index.column()]
        self.correction.open(
            tr("{unit}, {when} : quelle est la bonne valeur ?").format(
                unit=self.model.rows[index.row()].text, when=heads.spoken
            )
        )

    @QtSlot(str, str, str)
    def _write_correction(self, text: str, reason: str, initials: str) -> None:
        index = self.grid.view.currentIndex()
        try:
            spot = self._week.spot(index.row(), index.column())
            self._pen.correct(spot, text, reason, initials)
        except REFUSALS as error:
            self.correction.complain(refusal(error).sentence)
            return
        self.correction.leave()

    # -- moving about

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.breach.set_short(self.height() < scaled(LOW))

    @QtSlot()
    def previous(self) -> None:
        """Show the week before."""
        self.show_week(self._week.period.first - timedelta(days=7))

    @QtSlot()
    def next(self) -> None:
        """Show the week after."""
        self.show_week(self._week.period.end)

    @QtSlot()
    def print_blank(self) -> None:
        """Show the week's sheet to fill by hand, ready to print."""
        self.desk.print_out("temperatures-week-blank", self._week.period)

    @QtSlot()
    def back_to_now(self) -> None:
        """Show the week of today."""
        self.open_at(None)

    @QtSlot(str)
    def _leave_for(self, letter: str) -> None:
        self.desk.go("records", SheetAsked(letter, self._week.period))

    @QtSlot()
    def _turn(self) -> None:
        self.grid.view.enter_moves = self.bar.direction

    @QtSlot()
    def _focus_grid(self) -> None:
        self.grid.setFocus()

    def _stand_on(self, day: date) -> None:
        found = self._week.first_missing(self._today, day)
        if found != NOWHERE:
            self.grid.view.stand(*found)

    def _close_strips(self) -> None:
        for strip in (self.gap, self.sign, self.correction):
            strip.hide()

    def _has_breach_to_act_on(self) -> bool:
        return any(not row.actions for row in self._week.breaches)

    def _next_step(self) -> str:
        if self._week.signature is not None:
            return tr("Corriger ce relevé")
        return tr("Traiter l’écart") if self._has_breach_to_act_on() else tr("Signer la semaine")

    def _words(self) -> str:
        done, due = self._week.counts(self._today)
        words = [in_words(self._week.period)]
        if self._week.signature is not None:
            signed = self._week.signature
            words.append(tr("signée par {initials}").format(initials=signed))
        elif due:
            words.append(tr("{done} sur {due} relevés").format(done=done, due=due))
        return " · ".join(words)

    def _add_actions(self) -> None:
        self._action(tr("Semaine précédente"), "Alt+PgUp", self.previous)
        self._action(tr("Semaine suivante"), "Alt+PgDown", self.next)
        self._action(tr("Fermer ou rouvrir le jour"), "Ctrl+Shift+F", self.toggle_day)
        self._action(tr("Répéter le visa précédent"), "Ctrl+D", self.copy_down)
        self._action(tr("Imprimer la feuille vierge"), "Ctrl+Shift+P", self.print_blank)
        self._correct = self._action(tr("Corriger un relevé signé"), "Ctrl+Shift+C", self.correct)

    def _connect(self) -> None:
        self.bar.previous.clicked.connect(self.previous)
        self.bar.next.clicked.connect(self.next)
        self.bar.now.clicked.connect(self.back_to_now)
        self.bar.turned.connect(self._turn)
        self.bar.sheets.chosen.connect(self._leave_for)
        self.bar.every_day.toggled.connect(self.refresh)
        self.grid.view.current_moved.connect(self._show_breaches)
        self.breach.answered.connect(self._answer)
        self.gap.chosen.connect(self._write_gap)
        self.sign.signed.connect(self._sign)
        self.correction.corrected.connect(self._write_correction)
        for strip in (self.breach, self.gap, self.sign, self.correction):
            strip.left.connect(self._focus_grid)
