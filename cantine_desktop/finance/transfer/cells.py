"""A value of a line as a column writes it, and what a cell read back says."""

from collections.abc import Callable
from datetime import date, datetime

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.formulas import shield, unshield
from cantine_desktop.finance.transfer.lines import FlatLine
from cantine_desktop.finance.transfer.plain_texts import cut, plain_text
from cantine_desktop.finance.transfer.profiles import CODES, Column, Kind, Profile
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money

Value = str | int | date | None

_STAND_INS = {"\t": " ", ";": ",", "|": "/", ",": " "}
"""What replaces a separator inside a text."""

_SAFE = frozenset({"account", "side", "index", "number", "nature"})
"""Texts a spreadsheet never runs."""


def value_of(line: FlatLine, source: str, profile: Profile) -> Value:
    """Return what a column asks of a line, before anything is cut."""
    if source == "nature":
        return profile.natures.get(line.journal_kind, profile.natures.get("other", ""))
    if source in COMPUTED:
        return COMPUTED[source](line)
    value: Value = getattr(line, source)
    return value


def _amount(line: FlatLine) -> Value:
    return abs(line.net)


def _side(line: FlatLine) -> Value:
    return "D" if line.net > 0 else "C"


def _holder(line: FlatLine) -> Value:
    return line.party or line.account


def _holder_title(line: FlatLine) -> Value:
    return line.party_name if line.party else line.account_title


def _collective(line: FlatLine) -> Value:
    return line.account if line.party else ""


def _index(line: FlatLine) -> Value:
    return str(line.entry)


def _party_mark(line: FlatLine) -> Value:
    return "X" if line.party else ""


def _party_key(line: FlatLine) -> Value:
    return line.party


COMPUTED: dict[str, Callable[[FlatLine], Value]] = {
    "amount": _amount,
    "side": _side,
    "holder": _holder,
    "holder_title": _holder_title,
    "collective": _collective,
    "index": _index,
    "party_mark": _party_mark,
    "party_key": _party_key,
}
"""What is made of several values of a line, by source."""


def write_cell(value: Value, column: Column, profile: Profile) -> str:
    """Return the text of a cell, as long as its column wants it.

    Raises:
        UserError: An amount or a rank is too large for its width.
    """
    text = _text(value, column, profile)
    if profile.is_padded:
        return _padded(text, column, profile.encoding)
    return text


def _text(value: Value, column: Column, profile: Profile) -> str:
    if not column.source:
        return column.text
    if not value and column.none is not None:
        return column.none
    if value is None or value == "":  # noqa: PLC1901  -- zero is an amount
        return ""
    if isinstance(value, date):
        return value.strftime(column.form)
    if isinstance(value, str):
        return _words(value, column, profile)
    return _fitting(amount_text(value, column.form), column, value)


def _words(text: str, column: Column, profile: Profile) -> str:
    if column.source == "index":
        return _fitting(text, column, 0)
    plain = plain_text(text, profile.encoding, _swaps(profile))
    if profile.separator and column.source not in _SAFE:
        plain = shield(plain)
    if column.source in CODES:
        return plain  # made short before, so that none meets another
    return cut(plain, column.width, profile.encoding, keep=column.keep)


def _swaps(profile: Profile) -> tuple[tuple[str, str], ...]:
    if not profile.separator:
        return ()
    swaps = [('"', "'")]
    if not profile.quote:
        swaps.append((profile.separator, _STAND_INS[profile.separator]))
    return tuple(swaps)


def amount_text(cents: int, form: str) -> str:
    """Return an amount of cents as ``comma``, ``point`` or ``cents`` has it."""
    if form == "cents":
        return str(cents)
    euros, rest = divmod(cents, 100)
    return f"{euros}{',' if form == 'comma' else '.'}{rest:02d}"


def _fitting(text: str, column: Column, cents: int) -> str:
    if column.width and len(text) > column.width:
        raise UserError(
            tr("{amount} ne tient pas dans ce format : choisissez-en un autre.").format(
                amount=money(Money(cents)) if cents else text
            )
        )
    return text


def _padded(text: str, column: Column, encoding: str) -> str:
    missing = column.width - len(text.encode(encoding))
    if missing <= 0:
        return text
    return text + column.pad * missing if column.align == "left" else column.pad * missing + text


def read_cell(text: str, column: Column, profile: Profile) -> Value:
    """Return what a cell says.

    Raises:
        ValueError: It is no day or no amount.
    """
    text = text.strip()
    if column.kind is Kind.DAY:
        return None if text in {"", column.none} else _read_day(text, column.form)
    if column.kind is Kind.AMOUNT:
        return 0 if text in {"", column.none} else read_amount(text, column.form)
    if column.source == "index":
        return str(_digits(text))
    if column.none is not None and text == column.none.strip():
        return ""
    return unshield(text) if profile.separator else text


def _read_day(text: str, form: str) -> date:
    return datetime.strptime(text, form).date()  # noqa: DTZ007  -- a civil day


def read_amount(text: str, form: str) -> int:
    """Return the cents of an amount written as ``comma``, ``point`` or ``cents`` has it.

    Raises:
        ValueError: It is no such amount.
    """
    if form == "cents":
        return _digits(text)
    euros, mark, rest = text.partition("," if form == "comma" else ".")
    if not mark:
        return _digits(euros) * 100
    if len(rest) > 2:
        raise ValueError(text)
    return _digits(euros) * 100 + _digits(rest.ljust(2, "0"))


def _digits(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)
