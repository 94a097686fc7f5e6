"""How long before a change of hours somebody is told (délai de prévenance)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import tr
from cantine_desktop.staff.law.articles import cite
from cantine_desktop.staff.law.case import Case
from cantine_desktop.staff.law.nouns import Alert, Context, Severity, Worker
from cantine_desktop.staff.law.rules import Limit, Profile
from cantine_desktop.staff.law.timeline import Timeline
from cantine_desktop.staff.law.wording import day, figure
from cantine_desktop.values.period import DAY, Period


class ChangeKind(StrEnum):
    """What changes."""

    HOURS = "hours"
    """When the hours are; not how many."""
    COMPLEMENTARY = "complementary"
    """Hours on top of a part-time contract."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of published hours.

    Attributes:
        day: First civil day that changes.
        told_at: When the person is told, an aware instant.
        kind: What changes.
        has_consent: The person agrees, and it is written down.
    """

    day: date
    told_at: datetime
    kind: ChangeKind = ChangeKind.HOURS
    has_consent: bool = False


def judge_change(
    worker: Worker, change: Change, profile: Profile, context: Context | None = None
) -> list[Alert]:
    """Judge the notice of a change: nothing, or one alert.

    The day somebody is told does not count, nor does the day that changes: seven working days lie
    between. What is late may be done with the person's consent, and is then to be justified.

    Source: CT-TEMPS, ECLAT, HCR, BP.
    """
    known = context or Context()
    case = Case(worker, Timeline([]), profile, known, Period.through(change.day, change.day))
    limit = _limit(case, change)
    if limit is None:
        return []
    told = civil_date(change.told_at)
    if limit.unit == "working_days":
        given = working_days_between(told, change.day, case)
    else:
        given = max(0, (change.day - told).days)
    if given >= limit.whole:
        return []
    if change.has_consent:
        milder = Severity.TO_JUSTIFY if limit.severity is Severity.FORBIDDEN else Severity.ADVICE
        limit = replace(limit, severity=milder)
    return [_late(case, limit, change, told, given)]


def _limit(case: Case, change: Change) -> Limit | None:
    terms = case.worker.terms_on(change.day)
    if change.kind is ChangeKind.COMPLEMENTARY:
        return case.limit("NOTICE_COMPLEMENTARY", change.day)
    if terms and terms.follows_programme:
        return case.limit("NOTICE_PROGRAMME", change.day)
    part_time = case.limit("NOTICE_PART_TIME", change.day)
    return part_time or case.limit("NOTICE_FULL_TIME", change.day)


def working_days_between(first: date, last: date, case: Case) -> int:
    """Count the days between two, both left out, on which the canteen works.

    Those are its opening days that are not public holidays (jours ouvrés).
    """
    count = 0
    when = first + DAY
    while when < last:
        count += when.weekday() in case.context.open_weekdays and not case.holiday(when)
        when += DAY
    return count


def first_day_on_time(
    worker: Worker, told_at: datetime, profile: Profile, context: Context | None = None
) -> date:
    """Return the first day whose hours may still change when somebody is told at an instant."""
    when = civil_date(told_at)
    while judge_change(worker, Change(when, told_at), profile, context):
        when += DAY
    return when


def _late(case: Case, limit: Limit, change: Change, told: date, given: int) -> Alert:
    said = {
        "day": day(change.day),
        "told": day(told),
        "given": figure(given, limit.unit),
        "limit": figure(limit.value, limit.unit),
        "article": cite(limit.article),
    }
    sentence = (
        tr(
            "Heures complémentaires du {day} : {given} avant au lieu de {limit} ({article})."
        ).format(**said)
        if change.kind is ChangeKind.COMPLEMENTARY
        else tr(
            "Horaire du {day} changé le {told} : {given} avant, {limit} sont dus ({article})."
        ).format(**said)
    )
    return case.alert(
        limit,
        [change.day],
        given,
        sentence,
        "" if change.has_consent else tr("Demander l’accord écrit, ou changer un jour plus loin."),
    )
