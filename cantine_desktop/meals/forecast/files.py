"""What goes out to other programs: forecasts of services, and what came of them."""

from datetime import datetime

from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.i18n import mark
from cantine_desktop.meals.forecast.backtest import backtest
from cantine_desktop.meals.forecast.coming import coming
from cantine_desktop.values.period import Period

_NUMBERS = ("prévus", "bas 50 %", "haut 50 %", "bas 80 %", "haut 80 %")


def forecast_table(session: Session, period: Period, now: datetime) -> Table:
    """Return the services of a period as rows, with how many to expect."""
    rows: list[list[Value]] = [
        [
            row.day,
            row.title,
            row.seats,
            *(each.expected, each.low50, each.high50, each.low80, each.high80),
            each.n,
            each.is_measured,
        ]
        for row, each in coming(session, now, period)
    ]
    return Table(["jour", "service", "places", *_NUMBERS, "services appris", "mesuré"], rows)


def tried_table(session: Session, period: Period, now: datetime) -> Table:
    """Return the services of the back-test as rows: guessed, and come."""
    rows: list[list[Value]] = [
        [
            step.held.slot.day,
            step.held.diners,
            step.expected,
            *(step.half or (None, None)),
            *(step.most or (None, None)),
            step.naive,
        ]
        for step in backtest(session, now).steps
        if step.held.slot.day in period
    ]
    return Table(["jour", "venus", *_NUMBERS, "même jour semaine d’avant"], rows)


EXPORTS: tuple[Export, ...] = (
    csv_export("forecast", mark("Convives à prévoir"), forecast_table, "meals"),
    csv_export("forecast-tested", mark("Essai des prévisions"), tried_table, "meals"),
)
IMPORTS: tuple[Import, ...] = ()
