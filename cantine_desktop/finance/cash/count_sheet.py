"""The sheet of a count of the till, to fill by hand or as it was filled (D19)."""

from collections.abc import Mapping
from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import Align, paragraph, small
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.finance.cash.counting import for_bank, left_of
from cantine_desktop.finance.cash.denominations import DENOMINATIONS, NOTES, ROLLS
from cantine_desktop.finance.cash.model import REASONS, CashCount, CountLine, Reason
from cantine_desktop.i18n import long_day, money, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

LETTER = "FC"
"""Of the ids of its sheets: ``FC-2026-10-06``."""

_PROPOSED = (
    Reason.FORGOTTEN_ENVELOPE,
    Reason.WRONG_CHANGE,
    Reason.WRONG_MEANS,
    Reason.NOT_WRITTEN,
    Reason.WRITTEN_TWICE,
    Reason.MISCOUNTED,
)


def write_count_sheet(
    session: Session, period: Period, now: datetime, target: IO[bytes], *, blank: bool
) -> None:
    """Write the counts of the till of a day, one a page; or one sheet to fill by hand.

    Args:
        session: Where to read.
        period: Its first day is the one written; of a longer period, all its counts.
        now: The present instant.
        target: Where the PDF goes.
        blank: Nothing typed is shown.
    """
    counts = [] if blank else _counts(session, period)
    story: list[Flowable] = []
    for row in counts:
        story += [*_sheet(session, row), PageBreak()]
    if blank:
        story = _sheet(session, None)
    elif not counts:
        story = [paragraph(tr("La caisse n’a pas été comptée dans cette période."))]
    day = Period(period.first, period.first + DAY)
    frame = PageFrame(
        canteen_name(session),
        tr("Feuille de caisse"),
        _when(period),
        now,
        sheet_id=sheet_id(LETTER, day, Cadence.DAY),
        footer=tr("Comptée à deux quand c’est possible. À conserver avec la caisse, six ans."),
    )
    write_document(target, frame, story)


def _when(period: Period) -> str:
    if period.last == period.first:
        return long_day(period.first)
    return tr("du {first} au {last}").format(
        first=long_day(period.first), last=long_day(period.last)
    )


def _counts(session: Session, period: Period) -> list[CashCount]:
    query = select(CashCount).where(CashCount.day >= period.first, CashCount.day < period.end)
    return list(session.scalars(query.order_by(CashCount.day, CashCount.id)))


def _sheet(session: Session, row: CashCount | None) -> list[Flowable]:
    return [
        FormRow([
            Field(tr("Feuille n°"), row.reference if row else "", 1),
            Field(tr("Jour"), long_day(row.day) if row else "", 1.6),
            Field(tr("Service"), row.service if row else "", 1.4),
            Field(tr("Sac ou enveloppe n°"), row.bag if row else "", 1),
        ]),
        Spacer(0, 8),
        _pieces(row),
        Spacer(0, 8),
        *_sums(row),
        *_difference(session, row),
        FormRow([
            Field(tr("Compté par (visa)"), row.counted_by if row else "", 1, 2),
            Field(tr("Recompté par (visa)"), row.checked_by if row else "", 1, 2),
            Field(tr("Remis à la banque le"), "", 1, 2),
        ]),
        *_hints(row),
    ]


def _hints(row: CashCount | None) -> list[Flowable]:
    if row is not None:
        return []
    return [
        Spacer(0, 6),
        small(
            tr(
                "Rouleaux : 2 € et 1 € par 25 pièces ; 0,50 à 0,10 € par 40 ; 0,05 à 0,01 € "
                "par 50. "
                "« Attendu » est le solde du livre de caisse. Un écart de plus de 1 € s’explique."
            )
        ),
    ]


def _pieces(row: CashCount | None) -> Flowable:
    right = Align.RIGHT
    columns = [
        Column(tr("Billet ou pièce"), 1.5, right),
        Column(tr("Nombre"), 1.2, right),
        Column(tr("Rouleaux"), 1.2, right),
        Column(tr("Montant"), 1.6, right),
        Column(tr("Dont pour la banque"), 1.6, right),
    ]
    lines = {line.denomination: line for line in row.lines} if row else {}
    rows: list[Row] = [_piece(value, lines, blank=row is None) for value in DENOMINATIONS]
    if row is not None:
        rows.append(Total([tr("Total compté"), "", "", money(row.counted), money(for_bank(row))]))
    else:
        rows.append(Total([tr("Total compté"), "", "", "", ""]))
    return ruled_table(columns, rows, size=12 if row is None else 10.5)


def _piece(value: Money, lines: Mapping[Money, CountLine], *, blank: bool) -> list[str]:
    line = lines.get(value)
    if blank:
        return [money(value), "", "" if value in ROLLS else "—", "", ""]
    if line is None:
        return [money(value), "0", "" if value in NOTES else "0", "", ""]
    number = line.quantity + line.rolls * ROLLS.get(value, 0)
    return [
        money(value),
        str(line.quantity),
        str(line.rolls) if value in ROLLS else "",
        money(Money(value.cents * number)),
        str(line.for_bank) if line.for_bank else "",
    ]


def _sums(row: CashCount | None) -> list[Flowable]:
    """Return the sum of the count, split into what stays and what leaves, and the difference."""
    stays = Money(row.counted.cents - for_bank(row).cents) if row else None
    return [
        FormRow([
            Field(tr("Compté"), money(row.counted) if row else ""),
            Field(tr("Attendu (livre de caisse)"), money(row.expected) if row else "", 1.3),
            Field(tr("Écart = compté − attendu"), _signed(row.difference) if row else "", 1.3),
        ]),
        FormRow([
            Field(tr("Fond de caisse voulu"), money(row.float_amount) if row else ""),
            Field(tr("Reste dans la caisse"), money(stays) if stays is not None else "", 1.3),
            Field(tr("Part à la banque"), money(for_bank(row)) if row else "", 1.3),
        ]),
        *_aside(row),
    ]


def _aside(row: CashCount | None) -> list[Flowable]:
    """Say what of the book was not counted with it, when there is any."""
    if row is None or not row.aside:
        return []
    words = tr("{amount} : un sac ou une enveloppe attend déjà sa remise, non compté ici.")
    return [
        FormRow([Field(tr("Mis de côté pour la banque"), words.format(amount=money(row.aside)))])
    ]


def _difference(session: Session, row: CashCount | None) -> list[Flowable]:
    label = tr("Raison de l’écart")
    if row is None:
        ticks = tuple((tr(REASONS[reason]), False) for reason in _PROPOSED)
        return [FormRow([Field(label, "", 1, 2, ticks)])]
    if not row.difference:
        return []
    words = tr(REASONS[row.reason]) if row.reason else tr("Toléré : un euro au plus")
    left = left_of(session, row)
    if row.note:
        words = f"{words} · {row.note}"
    if left != row.difference:
        words += "\n" + (
            tr("Expliqué depuis : il ne reste rien.")
            if not left
            else tr("Expliqué en partie depuis : il reste {left}.").format(left=_signed(left))
        )
    return [FormRow([Field(label, words, 1, 2)])]


def _signed(amount: Money) -> str:
    return f"+{money(amount)}" if amount.cents > 0 else money(amount)
