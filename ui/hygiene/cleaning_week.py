"""A sheet of days as the grid sees it: zones, rows, boxes, totals, visas."""

from datetime import date
from itertools import groupby
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.cleaning.matrices import CLEANING, WASTE
from cantine_desktop.hygiene.cleaning.matrix import Item, Matrix, Takes, Total
from cantine_desktop.hygiene.cleaning.weeks import Box, Sheet, Spot, read_sheet
from cantine_desktop.hygiene.cleaning.words import (
    batch_words,
    box_text,
    every_short,
    plain,
)
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.words import verdict_name
from cantine_desktop.i18n import long_day, round_half_up, short_day, tr, weekday
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP
from ui.kit.cells import Cell, Head, State

NOWHERE = (-1, -1)
LONGEST_TITLE, LONGEST_NOTE = 40, 22
"""Letters of the head of a row; the whole title is under the grid."""

INDENT = 3 * NBSP
"""Before the title of a row that stands under the name of its zone."""

_STATES = {
    Verdict.CONFORM: State.CONFORM,
    Verdict.TOLERATED: State.TOLERATED,
    Verdict.BREACH: State.BREACH,
    Verdict.NOT_DONE: State.SKIPPED,
    Verdict.NOT_APPLICABLE: State.SKIPPED,
}


class Week(NamedTuple):
    """What the grid of a sheet shows.

    Attributes:
        sheet: The sheet as the book holds it.
        lines: Rows in order: the title of a zone, or an item.
        totals: Computed rows, after them; the visa is the last row.
        today: The present civil day.
    """

    sheet: Sheet
    lines: tuple[str | Item, ...]
    totals: tuple[Total, ...]
    today: date

    @property
    def matrix(self) -> Matrix:
        """What kind of sheet it is."""
        return self.sheet.matrix

    @property
    def is_signed(self) -> bool:
        """Whether it is closed for good."""
        return bool(self.sheet.signed_by)

    def row_heads(self) -> list[Head]:
        """Return the heads of the rows."""
        heads = [_head(line, self.matrix) for line in self.lines]
        heads += [Head(total.title, total.unit) for total in self.totals]
        return [*heads, Head(tr("Visa"), tip=tr("Initiales de qui a fait, jour par jour."))]

    def column_heads(self) -> list[Head]:
        """Return the heads of the columns: days, and their parts."""
        heads: list[Head] = []
        for day in self.sheet.days:
            words = f"{weekday(day)} {day:%d/%m}"
            for part in self.matrix.parts:
                if part.title:
                    heads.append(Head(tr(part.title), group=words, width=80, align="center"))
                else:
                    heads.append(Head(words, width=92, align="center", tip=long_day(day)))
        return heads

    def is_visa(self, row: int) -> bool:
        """Tell whether a row is that of the visas."""
        return row == len(self.lines) + len(self.totals)

    def item(self, row: int) -> Item | None:
        """Return the item of a row; ``None`` for a zone, a total or the visa."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, Item) else None

    def column(self, column: int) -> tuple[date, str]:
        """Return the day and the part of it that a column stands for."""
        parts = self.matrix.parts
        return self.sheet.days[column // len(parts)], parts[column % len(parts)].key

    def spot(self, row: int, column: int) -> Spot | None:
        """Return the box of a cell, if it is one."""
        item = self.item(row)
        return None if item is None else Spot(item.key, *self.column(column))

    def place_of(self, spot: Spot) -> tuple[int, int]:
        """Return the row and column of a box."""
        keys = [line.key if isinstance(line, Item) else None for line in self.lines]
        parts = [part.key for part in self.matrix.parts]
        if spot.key not in keys or spot.day not in self.sheet.days:
            return NOWHERE
        column = self.sheet.days.index(spot.day) * len(parts) + parts.index(spot.part)
        return keys.index(spot.key), column

    def takes(self, spot: Spot) -> Takes:
        """Return what is written in a box."""
        return self.matrix.takes(self.item_of(spot), spot.part)

    def item_of(self, spot: Spot) -> Item:
        """Return the row of a box."""
        return next(item for item in self.sheet.items if item.key == spot.key)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell as the grid shows it."""
        day, part = self.column(column)
        if self.is_visa(row):
            return self._visa(day, part)
        item = self.item(row)
        if item is None:
            return self._beside(row, day, part)
        spot = Spot(item.key, day, part)
        box = self.sheet.boxes.get(spot)
        if box is not None and not box.is_void:
            return self._written(item, spot, box)
        return self._empty(item, spot)

    def missing(self) -> list[Spot]:
        """Return the boxes due so far that say nothing."""
        return self.sheet.missing(self.today)

    def counts(self) -> tuple[int, int]:
        """Return how many boxes due were done or explained, of how many due so far."""
        written = [box for box in self.sheet.boxes.values() if not box.is_void]
        asked = [box for box in written if box.verdict is not Verdict.NOT_APPLICABLE]
        done = sum(box.is_done or box.is_explained for box in asked)
        return done, len(asked) + len(self.missing())

    def without_visa(self) -> list[tuple[date, str]]:
        """Return the columns where something was ticked that nobody put initials on."""
        spots = [
            spot
            for spot, box in self.sheet.boxes.items()
            if not (box.initials or box.is_explained or box.is_void)
        ]
        return sorted({(spot.day, spot.part) for spot in spots})

    def is_over(self) -> bool:
        """Tell whether nothing more is due this week."""
        opened = [day for day in self.sheet.days if day not in self.sheet.closed]
        last = max(opened, default=self.sheet.period.last)
        return last <= self.today and not self.missing() and not self.without_visa()

    def before_signing(self) -> str:
        """Say what a signature means, and what was ticked in one gesture."""
        said = tr("Fiche complète. Signée, elle ne se modifie plus, elle se corrige.")
        if not self.sheet.boxes:
            said = tr("Rien n’est noté cette semaine : dites pourquoi, puis signez.")
        batches = batch_words(self.sheet)
        return "\n".join([said, *batches]) if batches else said

    def usual_initials(self) -> str:
        """Return the initials most seen in the week, or nothing."""
        seen = [box.initials for box in self.sheet.boxes.values() if box.initials]
        return max(set(seen), key=seen.count) if seen else ""

    def _written(self, item: Item, spot: Spot, box: Box) -> Cell:
        text = box_text(self.matrix, item, box, spot.part)
        state = _STATES[box.verdict]
        if box.verdict is Verdict.NOT_DONE and not box.is_explained:
            state = State.TOLERATED
        elif state is State.CONFORM and not self._is_judged(item, spot):
            state = State.PLAIN
        if self.is_signed:
            state = State.SEALED
        return Cell(text, state, self._explained(item, spot, box))

    def _is_judged(self, item: Item, spot: Spot) -> bool:
        """Tell whether a box says more than that it was done, or how much."""
        return self.matrix is not WASTE and self.matrix.takes(item, spot.part) is not Takes.TICK

    def _explained(self, item: Item, spot: Spot, box: Box) -> str:
        said = [f"{item.title}, {weekday(spot.day)}"]
        if box.is_explained:
            said.append(tr("pas fait : {reason}").format(reason=box.written.note))
        elif box.verdict is Verdict.NOT_DONE:
            said.append(tr("coché, sans visa : tapez les initiales en bas de la colonne"))
        elif self._is_judged(item, spot):
            said.append(verdict_name(box.verdict))
        if box.written.note and not box.is_explained:
            said.append(box.written.note)
        if box.initials:
            said.append(tr("par {initials}").format(initials=box.initials))
        if box.is_batch:
            said.append(tr("coché d’un seul geste avec tout le jour"))
        if box.late:
            said.append(tr("noté le {day}").format(day=short_day(box.recorded_on)))
        if box.reason:
            said.append(tr("corrigé : {reason}").format(reason=box.reason))
        return " · ".join(said)

    def _empty(self, item: Item, spot: Spot) -> Cell:
        if spot.day in self.sheet.closed:
            reason = self.sheet.closed[spot.day]
            return Cell(tr("fermé"), State.CLOSED, reason or tr("La cantine était fermée."))
        if not item.has_part(spot.part) or not item.in_service(spot.day):
            return Cell(
                "", State.CLOSED, tr("{what} : rien n’est prévu ici.").format(what=item.title)
            )
        if self.is_signed:
            return Cell("", State.SEALED, tr("Rien n’a été noté avant la signature."))
        if spot.day > self.today:
            tip = tr("Ce jour n’est pas encore venu.")
            return Cell(
                "", State.PLAIN if spot in self.sheet.due else State.SPARE, tip, editable=False
            )
        if spot not in self.sheet.due and not item.is_written_on_event:
            tip = tr("{tip} Rien n’est dû ce jour-là ; vous pouvez noter quand même.").format(
                tip=item.tip and f"{item.tip}."
            )
            return Cell("", State.SPARE, tip.strip())
        is_asked = spot in self.sheet.due
        return Cell("", State.MISSING if is_asked else State.PLAIN, item.tip)

    def _visa(self, day: date, part: str) -> Cell:
        if day in self.sheet.closed:
            return Cell("", State.CLOSED)
        text = self.sheet.initials_of(day, part)
        if self.is_signed:
            return Cell(text, State.SEALED)
        boxes = any((s.day, s.part) == (day, part) for s in self.sheet.boxes)
        if self.sheet.unsigned_boxes(day, part):
            tip = tr("Des cases sont cochées sans visa : tapez les initiales de qui les a faites.")
            return Cell(f"{text} ?".strip(), State.TOLERATED, tip)
        tip = tr("Initiales de qui a fait.") if boxes else tr("Rien n’est encore coché ce jour-là.")
        return Cell(text, State.PLAIN, tip, editable=boxes)

    def _beside(self, row: int, day: date, part: str) -> Cell:
        """Return a cell of the title of a zone, or of a computed row."""
        place = row - len(self.lines)
        if place < 0 or part != self.matrix.parts[0].key:
            return Cell("", State.CLOSED)
        total = self.totals[place]
        value = total.values.get(day)
        text = "" if value is None else plain(round_half_up(value, total.places))
        return Cell(text, State.PLAIN, tr("Calculé."), editable=False)


def read_week(session: Session, matrix: Matrix, period: Period, today: date) -> Week:
    """Read a sheet for the grid."""
    sheet = read_sheet(session, matrix, period)
    lines: list[str | Item] = []
    for zone, items in groupby(sheet.items, key=lambda item: item.zone):
        lines += [zone] if zone else []
        lines += items
    return Week(sheet, tuple(lines), tuple(matrix.totals(sheet)), today)


def _head(line: str | Item, matrix: Matrix) -> Head:
    if isinstance(line, str):
        return Head(line)
    beside = line.note if matrix is not CLEANING else ""
    note = beside or (line.unit if matrix is WASTE else every_short(line))
    indent = INDENT if line.zone else ""
    title = f"{indent}{_cut(line.title, LONGEST_TITLE)}"
    return Head(title, _cut(note, LONGEST_NOTE), tip=line.tip)


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
