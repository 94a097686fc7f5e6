"""What goes out to other programs: services with their visits, slips counted."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.visits.attendance import visits_of
from cantine_desktop.meals.visits.model import SlipCount
from cantine_desktop.meals.visits.slips import ANSWERS, QUESTIONS
from cantine_desktop.values.period import Period


def visit_table(session: Session, period: Period, now: datetime) -> Table:
    """Return the services held as rows; what nobody counted stays empty."""
    del now
    rows: list[list[Value]] = [[visit.day, *visit[2:]] for visit in visits_of(session, period)]
    headings = [
        *("jour", "service", "places", "convives", "cuisinier·ères", "nouveaux", "enfants"),
        *("offerts", "pris en charge", "donnés"),
    ]
    return Table(headings, rows)


def slip_table(session: Session, period: Period, now: datetime) -> Table:
    """Return how many slips gave each answer, month by month."""
    del now
    known = {
        (question.key, answer): (tr(question.title), tr(words))
        for question in QUESTIONS
        for answer, words in question.answers.items()
    }
    found = session.scalars(
        select(SlipCount)
        .where(SlipCount.month >= period.first.replace(day=1), SlipCount.month < period.end)
        .order_by(SlipCount.month)
    )
    counted = {(row.month, row.question, row.answer): row.count for row in found}
    rows: list[list[Value]] = [
        [month, *known[answer], counted[month, *answer]]
        for month in sorted({month for month, _, _ in counted})
        for answer in ANSWERS
        if (month, *answer) in counted
    ]
    return Table(["mois", "question", "réponse", "papiers"], rows)


EXPORTS: tuple[Export, ...] = (
    csv_export("visits", mark("Fréquentation"), visit_table, "meals"),
    csv_export("diversity-slips", mark("Petits papiers dépouillés"), slip_table, "meals"),
)
IMPORTS: tuple[Import, ...] = ()
