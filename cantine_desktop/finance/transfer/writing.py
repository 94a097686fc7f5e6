"""Writing entries in the layout of another program, as its profile says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import IO

from cantine_desktop.finance.transfer.cells import value_of, write_cell
from cantine_desktop.finance.transfer.codes import Renamed, short_accounts, short_codes
from cantine_desktop.finance.transfer.lines import FlatLine
from cantine_desktop.finance.transfer.profiles import Column, Profile, Record

_NAMED = {"journal": "journal", "account": "account", "party": "party"}


@dataclass(frozen=True)
class Written:
    """What a file holds, and what was called otherwise in it.

    Attributes:
        debit: Cents.
        credit: Cents.
        renamed: Codes made shorter, by what they were.
    """

    lines: int = 0
    entries: int = 0
    debit: int = 0
    credit: int = 0
    renamed: dict[str, str] = field(default_factory=dict[str, str])


def write_transfer(lines: Iterable[FlatLine], profile: Profile, target: IO[bytes]) -> Written:
    """Write lines in a layout.

    Args:
        lines: In order, those of an entry together.
        profile: The layout.
        target: Where the bytes go; it stays open.

    Raises:
        UserError: An account or an amount does not fit in the layout.
    """
    kept = list(lines)
    codes = _codes(kept, profile)
    end = profile.line_end
    if profile.bom:
        target.write(b"\xef\xbb\xbf")
    for row in _rows(kept, profile, codes):
        target.write((row + end).encode(profile.encoding))
    return Written(
        lines=len(kept),
        entries=len({line.entry for line in kept}),
        debit=sum(line.debit for line in kept),
        credit=sum(line.credit for line in kept),
        renamed={code: short for (_source, code), short in codes.items() if code != short},
    )


def _rows(lines: Sequence[FlatLine], profile: Profile, codes: Renamed) -> Iterator[str]:
    yield from profile.before
    if profile.headings:
        yield profile.separator.join(column.title for column in profile.lines.columns)
    for record in profile.records:
        if record.per in _NAMED:
            for line in _first_of_each(lines, record):
                yield _row(line, record, profile, codes)
    after = [r for r in profile.records if r.per in {"activity", "project"}]
    for line in lines:
        yield _row(line, profile.lines, profile, codes)
        for record in after:
            if getattr(line, record.per):
                yield _row(line, record, profile, codes)
    yield from profile.after


def _first_of_each(lines: Iterable[FlatLine], record: Record) -> Iterator[FlatLine]:
    """Yield one line for each journal, account or party, by code."""
    found: dict[str, FlatLine] = {}
    for line in lines:
        code = getattr(line, record.per)
        if code and (not record.only or line.party_kind in record.only):
            found.setdefault(code, line)
    for code in sorted(found):
        yield found[code] if record.per == "party" else replace(found[code], party="")


def _row(line: FlatLine, record: Record, profile: Profile, codes: Renamed) -> str:
    cells = [_cell(line, column, profile, codes) for column in record.columns]
    return profile.separator.join(cells)


def _cell(line: FlatLine, column: Column, profile: Profile, codes: Renamed) -> str:
    value = value_of(line, column.source, profile) if column.source else None
    if isinstance(value, str):
        named = f"{column.source}/{column.width}"
        value = codes.get((named, value), codes.get((column.source, value), value))
    text = write_cell(value, column, profile)
    quote = profile.quote
    if quote and (column.quoted or profile.separator in text):
        return f"{quote}{text}{quote}"
    return text


def _codes(lines: Sequence[FlatLine], profile: Profile) -> dict[tuple[str, str], str]:
    """Return what codes become: in every column of one source they are cut alike."""
    widths = _narrowest(profile)
    accounts = {line.account for line in lines}
    parties = {line.party for line in lines if line.party}
    found: dict[tuple[str, str], str] = {}
    numbers = short_accounts(accounts, widths.get("account", 0))
    for source in ("account", "holder", "collective"):
        if source in widths:
            found |= {(source, code): short for code, short in numbers.items()}
    names = short_codes(parties, widths.get("party", 0), profile.encoding, numbers.values())
    for source in ("party", "holder"):
        if source in widths:
            found |= {(source, code): short for code, short in names.items()}
    for source in ("journal", "activity", "project"):
        if source in widths:
            used = {getattr(line, source) for line in lines} - {""}
            short = short_codes(used, widths[source], profile.encoding)
            found |= {(source, code): text for code, text in short.items()}
    found |= _wider_journals(lines, profile, widths.get("journal", 0))
    return found


def _wider_journals(
    lines: Sequence[FlatLine], profile: Profile, narrowest: int
) -> dict[tuple[str, str], str]:
    """Return the codes of journals for the columns that have room for more of them."""
    used = {line.journal for line in lines}
    wider = {
        column.width
        for record in profile.records
        for column in record.columns
        if column.source == "journal" and column.width > narrowest > 0
    }
    return {
        (f"journal/{width}", code): text
        for width in sorted(wider)
        for code, text in short_codes(used, width, profile.encoding).items()
    }


def _narrowest(profile: Profile) -> dict[str, int]:
    """Return the bytes that codes have at most, by source; a holder counts for both."""
    widths: dict[str, int] = {}
    for record in profile.records:
        for column in record.columns:
            for source in _same(column.source):
                known = widths.get(source, 0)
                if column.width:
                    widths[source] = min(known, column.width) if known else column.width
                else:
                    widths.setdefault(source, 0)
    return widths


def _same(source: str) -> tuple[str, ...]:
    if source in {"holder", "collective"}:
        return (source, "account", "party") if source == "holder" else (source, "account")
    return (source,)
