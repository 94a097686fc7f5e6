"""The certificate of meals somebody else paid for, one page for each payer (U24)."""

from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import Align, heading, paragraph
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.i18n import money, short_day, tr, trn
from cantine_desktop.meals.closing.model import ServiceClosing, SponsoredMeals
from cantine_desktop.meals.closing.queries import standing
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.meals.services.queries import title
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

Paid = tuple[SponsoredMeals, MealService]


def write_certificates(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what each payer took in charge over a period, from the closings that stand.

    Args:
        session: Where to read.
        period: Days of the services.
        now: The present instant.
        target: Where the PDF goes.
    """
    by_payer: dict[str, list[Paid]] = {}
    for meals, service in _paid(session, period):
        by_payer.setdefault(meals.payer, []).append((meals, service))
    name = canteen_name(session)
    story: list[Flowable] = []
    for payer, lines in by_payer.items():
        story += [*([PageBreak()] if story else []), *_page(name, payer, lines, period)]
    if not story:
        story = [paragraph(tr("Aucun repas n’a été pris en charge dans cette période."))]
    frame = PageFrame(name, tr("Attestation de repas pris en charge"), in_words(period), now)
    write_document(target, frame, story)


def _paid(session: Session, period: Period) -> list[Paid]:
    query = (
        select(SponsoredMeals, MealService)
        .join(ServiceClosing, SponsoredMeals.closing_id == ServiceClosing.id)
        .join(MealService, ServiceClosing.service_id == MealService.id)
        .where(MealService.day >= period.first, MealService.day < period.end, *standing())
        .order_by(SponsoredMeals.payer, MealService.day, SponsoredMeals.id)
    )
    return [(meals, service) for meals, service in session.execute(query)]


def _page(name: str, payer: str, lines: list[Paid], period: Period) -> list[Flowable]:
    count = sum(meals.count for meals, _service in lines)
    owed = Money(sum(meals.amount.cents for meals, _service in lines if meals.amount))
    right = Align.RIGHT
    rows: list[Row] = [
        [
            meals.reference,
            short_day(service.day),
            title(service),
            str(meals.count),
            money(meals.amount) if meals.amount else "—",
        ]
        for meals, service in lines
    ]
    rows.append(Total([tr("Total"), "", "", str(count), money(owed) if owed else "—"]))
    text = trn(
        "{canteen} atteste que {payer} a pris en charge {n} repas {period}.",
        "{canteen} atteste que {payer} a pris en charge {n} repas {period}.",
        count,
    )
    return [
        heading(payer),
        Spacer(0, 6),
        paragraph(text.format(canteen=name, payer=payer, n=count, period=_during(period))),
        Spacer(0, 6),
        ruled_table(
            [
                Column(tr("Référence"), 1.4),
                Column(tr("Jour"), 1.2),
                Column(tr("Service"), 2),
                Column(tr("Repas"), 0.8, right),
                Column(tr("Montant"), 1.2, right),
            ],
            rows,
        ),
        Spacer(0, 8),
        *_asked(owed),
        paragraph(tr("Aucun nom de convive n’est noté : c’est le choix de la cantine.")),
        Spacer(0, 10),
        FormRow([Field(tr("Fait le"), lines=2), Field(tr("Pour la cantine (signature)"), lines=2)]),
    ]


def _asked(owed: Money) -> list[Flowable]:
    if not owed:
        return []
    text = tr("Montant demandé : {amount}, à régler sous trente jours, référence ci-dessus.")
    return [paragraph(text.format(amount=money(owed))), Spacer(0, 4)]


def _during(period: Period) -> str:
    return tr("du {first} au {last}").format(
        first=short_day(period.first), last=short_day(period.last)
    )
