"""What the pack of a month is made from, read once."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name, the_canteen
from cantine_desktop.finance.bank.model import BankAccount
from cantine_desktop.finance.ledger.model import Entry, FiscalYear
from cantine_desktop.finance.ledger.queries import TrialLine, trial_balance
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.matching.reconciliation import Reconciliation, statement_at
from cantine_desktop.finance.pack.model import PackNote
from cantine_desktop.finance.transfer.lines import FlatLine, ledger_lines
from cantine_desktop.values.period import Period


@dataclass(frozen=True)
class Month:
    """A month under way to the accountant.

    Attributes:
        session: Where to read.
        period: Its days: one calendar month.
        now: The present instant.
    """

    session: Session
    period: Period
    now: datetime

    @property
    def code(self) -> str:
        """``2026-10``."""
        return f"{self.period.first:%Y-%m}"

    @cached_property
    def canteen(self) -> str:
        """Name of the canteen."""
        return canteen_name(self.session)

    @cached_property
    def siren(self) -> str:
        """Nine digits, or empty."""
        canteen = the_canteen(self.session)
        return canteen.siren if canteen else ""

    @cached_property
    def year(self) -> FiscalYear | None:
        """The fiscal year the month ends in, if it was opened."""
        return find_year(self.session, self.period.last)

    @property
    def to_date(self) -> Period:
        """From the first day of the fiscal year through the month."""
        return Period(self.year.first, self.period.end) if self.year else self.period

    @cached_property
    def lines(self) -> list[FlatLine]:
        """The lines of the month, drafts included, entry by entry."""
        return list(ledger_lines(self.session, self.period))

    @cached_property
    def entries(self) -> int:
        """How many entries the month has."""
        return len({line.entry_id for line in self.lines})

    @cached_property
    def drafts(self) -> int:
        """How many of them are not validated."""
        return len({line.entry_id for line in self.lines if not line.number})

    @cached_property
    def drafts_to_date(self) -> int:
        """Entries not validated from the beginning of the fiscal year through the month."""
        query = select(func.count(Entry.id)).where(
            Entry.number.is_(None),
            Entry.day >= self.to_date.first,
            Entry.day < self.to_date.end,
        )
        return self.session.scalar(query) or 0

    @cached_property
    def trial(self) -> list[TrialLine]:
        """What each account held, moved and holds in the month."""
        return trial_balance(self.session, self.period)

    @cached_property
    def trial_to_date(self) -> list[TrialLine]:
        """The same from the beginning of the fiscal year through the month."""
        return trial_balance(self.session, self.to_date)

    def held(self, *beginnings: str) -> list[TrialLine]:
        """Return the accounts that begin so, as the year has them through the month."""
        return [line for line in self.trial_to_date if line.number.startswith(beginnings)]

    @cached_property
    def banks(self) -> list[Reconciliation]:
        """The reconciliation of each account followed, at the end of the month."""
        query = select(BankAccount.id).where(BankAccount.is_active).order_by(BankAccount.name)
        last = self.period.last
        return [statement_at(self.session, key, last) for key in self.session.scalars(query)]

    @cached_property
    def note(self) -> str:
        """What the canteen tells the accountant about the month."""
        query = select(PackNote.text).where(PackNote.first == self.period.first)
        return self.session.scalar(query) or ""
