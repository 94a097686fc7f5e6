"""Overtime in the year (contingent)."""

from collections.abc import Iterator
from dataclasses import replace

from cantine_desktop.i18n import tr
from cantine_desktop.staff.law.articles import cite
from cantine_desktop.staff.law.case import Case
from cantine_desktop.staff.law.counters import contingent_used
from cantine_desktop.staff.law.nouns import Alert, Severity
from cantine_desktop.staff.law.wording import duration


def contingent(case: Case) -> Iterator[Alert]:
    """Judge overtime of each civil year up to the end of the span, and warn before.

    Source: CT-TEMPS, ECLAT, HCR.
    """
    before = dict(case.context.overtime_before)
    last = case.span.last
    for year in sorted({case.span.first.year, last.year}):
        through = min(last, last.replace(year=year, month=12, day=31))
        limit = case.limit("CONTINGENT", through)
        if limit is None:
            continue
        used = contingent_used(case.worker, case.weeks, year, through, before.get(year, 0))
        if used * 100 < limit.whole * limit.warn_at or not used:
            continue
        is_over = used > limit.whole
        said = {
            "used": duration(used),
            "year": year,
            "limit": duration(limit.whole),
            "left": duration(limit.whole - used),
            "article": cite(limit.article),
        }
        sentence = (
            tr(
                "{used} supplémentaires en {year}, plus que le contingent de {limit} ({article})."
            ).format(**said)
            if is_over
            else tr(
                "{used} supplémentaires en {year} sur {limit} : il en reste {left} ({article})."
            ).format(**said)
        )
        yield case.alert(
            limit if is_over else replace(limit, severity=Severity.ADVICE),
            [through],
            used,
            sentence,
            tr("Compter la contrepartie en repos.") if is_over else "",
        )
