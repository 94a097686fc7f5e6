"""What stands where no line of the bank is left: what is next, and the button that does it."""

from datetime import date

from PySide6.QtCore import Signal
from sqlalchemy.orm import Session

from cantine_desktop.finance.matching.monthly import account_to_do, last_day
from cantine_desktop.finance.matching.queries import BankRow
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.i18n import month as month_name
from cantine_desktop.values.period import Period
from ui.finance.bank_bar import Which
from ui.kit.empty import EmptyState


class NothingLeft(EmptyState):
    """Nothing to match: import the next file, or go back to the month’s end that sent here.

    Attributes:
        month: Month whose end sent here; none for a person who came on their own.

    Signals:
        import_wanted: A file is to be imported.
        month_done: Nothing is left of the month, and its end is wanted again (``Period``).
    """

    import_wanted = Signal()
    month_done = Signal(object)

    def __init__(self) -> None:
        super().__init__("", tr("Importer un relevé…"), self._act, "check-circle")
        self.month: Period | None = None
        self._is_done = False
        self._last: date | None = None

    def read(self, session: Session, account: int, rows: dict[int, BankRow]) -> None:
        """Find what is next, where no line is left to show."""
        if rows:
            return
        self._last = last_day(session, account)
        self._is_done = self.month is not None and account_to_do(session, self.month) is None

    def tell(self, which: Which) -> None:
        """Say what is next."""
        assert self.button is not None
        done = self.month if self._is_done else None
        if done is not None:
            self.button.setText(tr("Revenir à la fin de mois"))
            text = tr("{month} : chaque ligne est pointée.")
            self.say(text.format(month=month_name(done.first).capitalize()))
            return
        self.button.setText(tr("Importer un relevé…"))
        if which is Which.NO_PIECE:
            self.say(tr("Chaque ligne pointée a sa pièce, ou peut s’en passer."))
        elif self._last is None:
            self.say(tr("Rien à pointer : importez un premier relevé."))
        else:
            text = tr("Tout est pointé jusqu’au {day}. Importez la suite quand la banque l’envoie.")
            self.say(text.format(day=long_day(self._last)))

    def _act(self) -> None:
        if self._is_done:
            self.month_done.emit(self.month)
        else:
            self.import_wanted.emit()
