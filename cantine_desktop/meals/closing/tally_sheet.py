"""The sheet by the box: amounts to strike, what the till holds, two signatures (D18).

Its fields stand in the order of the screen where it is typed back.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.fonts import REGULAR, SEMIBOLD
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import INK, RULE, heading, small
from cantine_desktop.finance.cash.denominations import DENOMINATIONS
from cantine_desktop.i18n import long_day, money, number, tr
from cantine_desktop.meals.closing.model import STAGES
from cantine_desktop.meals.closing.policy import Policy, policy
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.meals.services.queries import title
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import NBSP

LETTER = "C"
"""Of the ids of its sheets: ``C-2026-10-09``."""

_GROUPS, _IN_GROUP = 4, 5
_BOX, _GAP, _BETWEEN = 4.6 * mm, 1.0 * mm, 2.6 * mm
_ROW = 8.6 * mm


class TallyRow(Flowable):
    """An amount and its boxes to strike, by five; the sum is written at the right."""

    def __init__(self, words: str, groups: int = _GROUPS) -> None:
        super().__init__()
        self._words, self._groups = words, groups

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = aW, _ROW
        return aW, _ROW

    def draw(self) -> None:
        """Draw the amount, the boxes, and the line of the sum."""
        canvas = self.canv
        canvas.setFillColor(INK)
        canvas.setFont(SEMIBOLD, 12)
        canvas.drawRightString(20 * mm, 2 * mm, self._words)
        left = 24 * mm
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.6)
        for _group in range(self._groups):
            for _one in range(_IN_GROUP):
                canvas.rect(left, 1.2 * mm, _BOX, _BOX)
                left += _BOX + _GAP
            left += _BETWEEN
        canvas.setFont(REGULAR, 11)
        canvas.drawString(self.width - 24 * mm, 2 * mm, "=")
        canvas.setStrokeColor(RULE)
        canvas.line(self.width - 20 * mm, 1.2 * mm, self.width, 1.2 * mm)


def write_tally_sheet(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write a sheet for each service of a period, or one without a name when there is none.

    Args:
        session: Where to read.
        period: Its services; a day in the catalogue.
        now: The present instant.
        target: Where the PDF goes.
    """
    query = (
        select(MealService)
        .where(MealService.day >= period.first, MealService.day < period.end)
        .where(MealService.state != ServiceState.CANCELLED)
        .order_by(MealService.day, MealService.meal_at, MealService.id)
    )
    services: Sequence[MealService | None] = session.scalars(query).all() or [None]
    chosen = policy(session)
    story: list[Flowable] = []
    for place, service in enumerate(services):
        story += [*([PageBreak()] if place else []), *_sheet(chosen, service, period)]
    day = Period(period.first, period.first + DAY)
    frame = PageFrame(
        canteen_name(session),
        tr("Feuille de pointage"),
        long_day(period.first) if period.last == period.first else "",
        now,
        sheet_id=sheet_id(LETTER, day, Cadence.DAY),
        footer=tr("Un trait par personne, sans nom. Les repas offerts ne comptent pas ici."),
    )
    write_document(target, frame, story)


def _sheet(chosen: Policy, service: MealService | None, period: Period) -> list[Flowable]:
    day = service.day if service else period.first
    named = f"{title(service)} · {long_day(day)}" if service else long_day(day)
    return [heading(named), Spacer(0, 4), *_people(chosen), *_money(chosen), *_rest()]


def _people(chosen: Policy) -> list[Flowable]:
    return [
        FormRow([
            Field(tr("1. À table")),
            Field(tr("2. Dont cuisine")),
            Field(tr("3. Dont nouveaux")),
            Field(tr("4. Dont enfants")),
            Field(tr("5. Équipe, en plus")),
        ]),
        Spacer(0, 6),
        *(TallyRow(_words(amount)) for amount in chosen.amounts),
        FormRow([
            Field(tr("Autres montants (7 + 3,50…)"), share=2.4),
            Field(tr("Pris en charge : combien, par qui"), share=2.4),
            Field(tr("Offerts"), share=0.9),
        ]),
        Spacer(0, 6),
    ]


def _money(chosen: Policy) -> list[Flowable]:
    return [
        FormRow([
            Field(tr("6. Adhésions")),
            Field(tr("7. Carte (ticket)")),
            Field(tr("8. HelloAsso")),
            Field(tr("Chèques")),
            Field(tr("Autre")),
        ]),
        Spacer(0, 6),
        *_coins(),
        FormRow([
            Field(tr("Compté")),
            Field(tr("− fond de caisse"), money(chosen.float_amount)),
            Field(tr("= espèces du service")),
            Field(tr("Écart, et pourquoi"), share=1.8),
        ]),
        Spacer(0, 6),
    ]


def _rest() -> list[Flowable]:
    return [
        FormRow([
            *(Field(tr("9. {stage}, kg").format(stage=tr(words))) for words in STAGES.values()),
            Field(tr("10. Repas donnés")),
        ]),
        FormRow([Field(tr("11. Mot du jour, restes"), lines=2)]),
        FormRow([
            Field(tr("Compté par (visa)"), lines=2),
            Field(tr("et par (visa)"), lines=2),
            Field(tr("Sac ou enveloppe n°"), lines=2),
        ]),
        Spacer(0, 3),
        small(tr("À retaper dans Services, Clôture : les champs y sont dans le même ordre.")),
    ]


def _coins() -> list[Flowable]:
    values = DENOMINATIONS[2:]
    rows = [values[:7], values[7:]]
    return [
        FormRow([Field(tr("{value} :").format(value=_words(value))) for value in row])
        for row in rows
    ]


def _words(amount: Money) -> str:
    if amount.cents % 100:
        return money(amount)
    return f"{number(amount.euros.to_integral_value())}{NBSP}€"
