"""What the running balance of a file proves: its order, the way its amounts go, its fees."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

ZERO = Decimal(0)
_LEAST_SHARE = 0.6
_LOOKED_AT = 20_000


class Told(NamedTuple):
    """The figures of a row.

    Attributes:
        fee: Kept by the service, positive or zero.
        balance: After the row, when the file says it.
    """

    amount: Decimal
    fee: Decimal
    balance: Decimal | None


class Proven(NamedTuple):
    """What makes the balances follow each other best.

    Attributes:
        is_rising: The oldest row is the first.
        sign: 1 when amounts go as they are written, -1 when they go the other way.
        fee_apart: The fee comes on top of the amount.
        share: How many of the balances follow, from 0 to 1.
        steps: How many could be compared.
    """

    is_rising: bool
    sign: int
    fee_apart: bool
    share: float
    steps: int

    @property
    def is_proven(self) -> bool:
        """Whether most balances follow."""
        return self.steps > 0 and self.share >= _LEAST_SHARE


NOTHING = Proven(is_rising=True, sign=1, fee_apart=False, share=0.0, steps=0)


def prove(rows: Sequence[Told]) -> Proven:
    """Return what makes the balances of rows follow each other best."""
    looked = rows[:_LOOKED_AT]
    if sum(row.balance is not None for row in looked) < 2:
        return NOTHING
    has_fee = any(row.fee for row in looked)
    found = [
        _tried(looked, is_rising=is_rising, sign=sign, fee_apart=apart)
        for apart in ((False, True) if has_fee else (False,))
        for sign in ((1, -1) if _may_be_turned(looked) else (1,))
        for is_rising in (True, False)
    ]
    return max(found, key=_share)


def _may_be_turned(rows: Sequence[Told]) -> bool:
    """Tell whether balances may belie the signs: three at least against a minus."""
    balances = sum(row.balance is not None for row in rows)
    return balances > 2 or all(row.amount >= 0 for row in rows)


def _share(proven: Proven) -> float:
    return proven.share


def moved(row: Told, *, sign: int, fee_apart: bool) -> Decimal:
    """Return how a row moves its account."""
    return row.amount * sign - (row.fee if fee_apart else ZERO)


def _tried(rows: Sequence[Told], *, is_rising: bool, sign: int, fee_apart: bool) -> Proven:
    right = steps = 0
    for is_right, _place in follow(rows, is_rising=is_rising, sign=sign, fee_apart=fee_apart):
        right += is_right
        steps += 1
    return Proven(is_rising, sign, fee_apart, right / steps if steps else 0.0, steps)


def follow(
    rows: Sequence[Told], *, is_rising: bool, sign: int, fee_apart: bool
) -> list[tuple[bool, int]]:
    """Tell of each known balance whether it follows the one known before, and its rank.

    Rows without a balance are summed until the next that has one.
    """
    order = range(len(rows)) if is_rising else range(len(rows) - 1, -1, -1)
    found: list[tuple[bool, int]] = []
    before: Decimal | None = None
    total = ZERO
    for rank in order:
        row = rows[rank]
        total += moved(row, sign=sign, fee_apart=fee_apart)
        if row.balance is None:
            continue
        if before is not None:
            found.append((row.balance - before == total, rank))
        before, total = row.balance, ZERO
    return found


def signs_told(rows: Sequence[Told], *, is_rising: bool) -> list[int] | None:
    """Return the way each amount goes when it is written without any, by the balances.

    The oldest row, which no balance precedes, is told by 0.

    Returns:
        ``None`` when some balance does not differ from the one before by the amount.
    """
    if any(row.balance is None for row in rows) or len(rows) < 2:
        return None
    ordered = list(rows) if is_rising else list(rows)[::-1]
    signs = [0]
    for before, row in pairwise(ordered):
        assert before.balance is not None
        assert row.balance is not None
        change = row.balance - before.balance
        if abs(change) != abs(row.amount):
            return None
        signs.append(1 if change >= 0 else -1)
    return signs if is_rising else signs[::-1]
