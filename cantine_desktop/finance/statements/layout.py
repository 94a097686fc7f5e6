"""Which line of the statements each account belongs to, as data.

Order and words are from memory. Source: ANC-2018, ANC-2022.
"""

import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

import msgspec

import resources
from cantine_desktop.finance.chart.numbering import Numbering
from cantine_desktop.i18n import language, mark, tr


class Kind(StrEnum):
    """What a line of a statement is."""

    HEAD = "head"
    LEAF = "leaf"
    OF_WHICH = "of-which"
    TOTAL = "total"


class Rubric(msgspec.Struct, frozen=True):
    """A line of a statement.

    Attributes:
        label: In French.
        label_en: In English.
        kind: A leaf holds accounts; a total sums groups of leaves.
        group: Group of a leaf.
        accounts: Beginnings of its accounts, in both numberings.
        from_2025: Beginnings in the numbering from 2025 only.
        before_2025: Beginnings in the numbering before only.
        debit: Beginnings that stand here while their balance is a debit.
        credit: Beginnings that stand here while their balance is a credit.
        wear: Depreciation taken off what stands here.
        plus: Groups a total adds.
        minus: Groups a total takes off.
    """

    label: str
    label_en: str
    key: str = ""
    kind: Kind = Kind.LEAF
    group: str = ""
    accounts: tuple[str, ...] = ()
    from_2025: tuple[str, ...] = ()
    before_2025: tuple[str, ...] = ()
    debit: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    wear: tuple[str, ...] = ()
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its words in the language in use."""
        return self.label_en if language() == "en" else self.label


class Layout(msgspec.Struct, frozen=True):
    """The lines of the three tables, from top to bottom."""

    result: tuple[Rubric, ...]
    assets: tuple[Rubric, ...]
    liabilities: tuple[Rubric, ...]


class Place(NamedTuple):
    """Where an account stands.

    Attributes:
        table: ``"result"``, ``"assets"``, ``"liabilities"``, or ``"none"``.
        key: Key of its rubric; empty for commitments, that no table shows.
        is_wear: It is taken off the gross value of its rubric.
    """

    table: str
    key: str
    is_wear: bool = False


NOWHERE = Place("none", "")
COMMITMENTS = mark("Engagements (classe 8), hors des tableaux")


@cache
def layout() -> Layout:
    """Return the lines of the statements, in order."""
    read = tomllib.loads(resources.text("accounts/statements.toml"))
    return msgspec.convert(read, Layout)


def place_of(number: str, numbering: Numbering, *, is_debit: bool) -> Place:
    """Return the one line an account belongs to.

    Args:
        number: Number of the account.
        numbering: Numbering of its year.
        is_debit: Whether its balance is a debit; a bank overdrawn is a debt.
    """
    sides = _sides(numbering)[is_debit]
    for length in range(len(number), 0, -1):
        if (found := sides.get(number[:length])) is not None:
            return found
    return NOWHERE


@cache
def _sides(numbering: Numbering) -> tuple[dict[str, Place], dict[str, Place]]:
    """Return the places by beginning, for credits and for debits."""
    both: tuple[dict[str, Place], dict[str, Place]] = ({}, {})
    tables = layout()
    parts = (
        ("result", tables.result),
        ("assets", tables.assets),
        ("liabilities", tables.liabilities),
    )
    for table, rubrics in parts:
        for rubric in (each for each in rubrics if each.kind is Kind.LEAF):
            own = _beginnings(rubric, numbering)
            _put(both[True], (*own, *rubric.debit), Place(table, rubric.key))
            _put(both[False], (*own, *rubric.credit), Place(table, rubric.key))
            for side in both:
                _put(side, rubric.wear, Place(table, rubric.key, is_wear=True))
    return both


def _put(side: dict[str, Place], beginnings: Sequence[str], place: Place) -> None:
    for beginning in beginnings:
        if beginning in side:
            raise ValueError(f"{beginning} stands in {side[beginning].key} and {place.key}")
        side[beginning] = place


def _beginnings(rubric: Rubric, numbering: Numbering) -> tuple[str, ...]:
    renumbered = numbering is Numbering.FROM_2025
    return (*rubric.accounts, *(rubric.from_2025 if renumbered else rubric.before_2025))


def rubric(key: str) -> Rubric:
    """Return a leaf by its key.

    Raises:
        KeyError: No leaf has it.
    """
    return _leaves()[key]


def title_of(place: Place) -> str:
    """Return the words of the line an account stands on."""
    return rubric(place.key).title if place.key else tr(COMMITMENTS)


@cache
def _leaves() -> dict[str, Rubric]:
    tables = layout()
    every = (*tables.result, *tables.assets, *tables.liabilities)
    return {each.key: each for each in every if each.kind is Kind.LEAF}
