"""Periods in words, as the heads of documents write them."""

from cantine_desktop.i18n import day_and_month, long_day, month, short_day, tr
from cantine_desktop.values.period import Period


def in_words(period: Period) -> str:
    """Return a period in words: a day, an ISO week, a month, a year, or two dates.

    ``semaine 47 · du 16 au 22 novembre 2026``, ``novembre 2026``, ``2026``.
    """
    first, last = period.first, period.last
    if first == last:
        return long_day(first)
    if period == Period.week(first):
        return tr("semaine {week} · du {first} au {last}").format(
            week=first.isocalendar().week,
            first=str(first.day) if first.month == last.month else day_and_month(first),
            last=f"{day_and_month(last)} {last.year}",
        )
    if period == Period.month(first):
        return month(first)
    if period == Period.year(first):
        return str(first.year)
    return tr("du {first} au {last}").format(first=short_day(first), last=short_day(last))
