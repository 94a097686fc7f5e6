"""Recall file: a lot from its delivery to the diners, and what was done with the rest.

Diners are counted, never named. The paper is what an inspector or a supplier asks for within
the hour; it also keeps what the public notice said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.posters import write_nothing
from cantine_desktop.documents.styles import Align, box, heading, paragraph, small, title
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.i18n import hour, long_day, mark, number, short_day, tr, trn
from cantine_desktop.meals.consumption.drills import Account, account_of
from cantine_desktop.meals.consumption.tracing import Origin, Trace, trace_lots
from cantine_desktop.supply.recalls.model import RecallNotice
from cantine_desktop.supply.recalls.queries import touched_lots
from cantine_desktop.supply.stock.model import Lot, LotEvent, LotEventKind, MoveKind
from cantine_desktop.supply.stock.quantities import quantity_words
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP

OUT = {
    MoveKind.LOST: mark("jeté"),
    MoveKind.GIVEN_AWAY: mark("donné"),
    MoveKind.RETURNED: mark("rendu au fournisseur"),
    MoveKind.COUNTED: mark("manquait à l’inventaire"),
}

EVENTS = {
    LotEventKind.BLOCKED: mark("mis de côté"),
    LotEventKind.RELEASED: mark("rendu à l’usage"),
    LotEventKind.CORRECTED: mark("étiquette corrigée"),
}


@dataclass(frozen=True)
class _Case:
    """Some lots to follow, and the notice that asks for it, if one does."""

    notice: RecallNotice | None
    lots: Sequence[int]


def write_recall_files(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write a file for every notice published in a period that touches a lot.

    Args:
        session: Where to read.
        period: Days the notices were published.
        now: Present instant, aware.
        target: Receives the PDF.
    """
    query = (
        select(RecallNotice)
        .where(RecallNotice.published_on >= period.first, RecallNotice.published_on < period.end)
        .order_by(RecallNotice.published_on, RecallNotice.id)
    )
    cases = [_Case(each, touched_lots(session, each.id)) for each in session.scalars(query)]
    _write(session, [case for case in cases if case.lots], in_words(period), now, target)


def write_notice_file(key: int) -> partial[None]:
    """Return what writes the file of one notice."""
    return partial(_one_notice, key)


def write_lot_file(key: int) -> partial[None]:
    """Return what writes the file of one lot, recalled by its supplier or looked for in a drill."""
    return partial(_one_lot, key)


def _one_notice(
    key: int, session: Session, _period: Period, now: datetime, target: IO[bytes]
) -> None:
    notice = session.get_one(RecallNotice, key)
    case = _Case(notice, touched_lots(session, key))
    _write(session, [case] if case.lots else [], "", now, target)


def _one_lot(key: int, session: Session, _period: Period, now: datetime, target: IO[bytes]) -> None:
    _write(session, [_Case(None, [key])], "", now, target)


def _write(
    session: Session, cases: Sequence[_Case], period: str, now: datetime, target: IO[bytes]
) -> None:
    canteen, name = canteen_name(session), tr("Dossier de rappel")
    if not cases:
        words = tr("Aucun lot n’est visé par un rappel.")
        write_nothing(target, canteen, name, words, now)
        return
    story: list[Flowable] = []
    for case in cases:
        story += [PageBreak()] if story else []
        story += _case(session, case)
    write_document(target, PageFrame(canteen, name, period, now), story)


def _case(session: Session, case: _Case) -> list[Flowable]:
    trace = trace_lots(session, case.lots)
    story: list[Flowable] = _notice(case.notice) if case.notice is not None else []
    story += [_summary(trace), Spacer(0, 4 * mm)]
    for origin in trace.origins:
        story += _lot(session, origin)
    story += [heading(tr("Où il a été servi")), _plates(trace), Spacer(0, 3 * mm)]
    story += [
        small(
            tr(
                "Convives comptés à la clôture de chaque service ; personne n’est nommé. Les "
                "quantités sont celles des sorties de stock, épluchures comprises."
            )
        ),
        Spacer(0, 6 * mm),
        FormRow([Field(tr("Vérifié par"), ""), Field(tr("Le"), ""), Field(tr("Signature"), "")]),
    ]
    return story


def _notice(notice: RecallNotice) -> list[Flowable]:
    said = [
        tr("Publié le {day}").format(day=long_day(notice.published_on)),
        *(
            f"{label}{NBSP}: {words}"
            for label, words in (
                (tr("Marque"), notice.brand),
                (tr("Lots et dates"), notice.lots),
                (tr("Motif"), notice.reason),
                (tr("Risque"), notice.risk),
                (tr("Que faire"), notice.advice),
            )
            if words
        ),
    ]
    head = tr("Avis de rappel n° {sheet}").format(sheet=notice.sheet)
    return [title(notice.product), box(head, said, bullets=False), Spacer(0, 4 * mm)]


def _summary(trace: Trace) -> Flowable:
    lots = trn("{n} lot", "{n} lots", len(trace.origins))
    services = trn("servi à {n} service", "servi à {n} services", trace.services)
    diners = trn("{n} convive", "{n} convives", trace.diners)
    words = tr("{lots}, {services}, {diners}.").format(lots=lots, services=services, diners=diners)
    if any(plate.diners is None for plate in trace.plates):
        words += " " + tr("Un service au moins n’est pas clôturé : ses convives manquent.")
    return paragraph(words)


def _lot(session: Session, origin: Origin) -> list[Flowable]:
    trace = trace_lots(session, [origin.lot_id])
    account = account_of(session, origin.lot_id, trace)
    supplier = ", ".join(filter(None, (origin.supplier, origin.delivery)))
    until = "…" if origin.use_by is None else short_day(origin.use_by)
    story: list[Flowable] = [
        heading(tr("{product}, lot {lot}").format(product=origin.product, lot=origin.code)),
        FormRow([
            Field(tr("Reçu le"), long_day(origin.received_on)),
            Field(tr("De"), supplier or (tr("un don") if origin.is_gift else "…")),
            Field(tr("DLC"), until),
        ]),
        Spacer(0, 2 * mm),
        _account(origin, account, trace),
    ]
    told = _events(session, origin.lot_id)
    if told:
        story += [Spacer(0, 2 * mm), box(tr("Ce qui a été décidé"), told, bullets=False)]
    return [*story, Spacer(0, 4 * mm)]


def _account(origin: Origin, account: Account, trace: Trace) -> Flowable:
    words = partial(quantity_words, origin.dimension)
    percent = account.share * 100
    places = 0 if percent == percent.to_integral_value() else 1
    rows: list[Row] = [
        [tr("entré"), words(account.came)],
        [tr("servi"), words(account.used)],
        *([tr(OUT.get(kind, kind.value)), words(each)] for kind, each in trace.out.items()),
        [tr("encore là"), words(account.left)],
        Total([tr("retrouvé"), f"{number(percent, places)}{NBSP}%"]),
    ]
    columns = [Column(tr("Ce qu’il est devenu"), 3), Column(tr("Quantité"), 1.4, Align.RIGHT)]
    return ruled_table(columns, rows, 9)


def _events(session: Session, lot_id: int) -> list[str]:
    lot = session.get_one(Lot, lot_id)
    return [_event(each) for each in lot.events if each.kind in EVENTS]


def _event(event: LotEvent) -> str:
    words = f"{short_day(civil_date(event.at))}, {hour(event.at)}{NBSP}: {tr(EVENTS[event.kind])}"
    return ", ".join(filter(None, (words, event.reason, event.by)))


def _plates(trace: Trace) -> Flowable:
    if not trace.plates:
        return paragraph(tr("Nulle part : rien n’en a été sorti pour un service."))
    dimension = {origin.lot_id: origin.dimension for origin in trace.origins}
    code = {origin.lot_id: origin.code for origin in trace.origins}
    columns = [
        Column(tr("Jour"), 1.2),
        Column(tr("Service"), 1.6),
        Column(tr("Plat"), 2.6),
        Column(tr("Lot"), 1.3),
        Column(tr("Quantité"), 1.1, Align.RIGHT),
        Column(tr("Convives"), 0.9, Align.RIGHT),
    ]
    rows: list[Row] = [
        [
            short_day(plate.day),
            plate.service,
            plate.dish or tr("sans plat dit"),
            code[plate.lot_id],
            quantity_words(dimension[plate.lot_id], plate.quantity),
            "…" if plate.diners is None else str(plate.diners),
        ]
        for plate in trace.plates
    ]
    return ruled_table(columns, rows, 9)
