"""Writing what is typed in the week grid, one action for each gesture."""

from collections.abc import Sequence
from datetime import date

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import recording
from cantine_desktop.hygiene.model import Gap
from cantine_desktop.hygiene.recording import Entry, Spot
from cantine_desktop.i18n import tr
from cantine_desktop.storage.book import Book
from ui.hygiene.week import Week
from ui.hygiene.week_cells import understand
from ui.kit.grid import Edit
from ui.kit.sentences import REFUSALS, refusal


class Pen:
    """Writes cells of a week in the book; a mistake comes out as a sentence.

    Every method lets ``UserError``, ``NotANumber`` and ``Ambiguous`` through, for the
    grid to say beside the cell.
    """

    def __init__(self, book: Book) -> None:
        self._book = book

    def write(self, week: Week, spot: Spot, text: str) -> bool:
        """Write a typed text in a cell; tell whether the reason of a gap must be asked."""
        if not text:
            with self._book.action(tr("Relevé effacé")) as session:
                recording.erase(session, [spot])
            return False
        typed = understand(text)
        if typed.asks:
            return True
        if typed.gap is Gap.CLOSED:
            self.close_day(week, spot.day)
            return False
        name = next(unit.name for unit in week.units if unit.unit_id == spot.unit_id)
        with self._book.action(
            tr("Relevé {unit} : {value}").format(unit=name, value=text)
        ) as session:
            entry = Entry(spot, typed.celsius, typed.gap, typed.note)
            recording.record_many(session, [entry], self._book.clock())
        return False

    def write_block(self, week: Week, edits: Sequence[Edit]) -> list[str | None]:
        """Write a pasted block as one action, or nothing of it when one cell is refused."""
        answers: list[str | None] = [None] * len(edits)
        entries: list[Entry] = []
        others: list[Edit] = []
        for place, edit in enumerate(edits):
            if week.is_visa(edit.row) or not edit.text:
                others.append(edit)
                continue
            try:
                entries.append(self.entry(week.spot(edit.row, edit.column), edit.text))
            except REFUSALS as error:
                answers[place] = refusal(error).sentence
        if not any(answers):
            self._write_all(week, entries, others)
        return answers

    def _write_all(self, week: Week, entries: list[Entry], others: list[Edit]) -> None:
        label = tr("Relevés collés") if entries else tr("Relevés effacés")
        erased = [week.spot(row, column) for row, column, _ in others if not week.is_visa(row)]
        with self._book.action(label) as session:
            recording.record_many(session, entries, self._book.clock())
            recording.erase(session, erased)
            for row, column, text in others:
                if week.is_visa(row):
                    recording.initial(session, *week.round(column), text)

    def entry(self, spot: Spot, text: str) -> Entry:
        """Return what a text writes in a cell, a reason being said with its gap.

        Raises:
            UserError: ``/`` alone says no reason.
        """
        typed = understand(text)
        if typed.asks:
            raise UserError(tr("Dites pourquoi : oubli, fermé, panne ou autre."))
        return Entry(spot, typed.celsius, typed.gap, typed.note)

    def write_visa(self, week: Week, column: int, initials: str) -> str | None:
        """Put initials on a round; return what to say when there is nothing to sign."""
        with self._book.action(tr("Visa")) as session:
            count = recording.initial(session, *week.round(column), initials)
        return None if count else tr("Il n’y a encore aucun relevé à viser dans cette colonne.")

    def write_gap(self, week: Week, spot: Spot, gap: Gap, note: str) -> None:
        """Say why a cell has no temperature; closed is said of the whole day."""
        if gap is Gap.CLOSED and not note:
            self.close_day(week, spot.day)
            return
        with self._book.action(tr("Absence de relevé")) as session:
            recording.record_many(session, [Entry(spot, gap=gap, note=note)], self._book.clock())

    def close_day(self, week: Week, day: date) -> None:
        """Say that the canteen was closed on a day."""
        units = [unit.unit_id for unit in week.units if unit.in_service(day)]
        with self._book.action(tr("Jour fermé")) as session:
            recording.close_day(session, day, units, self._book.clock())

    def reopen_day(self, day: date) -> None:
        """Take back that the canteen was closed on a day."""
        with self._book.action(tr("Jour rouvert")) as session:
            recording.reopen_day(session, day)

    def sign(self, week: Week, initials: str) -> None:
        """Sign a week."""
        with self._book.action(tr("Signature de la semaine")) as session:
            recording.sign_week(session, week.period.first, initials, self._book.clock())

    def correct(self, spot: Spot, text: str, reason: str, initials: str) -> None:
        """Write a correction beside a signed reading."""
        entry = self.entry(spot, text)
        with self._book.action(tr("Correction d’un relevé signé")) as session:
            recording.correct(session, entry, reason, initials, self._book.clock())
