"""The sign-up sheet typed back: services across, the lines of the paper down."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr, weekday
from cantine_desktop.meals.reservations.model import Place, ReservationState
from cantine_desktop.meals.reservations.typing_back import Answer, LineTyped, type_lines
from cantine_desktop.meals.reservations.week import Line, ServiceLines, lines_needed, settle
from ui.desk import Desk
from ui.kit.grid import Cell, Edit, EntryGrid, GridModel, Head, State

Spot = tuple[int, Place]
"""A service and one of its two lists of lines."""


class SheetGrid(QWidget):
    """A week of names: type one, Enter goes to the line below; paste a block from a spreadsheet.

    A name stays on the line where it was typed, as on the paper, while the screen is open.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._week: Sequence[ServiceLines] = ()
        self._lines: dict[Spot, list[int | None]] = {}
        self._known: dict[int, Line] = {}
        self._cooks, self._eaters = lines_needed(())
        self.model = GridModel(self._cell, self._type, self._type_many, self)
        self.grid = EntryGrid(
            self.model, tr("Feuille d’inscription"), fills_down=False, row_height=28, parent=self
        )
        self.grid.view.fill_width()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        self.setFocusProxy(self.grid)

    def show_week(self, week: Sequence[ServiceLines]) -> None:
        """Show the lines of other services, or of the same ones as they are now."""
        self._week = week
        self._known = {line.key: line for each in week for line in each.lines}
        self._cooks, self._eaters = lines_needed(week)
        self._lines = {
            (each.service.key, place): settle(
                self._lines.get((each.service.key, place), []),
                [line.key for line in each.of(place)],
                self._cooks if place is Place.COOK else self._eaters,
            )
            for each in week
            for place in Place
        }
        rows = [Head(tr("Cuisine {n}").format(n=n + 1)) for n in range(self._cooks)]
        rows += [Head(tr("Repas {n}").format(n=n + 1)) for n in range(self._eaters)]
        rows.append(Head(tr("Régimes"), note=tr("en nombre")))
        self.model.show(rows, [_head(each) for each in week])

    def _spot(self, row: int, column: int) -> tuple[Spot, int] | None:
        """Return the list and the line of a cell; ``None`` for the row of diets."""
        key = self._week[column].service.key
        if row < self._cooks:
            return (key, Place.COOK), row
        if row < self._cooks + self._eaters:
            return (key, Place.EAT), row - self._cooks
        return None

    def _cell(self, row: int, column: int) -> Cell:
        if column >= len(self._week):
            return Cell(editable=False)
        each = self._week[column]
        state = State.PLAIN if each.is_open else State.SEALED
        may = self._desk.may_write("meals")
        found = self._spot(row, column)
        if found is None:
            tip = tr("Des nombres, sans nom : « 2 sans gluten, 1 sans porc ». Oubliés après.")
            return Cell(each.diets, state, tip, editable=may)
        (spot, line), key = found, None
        if line < len(self._lines[spot]):
            key = self._lines[spot][line]
        if key is None or key not in self._known:
            return Cell("", state, editable=may)
        known = self._known[key]
        return Cell(known.text, state, _tip(known), editable=may)

    def _type(self, row: int, column: int, text: str) -> str | None:
        return self._type_many([Edit(row, column, text)])[0]

    def _type_many(self, edits: Sequence[Edit]) -> list[str | None]:
        """Write lines typed or pasted as one step that may be undone."""
        now = self._desk.book.clock()
        typed = [self._typed(edit) for edit in edits]
        try:
            with self._desk.book.action(tr("Feuille d’inscription retapée")) as session:
                answers = type_lines(session, typed, now)
                for edit, answer in zip(edits, answers, strict=True):
                    self._stand(edit, answer)
        except UserError as error:
            return [str(error)] * len(edits)
        told = [answer.told for answer in answers if answer.told]
        if told:
            self._desk.tell(" ".join(dict.fromkeys(told)), undo=True)
        return [answer.refused or None for answer in answers]

    def _typed(self, edit: Edit) -> LineTyped:
        service = self._week[edit.column].service.key
        found = self._spot(edit.row, edit.column)
        if found is None:
            return LineTyped(service, None, None, edit.text)
        spot, line = found
        return LineTyped(service, spot[1], self._lines[spot][line], edit.text)

    def _stand(self, edit: Edit, answer: Answer) -> None:
        """Keep a name on the line where it was typed."""
        found = self._spot(edit.row, edit.column)
        if found is None or answer.refused:
            return
        spot, line = found
        lines = self._lines[spot]
        if answer.key is None or answer.key not in lines:
            lines[line] = answer.key


def _head(each: ServiceLines) -> Head:
    service = each.service
    day = f"{weekday(service.day)} {service.day.day}"
    return Head(service.title, group=day, width=150, align="left", tip=f"{day}, {service.title}")


def _tip(line: Line) -> str:
    """Say what a line does not show: who waits, who came, what was noted."""
    words = {
        ReservationState.WAITING: tr("En liste d’attente."),
        ReservationState.CAME: tr("Venu·e."),
        ReservationState.NO_SHOW: tr("Noté·e absent·e."),
    }
    return " ".join(filter(None, (words.get(line.state, ""), line.note)))
