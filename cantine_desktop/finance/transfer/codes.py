"""Codes cut to the width of a layout, and still different from each other."""

from collections.abc import Iterable, Mapping

from cantine_desktop.errors import UserError
from cantine_desktop.finance.transfer.plain_texts import cut, plain_text
from cantine_desktop.i18n import tr


def short_codes(
    codes: Iterable[str], width: int, encoding: str, taken: Iterable[str] = ()
) -> dict[str, str]:
    """Return what each code becomes: itself, or its beginning with a digit when two would meet.

    Args:
        codes: Codes of parties, journals or sections.
        width: Bytes; 0 leaves them as they are.
        encoding: Of Python.
        taken: Codes that none may become.
    """
    used = set(taken)
    found: dict[str, str] = {}
    for code in sorted(set(codes), key=_longest_last):
        letters = (c for c in plain_text(code, encoding) if c.isalnum() or c in "-_.")
        plain = "".join(letters).strip("-_.") or "X"
        found[code] = _free(cut(plain, width, encoding), used, width, encoding)
        used.add(found[code])
    return found


def _longest_last(code: str) -> tuple[int, str]:
    return len(code), code


def _free(short: str, used: set[str], width: int, encoding: str) -> str:
    candidate, count = short, 1
    while candidate in used:
        count += 1
        tail = str(count)
        if width and len(tail) >= width:
            raise UserError(
                tr("Trop de codes commencent par « {code} » pour ce format.").format(code=short)
            )
        candidate = cut(short, width - len(tail) if width else 0, encoding) + tail
    return candidate


def short_accounts(numbers: Iterable[str], width: int) -> dict[str, str]:
    """Return what each account number becomes: nothing but zeros may be cut away.

    Raises:
        UserError: A number would lose a digit that counts.
    """
    found: dict[str, str] = {}
    for number in sorted(set(numbers)):
        short = number[:width] if width else number
        if number[len(short) :].strip("0"):
            raise UserError(
                tr(
                    "Le compte {number} a plus de {width} chiffres : ce format ne peut pas le "
                    "porter. Choisissez un autre format, ou raccourcissez le compte."
                ).format(number=number, width=width)
            )
        found[number] = short
    return found


Renamed = Mapping[tuple[str, str], str]
"""What a code becomes, by source and code."""
