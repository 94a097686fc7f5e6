"""What is printed of forecasts: how many to expect at each service of a period."""

from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable, Spacer
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, paragraph, small
from cantine_desktop.documents.tables import Column, Row, ruled_table
from cantine_desktop.i18n import day_and_month, mark, tr, weekday
from cantine_desktop.meals.forecast.backtest import backtest
from cantine_desktop.meals.forecast.coming import coming
from cantine_desktop.meals.forecast.verdict import span, tested
from cantine_desktop.meals.menus.production import write_production
from cantine_desktop.values.period import Period


def write_forecast(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write how many diners to expect at the services of a period that are to come."""
    found = coming(session, now, period)
    right = Align.RIGHT
    columns = [
        Column(tr("Service"), 2.2),
        Column(tr("À prévoir"), 1, right),
        Column(tr("1 fois sur 2"), 1.1, right),
        Column(tr("4 fois sur 5"), 1.1, right),
        Column(tr("Pourquoi"), 5),
    ]
    rows: list[Row] = [
        [
            f"{weekday(row.day)} {day_and_month(row.day)} · {row.title}",
            str(each.expected),
            span(each.low50, each.high50),
            span(each.low80, each.high80),
            " ".join(each.why[:-1] if each.is_measured else each.why),
        ]
        for row, each in found
    ]
    story: list[Flowable] = [paragraph(tested(backtest(session, now))), Spacer(0, 6)]
    if rows:
        story.append(ruled_table(columns, rows, 9.5))
    else:
        story.append(paragraph(tr("Aucun service à venir dans cette période.")))
    story += [
        Spacer(0, 6),
        small(
            tr(
                "Convives à table, cuisinier·ères compris ; l’équipe en plus. « 1 fois sur 2 » : "
                "le nombre tombe dans cette fourchette un service sur deux."
            )
        ),
    ]
    frame = PageFrame(
        canteen_name(session), tr("Convives à prévoir"), in_words(period), now, landscape=True
    )
    write_document(target, frame, story)


def write_forecast_production(
    session: Session, period: Period, now: datetime, target: IO[bytes]
) -> None:
    """Write what the kitchen cooks in a period, for as many as are forecast.

    What somebody typed, and more reservations than the forecast, come before it
    (``menus.queries.portions_of``).
    """
    expected = {row.key: each.expected for row, each in coming(session, now, period)}
    write_production(session, period, now, target, expected)


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "production",
        mark("Fiche de production"),
        write_forecast_production,
        "D21",
        Cadence.DAY,
        "meals",
        screen="menus",
    ),
    Document("forecast", mark("Convives à prévoir"), write_forecast, "", Cadence.WEEK, "meals"),
)
