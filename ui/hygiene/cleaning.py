"""Sheets of days: cleaning, opening and closing, week and month, waste, pests."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.cleaning.matrix import Takes
from cantine_desktop.hygiene.cleaning.weeks import Spot
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.i18n import mark, tr, trn, weekday
from ui.desk import Desk
from ui.hygiene.cleaning_pen import CleaningPen
from ui.hygiene.cleaning_shown import DaysShown
from ui.hygiene.cleaning_week import Week
from ui.kit.grid import Cell, Edit, GridModel
from ui.kit.sentences import REFUSALS, refusal


class CleaningScreen(DaysShown):
    """A sheet at a time, one row for each thing to do and one column for each day.

    Space ticks, the row at the foot says who. Each gesture is one action that undo takes
    back; nothing is ever ticked by itself.
    """

    key: ClassVar[str] = "cleaning"
    shows: ClassVar[frozenset[str]] = frozenset({
        "bait_station",
        "canteen",
        "cleaning_mark",
        "cleaning_product",
        "cleaning_task",
        "closed_day",
        "pest_check",
        "plan_point",
        "plan_version",
        "point_check",
        "sheet_scan",
        "waste_measure",
        "week_signature",
    })
    help_text: ClassVar[str] = mark(
        "Espace ou x coche la case, vos initiales aussi ; « / » : pas fait, dire pourquoi ; "
        "C, NC ou SO pour un contrôle ; un nombre pour une mesure. Ctrl+T : tout fait ce jour "
        "par une personne. Ctrl+Entrée : suite (case vide, visa, signature)."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, GridModel(self._cell, self._type, self._type_many))
        self._pen = CleaningPen(desk.book)
        self._asked: Spot | None = None
        self._go_on = self._action(tr("Signer la fiche"), "Ctrl+Return", self.go_on)
        self._all = self._action(tr("Tout fait ce jour par…"), "Ctrl+T", self.ask_all_done)
        self._day = self._action(tr("Fermer ou rouvrir le jour"), "Ctrl+Shift+F", self.toggle_day)
        self._correct = self._action(tr("Corriger une case signée"), "Ctrl+Shift+C", self.correct)
        self.grid.ticked.connect(self._tick)
        self.why.said.connect(self._explain)
        self.all_done.done_by.connect(self._write_all_done)
        self.sign.signed.connect(self._sign)
        self.correction.corrected.connect(self._write_correction)

    @override
    def primary(self) -> QAction:
        return self._go_on

    @override
    def refresh(self) -> None:
        """Read the sheet again."""
        super().refresh()
        week = self._week
        assert week is not None
        self.grid.takes_x = any(item.takes is Takes.TICK for item in week.sheet.items)
        is_ready = self._may_write and bool(week.lines) and not self.bar.plan.isChecked()
        self._go_on.setText(tr("Corriger cette case") if week.is_signed else tr("Signer la fiche"))
        self._go_on.setEnabled(is_ready)
        self._day.setEnabled(is_ready and not week.is_signed)
        self._correct.setEnabled(is_ready and week.is_signed)
        self._all.setEnabled(is_ready and week.matrix.all_done and not week.is_signed)

    # -- boxes

    def _cell(self, row: int, column: int) -> Cell:
        assert self._week is not None
        cell = self._week.cell(row, column)
        return cell if self._may_write else cell._replace(editable=False)

    def _type(self, row: int, column: int, text: str) -> str | None:
        assert self._week is not None
        if self._week.is_visa(row):
            return self._pen.write_visa(self._week, column, text)
        spot = self._week.spot(row, column)
        if spot is None:
            return tr("Cette ligne se calcule.")
        typed = self._pen.write(self._week, spot, text)
        if typed.asks:
            self._asked = spot
            # The editor of the cell gives the keyboard back to the grid first.
            QTimer.singleShot(0, self, self._ask_why)
        if self._is_breach(spot):
            self.desk.tell(tr("Non-conformité ouverte : traitez-la dans son onglet."), undo=True)
        return None

    def _is_breach(self, spot: Spot) -> bool:
        week = self._week
        box = week.sheet.boxes.get(spot) if week is not None else None
        return box is not None and box.verdict is Verdict.BREACH and not box.written.note

    def _type_many(self, edits: Sequence[Edit]) -> list[str | None]:
        assert self._week is not None
        return self._pen.write_block(self._week, edits)

    @Slot()
    def _tick(self) -> None:
        if self._week is None or not self._may_write:
            return
        places = self.grid.places()
        spots = [spot for place in places if (spot := self._week.spot(*place)) is not None]
        wanted = [s for s in spots if self._week.takes(s) is not Takes.NUMBER]
        if not wanted:
            self.grid.say(tr("Rien à cocher ici : cette case se tape, ou n’est pas due."))
            return
        try:
            self._pen.toggle(self._week, wanted)
        except REFUSALS as error:
            self.grid.say(refusal(error).sentence)
            return
        if len(wanted) == 1:
            self.grid.view.step("down")

    @Slot()
    def _ask_why(self) -> None:
        if self._week is None or self._asked is None:
            return
        self._close_strips()
        item, box = self._week.item_of(self._asked), self._week.sheet.boxes.get(self._asked)
        if box is not None and not box.is_explained:
            question = tr("{what} : qu’est-ce qui n’est pas conforme ?").format(what=item.title)
            self.why.open(question, ("",))
            return
        question = tr("{what} : pourquoi pas ?").format(what=item.title)
        phrases = (tr("Oubli"), tr("Panne"), tr("Produit manquant"), tr("Pas utilisé"))
        self.why.open(question, phrases)

    @Slot(str)
    def _explain(self, words: str) -> None:
        if self._week is not None and self._asked is not None:
            week, spot = self._week, self._asked
            self._try(partial(self._pen.explain, week, spot, words))

    # -- whole days

    @Slot()
    def ask_all_done(self) -> None:
        """Ctrl+T: ask who did everything on the day of the current column."""
        day = self._current_day()
        if self._week is None or day is None or not self._all.isEnabled():
            return
        self._close_strips()
        self.all_done.open(
            tr(
                "Tout ce qui est dû chaque jour a été fait le {day}, par une seule personne ? "
                "La fiche dira que les cases ont été cochées d’un seul geste."
            ).format(day=f"{weekday(day)} {day:%d/%m}")
        )

    @Slot(str)
    def _write_all_done(self, initials: str) -> None:
        day = self._current_day()
        if self._week is None or day is None:
            return
        try:
            count = self._pen.tick_everything(self._week, day, initials)
        except UserError as error:
            self.grid.say(str(error))
            return
        said = trn("{n} case cochée.", "{n} cases cochées.", count)
        self.desk.tell(said, undo=bool(count))

    @Slot()
    def toggle_day(self) -> None:
        """Close the day of the current column for every sheet, or open it again."""
        day = self._current_day()
        if self._week is None or day is None:
            return
        if day in self._week.sheet.closed:
            self._try(partial(self._pen.reopen_day, day))
        else:
            self._try(partial(self._pen.close_day, day))

    def _try(self, run: Callable[[], None]) -> None:
        try:
            run()
        except REFUSALS as error:
            self.grid.say(refusal(error).sentence)

    # -- signing and correcting

    @Slot()
    def go_on(self) -> None:
        """Ctrl+Enter: the first empty box due, else a visa that is missing, else the signature.

        On a signed sheet it corrects the current box. Asked twice on an empty box, it goes
        on to the signature, which then wants a word.
        """
        week = self._week
        if week is None or not self._go_on.isEnabled() or not self.grid.commit():
            return
        week = self._week or week
        if week.is_signed:
            self.correct()
            return
        here = self.grid.view.currentIndex()
        empty = [week.place_of(spot) for spot in week.missing()]
        if empty and (here.row(), here.column()) not in empty:
            self._stand(empty[0], len(empty))
        elif week.without_visa():
            self._stand_on_visa(week)
        else:
            needs_note = bool(empty) or not week.sheet.boxes
            question = self._before_signing(week, len(empty))
            self.sign.open(question, week.usual_initials(), needs_note=needs_note)

    def _before_signing(self, week: Week, empty: int) -> str:
        if not empty:
            return week.before_signing()
        return trn(
            "{n} case due est vide : signer quand même, en disant pourquoi ?",
            "{n} cases dues sont vides : signer quand même, en disant pourquoi ?",
            empty,
        )

    def _stand(self, place: tuple[int, int], count: int) -> None:
        self.grid.view.stand(*place)
        self.grid.setFocus()
        self.grid.say(
            trn(
                "Il reste {n} case vide : cochez-la, ou « / » pour dire pourquoi. "
                "Ctrl+Entrée encore : signer avec un mot.",
                "Il reste {n} cases vides : cochez, ou « / » pour dire pourquoi. "
                "Ctrl+Entrée encore : signer avec un mot.",
                count,
            )
        )

    def _stand_on_visa(self, week: Week) -> None:
        day, part = week.without_visa()[0]
        parts = [each.key for each in week.matrix.parts]
        column = week.sheet.days.index(day) * len(parts) + parts.index(part)
        self.grid.view.stand(len(week.row_heads()) - 1, column)
        self.grid.setFocus()
        self.grid.say(tr("Visa : tapez les initiales de qui a fait, puis Entrée."))

    @Slot(str, str)
    def _sign(self, initials: str, note: str) -> None:
        if self._week is not None:
            try:
                self._pen.sign(self._week, initials, note)
            except UserError as error:
                self.grid.say(str(error))
                return
            self.desk.tell(tr("Fiche signée."))

    @Slot()
    def correct(self) -> None:
        """Open the correction of the current box of a signed sheet."""
        index = self.grid.view.currentIndex()
        week = self._week
        if week is None or not week.is_signed or week.spot(index.row(), index.column()) is None:
            self.grid.say(tr("Seule une case signée se corrige ; les autres se retapent."))
            return
        self._close_strips()
        spoken = self.model.columns[index.column()].spoken
        self.correction.open(
            tr("{what}, {when} : que fallait-il noter ? « — » pour rien.").format(
                what=self.model.rows[index.row()].text.strip(), when=spoken
            )
        )

    @Slot(str, str, str)
    def _write_correction(self, text: str, reason: str, initials: str) -> None:
        index = self.grid.view.currentIndex()
        week = self._week
        spot = week.spot(index.row(), index.column()) if week is not None else None
        if week is None or spot is None:
            return
        try:
            self._pen.correct(week, spot, text, reason, initials)
        except REFUSALS as error:
            self.correction.complain(refusal(error).sentence)
            return
        self.correction.leave()
