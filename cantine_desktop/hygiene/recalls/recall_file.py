"""Recall file: a lot from its delivery to the diners, its sheets, what was done with the rest.

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
from cantine_desktop.hygiene.breach_words import state_name
from cantine_desktop.hygiene.recalls.goods import Line
from cantine_desktop.hygiene.recalls.queries import (
    FoodRow,
    breach_told,
    food_rows,
    lines_of,
    samples_kept,
)
from cantine_desktop.i18n import hour, long_day, mark, number, short_day, tr, trn
from cantine_desktop.meals.consumption.drills import Account, account_of
from cantine_desktop.meals.consumption.tracing import Origin, Trace, trace_lots
from cantine_desktop.supply.recalls.model import RecallNotice, RecallVerdict
from cantine_desktop.supply.recalls.queries import touched_lots
from cantine_desktop.supply.stock.lots import rows_of
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
    """Some lots to follow, and the notice that asks for it, if one does.

    Attributes:
        food: What the sheets of hygiene alone know.
    """

    notice: RecallNotice | None
    lots: Sequence[int]
    food: Sequence[FoodRow] = ()

    @property
    def is_touched(self) -> bool:
        """Whether there is anything to follow."""
        return bool(self.lots or self.food)


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
    cases = [_case_of(session, each) for each in session.scalars(query)]
    _write(session, [case for case in cases if case.is_touched], in_words(period), now, target)


def write_notice_file(key: int) -> partial[None]:
    """Return what writes the file of one notice."""
    return partial(_one_notice, key)


def write_lot_file(key: int) -> partial[None]:
    """Return what writes the file of one lot, recalled by its supplier or looked for in a drill."""
    return partial(_one_lot, key)


def _one_notice(
    key: int, session: Session, _period: Period, now: datetime, target: IO[bytes]
) -> None:
    case = _case_of(session, session.get_one(RecallNotice, key))
    _write(session, [case] if case.is_touched else [], "", now, target)


def _case_of(session: Session, notice: RecallNotice) -> _Case:
    """Return what a notice touches: what somebody said, or else what is to look at."""
    food = food_rows(session, notice.id)
    said = [each for each in food if each.verdict is RecallVerdict.TOUCHED]
    waiting = [each for each in food if each.verdict is RecallVerdict.TO_LOOK_AT]
    return _Case(notice, touched_lots(session, notice.id), said or waiting)


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
        story += _case(session, case, now)
    write_document(target, PageFrame(canteen, name, period, now), story)


def _case(session: Session, case: _Case, now: datetime) -> list[Flowable]:
    trace = trace_lots(session, case.lots)
    story: list[Flowable] = _notice(case.notice) if case.notice is not None else []
    story += [_summary(trace), *_breach(session, case.notice), Spacer(0, 4 * mm)]
    sheets = lines_of(session, case.lots)
    for origin in trace.origins:
        story += _lot(session, origin, sheets[origin.lot_id], now)
    if case.food:
        story += [heading(tr("Sur les fiches d’hygiène seulement")), _food(case.food)]
        story += [Spacer(0, 4 * mm)]
    story += [heading(tr("Où il a été servi")), _plates(trace), Spacer(0, 3 * mm)]
    story += _samples(session, trace)
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


def _breach(session: Session, notice: RecallNotice | None) -> list[Flowable]:
    told = None if notice is None else breach_told(session, notice.id)
    if told is None:
        return []
    words = tr("Non-conformité {number} : {state}.").format(
        number=told.number, state=state_name(told.state)
    )
    return [paragraph(words)]


def _food(food: Sequence[FoodRow]) -> Flowable:
    columns = [
        Column(tr("Produit"), 2.4),
        Column(tr("Lot"), 1.4),
        Column(tr("Quantité"), 1.2),
        Column(tr("Ce qui le désigne"), 2.4),
        Column(tr("État"), 1.6),
    ]
    rows: list[Row] = [
        [each.product, each.lot or "…", each.quantity or "…", each.why, food_state(each)]
        for each in food
    ]
    return ruled_table(columns, rows, 9)


def food_state(row: FoodRow) -> str:
    """Return what was decided of food that the sheets alone know, in words."""
    if row.is_decided:
        return tr("décidé dans la non-conformité")
    if row.is_blocked:
        return tr("mis de côté")
    is_free = row.verdict is RecallVerdict.NOT_TOUCHED
    return tr("rendu à l’usage") if is_free else tr("à regarder")


def _samples(session: Session, trace: Trace) -> list[Flowable]:
    kept = samples_kept(session, {(plate.day, plate.dish) for plate in trace.plates})
    if not kept:
        return []
    told = [
        ", ".join(filter(None, (short_day(each.day), each.dish, each.number, each.place)))
        for each in kept
    ]
    return [
        box(tr("Plats témoins encore gardés : ne les jetez pas"), told),
        Spacer(0, 3 * mm),
    ]


def _lot(session: Session, origin: Origin, lines: Sequence[Line], now: datetime) -> list[Flowable]:
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
        *_presumed(session, origin.lot_id, now),
    ]
    told = _events(session, origin.lot_id)
    if told:
        story += [Spacer(0, 2 * mm), box(tr("Ce qui a été décidé"), told, bullets=False)]
    if lines:
        told = [
            ", ".join(filter(None, (short_day(each.day), each.sheet, each.product, each.quantity)))
            for each in lines
        ]
        story += [Spacer(0, 2 * mm), box(tr("Sur les fiches d’hygiène"), told)]
    return [*story, Spacer(0, 4 * mm)]


def _presumed(session: Session, lot_id: int, now: datetime) -> list[Flowable]:
    """Say that what is left on paper is taken to be eaten, where nobody follows the product."""
    [row] = rows_of(session, [session.get_one(Lot, lot_id)])
    if row.lasts_until is None or not row.is_over(civil_date(now)):
        return []
    words = tr("Non suivi en stock : ce qui reste est tenu pour mangé depuis le {day}.")
    return [small(words.format(day=short_day(row.lasts_until)))]


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
