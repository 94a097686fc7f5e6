"""Days as the columns of bank files write them: in which order, proven by the column itself."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from cantine_desktop.values.text import fold

ORDERS = ("dmy", "mdy", "ymd")
_NUMBERS = re.compile(r"(\d{1,4})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{2,4})(?!\d)", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?\d{4,6})?", re.ASCII)
_COMPACT_LAST = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th|\.)?[-/. ]+([a-z]{3,10})\.?,?[-/. ]+(\d{2,4})")
_WORDS_FIRST = re.compile(r"([a-z]{3,10})\.?[-/. ]+(\d{1,2})(?:st|nd|rd|th)?,?[-/. ]+(\d{4})")
_MONTHS = (
    ("jan", "ene", "gen", "sty"),
    ("feb", "fev", "lut"),
    ("mar", "mrz", "maa", "mrt"),
    ("apr", "avr", "abr", "kwi"),
    ("may", "mai", "mei", "maj", "mag"),
    ("jun", "juin", "giu", "cze"),
    ("jul", "juil", "lug", "lip"),
    ("aug", "aou", "ago", "sie"),
    ("sep", "set", "wrz"),
    ("oct", "okt", "ott", "out", "paz"),
    ("nov", "lis"),
    ("dec", "dez", "dic", "des", "gru"),
)
LONGEST = 40


def parts_of(text: str) -> tuple[int, int, int] | None:
    """Return the three numbers a cell begins with; ``None`` when it holds no day."""
    if not text or len(text) > LONGEST:
        return None
    found = _NUMBERS.match(text)
    if found:
        return int(found[1]), int(found[2]), int(found[3])
    compact = _COMPACT.fullmatch(text)
    if compact and 1900 <= int(compact[1]) <= 2200:
        return int(compact[1]), int(compact[2]), int(compact[3])
    last = _COMPACT_LAST.fullmatch(text)
    if last and 1900 <= int(last[3]) <= 2200:
        return int(last[1]), int(last[2]), int(last[3])
    return None


def named_day(text: str) -> date | None:
    """Return a day whose month is a word: ``27 Feb 2018``, ``3 févr. 2026``, ``Oct 6, 2026``."""
    if not text or len(text) > LONGEST:
        return None
    plain = fold(text).strip()
    found = _WORDS.match(plain)
    if found:
        return _made(_year(int(found[3])), _month(found[2]), int(found[1]))
    found = _WORDS_FIRST.match(plain)
    return _made(int(found[3]), _month(found[1]), int(found[2])) if found else None


def to_day(text: str, order: str) -> date | None:
    """Return the day of a cell, its parts in an order; ``None`` when there is none."""
    parts = parts_of(text)
    if parts is None:
        return named_day(text)
    first, second, third = parts
    if first > 31:
        return _made(first, second, third)
    if order == "mdy":
        return _made(_year(third), first, second)
    if order == "ymd":
        return _made(_year(first), second, third)
    return _made(_year(third), second, first)


def orders_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the orders in which every cell that looks like a day is one, the likeliest first.

    None when no cell is a day. When two orders fit, the one that puts the days in order, if only
    one does, is the only one returned; else the one that makes the shorter period comes first.
    """
    cells = [text for text in texts if text.strip()][:2000]
    told = [text for text in cells if parts_of(text) is not None]
    if not told:
        return ("dmy",) if any(named_day(text) for text in cells) else ()
    fitting = [order for order in ORDERS if _share(told, order) >= 0.98]
    if not fitting:
        best = max(ORDERS, key=lambda order: _share(told, order))
        return (best,) if _share(told, best) > 0.5 else ()
    if all((parts_of(text) or (0,))[0] > 31 for text in told):
        return ("ymd",)
    fitting.sort(key=lambda order: _span(told, order))
    sorted_ones = [order for order in fitting if _is_sorted(told, order)]
    if len(fitting) > 1 and len(sorted_ones) == 1 and len(set(told)) > 3:
        return (sorted_ones[0],)
    return tuple(fitting)


def _share(texts: Sequence[str], order: str) -> float:
    return sum(to_day(text, order) is not None for text in texts) / len(texts)


def _is_sorted(texts: Sequence[str], order: str) -> bool:
    days = [day for text in texts if (day := to_day(text, order)) is not None]
    return days in (sorted(days), sorted(days, reverse=True))


def _span(texts: Sequence[str], order: str) -> int:
    """Return how many days lie between the first and the last."""
    days = [day for text in texts if (day := to_day(text, order)) is not None]
    return (max(days) - min(days)).days if days else 0


def _month(word: str) -> int:
    if word.startswith("jui"):
        return 7 if word.startswith("juil") else 6
    return next((rank for rank, starts in enumerate(_MONTHS, 1) if word.startswith(starts)), 0)


def _year(number: int) -> int:
    return number if number > 99 else number + (2000 if number < 80 else 1900)


def _made(year: int, month: int, day: int) -> date | None:
    if not 1900 <= year <= 2200:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
