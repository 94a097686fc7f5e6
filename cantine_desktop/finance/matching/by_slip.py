"""Slips of cheques and orders of transfers: what one bank line settles is written already."""

from collections.abc import Mapping, Sequence

from cantine_desktop.finance.matching.announced import Slip
from cantine_desktop.finance.matching.by_pair import kind_of_account
from cantine_desktop.finance.matching.candidates import Candidate, Sign
from cantine_desktop.finance.matching.judging import WINDOWS
from cantine_desktop.finance.matching.labels import Manner, plain_reference
from cantine_desktop.finance.matching.model import MatchKind
from cantine_desktop.finance.matching.proposal import Certainty
from cantine_desktop.finance.matching.situation import BankItem, LedgerItem


def by_slip(
    line: BankItem, slips: Sequence[Slip], items: Mapping[int, LedgerItem], used: set[int]
) -> list[Candidate]:
    """Return the slips and orders of the amount of a line, most likely first.

    Args:
        line: A bank line.
        slips: What waits.
        items: Open items by key.
        used: Items that other lines settle.
    """
    if line.manner not in {Manner.CHEQUES, Manner.UNKNOWN, Manner.WAGES}:
        return []
    found = [
        candidate
        for slip in slips
        if (candidate := _candidate(line, slip, items, used)) is not None
    ]
    if len(found) > 1:
        told = [c for c in found if Sign.REFERENCE in c.signs]
        found = told or found
    is_only = len(found) == 1
    certainty = Certainty.SURE if is_only else Certainty.LIKELY
    ranked = sorted(found, key=lambda c: (-c.score, c.signature))
    return [_with(candidate, certainty) for candidate in ranked]


def _with(candidate: Candidate, certainty: Certainty) -> Candidate:
    is_told = {Sign.REFERENCE, Sign.MANNER} & set(candidate.signs)
    return candidate.but(certainty=certainty if is_told else Certainty.LIKELY)


def _candidate(
    line: BankItem, slip: Slip, items: Mapping[int, LedgerItem], used: set[int]
) -> Candidate | None:
    window = WINDOWS["511"]
    days = (line.day - slip.day).days
    if not -window.before - 2 <= days <= window.after:
        return None
    waiting = [items[key] for key in slip.items if key in items and key not in used]
    if len(waiting) != len(slip.items) or sum(item.cents for item in waiting) != line.cents:
        return None
    quoted = plain_reference(slip.reference)
    is_quoted = quoted in plain_reference(line.label) or quoted == plain_reference(line.reference)
    signs = [Sign.ORDER if slip.is_order else Sign.SLIP]
    if line.manner is Manner.CHEQUES:
        signs.append(Sign.MANNER)
    if is_quoted:
        signs.append(Sign.REFERENCE)
    score = 780 + (100 if line.manner is Manner.CHEQUES else 0) + (100 if is_quoted else 0)
    kind = kind_of_account(waiting[0].account, MatchKind.ITEMS)
    return Candidate(
        (line,),
        kind,
        score - min(abs(days), 30),
        tuple(signs),
        tuple(waiting),
        reference=slip.reference,
    )
