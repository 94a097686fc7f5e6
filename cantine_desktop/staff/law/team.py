"""What concerns everybody together: how many trainees the same week."""

from collections.abc import Iterator, Sequence
from datetime import date

from cantine_desktop.i18n import tr, trn
from cantine_desktop.staff.law.articles import caution, cite
from cantine_desktop.staff.law.case import WEEK, days_of_week
from cantine_desktop.staff.law.nouns import Alert, Regime, Status, Worker
from cantine_desktop.staff.law.rules import Profile, limits
from cantine_desktop.staff.law.stints import Stint, monday_of
from cantine_desktop.staff.law.wording import week
from cantine_desktop.values.period import Period


def trainees(
    team: Sequence[tuple[Worker, Sequence[Stint]]], profile: Profile, span: Period
) -> Iterator[Alert]:
    """Judge how many placements run in the same civil week, in a place of under twenty employees.

    A placement runs from its first to its last day; somebody without dates is counted in the
    weeks of presence.

    Source: STAGE-R.
    """
    limit = limits(profile, Regime.TRAINEE_ADULT, None)["TRAINEES"]
    monday = monday_of(span.first)
    while monday < span.end:
        days = days_of_week(monday)
        names = [worker.name for worker, stints in team if _runs(worker, stints, days)]
        if len(names) > limit.whole:
            yield Alert(
                limit.rule,
                limit.severity,
                "",
                days,
                len(names),
                limit.whole,
                limit.article,
                limit.set_by,
                tr("{week} : {count} ({names}), {limit} au plus ({article}).").format(
                    week=week(monday),
                    count=trn("{n} stagiaire", "{n} stagiaires", len(names)),
                    names=", ".join(names),
                    limit=limit.whole,
                    article=cite(limit.article),
                ),
                tr("Décaler un stage."),
                caution(limit.source),
            )
        monday += WEEK


def _runs(worker: Worker, stints: Sequence[Stint], days: tuple[date, ...]) -> bool:
    if worker.terms:
        return any(worker.terms_on(day) and worker.status_on(day) is Status.TRAINEE for day in days)
    return worker.status is Status.TRAINEE and any(stint.day in days for stint in stints)
