"""Durations, times and days as they are said: « 10 h 40 », « lundi 21 h 50 »."""

from datetime import date
from fractions import Fraction

from cantine_desktop.i18n import day_and_month, mark, tr, trn
from cantine_desktop.staff.law.stints import local
from cantine_desktop.values.text import NBSP

_WEEKDAYS = (
    mark("lundi"),
    mark("mardi"),
    mark("mercredi"),
    mark("jeudi"),
    mark("vendredi"),
    mark("samedi"),
    mark("dimanche"),
)


def duration(minutes: int) -> str:
    """Write minutes as people say them: ``20 min``, ``11 h``, ``10 h 40``."""
    sign = "−" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return f"{sign}{rest}{NBSP}min"
    whole = f"{sign}{hours}{NBSP}h"
    return f"{whole}{NBSP}{rest:02}" if rest else whole


def moment(minute: int) -> str:
    """Write a minute since 1970 by weekday and time: ``lundi 21 h 50``."""
    at = local(minute)
    return f"{tr(_WEEKDAYS[at.weekday()])} {clock(at.hour * 60 + at.minute)}"


def clock(minute: int) -> str:
    """Write a time of day, in minutes after midnight: ``8 h 05``, ``0 h 30``, ``22 h``."""
    hours, rest = divmod(minute, 60)
    return f"{hours}{NBSP}h{NBSP}{rest:02}" if rest else f"{hours}{NBSP}h"


def day(when: date) -> str:
    """Write a civil day: ``lundi 2 mars``."""
    return f"{tr(_WEEKDAYS[when.weekday()])} {day_and_month(when)}"


def week(monday: date) -> str:
    """Write a civil week, to begin a sentence: ``Semaine du 2 mars``."""
    return tr("Semaine du {day}").format(day=day_and_month(monday))


def figure(value: Fraction | int, unit: str) -> str:
    """Write a limit in its unit."""
    exact = Fraction(value)
    if unit == "minutes":
        return duration(exact.numerator // exact.denominator)
    if unit == "clock":
        return clock(exact.numerator // exact.denominator)
    if unit == "share":
        return f"{exact.numerator}/{exact.denominator}"
    count = exact.numerator // exact.denominator
    if unit == "working_days":
        return trn("{n} jour ouvré", "{n} jours ouvrés", count)
    return trn("{n} jour", "{n} jours", count) if unit == "days" else f"{count}"
