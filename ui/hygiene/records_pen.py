"""Writing what is typed on a sheet, one action for each gesture."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.registers import probes, recording, scans, signing
from cantine_desktop.hygiene.registers.probes import names_one_probe
from cantine_desktop.hygiene.registers.queries import Line
from cantine_desktop.hygiene.registers.typing import Where, read_value
from cantine_desktop.i18n import tr, trn
from cantine_desktop.storage.book import Book
from ui.hygiene.records_sheet import Sheet
from ui.kit.grid import Edit
from ui.kit.sentences import REFUSALS, refusal

_SAID = 2
"""Mistakes of a pasted block that are told in full; the others are counted."""


class RecordsPen:
    """Writes the rows of a sheet in the book; a mistake comes out as a sentence.

    Methods let ``UserError`` and ``Ambiguous`` through, for the grid to say beside the cell.
    """

    def __init__(self, book: Book) -> None:
        self._book = book

    def write(self, sheet: Sheet, row: int, column: int, text: str) -> None:
        """Write a typed text in a cell; in the last row, begin a record."""
        line, typed = sheet.line(row), sheet.columns[column]
        if line is None and not text:
            return
        label = tr("{sheet} : {column}").format(
            sheet=tr(sheet.register.title), column=tr(typed.title)
        )
        with self._book.action(label) as session:
            self._put(session, sheet, line, {column: text})

    def write_block(self, sheet: Sheet, edits: Sequence[Edit]) -> str:
        """Write a pasted or erased block as one action; return why nothing of it was written."""
        rows: dict[int, dict[int, str]] = {}
        for edit in edits:
            rows.setdefault(edit.row, {})[edit.column] = edit.text
        label = tr("Lignes collées") if any(edit.text for edit in edits) else tr("Cases effacées")
        try:
            with self._book.action(label) as session:
                _refuse([
                    tr("Ligne {row} : {why}").format(row=row + 1, why=why)
                    for row in sorted(rows)
                    if (why := self._refused(session, sheet, row, rows[row]))
                ])
        except UserError as error:
            return str(error)
        return ""

    def _refused(self, session: Session, sheet: Sheet, row: int, texts: Mapping[int, str]) -> str:
        """Write texts in a row of a block; return why they were not, or nothing."""
        try:
            self._put(session, sheet, sheet.line(row), texts)
        except REFUSALS as error:
            return refusal(error).sentence
        return ""

    def remove(self, sheet: Sheet, lines: Sequence[Line]) -> None:
        """Take rows off the sheet."""
        label = trn("{n} ligne supprimée", "{n} lignes supprimées", len(lines))
        with self._book.action(label) as session:
            for line in lines:
                recording.remove(session, sheet.register, line.record_id)

    def sign(self, sheet: Sheet, initials: str, note: str) -> None:
        """Sign the sheet."""
        with self._book.action(tr("Signature de la fiche")) as session:
            now = self._book.clock()
            signing.sign_sheet(session, sheet.register, sheet.week.first, initials, note, now)

    def name_probe(self, sheet: Sheet, probe: str) -> None:
        """Say which thermometer the sheet was filled with."""
        with self._book.action(tr("Sonde de la fiche")) as session:
            probes.name_probe(session, sheet.register, sheet.week, probe)

    def correct(
        self, sheet: Sheet, line: Line | None, texts: Mapping[int, str], reason: str, initials: str
    ) -> None:
        """Correct a signed row, or add one that was forgotten."""
        with self._book.action(tr("Correction d’une ligne signée")) as session:
            now, register = self._book.clock(), sheet.register
            if line is None:
                values = self._values(sheet, None, texts)
                recording.supplement(session, register, values, reason, initials, now)
                return
            record = recording.current(session, register, line.record_id)
            changed = {place: text for place, text in texts.items() if text != line.texts[place]}
            values = self._values(sheet, record, changed)
            recording.correct(session, register, line.record_id, values, reason, initials, now)

    def void(self, sheet: Sheet, line: Line, reason: str, initials: str) -> None:
        """Say that a signed row never happened."""
        with self._book.action(tr("Annulation d’une ligne signée")) as session:
            recording.void(
                session, sheet.register, line.record_id, reason, initials, self._book.clock()
            )

    def attach(self, sheet: Sheet, content: bytes, name: str) -> int:
        """Join a photo or a PDF to the sheet; return its key."""
        with self._book.action(tr("Papier joint")) as session:
            return scans.attach_scan(
                session, sheet.register.key, sheet.week.first, content, name, self._book.clock()
            ).id

    def detach(self, scan_id: int) -> None:
        """Take a photo or a PDF off its sheet."""
        with self._book.action(tr("Papier retiré")) as session:
            scans.detach_scan(session, scan_id)

    def _put(
        self, session: Session, sheet: Sheet, line: Line | None, texts: Mapping[int, str]
    ) -> None:
        """Write texts in a row; a row emptied of all it held goes."""
        register, now = sheet.register, self._book.clock()
        if line is None:
            if any(texts.values()):
                values = self._values(sheet, None, texts)
                if names_one_probe(register):
                    values["probe"] = sheet.probe
                recording.add(session, register, values, now)
            return
        if _empties(sheet, line, texts):
            recording.remove(session, register, line.record_id)
            return
        record = recording.current(session, register, line.record_id)
        values = self._values(sheet, record, texts)
        recording.change(session, register, line.record_id, values, now)

    def _values(self, sheet: Sheet, record: Any | None, texts: Mapping[int, str]) -> dict[str, Any]:
        """Return what texts mean, each hour beside the day and the hour it follows."""
        values: dict[str, Any] = {}
        for place in sorted(texts):
            column = sheet.columns[place]
            if column.compute is not None:
                continue
            where = Where(
                sheet.week,
                sheet.today,
                values.get("day", getattr(record, "day", None)),
                values.get(column.after, getattr(record, column.after, None))
                if column.after
                else None,
            )
            values[column.key] = read_value(column, texts[place], where)
        return values


def _empties(sheet: Sheet, line: Line, texts: Mapping[int, str]) -> bool:
    """Tell whether a row would be left with nothing anybody typed."""
    left = (
        texts.get(place, line.texts[place])
        for place, column in enumerate(sheet.columns)
        if column.compute is None
    )
    return not any(left)


def _refuse(problems: Sequence[str]) -> None:
    """Let a block through that has no problem.

    Raises:
        UserError: It has some; the first ones are said.
    """
    if not problems:
        return
    said = [*problems[:_SAID]]
    more = len(problems) - _SAID
    if more > 0:
        said.append(trn("Et {n} autre ligne.", "Et {n} autres lignes.", more))
    raise UserError(tr("Rien n’a été collé. {problems}").format(problems=" ".join(said)))
