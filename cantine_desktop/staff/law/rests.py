"""Rest between two days, and rest of the week."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from cantine_desktop.i18n import day_and_month, tr, trn
from cantine_desktop.staff.law.articles import cite
from cantine_desktop.staff.law.case import WEEK, Case, days_of_week
from cantine_desktop.staff.law.nouns import Alert, Severity
from cantine_desktop.staff.law.rules import Limit
from cantine_desktop.staff.law.stints import clock_minute
from cantine_desktop.staff.law.wording import duration, moment, week
from cantine_desktop.values.period import DAY


def daily_rest(case: Case) -> Iterator[Alert]:
    """Judge the rest between two days' work, in real time, across midnight and across weeks.

    The rule is that of the day that ends.

    Source: CT-TEMPS, CT-JEUNES, ALISFA, BP.
    """
    days = case.line.days
    for before, after in pairwise(days):
        if before.day not in case.span and after.day not in case.span:
            continue
        limit = case.limit("DAILY_REST", before.day)
        rest = max(after.since - before.until, 0)
        if limit is None or rest >= limit.whole:
            continue
        yield case.alert(
            limit,
            [before.day, after.day],
            rest,
            tr("Repos de {rest} entre {end} et {start} : il manque {short} ({article}).").format(
                rest=duration(rest),
                end=moment(before.until),
                start=moment(after.since),
                short=duration(limit.whole - rest),
                article=cite(limit.article),
            ),
            tr("Commencer {start} au plus tôt, ou finir {end} au plus tard.").format(
                start=moment(before.until + limit.whole), end=moment(after.since - limit.whole)
            ),
        )


def weekly_rest(case: Case) -> Iterator[Alert]:
    """Judge that each civil week worked has its 24 hours of rest, with the daily rest beside.

    The 24 hours are within the week; the daily rest that goes with them may be in the next one,
    or in the one before: from Saturday 22 h to Monday 9 h is a rest of the first week. One that
    is long enough and begins on Sunday before noon, after a late Saturday, is to be justified.

    Source: CT-TEMPS, CT-JEUNES, BP.
    """
    for monday in case.mondays:
        limit = case.week_limit("WEEKLY_REST", monday)
        if limit is None or monday not in case.line.weeks:
            continue
        first, end = clock_minute(monday, 0), clock_minute(monday + WEEK, 0)
        beside = limit.whole - limit.inside
        gaps = case.line.free_within(first, end)
        rest = max(
            (min(gap[1] - gap[0], min(gap[1], end) - max(gap[0], first) + beside) for gap in gaps),
            default=0,
        )
        if rest >= limit.whole:
            continue
        noon = end - limit.inside // 2
        if any(gap[1] - gap[0] >= limit.whole and first <= gap[0] <= noon for gap in gaps):
            limit = _milder(limit)
        yield case.alert(
            limit,
            days_of_week(monday),
            rest,
            tr(
                "{week} : repos de {rest} au plus, il manque {short} pour {limit} de suite "
                "({article})."
            ).format(
                week=week(monday),
                rest=duration(rest),
                short=duration(limit.whole - rest),
                limit=duration(limit.whole),
                article=cite(limit.article),
            ),
            tr("Libérer une journée entière et la nuit d’avant ou d’après."),
        )


def rest_days(case: Case) -> Iterator[Alert]:
    """Judge whole days of rest by week: two that follow each other, Sunday among them, or not.

    Days that follow each other belong to the week they begin in; Sunday and the next Monday are
    rest of the first week. Those of the week before may serve when it has others of its own.

    Source: CT-JEUNES, CSN, ECLAT, HCR, ALISFA.
    """
    for monday in case.mondays:
        limit = case.week_limit("REST_DAYS", monday)
        if limit is None or monday not in case.line.weeks:
            continue
        if limit.consecutive:
            yield from _days_that_follow(case, monday, limit)
        else:
            yield from _days_or_halves(case, monday, limit)


def _milder(limit: Limit) -> Limit:
    is_forbidden = limit.severity is Severity.FORBIDDEN
    return replace(limit, severity=Severity.TO_JUSTIFY) if is_forbidden else limit


def _days_that_follow(case: Case, monday: date, limit: Limit) -> Iterator[Alert]:
    count = limit.whole
    terms = case.week_terms(monday)
    with_sunday = limit.sunday and not (terms and terms.sunday_consent)
    starts = range(7 - count if with_sunday else 0, 7)
    if any(_is_free(case, monday, start, count) for start in starts):
        return
    # What the last week did not need for itself serves this one.
    if (
        not with_sunday
        and any(_is_free(case, monday, start, count) for start in range(1 - count, 0))
        and any(_is_free(case, monday - WEEK, start, count) for start in range(8 - 2 * count + 1))
    ):
        return
    longest = max(_run_from(case, monday, start) for start in range(7))
    said = {
        "week": week(monday),
        "found": trn("{n} jour", "{n} jours", longest),
        "limit": trn("{n} jour", "{n} jours", count),
        "article": cite(limit.article),
    }
    sentence = (
        tr("{week} : pas {limit} de repos de suite avec le dimanche ({article}).").format(**said)
        if with_sunday
        else tr("{week} : {found} de repos de suite au plus, {limit} sont dus ({article}).").format(
            **said
        )
    )
    yield case.alert(
        limit,
        days_of_week(monday),
        min(longest, count),
        sentence,
        tr("Regrouper les jours de repos."),
    )


def _is_free(case: Case, monday: date, start: int, count: int) -> bool:
    present = case.line.present
    return all(monday + DAY * place not in present for place in range(start, start + count))


def _run_from(case: Case, monday: date, start: int) -> int:
    count = 0
    while count < 7 and _is_free(case, monday, start + count, 1):
        count += 1
    return count


def _days_or_halves(case: Case, monday: date, limit: Limit) -> Iterator[Alert]:
    week_days = days_of_week(monday)
    free = sum(each not in case.line.present for each in week_days)
    has_half = any(_has_half(case, each) for each in week_days)
    halves = 2 * free + has_half
    if free >= limit.whole:
        return
    found = _milder(limit) if halves >= limit.halves else limit
    said = {
        "week": week(monday),
        "found": trn("{n} jour", "{n} jours", free),
        "limit": trn("{n} jour", "{n} jours", limit.whole),
        "article": cite(limit.article),
    }
    sentence = (
        tr("{week} : un jour et demi de repos, une demi-journée est à rendre ({article}).").format(
            **said
        )
        if halves >= limit.halves
        else tr("{week} : {found} de repos, {limit} sont dus ({article}).").format(**said)
    )
    yield case.alert(
        found,
        week_days,
        free,
        sentence,
        tr("Libérer une journée, ou noter quand la demi-journée sera rendue.")
        if halves >= limit.halves
        else tr("Libérer une journée de plus."),
    )


def _has_half(case: Case, when: date) -> bool:
    """Tell whether somebody works only before, or only after, the middle of a day."""
    middle = case.limit("HALF_DAY", when)
    if middle is None or when not in case.line.present:
        return False
    cut = clock_minute(when, middle.whole)
    day_end = clock_minute(when + DAY, 0)
    before = case.line.worked_within(clock_minute(when, 0), cut)
    after = case.line.worked_within(cut, day_end)
    return not before or not after


def rest_bank(case: Case) -> Iterator[Alert]:
    """Judge that half-days of rest put off are given back within a year.

    Source: HCR.
    """
    last = case.span.last
    limit = case.limit("REST_BANK", last)
    owed = half_days_owed(case, last) if limit is not None else []
    if limit is None or not owed or (last - owed[0]).days <= limit.whole:
        return
    yield case.alert(
        limit,
        [last],
        (last - owed[0]).days,
        tr("{count} de repos à rendre, depuis la semaine du {day} ({article}).").format(
            count=trn("{n} demi-journée", "{n} demi-journées", len(owed)),
            day=day_and_month(owed[0]),
            article=cite(limit.article),
        ),
        tr("Donner une journée de repos de plus dans une semaine travaillée."),
    )


def half_days_owed(case: Case, through: date) -> list[date]:
    """Return the weeks whose half-day of rest is still to be given back, by Monday, oldest first.

    A week worked with more days of rest than are due gives back the oldest ones; a week of leave
    gives none back.

    Args:
        case: Whose rest it is, history included.
        through: Last day looked at.
    """
    owed: list[date] = []
    for monday in case.line.weeks:
        limit = case.limit("REST_DAYS", monday)
        if limit is None or not limit.halves or monday > through:
            continue
        days = days_of_week(monday)
        free = sum(each not in case.line.present for each in days)
        halves = 2 * free + (free < limit.whole and any(_has_half(case, each) for each in days))
        if limit.halves <= halves < 2 * limit.whole:
            owed.append(monday)
        elif free > limit.whole and not case.context.leave.intersection(days):
            owed = owed[2 * (free - limit.whole) :]
    return owed
