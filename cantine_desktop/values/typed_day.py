"""Days as people type them: ``9/10``, ``9 oct``, ``hier``, ``+3``."""

import re
from datetime import date, timedelta

from cantine_desktop.values.text import fold

_MONTHS = (
    ("janv", "jan"),
    ("fevr", "fev", "feb"),
    ("mars", "mar"),
    ("avr", "apr"),
    ("mai", "may"),
    ("juin", "jun"),
    ("juil", "jul"),
    ("aout", "aou", "aug"),
    ("sept", "sep"),
    ("oct",),
    ("nov",),
    ("dec",),
)
_MONTH_NAMES = (
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
)
_WEEKDAYS = (
    ("lundi", "lun", "monday", "mon"),
    ("mardi", "tuesday", "tue"),
    ("mercredi", "mer", "wednesday", "wed"),
    ("jeudi", "jeu", "thursday", "thu"),
    ("vendredi", "ven", "friday", "fri"),
    ("samedi", "sam", "saturday", "sat"),
    ("dimanche", "dim", "sunday", "sun"),
)
_RELATIVE = {
    "avant-hier": -2,
    "avanthier": -2,
    "hier": -1,
    "yesterday": -1,
    "aujourd'hui": 0,
    "aujourdhui": 0,
    "auj": 0,
    "today": 0,
    "demain": 1,
    "tomorrow": 1,
    "apres-demain": 2,
}
_SHIFT = re.compile(r"([+-])\s?(\d{1,4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})(?:[ /.-](\d{1,2})(?:[ /.-](\d{4}|\d{2}))?)?")
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})?")
_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?\s?([a-z]+)\.?(?:\s?(\d{4}|\d{2}))?")


class NotADay(ValueError):  # noqa: N818  -- it is read as a word: "except NotADay"
    """The text cannot be read as a day, or the day is not in the calendar.

    Attributes:
        text: What was typed.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_day(text: str, today: date) -> date:
    """Read a typed day; the day comes before the month.

    Read are ``9/10``, ``9/10/26``, ``09102026``, ``2026-10-09``, ``9 oct``, ``1er mars``,
    ``9`` (of this month), ``hier``, ``lundi`` (the last one, or today), ``+3`` and ``-2``
    (days from today); in French and in English. Without a year, the nearest day wins.

    Args:
        text: What was typed.
        today: The civil day that relative texts start from.

    Raises:
        NotADay: No such day.
    """
    plain = _without_weekday(" ".join(fold(text).replace("’", "'").split()))
    try:
        found = _relative(plain, today) or _written(plain, today)
    except (ValueError, OverflowError):
        raise NotADay(text) from None
    if found is None:
        raise NotADay(text)
    return found


def _without_weekday(plain: str) -> str:
    """Drop a weekday before a full day: ``jeu. 9 oct``."""
    words = "|".join(name for names in _WEEKDAYS for name in names)
    return re.sub(rf"^(?:{words}|mar)\.?,? (?=\d)", "", plain)


def _relative(plain: str, today: date) -> date | None:
    if plain in _RELATIVE:
        return today + timedelta(days=_RELATIVE[plain])
    if found := _SHIFT.fullmatch(plain):
        return today + timedelta(days=int(found[1] + found[2]))
    for weekday, names in enumerate(_WEEKDAYS):
        if plain in names:
            return today - timedelta(days=(today.weekday() - weekday) % 7)
    return None


def _written(plain: str, today: date) -> date | None:
    if found := _ISO.fullmatch(plain):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _PACKED.fullmatch(plain) or _FIGURES.fullmatch(plain):
        month = int(found[2]) if found[2] else today.month
        if not found[2]:
            return today.replace(day=int(found[1]))
        return _day(int(found[1]), month, found[3], today)
    if (found := _WORDS.fullmatch(plain)) and (named := _month(found[2])):
        return _day(int(found[1]), named, found[3], today)
    return None


def _month(word: str) -> int | None:
    for place, (short, names) in enumerate(zip(_MONTHS, _MONTH_NAMES, strict=True)):
        if word in short or word in names:
            return place + 1
    return None


def _day(day: int, month: int, year: str | None, today: date) -> date:
    """Return a day; without a year, the one nearest to today.

    Raises:
        ValueError: It is in no calendar.
    """
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    near: list[date] = []
    for candidate in (today.year - 1, today.year, today.year + 1):
        if day == 29 and month == 2 and not _is_leap(candidate):
            continue
        near.append(date(candidate, month, day))
    return min(near, key=lambda each: abs(each - today))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
