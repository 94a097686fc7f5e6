"""Writing what is typed in a sheet of days, one action for each gesture."""

from collections.abc import Sequence
from datetime import date

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import recording
from cantine_desktop.hygiene.cleaning import marking
from cantine_desktop.hygiene.cleaning.matrix import Takes
from cantine_desktop.hygiene.cleaning.model import Answer
from cantine_desktop.hygiene.cleaning.weeks import Entry, Spot
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.queries import cold_units
from cantine_desktop.i18n import tr
from cantine_desktop.storage.book import Book
from cantine_desktop.values.period import Period
from ui.hygiene.cleaning_week import Week
from ui.hygiene.cleaning_words import Typed, understand
from ui.kit.grid import Edit
from ui.kit.sentences import REFUSALS, refusal


class CleaningPen:
    """Writes boxes of a sheet in the book; a mistake comes out as a sentence.

    Every method lets ``UserError``, ``NotANumber`` and ``Ambiguous`` through, for the
    grid to say beside the cell.
    """

    def __init__(self, book: Book) -> None:
        self._book = book

    def write(self, week: Week, spot: Spot, text: str) -> Typed:
        """Write a typed text in a box; what it asks more is left to the screen."""
        if not text:
            self.erase(week, [spot])
            return Typed()
        item = week.item_of(spot)
        typed = understand(text, item, week.takes(spot))
        if typed.closes:
            self.close_day(spot.day)
        elif not (typed.asks and typed.answer is Answer.NOT_DONE):
            with self._book.action(_label(week, item.title, text)) as session:
                marking.write(session, week.matrix, [_entry(spot, typed)], self._book.clock())
        return typed

    def write_block(self, week: Week, edits: Sequence[Edit]) -> list[str | None]:
        """Write a pasted block as one action, or nothing of it when one cell is refused."""
        answers: list[str | None] = [None] * len(edits)
        entries: list[Entry] = []
        erased: list[Spot] = []
        visas: list[Edit] = []
        for place, edit in enumerate(edits):
            spot = week.spot(edit.row, edit.column)
            if spot is None:
                visas += [edit] if week.is_visa(edit.row) else []
            elif not edit.text:
                erased.append(spot)
            else:
                try:
                    entries.append(self._understood(week, spot, edit.text))
                except REFUSALS as error:
                    answers[place] = refusal(error).sentence
        if not any(answers):
            with self._book.action(
                tr("Cases collées") if entries else tr("Cases vidées")
            ) as session:
                now = self._book.clock()
                marking.write(session, week.matrix, entries, now)
                marking.erase(session, week.matrix, erased)
                for edit in visas:
                    day, part = week.column(edit.column)
                    marking.initial(session, week.matrix, day, part, edit.text, now)
        return answers

    def toggle(self, week: Week, spots: Sequence[Spot]) -> None:
        """Tick boxes, or empty them when all are ticked; several at once say so."""
        boxes = [week.sheet.boxes.get(spot) for spot in spots]
        if spots and all(box and not box.is_void for box in boxes):
            self.erase(week, spots)
            return
        fresh = [
            Entry(spot, Answer.CONFORM)
            for spot, box in zip(spots, boxes, strict=True)
            if (box is None or box.is_void) and week.takes(spot) is not Takes.NUMBER
        ]
        with self._book.action(
            tr("Cases cochées") if len(fresh) > 1 else tr("Case cochée")
        ) as session:
            marking.write(session, week.matrix, fresh, self._book.clock(), is_batch=len(fresh) > 1)

    def erase(self, week: Week, spots: Sequence[Spot]) -> None:
        """Empty boxes."""
        with self._book.action(tr("Cases vidées")) as session:
            marking.erase(session, week.matrix, spots)

    def explain(self, week: Week, spot: Spot, reason: str) -> None:
        """Say why a box was not done, or what is not conform in it."""
        box = week.sheet.boxes.get(spot)
        wrong = box is not None and box.verdict is Verdict.BREACH
        entry = Entry(spot, Answer.NOT_CONFORM if wrong else Answer.NOT_DONE, note=reason)
        if wrong and box is not None and box.written.value is not None:
            entry = Entry(spot, value=box.written.value, note=reason)
        with self._book.action(tr("Précision notée")) as session:
            marking.write(session, week.matrix, [entry], self._book.clock())

    def write_visa(self, week: Week, column: int, text: str) -> str | None:
        """Put initials on a column; return what to say when there is nothing to sign."""
        day, part = week.column(column)
        initials = text.replace("?", "").strip()
        with self._book.action(tr("Visa")) as session:
            count = marking.initial(session, week.matrix, day, part, initials, self._book.clock())
        return None if count else tr("Il n’y a encore rien à viser dans cette colonne.")

    def tick_everything(self, week: Week, day: date, initials: str) -> int:
        """Tick every empty box of a day at once, as one gesture of one person."""
        label = tr("Tout fait le {day} par {initials}").format(
            day=f"{day:%d/%m}", initials=initials
        )
        with self._book.action(label) as session:
            return marking.tick_everything(session, week.matrix, day, initials, self._book.clock())

    def close_day(self, day: date, reason: str = "") -> None:
        """Say that the canteen was closed on a day, for every sheet."""
        with self._book.action(tr("Jour fermé")) as session:
            units = [unit.id for unit in cold_units(session, Period.through(day, day))]
            recording.close_day(session, day, units, self._book.clock(), reason)

    def reopen_day(self, day: date) -> None:
        """Take back that the canteen was closed on a day."""
        with self._book.action(tr("Jour rouvert")) as session:
            recording.reopen_day(session, day)

    def sign(self, week: Week, initials: str, note: str) -> None:
        """Sign a sheet."""
        monday = week.sheet.period.first
        with self._book.action(tr("Signature de la fiche")) as session:
            marking.sign_week(session, week.matrix, monday, initials, note, self._book.clock())

    def correct(self, week: Week, spot: Spot, text: str, reason: str, initials: str) -> None:
        """Write a correction beside a signed box; a dash takes back what it said."""
        entry = Entry(spot) if text in {"-", "—"} else self._understood(week, spot, text)
        with self._book.action(tr("Correction d’une case signée")) as session:
            marking.correct(session, week.matrix, entry, reason, initials, self._book.clock())

    def _understood(self, week: Week, spot: Spot, text: str) -> Entry:
        typed = understand(text, week.item_of(spot), week.takes(spot))
        if typed.asks and typed.answer is Answer.NOT_DONE:
            raise UserError(tr("Dites pourquoi : « / panne », « / oubli »…"))
        if typed.closes:
            raise UserError(tr("« fermé » se tape dans une case à la fois, pour tout le jour."))
        return _entry(spot, typed)


def _entry(spot: Spot, typed: Typed) -> Entry:
    return Entry(spot, typed.answer, typed.value, typed.note, typed.initials)


def _label(week: Week, title: str, text: str) -> str:
    return tr("{sheet}, {what} : {text}").format(sheet=tr(week.matrix.short), what=title, text=text)
