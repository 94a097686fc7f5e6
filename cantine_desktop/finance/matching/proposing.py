"""Proposing what each bank line is, with reasons; the same book gives the same proposals."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from cantine_desktop.finance.matching.announced import Payout, Slip
from cantine_desktop.finance.matching.by_pair import MOST_CHOICES, Pairs
from cantine_desktop.finance.matching.by_rule import by_name, by_rule, by_shipped_words, by_twin
from cantine_desktop.finance.matching.by_run import by_run
from cantine_desktop.finance.matching.by_slip import by_slip
from cantine_desktop.finance.matching.by_sum import by_parts, by_sum
from cantine_desktop.finance.matching.candidates import Candidate
from cantine_desktop.finance.matching.judging import Judge
from cantine_desktop.finance.matching.labels import Manner
from cantine_desktop.finance.matching.proposal import Certainty, Proposal
from cantine_desktop.finance.matching.situation import (
    BankItem,
    Situation,
    read_situation,
)
from cantine_desktop.finance.matching.telling import told
from cantine_desktop.finance.matching.waiting import Waiting

Progress = Callable[[int, int], None]
"""Told how many lines are done, of how many; may raise to stop."""

FIRM = 480
"""A pair from this score on is taken before sums are looked for."""

PAYOUT_DAYS = 8
"""Days a payout may take from the service to the bank."""

_PAID_OUT = {Manner.CARDS, Manner.HELLOASSO, Manner.VOUCHERS, Manner.UNKNOWN}

EVERY = 64
"""Lines between two tellings of progress."""


def propose(
    session: Session, account_id: int, limit: int | None = None, progress: Progress | None = None
) -> list[Proposal]:
    """Return the proposal of each unmatched line that has one, oldest first.

    Args:
        session: A session that reads.
        account_id: Key of the bank account.
        limit: Proposals at most; ``None`` is all.
        progress: Told how far it is.
    """
    situation = read_situation(session, account_id)
    found = candidates_of(situation, progress)
    proposals = [
        told(ranked, situation) for line in situation.lines if (ranked := found.get(line.id))
    ]
    return proposals[:limit]


def candidates_of(
    situation: Situation, progress: Progress | None = None
) -> dict[int, list[Candidate]]:
    """Return what each line could be, most likely first, by key of the line."""
    return _Search(situation).ranked(progress)


class _Search:
    """Goes over the lines; what a better candidate uses is not offered first to others."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._judge = Judge(situation)
        self._waiting = Waiting(situation.items)
        self._lines = [_with_fee(line, situation.payouts) for line in situation.lines]
        self._slips: defaultdict[int, list[Slip]] = defaultdict(list)
        for slip in situation.slips:
            self._slips[self._waiting.sum_of(slip.items)].append(slip)
        self._twins: defaultdict[int, list[tuple[BankItem, str]]] = defaultdict(list)
        for other in situation.elsewhere:
            self._twins[-other[0].cents].append(other)
        self._pairs = Pairs(self._lines, [*situation.items, *situation.posted], self._judge)
        self._used: set[int] = set()
        self._first: dict[int, Candidate] = {}

    def ranked(self, progress: Progress | None) -> dict[int, list[Candidate]]:
        lines = self._lines
        self._take_slips(lines)
        self._take_pairs(lines)
        self._take_parts(lines)
        found: dict[int, list[Candidate]] = {}
        for done, line in enumerate(lines):
            if progress is not None and done % EVERY == 0:
                progress(done, len(lines))
            best = self._first.get(line.id) or self._best(line)
            if best is not None:
                self._take(best)
        for line in lines:
            if (best := self._first.get(line.id)) is not None:
                found[line.id] = [best, *self._choices(line, best)]
        return found

    def _take_pairs(self, lines: list[BankItem]) -> None:
        for line in lines:
            best = self._pairs.best(line)
            if line.id in self._first or best is None or best.score < FIRM:
                continue
            if not self._uses_taken(best) and self._is_open(line, best):
                self._take(best)

    def _take_slips(self, lines: list[BankItem]) -> None:
        for line in lines:
            for best in by_slip(line, self._slips[line.cents], self._waiting.by_key, self._used)[
                :1
            ]:
                if best.certainty is Certainty.SURE and self._is_open(line, best):
                    self._take(best)

    def _take_parts(self, lines: list[BankItem]) -> None:
        rest = [line for line in lines if line.id not in self._first]
        for found in by_parts(rest, self._situation.items, self._used):
            if self._is_open(found.lines[0], found):
                self._take(found)

    def _best(self, line: BankItem) -> Candidate | None:
        return next(iter(self._every(line)), None)

    def _every(self, line: BankItem) -> list[Candidate]:
        found = [
            *self._pairs.others(line, self._used),
            *by_slip(line, self._slips[line.cents], self._waiting.by_key, self._used),
            *by_run(line, self._waiting, self._situation.rates, self._used),
            *by_sum(line, self._waiting, self._judge, self._used),
        ]
        alone = (
            by_rule(line, self._judge),
            by_twin(line, self._twins.get(line.cents, ())),
            by_name(line, self._situation, self._judge),
            by_shipped_words(line),
        )
        found += [candidate for candidate in alone if candidate is not None]
        kept = [candidate for candidate in found if self._is_open(line, candidate)]
        return sorted(kept, key=lambda c: (-c.score, c.signature))

    def _choices(self, line: BankItem, best: Candidate) -> list[Candidate]:
        if best.certainty is Certainty.SURE:
            return []
        own = {item.id for item in (*best.items, *best.posted)}
        self._used -= own
        others = self._every(line)
        self._used |= own
        seen = {best.signature}
        kept: list[Candidate] = []
        for candidate in others:
            if candidate.signature not in seen:
                seen.add(candidate.signature)
                kept.append(replace(candidate, certainty=Certainty.GUESS))
        return kept[:MOST_CHOICES]

    def _take(self, candidate: Candidate) -> None:
        for line in candidate.lines:
            self._first[line.id] = candidate
        self._used.update(item.id for item in (*candidate.items, *candidate.posted))

    def _uses_taken(self, candidate: Candidate) -> bool:
        return any(item.id in self._used for item in (*candidate.items, *candidate.posted))

    def _is_open(self, line: BankItem, candidate: Candidate) -> bool:
        refused = self._situation.rejected.get(line.id)
        return not refused or candidate.signature not in refused


def _with_fee(line: BankItem, payouts: Mapping[int, Sequence[Payout]]) -> BankItem:
    """Return a line with the fee that the payment service’s own file gives for it."""
    if line.fee or line.cents <= 0 or line.manner not in _PAID_OUT:
        return line
    near = [
        (abs((line.day - payout.day).days), payout)
        for payout in payouts.get(line.cents, ())
        if -1 <= (line.day - payout.day).days <= PAYOUT_DAYS
    ]
    return line._replace(fee=min(near)[1].fee) if near else line
