"""Layouts of other accounting programs, each told by data: ``resources/accounts/transfer``.

A profile says how texts are encoded and cut, in which order the columns stand, how days and
amounts are written; ``writing`` writes by it and ``reading`` reads by it.
"""

from enum import StrEnum
from functools import cache
from typing import Literal

import msgspec

import resources

KEYS = (
    "myunisoft",
    "cegid-tra",
    "cegid-csv",
    "quadra",
    "ciel",
    "sage",
    "ebp",
    "coala",
    "cogilog",
    "isacompta",
    "winfic",
    "ibiza",
    "pennylane",
    "openconcerto",
)
"""Profiles, as they are offered; the name of their file."""


class Kind(StrEnum):
    """What a value of a line is."""

    TEXT = "text"
    DAY = "day"
    AMOUNT = "amount"


DAYS = frozenset({"day", "piece_day", "due_day", "lettered_on", "validated_on"})
AMOUNTS = frozenset({"debit", "credit", "amount"})
CODES = frozenset({"account", "party", "holder", "journal", "collective", "activity", "project"})
"""Texts that name something: cut short, they must still tell each other apart."""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "value"}):
    """A column of a record.

    Attributes:
        source: Value of the line: an attribute of ``FlatLine``, or ``amount`` (without its
            side), ``side`` (``D`` or ``C``), ``holder`` (auxiliary account, else account),
            ``holder_title``, ``index`` (rank of the entry), ``nature`` (of the entry, as the
            profile names it), ``party_mark`` (``X`` beside an auxiliary account), ``party_key``
            (its code, which may be torn). Empty: always the same text.
        text: That text.
        title: Its heading.
        width: Bytes in the encoding of the file; 0 is free.
        align: Where a text stands in its width.
        pad: What fills the rest.
        form: For days, of ``strftime``; for amounts ``comma``, ``point`` or ``cents``.
        none: Written for an empty text or day, or an amount of zero; by default zero is
            written as an amount, and the rest left empty.
        keep: Which end of a text too long stays.
        quoted: Always between quotes.
    """

    source: str = ""
    text: str = ""
    title: str = ""
    width: int = 0
    align: Literal["left", "right"] = "left"
    pad: str = " "
    form: str = ""
    none: str | None = None
    keep: Literal["start", "end"] = "start"
    quoted: bool = False

    @property
    def kind(self) -> Kind:
        """What its value is."""
        if self.source in DAYS:
            return Kind.DAY
        return Kind.AMOUNT if self.source in AMOUNTS else Kind.TEXT

    @property
    def is_marker(self) -> bool:
        """Tell whether its text says which record a line is."""
        return not self.source and bool(self.text.strip())


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is written once for each line, or for what the lines name.

    Attributes:
        per: ``line``; ``activity`` or ``project`` after a line that has one; before all lines,
            once for each ``journal``, ``account`` or ``party`` they name.
        only: Parties of these kinds only; empty for all.
    """

    columns: tuple[Column, ...]
    per: Literal["line", "activity", "project", "journal", "account", "party"] = "line"
    only: tuple[str, ...] = ()


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "basis"}):
    """A layout.

    Attributes:
        key: Its name for programs: ``"quadra"``.
        title: As people call it.
        suffix: End of the file name, with the point.
        file_name: Name the other program looks for, or empty.
        encoding: Of Python: ``"cp850"``.
        bom: A mark of UTF-8 goes first.
        line_end: After each line.
        separator: Between columns; empty when they have fixed widths.
        quote: Around texts that hold the separator; empty when nothing is quoted.
        padded: Columns that have a width are filled to it, though a separator stands between.
        headings: Whether the titles of the columns of lines are written.
        before: Lines written first, as they are.
        after: Lines written last.
        records: Records of lines, in the order they are tried when read.
        natures: Nature of an entry by kind of journal, where the layout asks for one.
        hint: What the person at the other end does with the file, in French.
        hint_en: The same in English.
        source: Where the layout was read.
    """

    key: str
    title: str
    suffix: str
    encoding: str
    records: tuple[Record, ...]
    hint: str
    hint_en: str
    source: str
    file_name: str = ""
    bom: bool = False
    line_end: str = "\r\n"
    separator: str = ""
    quote: str = ""
    headings: bool = False
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    padded: bool = False
    natures: dict[str, str] = {}

    @property
    def is_padded(self) -> bool:
        """Tell whether columns are filled to their width."""
        return self.padded or not self.separator

    @property
    def lines(self) -> Record:
        """The record of a line."""
        return next(record for record in self.records if record.per == "line")

    @property
    def sources(self) -> dict[str, Column]:
        """The columns that say something, by what they say; the widest when there are two."""
        found: dict[str, Column] = {}
        for record in self.records:
            for column in record.columns:
                known = found.get(column.source)
                if column.source and (known is None or _room(column) > _room(known)):
                    found[column.source] = column
        return found


def _room(column: Column) -> int:
    return column.width or 1_000_000


@cache
def profile(key: str) -> Profile:
    """Return a layout by its key."""
    return read_profile(resources.text(f"accounts/transfer/{key}.toml"))


def read_profile(text: str) -> Profile:
    """Return the layout a TOML text describes.

    Raises:
        ValueError: It describes none, or one that could not be read back.
    """
    found = msgspec.toml.decode(text, type=Profile)
    if not found.separator:
        loose = [c for record in found.records for c in record.columns if not c.width]
        if loose:
            raise ValueError(f"{found.key}: a column of a fixed layout has no width: {loose[0]}")
    return found


def profiles() -> tuple[Profile, ...]:
    """Return every layout, as they are offered."""
    return tuple(profile(key) for key in KEYS)
