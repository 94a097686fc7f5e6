"""What a closing of the till says on paper: the totals of a day, a month or a year (Z)."""

from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import Align, box, heading, paragraph, small
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.finance.cash.closing import whole_of
from cantine_desktop.finance.cash.model import ClosingKind, PeriodClosing
from cantine_desktop.finance.cash.totals import TakingsLine, Totals, totals_of
from cantine_desktop.finance.postings.means import PURPOSES, TITLES, Means, Purpose
from cantine_desktop.i18n import hour, long_day, mark, money, short_day, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

TITLE = {
    ClosingKind.DAY: mark("Clôture de caisse du jour (Z)"),
    ClosingKind.MONTH: mark("Clôture de caisse du mois"),
    ClosingKind.YEAR: mark("Clôture de caisse de l’année"),
}
_PARTS = {ClosingKind.MONTH: ClosingKind.DAY, ClosingKind.YEAR: ClosingKind.MONTH}


def kind_of(period: Period) -> ClosingKind:
    """Return what kind of closing a period asks for."""
    if period.last == period.first:
        return ClosingKind.DAY
    month = Period.month(period.first)
    return ClosingKind.MONTH if period.end <= month.end else ClosingKind.YEAR


def write_closing(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write a closing: what came in, by means and purpose, and the totals that never go back.

    Args:
        session: Where to read.
        period: A day, some days of a month, or more: that of its first day is written.
        now: The present instant.
        target: Where the PDF goes.
    """
    kind = kind_of(period)
    wanted = whole_of(session, kind, period.first)
    totals = totals_of(session, kind, wanted)
    story: list[Flowable] = [
        *_head(totals),
        heading(tr("Ce qui est entré")),
        _parts(totals),
        *_takings(totals, kind),
        *_closings(session, kind, wanted),
        *_foot(totals),
    ]
    frame = PageFrame(
        canteen_name(session),
        tr(TITLE[kind]),
        in_words(wanted),
        now,
        footer=tr("Totaux calculés sur la chaîne d’événements de la caisse. À conserver six ans."),
    )
    write_document(target, frame, story)


def _head(totals: Totals) -> list[Flowable]:
    closing = totals.closing
    if closing is None:
        words = tr("Ces chiffres sont provisoires : cette période n’est pas encore clôturée.")
        return [
            box(tr("Pas encore clôturé"), [words], bullets=False),
            FormRow([
                Field(tr("Total de la période"), money(totals.total)),
                Field(tr("En caisse à la fin"), money(totals.cash)),
            ]),
        ]
    made = tr("{day} à {hour}").format(day=long_day(civil_date(closing.at)), hour=hour(closing.at))
    return [
        FormRow([
            Field(tr("Clôture n°"), str(closing.number), 0.8),
            Field(tr("Faite le"), made, 2),
            Field(tr("Opérations"), str(closing.count), 0.8),
            Field(tr("En caisse à la fin"), money(closing.cash), 1.2),
        ]),
        FormRow([
            Field(tr("Total de la période"), money(closing.total)),
            Field(tr("Grand total de l’exercice"), money(closing.grand_total)),
            Field(tr("Total perpétuel"), money(closing.perpetual_total)),
        ]),
    ]


def _parts(totals: Totals) -> Flowable:
    purposes = [each for each in Purpose if totals.of_purpose(each)]
    if not purposes:
        return paragraph(tr("Rien n’est entré."))
    columns = [
        Column("", 2),
        *(Column(tr(PURPOSES[each]), 1.2, Align.RIGHT) for each in purposes),
        Column(tr("Total"), 1.3, Align.RIGHT),
    ]
    rows: list[Row] = [
        [
            tr(TITLES[means]),
            *(_amount(totals.parts.get((means, each), Money(0))) for each in purposes),
            money(totals.of_means(means)),
        ]
        for means in Means
        if any(spot[0] is means for spot in totals.parts)
    ]
    rows.append(
        Total([
            tr("Total"),
            *(money(totals.of_purpose(each)) for each in purposes),
            money(totals.total),
        ])
    )
    return ruled_table(columns, rows, size=9.5)


def _amount(amount: Money) -> str:
    return money(amount) if amount else ""


def _takings(totals: Totals, kind: ClosingKind) -> list[Flowable]:
    """List the operations of a day; of a longer period only what is out of the ordinary."""
    lines = [
        line
        for line in totals.lines
        if kind is ClosingKind.DAY or line.is_correction or line.is_late
    ]
    if not lines:
        return []
    title = (
        tr("Opérations")
        if kind is ClosingKind.DAY
        else tr("Corrections et recettes notées après coup")
    )
    columns = [
        Column(tr("N°"), 0.6, Align.RIGHT),
        Column(tr("Jour"), 1),
        Column(tr("Pièce"), 1.2),
        Column(tr("Ce que c’est"), 4),
        Column(tr("Montant"), 1.2, Align.RIGHT),
    ]
    rows: list[Row] = [_operation(line) for line in lines]
    return [heading(title), ruled_table(columns, rows, size=9.5)]


def _operation(line: TakingsLine) -> list[str]:
    words = line.words
    if line.is_correction:
        words = tr("Correction : {why}").format(why=words)
    if line.is_late:
        words = tr("{what} (d’un jour déjà clôturé)").format(what=words)
    day, amount = short_day(line.event.day), money(line.event.amount)
    return [str(line.number), day, line.reference, words, amount]


def _closings(session: Session, kind: ClosingKind, period: Period) -> list[Flowable]:
    """List the shorter closings that a month or a year is made of."""
    part = _PARTS.get(kind)
    if part is None:
        return []
    query = select(PeriodClosing).where(
        PeriodClosing.kind == part,
        PeriodClosing.first >= period.first,
        PeriodClosing.first < period.end,
    )
    closings = list(session.scalars(query.order_by(PeriodClosing.number)))
    if not closings:
        return []
    columns = [
        Column(tr("N°"), 0.6, Align.RIGHT),
        Column(tr("Clôture de"), 2.4),
        Column(tr("Opérations"), 1, Align.RIGHT),
        Column(tr("Total"), 1.3, Align.RIGHT),
        Column(tr("Total perpétuel"), 1.5, Align.RIGHT),
        Column(tr("En caisse"), 1.3, Align.RIGHT),
    ]
    rows: list[Row] = [
        [
            str(closing.number),
            in_words(Period(closing.first, closing.end)),
            str(closing.count),
            money(closing.total),
            money(closing.perpetual_total),
            money(closing.cash),
        ]
        for closing in closings
    ]
    title = tr("Clôtures des jours") if part is ClosingKind.DAY else tr("Clôtures des mois")
    return [heading(title), ruled_table(columns, rows, size=9.5)]


def _foot(totals: Totals) -> list[Flowable]:
    if totals.closing is None:
        return []
    return [
        Spacer(0, 8),
        small(tr("Empreinte SHA-256 de cette clôture : {hash}").format(hash=totals.hash)),
        small(
            tr(
                "La même empreinte se trouve dans l’archive de caisse. Le total perpétuel ne "
                "revient jamais à zéro ; une correction s’ajoute, elle n’efface rien."
            )
        ),
        FormRow([
            Field(tr("Clôturé par (visa)"), "", 1, 2),
            Field(tr("Vu par la trésorerie (visa)"), "", 1, 2),
        ]),
    ]
