"""The night: forbidden to the young, and what makes a night worker."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from cantine_desktop.i18n import tr
from cantine_desktop.staff.law.articles import cite
from cantine_desktop.staff.law.case import WEEK, Case, days_of_week
from cantine_desktop.staff.law.counters import night_minutes
from cantine_desktop.staff.law.nouns import Alert
from cantine_desktop.staff.law.stints import DAY_LONG, clock_minute, monday_of
from cantine_desktop.staff.law.wording import clock, day, duration, week
from cantine_desktop.values.period import DAY, Period

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


def night_worker_day(case: Case) -> Iterator[Alert]:
    """Judge the days of a night worker, which are shorter.

    Source: CT-TEMPS.
    """
    for work in case.work_days:
        limit = case.limit("NIGHT_WORKER_DAY", work.day)
        if limit is None or work.effective <= limit.whole or not _works_nights(case, work.day):
            continue
        yield case.alert(
            limit,
            [work.day],
            work.effective,
            tr(
                "{worked} de travail {day} : {limit} au plus pour un travailleur de nuit "
                "({article})."
            ).format(
                worked=duration(work.effective),
                day=day(work.day),
                limit=duration(limit.whole),
                article=cite(limit.article),
            ),
            tr("Raccourcir cette journée, ou dire quelle dérogation s’applique."),
        )


def night_worker_12(case: Case) -> Iterator[Alert]:
    """Judge the average of twelve weeks of a night worker.

    Source: CT-TEMPS.
    """
    for monday in case.mondays:
        limit = case.limit("NIGHT_WORKER_12", monday)
        if limit is None or not case.weeks.get(monday):
            continue
        total = sum(case.weeks.get(monday - WEEK * back, 0) for back in range(12))
        if total <= 12 * limit.whole or not _works_nights(case, monday + 6 * DAY):
            continue
        yield case.alert(
            limit,
            days_of_week(monday),
            Fraction(total, 12),
            tr(
                "{week} : {average} en moyenne sur 12 semaines, {limit} au plus pour un "
                "travailleur de nuit ({article})."
            ).format(
                week=week(monday),
                average=duration(-(-total // 12)),
                limit=duration(limit.whole),
                article=cite(limit.article),
            ),
            tr("Alléger cette semaine, ou faire tourner les soirées."),
        )


def _works_nights(case: Case, last: date) -> bool:
    """Tell whether somebody is a night worker on a day: by the year, or by habit."""
    window = case.limit("NIGHT_WINDOW", last)
    threshold = case.limit("NIGHT_WORKER", last)
    if window is None:
        return False
    year = Period(last + DAY - _YEAR, last + DAY)
    total = case.context.night_before + sum(night_minutes(case.line, window, year).values())
    return (threshold is not None and total >= threshold.whole) or _is_habit(case, last)


def _is_habit(case: Case, last: date) -> bool:
    limit = case.limit("NIGHT_HABIT", last)
    return limit is not None and _fewest(case, last) > limit.whole


def _fewest(case: Case, last: date) -> int:
    """Return the nights of 3 h of the week that had fewest, of the four that end with a day’s."""
    limit, window = case.limit("NIGHT_HABIT", last), case.limit("NIGHT_WINDOW", last)
    if limit is None or window is None:
        return 0
    end = monday_of(last) + WEEK
    habit = Period(end - _HABIT * WEEK, end)
    nights = [
        when
        for when, minutes in night_minutes(case.line, window, habit).items()
        if minutes >= limit.after
    ]
    return min(
        sum(when in days_of_week(habit.first + WEEK * place) for when in nights)
        for place in range(_HABIT)
    )


def night_habit(case: Case) -> Iterator[Alert]:
    """Tell when somebody works 3 h of night twice a week, four weeks running.

    Source: CT-TEMPS.
    """
    for monday in case.mondays:
        limit = case.limit("NIGHT_HABIT", monday)
        if limit is None or monday not in case.line.weeks:
            continue
        fewest = _fewest(case, monday)
        if fewest <= limit.whole:
            continue
        yield case.alert(
            limit,
            days_of_week(monday),
            fewest,
            tr(
                "{week} : au moins deux nuits de {hours} par semaine depuis quatre semaines. "
                "Habituel, cela fait un travailleur de nuit ({article})."
            ).format(week=week(monday), hours=duration(limit.after), article=cite(limit.article)),
            tr("Faire tourner les soirées."),
        )
