"""The accounts a canteen starts with, in the numbering that a year is kept in.

ANC 2018-06 is the chart of associations; ANC 2022-06 renumbered the general chart for years
opened from 1 January 2025. What 467 and 791 were before is from memory. Source: ANC-2018,
ANC-2022.
"""

import csv
from datetime import date
from enum import StrEnum
from functools import cache

import msgspec

import resources

RENUMBERED = date(2025, 1, 1)
"""Years opened from this day on are kept in the new numbering."""


class Numbering(StrEnum):
    """How the accounts of a fiscal year are numbered."""

    BEFORE_2025 = "before_2025"
    FROM_2025 = "from_2025"


class Nature(StrEnum):
    """What an account is about."""

    ASSET = "asset"
    LIABILITY = "liability"
    THIRD_PARTY = "third-party"
    TREASURY = "treasury"
    EXPENSE = "expense"
    INCOME = "income"
    IN_KIND_USE = "in-kind-use"
    IN_KIND_SOURCE = "in-kind-source"


class ShippedAccount(msgspec.Struct, frozen=True):
    """An account of the chart to start from.

    Attributes:
        number: Six digits, as years from 2025 have it.
        before_2025: Its number in years opened before 2025.
        title: In French: accounting is kept in French.
        nature: What it is about.
        flags: ``party`` (auxiliary required), ``letter``, ``lucrative``, ``project``.
        use: What a canteen writes on it.
    """

    number: str
    before_2025: str
    title: str
    nature: Nature
    flags: frozenset[str]
    use: str

    def number_in(self, numbering: Numbering) -> str:
        """Return the number it has in a numbering."""
        return self.number if numbering is Numbering.FROM_2025 else self.before_2025


def numbering_of(opening: date) -> Numbering:
    """Return the numbering of a fiscal year by the day it opens."""
    return Numbering.FROM_2025 if opening >= RENUMBERED else Numbering.BEFORE_2025


@cache
def shipped_accounts() -> tuple[ShippedAccount, ...]:
    """Return the chart to start from, in order of numbers."""
    lines = resources.text("accounts/chart.csv").splitlines()
    return tuple(
        ShippedAccount(
            number=row["number"],
            before_2025=row["before_2025"],
            title=row["title"],
            nature=Nature(row["nature"]),
            flags=frozenset(row["flags"].split()),
            use=row["use"],
        )
        for row in csv.DictReader(lines, delimiter=";")
    )


def renumbered(number: str, numbering: Numbering) -> str:
    """Return what an account of the new numbering is called in another.

    An account that is not shipped keeps its number.
    """
    known = {account.number: account for account in shipped_accounts()}
    return known[number].number_in(numbering) if number in known else number


def carried(number: str, source: Numbering, target: Numbering) -> str:
    """Return what an account of a numbering is called in another: ``775000`` → ``757000``.

    A sub-account of the canteen’s own follows the root it was made under: ``777100`` →
    ``747100``. Where both numberings agree, and where nothing is known, it keeps its number.
    """
    if source is target:
        return number
    exact, roots = _correspondences(source, target)
    if number in exact:
        return exact[number]
    for length in range(len(number), 2, -1):
        root = roots.get(number[:length])
        if root is not None:
            return root + number[length:]
    return number


@cache
def _correspondences(source: Numbering, target: Numbering) -> tuple[dict[str, str], dict[str, str]]:
    """Return the accounts that change, and the roots that change without growing."""
    exact: dict[str, str] = {}
    for account in shipped_accounts():
        exact.setdefault(account.number_in(source), account.number_in(target))
    roots = {
        old.rstrip("0"): new[: len(old.rstrip("0"))]
        for old, new in exact.items()
        if old != new and set(new[len(old.rstrip("0")) :]) <= {"0"}
    }
    return exact, roots
