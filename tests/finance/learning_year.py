"""The demonstration’s year at the bank, matched month by month as a director would.

What each line truly is stands in the plan of the demonstration; the engine never sees it.
"""

from collections import Counter
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.bank.model import BankAccount, BankLine
from cantine_desktop.finance.ledger.lettering import open_items
from cantine_desktop.finance.ledger.model import Account, Journal, Party
from cantine_desktop.finance.matching.accepting import accept
from cantine_desktop.finance.matching.proposal import Choice, OtherSide
from cantine_desktop.finance.matching.proposing import propose
from cantine_desktop.office.demo import _served_days, write_canteen
from cantine_desktop.office.demo_budget import write_policy
from cantine_desktop.office.demo_money.writing import first_day, write_money
from cantine_desktop.values.period import Period


class Figures(NamedTuple):
    """What a month’s first proposals were worth.

    Attributes:
        lines: Lines of the month.
        right: Lines whose first proposal does what the line truly is.
        ticked: Lines ticked for the person.
        well_ticked: Those of them that were right.
        missed: The bank’s words of lines that were not proposed right.
    """

    month: date
    lines: int
    right: int
    ticked: int
    well_ticked: int
    missed: tuple[str, ...]


class Year:
    """A book with the facts of the demonstration and nothing matched."""

    def __init__(self, book, now):
        self.book = book
        self.now = now
        self.truth = {}
        with book.action("année") as session:
            write_canteen(session)
            today = civil_date(now)
            write_policy(session)
            plan = write_money(session, today, _served_days(today))
            self.first = first_day(today)
            journal = session.scalar(select(Journal.id).where(Journal.code == "BQ1"))
            account = session.scalar(select(Account.id).where(Account.number == "512000"))
            row = BankAccount(name="Banque", journal_id=journal, account_id=account)
            session.add(row)
            session.flush()
            self.account = row.id
            self.shown = plan.shown
            self.parties = dict(session.execute(select(Party.code, Party.id)).all())

    def months(self):
        """Yield the figures of each month, accepting the truth after each."""
        months = sorted({Period.month(shown.day) for shown in self.shown})
        for month in months:
            yield self._month(month)

    def _month(self, month):
        with self.book.action("relevé") as session:
            lines = [shown for shown in self.shown if shown.day in month]
            for rank, shown in enumerate(lines):
                self._take_in(session, shown, f"{month.first}-{rank}")
        with self.book.read() as session:
            proposals = {p.line: p for p in propose(session, self.account)}
        missed, counts = [], Counter()
        with self.book.action("pointer") as session:
            truths = {key: self._true_choice(session, key) for key in self._keys(session, month)}
            for key, choice in truths.items():
                proposal = proposals.get(key)
                good = proposal is not None and same(proposal.choice, choice)
                counts["right"] += good
                counts["ticked"] += proposal is not None and proposal.is_sure
                counts["well"] += good and proposal.is_sure
                if not good:
                    missed.append(self._told(key, proposal))
            for choice in truths.values():
                accept(session, choice, self.now)
        return Figures(
            month.first,
            len(truths),
            counts["right"],
            counts["ticked"],
            counts["well"],
            tuple(missed),
        )

    def _keys(self, session, month):
        query = select(BankLine.id).where(BankLine.day >= month.first, BankLine.day < month.end)
        return list(session.scalars(query.order_by(BankLine.day, BankLine.id)))

    def _take_in(self, session, shown, mark):
        line = BankLine(
            bank_account_id=self.account,
            statement_id=None,
            day=shown.day,
            amount=shown.amount,
            label=shown.label,
            details=shown.details,
            fingerprint=mark,
        )
        session.add(line)
        session.flush()
        self.truth[line.id] = shown

    def _true_choice(self, session, key):
        shown = self.truth[key]
        if not shown.settles:
            account = shown.account or "471000"
            side = OtherSide(account, shown.amount, shown.activity)
            return Choice((key,), others=(side,))
        items = []
        for account, reference in shown.settles:
            items += [
                item.line_id for item in open_items(session, account) if item.piece_ref == reference
            ]
        return Choice((key,), items=tuple(items), fee=shown.fee)

    def _told(self, key, proposal):
        shown = self.truth[key]
        said = f"{proposal.title} | {', '.join(proposal.reasons)}" if proposal else "rien"
        return f"{shown.day} {shown.amount.cents} {shown.label} -> {said}"


def same(proposed, true):
    """Tell whether a proposal does what is true."""
    if true.items:
        return set(proposed.items) == set(true.items) and proposed.fee == true.fee
    sides = [(side.account, side.amount) for side in proposed.others]
    return sides == [(side.account, side.amount) for side in true.others]
