"""Part-time: least contract, complementary hours, contracts exceeded for long."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from cantine_desktop.i18n import tr, trn
from cantine_desktop.staff.law.articles import cite
from cantine_desktop.staff.law.case import Case, days_of_week
from cantine_desktop.staff.law.counters import drift
from cantine_desktop.staff.law.nouns import Alert, Severity
from cantine_desktop.staff.law.rules import Limit
from cantine_desktop.staff.law.wording import day, duration, week
from cantine_desktop.values.period import DAY

_WEEKS = 12


def part_time_min(case: Case) -> Iterator[Alert]:
    """Judge that a part-time contract is not below the least, unless it says why it may be.

    Source: CT-TEMPS, ECLAT.
    """
    for terms in case.worker.terms:
        limit = case.limit("PART_TIME_MIN", terms.first)
        if limit is None or terms.weekly_minutes >= limit.whole or terms.below_minimum:
            continue
        if terms.first >= case.span.end or (terms.end and terms.end <= case.span.first):
            continue
        yield case.alert(
            limit,
            [terms.first],
            terms.weekly_minutes,
            tr(
                "Contrat de {contract} par semaine depuis le {day} : {limit} au moins à temps "
                "partiel, sauf exception ({article})."
            ).format(
                contract=duration(terms.weekly_minutes),
                day=day(terms.first),
                limit=duration(limit.whole),
                article=cite(limit.article),
            ),
            tr(
                "Noter l’exception (demande écrite, étudiant, remplacement…) ou relever le contrat."
            ),
        )


def complementary(case: Case) -> Iterator[Alert]:
    """Judge complementary hours by week: a tenth of the contract, or a third.

    Under a programme of several weeks they are counted on the whole period, not here.

    Source: CT-TEMPS, ECLAT, HCR.
    """
    for monday, contract, worked in _weeks(case):
        limit = _limit(case, "COMPLEMENTARY", monday)
        over = worked - contract
        if limit is None or over <= limit.value * contract:
            continue
        most = int(limit.value * contract)
        yield case.alert(
            limit,
            days_of_week(monday),
            Fraction(over, contract),
            tr(
                "{week} : {over} complémentaires pour un contrat de {contract}, "
                "{limit} au plus ({article})."
            ).format(
                week=week(monday),
                over=duration(over),
                contract=duration(contract),
                limit=duration(most),
                article=cite(limit.article),
            ),
            tr("Retirer {minutes}, ou signer un complément d’heures.").format(
                minutes=duration(over - most)
            ),
        )


def complementary_35(case: Case) -> Iterator[Alert]:
    """Judge that a part-time week never reaches the legal duration.

    Source: CT-TEMPS.
    """
    for monday, _contract, worked in _weeks(case):
        limit = _limit(case, "COMPLEMENTARY_35", monday)
        if limit is None or worked < limit.whole:
            continue
        yield case.alert(
            limit,
            days_of_week(monday),
            worked,
            tr(
                "{week} : {worked} à temps partiel, {limit} ne sont jamais atteintes ({article})."
            ).format(
                week=week(monday),
                worked=duration(worked),
                limit=duration(limit.whole),
                article=cite(limit.article),
            ),
            tr("Rester sous {limit}.").format(limit=duration(limit.whole)),
        )


def _weeks(case: Case) -> Iterator[tuple[date, int, int]]:
    for monday in case.mondays:
        terms = case.week_terms(monday)
        worked = case.weeks.get(monday, 0)
        if terms and terms.is_part_time and not terms.follows_programme and terms.weekly_minutes:
            yield monday, terms.weekly_minutes, worked


def _limit(case: Case, rule: str, monday: date) -> Limit | None:
    """Return the limit of the contract that the week is compared with: the last one in it."""
    terms = case.week_terms(monday)
    sunday = monday + 6 * DAY
    last = sunday if terms is None or terms.end is None else min(sunday, terms.end - DAY)
    return case.limit(rule, last)


def contract_drift(case: Case) -> Iterator[Alert]:
    """Judge whether a contract is exceeded by 2 h in twelve weeks of fifteen, and warn before.

    Source: CT-TEMPS.
    """
    for monday, contract, worked in _weeks(case):
        limit = _limit(case, "DRIFT", monday)
        if limit is None or worked <= contract:
            continue
        over, known = drift(case.worker, case.weeks, monday)
        bites = _WEEKS * limit.whole
        if over >= bites and known >= _WEEKS:
            yield _drifted(case, monday, limit, over, contract)
        elif over * 100 >= bites * limit.warn_at:
            yield _drifting(case, monday, limit, over, known)


def _drifted(case: Case, monday: date, limit: Limit, over: int, contract: int) -> Alert:
    mean = over // _WEEKS
    return case.alert(
        limit,
        days_of_week(monday),
        mean,
        tr(
            "{week} : {mean} de plus que le contrat en moyenne sur 12 semaines des 15 dernières. "
            "Le contrat passe à {raised}, sauf opposition ({article})."
        ).format(
            week=week(monday),
            mean=duration(mean),
            raised=duration(contract + mean),
            article=cite(limit.article),
        ),
        tr("Proposer l’avenant, avec sept jours de préavis, ou garder l’opposition écrite."),
    )


def _drifting(case: Case, monday: date, limit: Limit, over: int, known: int) -> Alert:
    left = max(0, _WEEKS * limit.whole - over)
    return case.alert(
        replace(limit, severity=Severity.ADVICE),
        days_of_week(monday),
        over // _WEEKS,
        tr(
            "{week} : {over} au-dessus du contrat en {weeks}. À {bites} sur 12 semaines, le "
            "contrat serait relevé ({article})."
        ).format(
            week=week(monday),
            over=duration(over),
            weeks=trn("{n} semaine", "{n} semaines", min(known, _WEEKS)),
            bites=duration(_WEEKS * limit.whole),
            article=cite(limit.article),
        ),
        tr("Il reste {left} ; revenir à l’horaire du contrat.").format(left=duration(left)),
    )
