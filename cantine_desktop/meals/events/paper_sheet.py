"""Quotes, invoices and credit notes as PDF: always from what was frozen when they were issued.

Factur-X is not written: these customers are not asked to receive it from an association outside
VAT; the paper carries what the law has an invoice say.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, NamedTuple

from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import Align, heading, paragraph, small, title
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.finance.pieces.identifiers import grouped, is_iban
from cantine_desktop.finance.pieces.qr_block import PaymentBlock, payment_square
from cantine_desktop.i18n import long_day, money, number, short_day, tr, trn
from cantine_desktop.meals.events.content import Content, thawed
from cantine_desktop.meals.events.issuing import Issue
from cantine_desktop.meals.events.model import PAPERS, EventPaper, PaperKind
from cantine_desktop.meals.events.paper_parts import Parties
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


class _Paper(NamedTuple):
    """A paper to print; ``number`` is empty while it is only a draft."""

    content: Content
    number: str
    day: date
    until: date | None

    @property
    def kind(self) -> PaperKind:
        return PaperKind(self.content.kind)

    @property
    def name(self) -> str:
        """« Facture F2026-002 », or « Facture (projet) »."""
        words = tr(PAPERS[self.kind])
        return (
            f"{words} {self.number}" if self.number else tr("{paper} (projet)").format(paper=words)
        )


def write_paper(session: Session, key: int, now: datetime, target: IO[bytes]) -> None:
    """Write a paper that was issued.

    Args:
        session: A session that reads.
        key: Key of the paper.
        now: The present instant.
        target: Where the PDF goes.
    """
    _write(_issued(session.get_one(EventPaper, key)), now, target)


def write_draft(draft: Issue, now: datetime, target: IO[bytes]) -> None:
    """Write a paper as it would be issued, without its number."""
    _write(_Paper(draft.content, "", draft.day, draft.until), now, target)


def write_papers(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write every paper issued in a period, each on its own page."""
    papers = session.scalars(
        select(EventPaper)
        .where(EventPaper.day >= period.first, EventPaper.day < period.end)
        .order_by(EventPaper.day, EventPaper.id)
    )
    story: list[Flowable] = []
    for paper in map(_issued, papers):
        if story:
            story.append(PageBreak())
        story += [title(paper.name), paragraph(long_day(paper.day)), *_story(paper)]
    if not story:
        story.append(paragraph(tr("Aucun devis ni aucune facture dans cette période.")))
    frame = PageFrame(canteen_name(session), tr("Devis, factures et avoirs"), in_words(period), now)
    write_document(target, frame, story)


def _issued(paper: EventPaper) -> _Paper:
    return _Paper(
        thawed(paper.content), paper.number, paper.day, paper.valid_until or paper.due_day
    )


def _write(paper: _Paper, now: datetime, target: IO[bytes]) -> None:
    frame = PageFrame(
        paper.content.seller.name,
        paper.name,
        long_day(paper.day),
        now,
        paper.number,
        _legal(paper.content),
    )
    write_document(target, frame, _story(paper))


def _legal(content: Content) -> str:
    seller = content.seller
    parts = [seller.name]
    if seller.siren:
        parts.append(tr("SIREN {siren}").format(siren=_siren(seller.siren)))
    if seller.rna:
        parts.append(tr("association n° {rna}").format(rna=seller.rna))
    return " · ".join(filter(None, parts))


def _siren(digits: str) -> str:
    return " ".join(digits[at : at + 3] for at in range(0, len(digits), 3))


def _story(paper: _Paper) -> list[Flowable]:
    content = paper.content
    return [
        Parties(_ours(content), _theirs(content)),
        *_about(paper),
        _lines(paper),
        Spacer(0, 10),
        *_terms(paper),
        *(small(words) for words in content.mentions),
    ]


def _ours(content: Content) -> list[str]:
    seller = content.seller
    lines = [seller.name, *seller.address.splitlines()]
    if seller.siren:
        lines.append(tr("SIREN {siren}").format(siren=_siren(seller.siren)))
    if seller.rna:
        lines.append(tr("Association n° {rna}").format(rna=seller.rna))
    return lines


def _theirs(content: Content) -> list[str]:
    lines = content.customer.splitlines()
    if content.siren:
        lines.append(tr("SIREN {siren}").format(siren=_siren(content.siren)))
    return lines


def _about(paper: _Paper) -> list[Flowable]:
    content = paper.content
    people = trn("{n} personne", "{n} personnes", content.people)
    when = tr("Le {day}, {people}").format(day=long_day(content.event_day), people=people)
    story: list[Flowable] = [heading(content.title), paragraph(when)]
    if paper.kind is PaperKind.CREDIT_NOTE:
        words = tr("Annule la facture {number} : {reason}").format(
            number=content.corrects, reason=content.reason
        )
        story.append(paragraph(words))
    elif content.corrects:
        story.append(paragraph(tr("Remplace le devis {number}.").format(number=content.corrects)))
    return story


def _lines(paper: _Paper) -> Flowable:
    content = paper.content
    columns = [
        Column(tr("Désignation"), 5),
        Column(tr("Quantité"), 1.2, Align.RIGHT),
        Column(tr("Prix unitaire"), 1.5, Align.RIGHT),
        Column(tr("Montant"), 1.5, Align.RIGHT),
    ]
    rows: list[Row] = [
        (
            line.label,
            number(Decimal(line.quantity)),
            money(Money(line.unit)),
            money(Money(line.amount)),
        )
        for line in content.lines
    ]
    rows.append(Total((tr("Total net de TVA"), "", "", money(Money(content.total)))))
    rows += [
        (
            tr("Acompte facturé le {day}, {number}").format(
                day=short_day(each.day), number=each.number
            ),
            "",
            "",
            money(Money(-each.amount)),
        )
        for each in content.deducted
    ]
    if content.deducted:
        rows.append(Total((tr("Reste à payer"), "", "", money(Money(content.due)))))
    return ruled_table(columns, rows, 10.5)


def _terms(paper: _Paper) -> list[Flowable]:
    if paper.kind is PaperKind.QUOTE:
        return _agreement(paper)
    if paper.kind is PaperKind.CREDIT_NOTE:
        words = tr(
            "Cet avoir se déduit de la facture {invoice}, ou vous est remboursé si elle est payée."
        )
        return [paragraph(words.format(invoice=paper.content.corrects))]
    if paper.content.due <= 0:
        return [paragraph(tr("Rien ne reste à payer. Merci !"))]
    return [_payment(paper)]


def _agreement(paper: _Paper) -> list[Flowable]:
    content = paper.content
    until = short_day(paper.until) if paper.until else "–"
    words = [tr("Devis valable jusqu’au {day}.").format(day=until)]
    if content.deposit:
        words.append(
            tr(
                "À l’accord, un acompte de {deposit} ({rate} %) vous sera facturé ; le reste "
                "après l’événement."
            ).format(deposit=money(Money(content.deposit)), rate=content.rate)
        )
    return [
        paragraph(" ".join(words)),
        FormRow([
            Field(tr("Bon pour accord, le"), "", 1, 2),
            Field(tr("Nom et qualité"), "", 1.3, 2),
            Field(tr("Signature"), "", 1.5, 2),
        ]),
        Spacer(0, 8),
    ]


def _payment(paper: _Paper) -> Flowable:
    content, due = paper.content, Money(paper.content.due)
    until = short_day(paper.until) if paper.until else "–"
    head = tr("À payer : {amount}, pour le {day}").format(amount=money(due), day=until)
    seller = content.seller
    facts: list[tuple[str, str]] = [(tr("À l’ordre de"), seller.name)]
    square: Sequence[Sequence[bool]] = []
    if seller.iban:
        facts.append((tr("IBAN"), grouped(seller.iban)))
        if seller.bic:
            facts.append((tr("BIC"), seller.bic))
        if is_iban(seller.iban) and paper.number:
            square = payment_square(seller.name, seller.iban, due, paper.number)
    else:
        facts.append((tr("Moyens"), tr("chèque, carte ou espèces, à la cantine")))
    facts.append((tr("À rappeler"), paper.number or tr("le numéro de la facture")))
    return PaymentBlock(head, facts, square)
