"""A usual service in words: when it comes back, at what hours, with how many places."""

from datetime import date

from cantine_desktop.i18n import mark, short_day, tr
from cantine_desktop.meals.services.model import KINDS, ServicePattern
from cantine_desktop.meals.services.rhythm import LAST

WEEKDAYS = (
    mark("lundi"),
    mark("mardi"),
    mark("mercredi"),
    mark("jeudi"),
    mark("vendredi"),
    mark("samedi"),
    mark("dimanche"),
)

RANKS = {
    1: mark("le premier {days} du mois"),
    2: mark("le deuxième {days} du mois"),
    3: mark("le troisième {days} du mois"),
    4: mark("le quatrième {days} du mois"),
    5: mark("le cinquième {days} du mois"),
    LAST: mark("le dernier {days} du mois"),
}


def pattern_title(pattern: ServicePattern) -> str:
    """Return what people call a usual service: its name, or the word of its kind."""
    return pattern.name or tr(KINDS[pattern.kind])


def rhythm_words(pattern: ServicePattern) -> str:
    """Say when it comes back: « mardi, mercredi », « le premier dimanche du mois »."""
    days = _days(pattern.weekdays)
    if pattern.nth_of_month is not None:
        return tr(RANKS[pattern.nth_of_month]).format(days=days)
    if pattern.every_weeks == 1:
        return days
    if pattern.every_weeks == 2:
        return tr("{days}, une semaine sur deux").format(days=days)
    return tr("{days}, une semaine sur {n}").format(days=days, n=pattern.every_weeks)


def span_words(pattern: ServicePattern, today: date) -> str:
    """Say from when and until when it holds; empty for one that goes on as it did."""
    if pattern.last is not None and pattern.last < today:
        return tr("terminé le {day}").format(day=short_day(pattern.last))
    parts: list[str] = []
    if pattern.first > today:
        parts.append(tr("à partir du {day}").format(day=short_day(pattern.first)))
    if pattern.last is not None:
        parts.append(tr("jusqu’au {day}").format(day=short_day(pattern.last)))
    if not pattern.in_school_holidays:
        parts.append(tr("sauf vacances scolaires"))
    return ", ".join(parts)


def _days(weekdays: str) -> str:
    """Return names of weekdays: « mardi, mercredi », « mardi à vendredi » from three on."""
    numbers = sorted(int(each) for each in weekdays)
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return tr("{first} à {last}").format(
            first=tr(WEEKDAYS[first - 1]), last=tr(WEEKDAYS[last - 1])
        )
    return ", ".join(tr(WEEKDAYS[number - 1]) for number in numbers)
