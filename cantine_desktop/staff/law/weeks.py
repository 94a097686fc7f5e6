"""The length of weeks: their maximum, the average of twelve, days worked, civic service."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from cantine_desktop.i18n import tr, trn
from cantine_desktop.staff.law.articles import cite
from cantine_desktop.staff.law.case import WEEK, Case, days_of_week
from cantine_desktop.staff.law.nouns import Alert, Severity
from cantine_desktop.staff.law.rules import Limit
from cantine_desktop.staff.law.wording import day, duration, week
from cantine_desktop.values.period import DAY


def weekly_max(case: Case) -> Iterator[Alert]:
    """Judge effective work by civil week, Monday 0 h to Sunday 24 h.

    In the week of a birthday or of a new contract, each limit holds for the days under it and
    under stricter ones: 35 h for the days before 18, and 48 h for the whole week.

    Source: CT-TEMPS, CT-JEUNES, CSN-L120.
    """
    for monday in case.mondays:
        found = {each: case.limit("WEEKLY_MAX", each) for each in days_of_week(monday)}
        limits = {limit.value: limit for limit in found.values() if limit is not None}
        for value in sorted(limits):
            days = [each for each, limit in found.items() if limit and limit.value <= value]
            if len(days) == 7:
                worked = case.weeks.get(monday, 0)
            else:
                worked = sum(case.line.minutes.get(each, 0) for each in days)
            if worked > limits[value].whole:
                yield _too_long(case, monday, limits[value], days, worked)
                break


def _too_long(case: Case, monday: date, limit: Limit, days: list[date], worked: int) -> Alert:
    over = duration(worked - limit.whole)
    said = {
        "week": week(monday),
        "worked": duration(worked),
        "over": over,
        "limit": duration(limit.whole),
        "article": cite(limit.article),
    }
    sentence = (
        tr("{week} : {worked} de travail, {over} de trop pour {limit} ({article}).").format(**said)
        if len(days) == 7
        else tr(
            "{week} : {worked} les jours à {limit} par semaine, {over} de trop ({article})."
        ).format(**said)
    )
    return case.alert(
        limit,
        days,
        worked,
        sentence,
        tr("Retirer {over} cette semaine-là.").format(over=over),
    )


def average_12(case: Case) -> Iterator[Alert]:
    """Judge the average of any twelve weeks that follow each other, by their last one.

    Weeks of leave count as they are first; left out, the weeks before stand in, and what is then
    too much is to be justified: leave must not hide long weeks.

    Source: CT-TEMPS, HCR.
    """
    known = case.weeks
    for monday in case.mondays:
        limit = case.week_limit("AVERAGE_12", monday)
        if limit is None or not known.get(monday):
            continue
        total = sum(known.get(monday - WEEK * back, 0) for back in range(12))
        if total > 12 * limit.whole:
            yield _too_much_on_average(case, monday, limit, total)
            continue
        total = sum(_weeks_without_leave(case, monday))
        if total > 12 * limit.whole:
            milder = replace(limit, severity=Severity.TO_JUSTIFY)
            yield _too_much_on_average(case, monday, milder, total)


def _weeks_without_leave(case: Case, monday: date) -> list[int]:
    if not case.context.leave:
        return []
    first = min(case.weeks, default=monday)
    found: list[int] = []
    while len(found) < 12 and monday >= first:
        worked = case.weeks.get(monday, 0)
        if worked or not case.context.leave.intersection(days_of_week(monday)):
            found.append(worked)
        monday -= WEEK
    return found


def _too_much_on_average(case: Case, monday: date, limit: Limit, total: int) -> Alert:
    over = total - 12 * limit.whole
    said = {
        "week": week(monday),
        "average": duration(-(-total // 12)),
        "limit": duration(limit.whole),
        "article": cite(limit.article),
    }
    sentence = (
        tr("{week} : {average} en moyenne sur 12 semaines, {limit} au plus ({article}).").format(
            **said
        )
        if limit.severity is Severity.FORBIDDEN
        else tr(
            "{week} : {average} en moyenne sur 12 semaines sans congé, {limit} au plus ({article})."
        ).format(**said)
    )
    return case.alert(
        limit,
        days_of_week(monday),
        -(-total // 12),
        sentence,
        tr("Retirer {over} d’ici la fin de cette semaine.").format(over=duration(over)),
    )


def days_per_week(case: Case) -> Iterator[Alert]:
    """Judge how many days of a civil week are worked, school and training included.

    Source: CT-TEMPS, CSN-L120.
    """
    for monday in case.mondays:
        limit = case.week_limit("DAYS_PER_WEEK", monday)
        worked = [each for each in days_of_week(monday) if each in case.line.by_day]
        if limit is None or len(worked) <= limit.whole:
            continue
        yield case.alert(
            limit,
            worked,
            len(worked),
            tr("{week} : {count} travaillés, {limit} au plus ({article}).").format(
                week=week(monday),
                count=trn("{n} jour", "{n} jours", len(worked)),
                limit=trn("{n} jour", "{n} jours", limit.whole),
                article=cite(limit.article),
            ),
            tr("Libérer une journée."),
        )


def days_in_row(case: Case) -> Iterator[Alert]:
    """Tell of more days in a row than six: a rest in each civil week does not prevent it.

    Source: CT-MEMOIRE, BP.
    """
    run: list[date] = []
    for work in case.line.days:
        if run and work.day - run[-1] != DAY:
            yield from _told(case, run)
            run = []
        run.append(work.day)
    if run:
        yield from _told(case, run)


def _told(case: Case, run: list[date]) -> Iterator[Alert]:
    limit = case.limit("DAYS_IN_ROW", run[-1])
    if limit is None or len(run) <= limit.whole or run[-1] < case.span.first:
        return
    if run[0] >= case.span.end:
        return
    yield case.alert(
        limit,
        run,
        len(run),
        tr("{count} de suite du {first} au {last}, sans jour de repos entre deux.").format(
            count=trn("{n} jour travaillé", "{n} jours travaillés", len(run)),
            first=day(run[0]),
            last=day(run[-1]),
        ),
        tr("Placer un jour de repos avant le septième."),
    )


def civic_min(case: Case) -> Iterator[Alert]:
    """Tell of whole weeks of civic service under the least time, when no leave explains it.

    Source: CSN-L120.
    """
    for monday in case.mondays:
        limit = case.limit("CIVIC_MIN", monday)
        worked = case.weeks.get(monday, 0)
        days = days_of_week(monday)
        if limit is None or not worked or worked >= limit.whole:
            continue
        if case.context.leave.intersection(days) or not all(
            case.worker.terms_on(each) for each in days
        ):
            continue
        yield case.alert(
            limit,
            days,
            worked,
            tr("{week} : {worked} de mission, {limit} au moins ({article}).").format(
                week=week(monday),
                worked=duration(worked),
                limit=duration(limit.whole),
                article=cite(limit.article),
            ),
            tr("Ajouter {short}, ou noter l’absence.").format(short=duration(limit.whole - worked)),
        )
