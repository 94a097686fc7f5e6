"""The night: forbidden to the young, and what makes a night worker."""

from collections.abc import Iterator
from datetime import timedelta

from cantine_desktop.i18n import tr
from cantine_desktop.staff.law.articles import cite
from cantine_desktop.staff.law.case import WEEK, Case, days_of_week
from cantine_desktop.staff.law.counters import night_minutes
from cantine_desktop.staff.law.nouns import Alert
from cantine_desktop.staff.law.stints import DAY_LONG, clock_minute
from cantine_desktop.staff.law.wording import clock, day, duration, week
from cantine_desktop.values.period import Period

_YEAR = timedelta(days=365)
_HABIT = 4
"""Weeks running that make a habit: the text gives no figure."""


def night_minor(case: Case) -> Iterator[Alert]:
    """Judge that nobody under 18 works at night, day by day: the rule ends on the birthday at 0 h.

    Source: CT-JEUNES, CT-MEMOIRE, CSN.
    """
    line = case.line
    for when in line.minutes:
        limit = case.limit("NIGHT_MINOR", when) if when in case.span else None
        if limit is None:
            continue
        early = line.worked_within(clock_minute(when, 0), clock_minute(when, limit.until))
        late = line.worked_within(clock_minute(when, limit.whole), clock_minute(when, DAY_LONG))
        if not early + late:
            continue
        yield case.alert(
            limit,
            [when],
            early + late,
            tr("{night} de travail {day} entre {start} et {end}, interdit ({article}).").format(
                night=duration(early + late),
                day=day(when),
                start=clock(limit.whole),
                end=clock(limit.until),
                article=cite(limit.article),
            ),
            tr("Finir à {start}, commencer à {end}.").format(
                start=clock(limit.whole), end=clock(limit.until)
            ),
        )


def night_worker(case: Case) -> Iterator[Alert]:
    """Tell when night hours of twelve months make a night worker.

    Source: CT-TEMPS, ECLAT, HCR.
    """
    last = case.span.last
    limit, window = case.limit("NIGHT_WORKER", last), case.limit("NIGHT_WINDOW", last)
    if limit is None or window is None:
        return
    year = Period(case.span.end - _YEAR, case.span.end)
    total = case.context.night_before + sum(night_minutes(case.line, window, year).values())
    if total < limit.whole:
        return
    yield case.alert(
        limit,
        [last],
        total,
        tr(
            "{total} de nuit en 12 mois : à {limit}, on est travailleur de nuit ({article})."
        ).format(total=duration(total), limit=duration(limit.whole), article=cite(limit.article)),
        tr("Prévoir le suivi médical et les contreparties, ou réduire les soirées."),
    )


def night_habit(case: Case) -> Iterator[Alert]:
    """Tell when somebody works 3 h of night twice a week, four weeks running.

    Source: CT-TEMPS.
    """
    line = case.line
    for monday in case.mondays:
        limit, window = case.limit("NIGHT_HABIT", monday), case.limit("NIGHT_WINDOW", monday)
        if limit is None or window is None or monday not in line.weeks:
            continue
        habit = Period(monday - (_HABIT - 1) * WEEK, monday + WEEK)
        nights = [
            when
            for when, minutes in night_minutes(line, window, habit).items()
            if minutes >= limit.after
        ]
        counts = [
            sum(when in days_of_week(habit.first + WEEK * place) for when in nights)
            for place in range(_HABIT)
        ]
        if min(counts) <= limit.whole:
            continue
        yield case.alert(
            limit,
            days_of_week(monday),
            min(counts),
            tr(
                "{week} : au moins deux nuits de {hours} par semaine depuis quatre semaines. "
                "Habituel, cela fait un travailleur de nuit ({article})."
            ).format(week=week(monday), hours=duration(limit.after), article=cite(limit.article)),
            tr("Faire tourner les soirées."),
        )
