"""Names of people, reduced to initials in whatever leaves the canteen."""

import re
from collections.abc import Sequence

from cantine_desktop.hygiene.registers.register import Kind, Register

PEOPLE = frozenset({"person", "name", "who", "people", "trainee", "cook", "diner", "first_name"})
"""Keys of columns that name somebody, in registers that keep names."""

_WORD = re.compile(r"[^\W\d_]+")


def initials(name: str) -> str:
    """Return the initials of a name: ``Marie-Odile Dupré`` is ``M.-O. D.``.

    What is already no longer than initials stays as it is.
    """
    if len(name) <= 3:
        return name
    return _WORD.sub(_first, name)


def _first(found: re.Match[str]) -> str:
    return f"{found.group()[0].upper()}."


def names_people(register: Register, key: str) -> bool:
    """Tell whether a column of a register names somebody."""
    return register.keeps_names and key in PEOPLE


def masked(register: Register, texts: Sequence[str]) -> list[str]:
    """Return the texts of a row, its names as initials."""
    return [
        initials(text) if names_people(register, column.key) and column.kind is Kind.TEXT else text
        for column, text in zip(register.columns, texts, strict=True)
    ]
