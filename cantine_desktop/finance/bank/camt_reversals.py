"""Entries that take others back (``RvslInd``), which some banks write on the other side.

By ISO 20022 the side of a reversal is the one on which the account moves. Some banks give the
side of the entry taken back instead; only the balances of the statement can tell.
"""

from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element  # noqa: S405  -- a tree that read_xml made

from cantine_desktop.exchange.problems import Problem
from cantine_desktop.finance.bank.camt_words import local, text_at
from cantine_desktop.finance.bank.reading import ReadLine
from cantine_desktop.i18n import trn
from cantine_desktop.values.money import Money


def turned_back(
    statement: Element,
    lines: list[ReadLine],
    balances: tuple[Money | None, Money | None],
    remarks: list[Problem],
) -> list[ReadLine]:
    """Return the lines, reversals turned over when the balances prove that they must be."""
    opening, closing = balances
    reversed_ones = _reversals(statement)
    if opening is None or closing is None or not reversed_ones:
        return lines
    turned = [
        replace(line, amount=-line.amount) if line.place in reversed_ones else line
        for line in lines
    ]
    expected = closing.cents - opening.cents
    if _moved(lines) == expected or _moved(turned) != expected:
        return lines
    text = trn(
        "{n} annulation est écrite dans l’autre sens : les soldes le prouvent, elle est retournée",
        "{n} annulations sont écrites dans l’autre sens : les soldes le prouvent, "
        "elles sont retournées",
        len(reversed_ones),
    )
    remarks.append(Problem(0, "", text.format(n=len(reversed_ones))))
    return turned


def _reversals(statement: Element) -> set[int]:
    """Return the ranks, from 1, of the entries that take others back."""
    entries = [each for each in statement if local(each) == "Ntry"]
    return {
        place
        for place, entry in enumerate(entries, 1)
        if text_at(entry, "RvslInd").casefold() in {"true", "1"}
    }


def _moved(lines: Sequence[ReadLine]) -> int:
    return sum(line.amount.cents for line in lines if not line.is_pending)
