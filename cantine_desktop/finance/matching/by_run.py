"""Payouts, slips and deposits: one bank line for the takings of several services.

What a service pays out follows one another: the days it covers are a run of neighbours, and
mostly begin with the oldest that still waits.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from cantine_desktop.finance.matching.by_pair import kind_of_account
from cantine_desktop.finance.matching.candidates import Candidate, Sign
from cantine_desktop.finance.matching.judging import expected_manner
from cantine_desktop.finance.matching.labels import Manner
from cantine_desktop.finance.matching.model import MatchKind
from cantine_desktop.finance.matching.proposal import Certainty
from cantine_desktop.finance.matching.situation import BankItem, LedgerItem
from cantine_desktop.finance.matching.subsets import MOST, Run, runs, subset
from cantine_desktop.finance.matching.waiting import PLACES, Waiting

PLAUSIBLE = (0, 3_600)
"""What card services keep, in hundred-thousandths: up to 3,6 %."""

VOUCHERS = (0, 7_000)
"""What issuers of meal vouchers keep."""

SPREAD = 160
"""How far a fee may lie from those seen so far: rounding of each payment."""

TAUGHT_FROM = 3
"""Payouts seen before their rate is trusted."""

_PLACES = {
    Manner.CARDS: ("5115",),
    Manner.CHEQUES: ("5112",),
    Manner.VOUCHERS: ("5116",),
    Manner.CASH: ("580",),
    Manner.HELLOASSO: ("4671", "5117"),
    Manner.TRANSFER: ("580",),
}


Rates = Mapping[MatchKind, Sequence[int]]
"""What payouts kept so far; see ``Situation``."""


class Fees(NamedTuple):
    """What a service may have kept: bounds in hundred-thousandths, and what it mostly does."""

    low: int
    high: int
    usual: int
    is_taught: bool


def fees_of(rates: Rates, manner: Manner) -> Fees:
    """Return what to expect of a service, by what it kept so far."""
    if manner not in {Manner.CARDS, Manner.VOUCHERS}:
        return Fees(0, 0, 0, is_taught=True)
    is_card = manner is Manner.CARDS
    seen = rates.get(MatchKind.CARDS if is_card else MatchKind.VOUCHERS, [])
    if len(seen) < TAUGHT_FROM:
        bounds, usual = (PLAUSIBLE, 1_700) if is_card else (VOUCHERS, 3_500)
        return Fees(*bounds, seen[0] if seen else usual, is_taught=False)
    ordered = sorted(seen)
    usual = ordered[len(ordered) // 2]
    return Fees(max(0, usual - SPREAD), usual + SPREAD, usual, is_taught=True)


def by_run(line: BankItem, waiting: Waiting, rates: Rates, used: set[int]) -> list[Candidate]:
    """Return the runs of items a line may pay out, most likely first.

    Args:
        line: A line that comes in.
        waiting: What waits.
        rates: What was kept so far; see ``Situation``.
        used: Items that other lines settle.
    """
    places = _PLACES.get(line.manner, PLACES if line.manner is Manner.UNKNOWN else ())
    found: list[Candidate] = []
    if line.cents <= 0:
        return found
    for place in places:
        items = waiting.at(place, line, used)
        if items:
            runs_found = _of_place(line, items, fees_of(rates, expected_manner(place)))
            found += runs_found or _of_subset(line, items)
    return sorted(found, key=lambda c: (-c.score, c.signature))


def _of_place(line: BankItem, waiting: list[LedgerItem], fees: Fees) -> list[Candidate]:
    groups = [list(group) for _day, group in groupby(waiting, key=lambda item: item.day)]
    totals = [sum(item.cents for item in group) for group in groups]
    least, most = _gross_bounds(line, fees)
    fitting = [run for run in runs(totals, least, most) if run.total >= line.cents]
    ranked = sorted(fitting, key=lambda run: (-_score(line, run, groups, fees), run))
    return [_candidate(line, run, groups, fees, fitting) for run in ranked[:4]]


def _gross_bounds(line: BankItem, fees: Fees) -> tuple[int, int]:
    if line.fee:
        return line.cents + line.fee, line.cents + line.fee
    most = line.cents * 100_000 // (100_000 - fees.high) + (2 if fees.high else 0)
    return line.cents * 100_000 // (100_000 - fees.low), most


def _score(line: BankItem, run: Run, groups: Sequence[Sequence[LedgerItem]], fees: Fees) -> int:
    score = 480
    if line.manner is not Manner.UNKNOWN:
        score += 200
    if run.first == 0:
        score += 130
    gap = (line.day - groups[run.end - 1][0].day).days
    score += max(0, 70 - 10 * abs(gap - 2))
    kept = (run.total - line.cents) * 100_000 // run.total
    if line.fee or not fees.high:
        return min(score + 60, 990)
    away = abs(kept - fees.usual)
    return max(0, min(score + 60 - away * (60 if fees.is_taught else 12) // 100, 980))


def _candidate(
    line: BankItem,
    run: Run,
    groups: Sequence[Sequence[LedgerItem]],
    fees: Fees,
    fitting: Sequence[Run],
) -> Candidate:
    items = tuple(item for group in groups[run.first : run.end] for item in group)
    fee = run.total - line.cents
    signs = [Sign.MANNER] if line.manner is not Manner.UNKNOWN else []
    if run.first == 0:
        signs.append(Sign.OLDEST_FIRST)
    if fee:
        is_usual = fees.is_taught and not line.fee
        fee_sign = Sign.USUAL_FEE if is_usual else Sign.FIRST_FEE
        signs.append(Sign.GIVEN_FEE if line.fee else fee_sign)
    is_only = len(fitting) == 1
    signs.append(Sign.ONLY_SUM if is_only else Sign.SEVERAL_SUMS)
    score = _score(line, run, groups, fees)
    certainty = Certainty.LIKELY
    if is_only and run.first == 0 and line.manner and _is_proved(line, items, groups, fee, fees):
        certainty = Certainty.SURE
    kind = kind_of_account(items[0].account, MatchKind.ITEMS)
    return Candidate((line,), kind, score, tuple(signs), items, fee=fee, certainty=certainty)


def _is_proved(
    line: BankItem,
    items: Sequence[LedgerItem],
    groups: Sequence[Sequence[LedgerItem]],
    fee: int,
    fees: Fees,
) -> bool:
    """Tell whether no other set of what waits could be the same money."""
    if fee and not line.fee:
        return fees.is_taught
    amounts = [item.cents for group in groups for item in group]
    if len(items) == len(amounts) or len(amounts) == 1:
        return True
    found = subset(amounts, line.cents + fee)
    return found is not None and found.is_only


def _of_subset(line: BankItem, waiting: Sequence[LedgerItem]) -> list[Candidate]:
    """Return the only set of items that makes the amount, or one of several as a guess."""
    near = list(waiting)[-MOST:]
    found = subset([item.cents for item in near], line.cents + line.fee)
    manner = line.manner is not Manner.UNKNOWN
    if found is None or not (manner or found.is_only):
        return []
    items = tuple(near[place] for place in found.places)
    sign = Sign.ONLY_SUM if found.is_only else Sign.SEVERAL_SUMS
    signs = (*([Sign.MANNER] if manner else []), sign)
    score = (560 if found.is_only else 420) + (150 if manner else 0)
    kind = kind_of_account(items[0].account, MatchKind.ITEMS)
    # several items away from each other are likely at best: nothing says they go together
    certainty = Certainty.LIKELY if found.is_only else Certainty.GUESS
    if found.is_only and manner and not line.fee and len(items) <= 8:
        certainty = Certainty.SURE
    return [Candidate((line,), kind, score, signs, items, fee=line.fee, certainty=certainty)]
