"""The treasury of the months to come on paper (D31)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import IO

from reportlab.platypus import Flowable, KeepTogether
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.charts import Series, line_chart
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, heading, lead, paragraph, small
from cantine_desktop.documents.tables import Column, Row, ruled_table
from cantine_desktop.finance.treasury.curve import (
    SHIPPED,
    Curve,
    curves,
    own_scenarios,
    runway_words,
    trouble_words,
)
from cantine_desktop.finance.treasury.events import SOURCES
from cantine_desktop.i18n import long_day, mark, month, number, short_day, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def write_treasury(session: Session, _period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the cash curve of twelve months under each scenario, and what it stands on."""
    today = civil_date(now)
    found = curves(session, today, (*SHIPPED, *own_scenarios(session))[:6])
    story: list[Flowable] = [
        paragraph(runway_words(found[0].runway, today)),
        lead(trouble_words(found[0])),
        curve_chart(found),
        heading(tr("Comme prévu, mois par mois")),
        _table(found[0]),
        heading(tr("Et si…")),
        *(paragraph(f"{tr(c.supposed.name)} : {trouble_words(c)}") for c in found[1:]),
        KeepTogether(_counted(found[0])),
    ]
    frame = PageFrame(
        canteen_name(session),
        tr("Trésorerie des mois à venir"),
        tr("vue du {day}").format(day=long_day(today)),
        now,
    )
    write_document(target, frame, story)


def _counted(curve: Curve) -> list[Flowable]:
    return [
        heading(tr("Ce qui est compté")),
        _sources(curve),
        small(
            tr(
                "Le budget des mois à venir est repris l’an prochain mois pour mois ; les achats"
                " sont payés le mois suivant ; ce que les mois pas encore clos n’ont pas compté"
                " est attendu ; les subventions de cette année comptent si elles sont accordées,"
                " celles de l’an prochain comme le budget les espère."
            )
        ),
    ]


def curve_chart(found: Sequence[Curve], height_mm: float = 50) -> Flowable:
    """Return the balances at the end of each month, one line a scenario."""
    labels = [f"{each.first:%m/%y}" for each in found[0].months]
    series = [
        Series(
            tr(curve.supposed.name),
            [Decimal(each.closing.cents // 100) for each in curve.months],
        )
        for curve in found
    ]
    return line_chart(labels, series, alternative=trouble_words(found[0]), height_mm=height_mm)


def _table(curve: Curve) -> Flowable:
    columns = [
        Column(tr("Mois"), 2),
        Column(tr("Entrées (€)"), 1.5, Align.RIGHT),
        Column(tr("Sorties (€)"), 1.5, Align.RIGHT),
        Column(tr("À la fin (€)"), 1.5, Align.RIGHT),
        Column(tr("Au plus bas (€)"), 1.5, Align.RIGHT),
        Column(tr("Le"), 1.3),
    ]
    rows: list[Row] = [
        (
            month(each.first),
            _whole(each.incoming),
            _whole(each.outgoing),
            _whole(each.closing),
            _whole(each.lowest),
            short_day(each.lowest_on),
        )
        for each in curve.months
    ]
    return ruled_table(columns, rows, 9)


def _sources(curve: Curve) -> Flowable:
    columns = [
        Column(tr("Connu par"), 4),
        Column(tr("Entrées (€)"), 1.5, Align.RIGHT),
        Column(tr("Sorties (€)"), 1.5, Align.RIGHT),
    ]
    rows: list[Row] = []
    for source, words in SOURCES.items():
        amounts = [event.amount.cents for event in curve.events if event.source is source]
        if amounts:
            came = Money(sum(cents for cents in amounts if cents > 0))
            went = Money(-sum(cents for cents in amounts if cents < 0))
            rows.append((tr(words), _whole(came), _whole(went)))
    return ruled_table(columns, rows, 9) if rows else paragraph(tr("Rien n’est connu."))


def _whole(amount: Money) -> str:
    return number(amount.euros, 0)


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "treasury-report",
        mark("Trésorerie des mois à venir"),
        write_treasury,
        "D31",
        Cadence.DAY,
        "finance",
        screen="runway",
    ),
)
