"""Dates of what is in the fridges and on the shelves (DL), looked at every day."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.food.choices import DATE_KINDS, SORTINGS, DateKind, Sorting
from cantine_desktop.hygiene.food.due import daily, one_each
from cantine_desktop.hygiene.food.model import DatedProduct, ReceivedGoods
from cantine_desktop.hygiene.food.review import Review
from cantine_desktop.hygiene.food.usual import usual
from cantine_desktop.hygiene.food.words import basis_line, known
from cantine_desktop.hygiene.plan.rules import Measured
from cantine_desktop.hygiene.registers.register import Column, Judgement, Kind, Register
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period

FOUND, NONE = Decimal(1), Decimal(0)


def judge_dated(session: Session, dated: DatedProduct) -> Judgement:
    """Judge what was found: a product past its date in store is a breach, even thrown away.

    A past DDM only asks for a decision. What the canteen opened or made without writing
    a date on it is a breach. A round that found nothing to sort is conform.

    Source: R1169, R178, AM09-V2, AM09-IV-DLC.
    """
    review = Review(session, dated.day, dated.product)
    review.require(dated.decision)
    if dated.decision == Sorting.NOTHING and not dated.product:
        review.measure("STO-06", Measured(value=NONE))
        return review.judgement()
    review.require(dated.product, dated.kind)
    past = dated.until is not None and dated.until < dated.day
    if dated.kind == DateKind.BEST_BEFORE:
        review.require(dated.until)
        review.measure("STO-07", Measured(value=FOUND if past else NONE))
    elif dated.kind == DateKind.OPENED and dated.until is None:
        review.measure(
            "STO-08", Measured(value=FOUND), tr("Entamé ou préparé, sans date."), figures=False
        )
    elif dated.kind is not None:
        review.require(dated.until)
        words = _words(dated) if past else ""
        review.measure("STO-06", Measured(value=FOUND if past else NONE), words, figures=False)
    return review.judgement()


def _words(dated: DatedProduct) -> str:
    done = {
        Sorting.USE: tr("Date dépassée, gardé pour être utilisé."),
        Sorting.GIVE: tr("Date dépassée, gardé pour être donné."),
        Sorting.DISCARD: tr("Date dépassée, jeté."),
    }
    return done.get(Sorting(dated.decision), "") if dated.decision else tr("Date dépassée.")


def _legend(session: Session, period: Period) -> Sequence[str]:
    return known(
        tr(
            "Chaque jour, à l’ouverture. Une DLC dépassée se jette ; une DDM dépassée se goûte et "
            "se décide ; un produit entamé sans date se jette. Rien à trier : écrivez-le."
        ),
        basis_line(session, ("STO-06", "STO-07", "STO-08"), period.first),
    )


DAYS = daily("STO-06")
"""Open days, each of which calls for a row."""

USE_BY = Register(
    key="use_by",
    letter="DL",
    title=mark("Contrôle des DLC et des produits entamés"),
    model=DatedProduct,
    columns=(
        Column("day", mark("Date"), Kind.DAY, 1.1),
        Column(
            "product",
            mark("Produit"),
            share=3.4,
            suggest=usual(DatedProduct.product, ReceivedGoods.product),
        ),
        Column("lot", mark("N° de lot"), share=1.5),
        Column("kind", mark("DLC, DDM, entamé"), Kind.CHOICE, 1.4, choices=DATE_KINDS),
        Column("until", mark("Date limite"), Kind.DAY, 1.2),
        Column("quantity", mark("Quantité"), share=1.3),
        Column("decision", mark("Décision"), Kind.CHOICE, 1.5, choices=SORTINGS),
        Column("note", mark("Motif"), share=2.2, suggest=usual(DatedProduct.note)),
        Column("initials", mark("Visa"), Kind.INITIALS, 1),
    ),
    judge=judge_dated,
    points=("STO-06", "STO-07", "STO-08"),
    blank_rows=22,
    expected=one_each(DAYS),
    due_days=DAYS,
    legend=_legend,
    words=mark("périmé date limite DDM entamé tri"),
)
"""The register of dates looked at."""
