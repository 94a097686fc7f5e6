"""Those who offer their time: limits they are reminded of, never rosters imposed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from cantine_desktop.i18n import month, tr, trn
from cantine_desktop.staff.law.case import Case
from cantine_desktop.staff.law.nouns import Alert
from cantine_desktop.staff.law.wording import day, duration, moment
from cantine_desktop.values.period import Period


def volunteer_day(case: Case) -> Iterator[Alert]:
    """Tell of two sessions on one day.

    Source: BP.
    """
    for work in case.work_days:
        limit = case.limit("VOLUNTEER_DAY", work.day)
        if limit is None or len(work.stints) <= limit.whole:
            continue
        yield case.alert(
            limit,
            [work.day],
            len(work.stints),
            tr("{count} {day} : une par jour suffit.").format(
                count=trn("{n} séance", "{n} séances", len(work.stints)), day=day(work.day)
            ),
            tr("Proposer l’une des deux à quelqu’un d’autre."),
        )


def volunteer_rest(case: Case) -> Iterator[Alert]:
    """Tell of less than 11 h between two days.

    Source: BP.
    """
    days = case.line.days
    for before, after in pairwise(days):
        limit = case.limit("VOLUNTEER_REST", before.day)
        rest = after.since - before.until
        if limit is None or rest >= limit.whole:
            continue
        if before.day not in case.span and after.day not in case.span:
            continue
        yield case.alert(
            limit,
            [before.day, after.day],
            rest,
            tr("{rest} seulement entre {end} et {start}.").format(
                rest=duration(rest), end=moment(before.until), start=moment(after.since)
            ),
            tr("Proposer une autre séance."),
        )


def volunteer_month(case: Case) -> Iterator[Alert]:
    """Tell of more sessions in a month than the person wishes.

    Source: BP.
    """
    most = case.worker.most_a_month
    if most is None:
        return
    months: dict[date, list[date]] = {}
    for work in case.line.days:
        first = work.day.replace(day=1)
        months.setdefault(first, []).extend([work.day] * len(work.stints))
    for first, days in months.items():
        limit = case.limit("VOLUNTEER_MONTH", first)
        whole = Period.month(first)
        meets = whole.first < case.span.end and case.span.first < whole.end
        if limit is None or len(days) <= most or not meets:
            continue
        yield case.alert(
            replace(limit, value=Fraction(most)),
            sorted(set(days)),
            len(days),
            tr("{count} en {month}, {most} souhaitées au plus.").format(
                count=trn("{n} séance", "{n} séances", len(days)), month=month(first), most=most
            ),
            tr("Demander avant de compter dessus."),
        )
