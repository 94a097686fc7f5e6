"""What goes to the bank, on paper: slips of cheques and deposits of cash (D19)."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import Align, box, paragraph
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.finance.cash.denominations import DENOMINATIONS
from cantine_desktop.finance.cash.model import CashDeposit, ChequeSlip
from cantine_desktop.i18n import long_day, money, tr, trn
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def write_cheque_slips(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the slips of cheques of a period, one a page.

    Args:
        session: Where to read.
        period: Days of the slips.
        now: The present instant.
        target: Where the PDF goes.
    """
    query = select(ChequeSlip).where(ChequeSlip.day >= period.first, ChequeSlip.day < period.end)
    slips = list(session.scalars(query.order_by(ChequeSlip.day, ChequeSlip.id)))
    cancelled = {slip.cancels_id for slip in slips if slip.cancels_id is not None}
    parts = [
        _slip(slip, is_cancelled=slip.id in cancelled) for slip in slips if slip.cancels_id is None
    ]
    empty = tr("Aucun chèque n’a été remis dans cette période.")
    _write(session, period, now, target, tr("Bordereau de remise de chèques"), _paged(parts, empty))


def write_cash_deposits(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the deposits of cash of a period, one a page.

    Args:
        session: Where to read.
        period: Days of the deposits.
        now: The present instant.
        target: Where the PDF goes.
    """
    query = select(CashDeposit).where(CashDeposit.day >= period.first, CashDeposit.day < period.end)
    deposits = list(session.scalars(query.order_by(CashDeposit.day, CashDeposit.id)))
    cancelled = {each.cancels_id for each in deposits if each.cancels_id is not None}
    parts = [
        _deposit(each, is_cancelled=each.id in cancelled)
        for each in deposits
        if each.cancels_id is None
    ]
    empty = tr("Aucune espèce n’a été remise dans cette période.")
    _write(session, period, now, target, tr("Remise d’espèces"), _paged(parts, empty))


def _paged(parts: Sequence[list[Flowable]], empty: str) -> list[Flowable]:
    if not parts:
        return [paragraph(empty)]
    story: list[Flowable] = []
    for part in parts:
        story += [*part, PageBreak()]
    return story[:-1]


def _write(
    session: Session,
    period: Period,
    now: datetime,
    target: IO[bytes],
    title: str,
    story: list[Flowable],
) -> None:
    frame = PageFrame(
        canteen_name(session),
        title,
        in_words(period),
        now,
        footer=tr("Un exemplaire pour la banque, un autre dans la caisse jusqu’au relevé."),
    )
    write_document(target, frame, story)


def _slip(slip: ChequeSlip, *, is_cancelled: bool) -> list[Flowable]:
    columns = [
        Column(tr("N°"), 0.5, Align.RIGHT),
        Column(tr("Tireur"), 3),
        Column(tr("Banque"), 2),
        Column(tr("Chèque n°"), 1.4),
        Column(tr("Montant"), 1.3, Align.RIGHT),
    ]
    rows: list[Row] = [
        [str(place), cheque.drawer, cheque.bank, cheque.number, money(cheque.amount)]
        for place, cheque in enumerate(slip.cheques, 1)
    ]
    number = trn("{n} chèque", "{n} chèques", len(slip.cheques))
    if not any(cheque.number or cheque.bank for cheque in slip.cheques):
        # Made of takings, that hold several cheques: somebody counts them on the paper.
        number = tr("Nombre de chèques : ……")
    rows.append(Total(["", number, "", tr("Total"), money(slip.total)]))
    return [
        *_cancelled(slip.reference, is_cancelled=is_cancelled),
        FormRow([
            Field(tr("Bordereau n°"), slip.reference, 1),
            Field(tr("Remis le"), long_day(slip.day), 1.5),
            Field(tr("Banque et compte"), slip.bank, 2.4),
        ]),
        Spacer(0, 8),
        ruled_table(columns, rows),
        Spacer(0, 10),
        _signatures(),
    ]


def _deposit(deposit: CashDeposit, *, is_cancelled: bool) -> list[Flowable]:
    columns = [
        Column(tr("Billet ou pièce"), 1.5, Align.RIGHT),
        Column(tr("Nombre"), 1, Align.RIGHT),
        Column(tr("Montant"), 1.5, Align.RIGHT),
        Column("", 2),
    ]
    rows: list[Row] = [
        [
            money(line.denomination),
            str(line.quantity),
            money(Money(line.denomination.cents * line.quantity)),
            "",
        ]
        for line in deposit.lines
    ]
    if not deposit.lines:
        rows = [[money(value), "", "", ""] for value in DENOMINATIONS]
    rows.append(Total([tr("Total"), "", money(deposit.amount), ""]))
    return [
        *_cancelled(deposit.reference, is_cancelled=is_cancelled),
        FormRow([
            Field(tr("Remise n°"), deposit.reference, 1),
            Field(tr("Sortie de caisse le"), long_day(deposit.day), 1.6),
            Field(tr("Sac ou enveloppe n°"), deposit.bag, 1.1),
            Field(tr("Banque"), deposit.bank, 1.6),
        ]),
        Spacer(0, 8),
        ruled_table(columns, rows),
        Spacer(0, 10),
        _signatures(),
    ]


def _cancelled(reference: str, *, is_cancelled: bool) -> list[Flowable]:
    if not is_cancelled:
        return []
    text = tr("{reference} est annulé : ne pas le remettre.").format(reference=reference)
    return [box(tr("Annulé"), [text], bullets=False)]


def _signatures() -> Flowable:
    return FormRow([
        Field(tr("Préparé par (visa)"), "", 1, 2),
        Field(tr("Vérifié par (visa)"), "", 1, 2),
        Field(tr("Cachet ou reçu de la banque"), "", 1.4, 2),
    ])
