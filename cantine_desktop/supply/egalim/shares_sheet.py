"""« Parts de qualité »: what counts for the law and for the network, with what proves it."""

from datetime import datetime
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.posters import write_nothing
from cantine_desktop.documents.styles import Align, heading, paragraph, small
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.i18n import money, short_day, tr
from cantine_desktop.supply.articles.listing import label_names
from cantine_desktop.supply.egalim.purchases_file import bought_lines
from cantine_desktop.supply.egalim.shares import (
    WORDS,
    Share,
    Shares,
    hundredths,
    share_of,
    shares,
)
from cantine_desktop.supply.egalim.targets import Target, targets
from cantine_desktop.supply.egalim.thresholds import Thresholds, thresholds_here
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP


def write_shares(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the shares of a period, then every purchase that counts, as a list of proofs.

    Args:
        session: Where to read.
        period: Days of the deliveries.
        now: Present instant, aware.
        target: Receives the PDF.
    """
    found, asked = shares(session, period), thresholds_here(session, period)
    name = tr("Parts de qualité des achats")
    if not found.total:
        words = tr("Aucune réception close avec un prix pour {period}.").format(
            period=in_words(period)
        )
        write_nothing(target, canteen_name(session), name, words, now)
        return
    story: list[Flowable] = [
        paragraph(
            tr(
                "Achats reçus, hors taxes, chacun compté une fois : bio d’abord, puis signes de "
                "qualité, puis autres. Les dons ne comptent pas."
            )
        ),
        Spacer(0, 3 * mm),
        _by_share(found),
        Spacer(0, 4 * mm),
        _targets(found, asked),
        small(asked.sentence),
        heading(tr("Ce qui le prouve")),
        _proofs(session, period),
        small(tr("Les certificats sont dans les papiers des fournisseurs.")),
    ]
    frame = PageFrame(canteen_name(session), name, in_words(period), now)
    write_document(target, frame, story)


def _by_share(found: Shares) -> Flowable:
    rows: list[Row] = [
        [
            tr(words),
            money(found.by_share.get(share, Money(0))),
            _part(found.by_share.get(share), found),
        ]
        for share, words in WORDS.items()
    ]
    rows.append(Total([tr("Total"), money(found.total), ""]))
    columns = [
        Column(tr("Part"), 3),
        Column(tr("Montant HT"), 1, Align.RIGHT),
        Column(tr("%"), 0.6, Align.RIGHT),
    ]
    return ruled_table(columns, rows, 10)


def _targets(found: Shares, asked: Thresholds) -> Flowable:
    rows: list[Row] = [_target(each) for each in targets(found, asked)]
    columns = [
        Column(tr("Règle"), 3),
        Column(tr("Atteint"), 1, Align.RIGHT),
        Column(tr("Demandé"), 1, Align.RIGHT),
        Column(tr("Alors"), 1.4),
    ]
    return ruled_table(columns, rows, 10)


def _target(each: Target) -> list[str]:
    reached, asked = each.reached, f"{each.asked}{NBSP}%"
    if reached is None:
        return [tr(each.words), "", asked, tr("rien d’acheté")]
    verdict = tr("atteint") if reached >= each.asked else tr("pas encore")
    return [tr(each.words), f"{reached}{NBSP}%", asked, verdict]


def _proofs(session: Session, period: Period) -> Flowable:
    rows: list[Row] = []
    for delivery, line, amount in bought_lines(session, period):
        share = share_of(line.labels)
        if share is Share.NONE:
            continue
        labels = label_names(line.labels)
        supplier = session.get_one(Supplier, delivery.supplier_id).name
        day = short_day(delivery.day)
        rows.append([day, delivery.number, supplier, line.name, labels, money(amount)])
    columns = [
        Column(tr("Reçu le"), 1.1),
        Column(tr("Réception"), 1.4),
        Column(tr("Fournisseur"), 2),
        Column(tr("Produit"), 2),
        Column(tr("Label"), 1.3),
        Column(tr("Montant HT"), 1, Align.RIGHT),
    ]
    return ruled_table(columns, rows, 8)


def _part(part: Money | None, found: Shares) -> str:
    reached = hundredths(part or Money(0), found.total)
    return "" if reached is None else f"{reached}{NBSP}%"
