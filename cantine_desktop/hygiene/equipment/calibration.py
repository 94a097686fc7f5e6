"""Checks of instruments (ET): melting ice, boiling water, display beside a probe, weight."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.hygiene.equipment.boiling import boiling_point
from cantine_desktop.hygiene.equipment.kinds import KINDS
from cantine_desktop.hygiene.equipment.model import Calibration, CalibrationTest
from cantine_desktop.hygiene.equipment.naming import all_equipment
from cantine_desktop.hygiene.equipment.words import check_name, figure, signed_figure
from cantine_desktop.hygiene.faults import Fault, Severity
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.hygiene.plan.in_force import point_of, rule_of
from cantine_desktop.hygiene.plan.points import Rhythm
from cantine_desktop.hygiene.plan.rules import Measured, Rule, bounds_of, evaluate
from cantine_desktop.hygiene.registers.register import (
    Choice,
    Column,
    Judgement,
    Kind,
    Register,
)
from cantine_desktop.i18n import celsius, mark, tr
from cantine_desktop.values.period import Period

MONTHS = {
    Rhythm.MONTHLY: 1,
    Rhythm.QUARTERLY: 3,
    Rhythm.SEMIANNUAL: 6,
    Rhythm.YEARLY: 12,
}
"""Months from one time to the next."""

MELTING = Decimal(0)
"""At which ice melts, in °C, wherever one stands."""


POINTS: dict[CalibrationTest, str] = {
    CalibrationTest.ICE: "CAL-01",
    CalibrationTest.BOIL: "CAL-02",
    CalibrationTest.COMPARE: "CAL-03",
    CalibrationTest.WEIGH: "CAL-04",
}
"""The control point of each check; its limits and its frequency are the canteen's choice.

Source: BP.
"""


def months_between(session: Session, test: CalibrationTest, day: date) -> int:
    """Return the months from one check to the next; 0 when the plan does not ask for it."""
    point = point_of(session, POINTS[test], day)
    return 0 if point is None else MONTHS.get(point.frequency, 1)


def expected_figure(session: Session, test: CalibrationTest) -> Decimal | None:
    """Return what a right instrument shows: known for ice and boiling water, else ``None``."""
    if test is CalibrationTest.ICE:
        return MELTING
    if test is CalibrationTest.BOIL:
        canteen = the_canteen(session)
        return boiling_point(canteen.altitude if canteen and canteen.altitude else 0)
    return None


def gap_of(session: Session, record: Calibration) -> Decimal | None:
    """Return by how much the instrument was off, with the known figure where none is written."""
    if record.gap is not None or record.shown is None or record.test is None:
        return record.gap
    expected = expected_figure(session, record.test)
    return None if expected is None else record.shown - expected


def judge_check(session: Session, record: Calibration) -> Judgement:
    """Judge a check by the points CAL-01 to CAL-04; what is not written is not done."""
    gap = gap_of(session, record)
    if record.test is None or gap is None or not record.instrument.strip():
        return Judgement(Verdict.NOT_DONE)
    code = POINTS[record.test]
    rule = rule_of(session, code, record.day)
    middle = _middle(rule)
    measured = Measured(value=gap + middle)
    verdict = evaluate(rule, measured)
    if verdict is not Verdict.BREACH:
        return Judgement(verdict)
    bounds = bounds_of(rule, measured)
    limit = None if bounds is None else bounds.most if gap > 0 else bounds.least
    point = point_of(session, code, record.day)
    fault = Fault(
        day=record.day,
        subject=record.instrument.strip(),
        point=code,
        measured=gap,
        limit=None if limit is None else limit - middle,
        unit="g" if record.test is CalibrationTest.WEIGH else "°C",
        words=tr("{test} : écart de {gap}").format(
            test=check_name(record.test), gap=signed_figure(gap, record.test)
        ),
        severity=point.severity if point else Severity.CRITICAL,
    )
    return Judgement(Verdict.BREACH, fault)


def _middle(rule: Rule) -> Decimal:
    """Return what a right instrument shows under a rule: a gap is judged around it."""
    if rule.least is None or rule.most is None:
        return rule.target or MELTING
    return (rule.least + rule.most) / 2


def _allowed(session: Session, test: CalibrationTest, day: date) -> str:
    """Write by how much an instrument may be off: ``±1 °C``."""
    rule = rule_of(session, POINTS[test], day)
    if rule.least is None or rule.most is None:
        return ""
    return f"±{figure((rule.most - rule.least) / 2, test)}"


def instrument_names(session: Session) -> Sequence[str]:
    """Return what may be checked: probes, scales, then the displays of cold units."""
    measuring = [
        each.name
        for each in all_equipment(session)
        if KINDS[each.kind].measures and each.until is None
    ]
    units = session.scalars(
        select(ColdUnit.name).where(ColdUnit.until.is_(None)).order_by(ColdUnit.position)
    )
    return [*measuring, *units]


def legend(session: Session, period: Period) -> Sequence[str]:
    """Return what is tested and how, with the temperature at which water boils here."""
    canteen = the_canteen(session)
    altitude = canteen.altitude if canteen else None
    boils = celsius(boiling_point(altitude or 0))
    where = (
        tr("à {altitude} m d’altitude").format(altitude=altitude)
        if altitude is not None
        else tr("au niveau de la mer : l’altitude de la cantine n’est pas renseignée")
    )
    return [
        tr(
            "Glace fondante : de la glace pilée et un peu d’eau, la sonde au milieu, 2 min ; "
            "0 °C, {ice}. Eau bouillante : à gros bouillons, sans toucher le fond ; "
            "{boils} {where}, {boil}."
        ).format(
            boils=boils,
            where=where,
            ice=_allowed(session, CalibrationTest.ICE, period.first),
            boil=_allowed(session, CalibrationTest.BOIL, period.first),
        ),
        tr(
            "Instrument faux : ne l’utilisez plus, prenez celui de secours, prévenez la direction. "
            "Écarts et fréquences : choix de la cantine, aucun texte ne les fixe."
        ),
    ]


def _show_gap(record: Any) -> str:
    gap = record.gap
    if gap is None and record.test is CalibrationTest.ICE:
        gap = record.shown
    return signed_figure(gap, record.test)


def _show_verdict(record: Any) -> str:
    names = {Verdict.CONFORM: tr("oui"), Verdict.BREACH: tr("non")}
    return names.get(record.verdict, "")


CALIBRATION = Register(
    key="calibration",
    letter="ET",
    title=mark("Étalonnage des thermomètres et des balances"),
    model=Calibration,
    columns=(
        Column("day", mark("Date"), Kind.DAY, 1.1),
        Column("instrument", mark("Instrument n°"), Kind.TEXT, 1.7, suggest=instrument_names),
        Column(
            "test",
            mark("Test"),
            Kind.CHOICE,
            1.5,
            choices=(
                Choice(CalibrationTest.ICE, mark("Glace fondante")),
                Choice(CalibrationTest.BOIL, mark("Eau bouillante")),
                Choice(CalibrationTest.COMPARE, mark("Afficheur comparé à la sonde")),
                Choice(CalibrationTest.WEIGH, mark("Masse étalon")),
            ),
        ),
        Column("expected", mark("Attendu (°C ou g)"), Kind.NUMBER, 1, places=1),
        Column("shown", mark("Lu (°C ou g)"), Kind.NUMBER, 1.05, places=1),
        Column("gap", mark("Écart"), share=0.8, compute=_show_gap),
        Column("is_right", mark("Conforme"), share=1.05, compute=_show_verdict),
        Column("action", mark("Action"), Kind.TEXT, 1.6),
        Column("initials", mark("Visa"), Kind.INITIALS, 0.8),
    ),
    judge=judge_check,
    points=("CAL-01", "CAL-02", "CAL-03", "CAL-04"),
    blank_rows=18,
    legend=legend,
    words=mark("sonde thermomètre balance glace eau bouillante vérification"),
)
"""The register of calibration (ET)."""
