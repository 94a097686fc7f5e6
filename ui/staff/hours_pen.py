"""Writing the hours of the week grid in the book, each gesture an action that undo takes back."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.staff.hours.clock_text import read_hours
from cantine_desktop.staff.hours.confirming import Confirmed, confirm_week
from cantine_desktop.staff.hours.signing import correct_day, sign_everybody
from cantine_desktop.staff.hours.typing_day import type_day
from cantine_desktop.storage.book import Book

Typed = tuple[int, date, str]
"""Whose day, which day, what was typed."""

_HOURS = mark("Heures notées")


class HoursPen:
    """Writes hours in a book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def write(self, member_id: int, day: date, text: str) -> None:
        """Write what was typed for a day.

        Raises:
            UserError: It cannot be.
        """
        with self._book.action(tr(_HOURS)) as session:
            type_day(session, member_id, day, text, self._book.clock())

    def write_many(self, typed: Sequence[Typed]) -> list[str | None]:
        """Write several days as one action; return for each why not.

        Nothing is written when one of them cannot be.
        """
        answers: list[str | None] = [None] * len(typed)
        try:
            with self._book.action(tr(_HOURS)) as session:
                for rank, (member_id, day, text) in enumerate(typed):
                    answers[rank] = tr("Rien n’est écrit de ce bloc.")
                    type_day(session, member_id, day, text, self._book.clock())
                    answers[rank] = None
        except UserError as error:
            place = next(rank for rank, answer in enumerate(answers) if answer)
            return [
                str(error) if rank == place else tr("Rien n’est écrit de ce bloc.")
                for rank in range(len(typed))
            ]
        return answers

    def confirm(self, monday: date) -> Confirmed:
        """Confirm the week of everybody as planned but for what was typed.

        Raises:
            UserError: It cannot be.
        """
        with self._book.action(tr("Semaine confirmée")) as session:
            return confirm_week(session, monday, self._book.clock())

    def sign(self, session: Session, monday: date, signed_by: str) -> int:
        """Sign the week of everybody.

        Raises:
            UserError: It cannot be.
        """
        return sign_everybody(session, monday, signed_by, self._book.clock())

    def correct(self, session: Session, member_id: int, day: date, text: str, reason: str) -> None:
        """Correct a day of a signed week; ``-`` says that nothing was done.

        Raises:
            UserError: It cannot be.
        """
        hours = [] if text.strip() in {"-", "–", "0"} else read_hours(text)
        correct_day(session, member_id, day, hours, reason, self._book.clock())
