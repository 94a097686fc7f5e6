"""Goods looked at when they come in (RE): temperature, dates, state, what was decided."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec
from sqlalchemy.orm import Session, object_session

from cantine_desktop.hygiene.food.choices import (
    DECISIONS,
    SUPPLIES,
    UNCOOLED,
    WARES,
    Decision,
    Supply,
    Ware,
)
from cantine_desktop.hygiene.food.model import ReceivedGoods
from cantine_desktop.hygiene.food.review import Review
from cantine_desktop.hygiene.food.usual import usual
from cantine_desktop.hygiene.food.words import basis_line, known, plain, ware_limits
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.plan.in_force import rule_of
from cantine_desktop.hygiene.plan.rules import Measured, Rule, bounds_of
from cantine_desktop.hygiene.registers.register import Column, Judgement, Kind, Register
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.values.period import Period

POINTS = tuple(f"REC-{rank:02}" for rank in range(1, 15))

HEAT, STATE = mark("Température °C"), mark("C ou NC")

STATE_POINTS = {Ware.PRODUCE: "REC-10", Ware.EGGS: "REC-11", Ware.FROZEN: "REC-05"}
"""The point that the state of a family belongs to; for the others it is the delivery’s."""

HEAT_POINTS = {Ware.MINCED_MEAT: "REC-03", Ware.FRESH_FISH: "REC-04", Ware.FROZEN: "REC-05"}
"""The point that the temperature of a family belongs to; for the others it is REC-02."""


def judge_goods(session: Session, goods: ReceivedGoods) -> Judgement:
    """Judge goods by the family’s limit, their dates, their state and what was decided.

    Above the limit but in the canteen’s own zone, they are tolerated only with a written
    reserve and an action; without them the record is not complete. Goods refused need no
    further measure.

    Source: AM09-I, AM13, R852-IX, R852-VB, R178, R1169.
    """
    subject = ", ".join(filter(None, (goods.product, goods.supplier)))
    review = Review(session, goods.day, subject)
    review.require(goods.product, goods.supplier, goods.ware, goods.decision)
    heat = _judge_heat(review, goods)
    _judge_dates(review, goods)
    _judge_state(review, goods)
    _judge_wait(review, goods)
    if goods.decision == Decision.RESERVE or heat is Verdict.TOLERATED:
        review.require(goods.note)
    if heat is Verdict.TOLERATED and goods.decision == Decision.ACCEPTED:
        review.lacks()
    return review.judgement()


def heat_point(goods: ReceivedGoods) -> str:
    """Return the control point that judges the temperature of goods."""
    if goods.came == Supply.DONATED:
        return "REC-12"
    return "REC-02" if goods.ware is None else HEAT_POINTS.get(Ware(goods.ware), "REC-02")


def limit_words(goods: ReceivedGoods) -> str:
    """Write the limit of goods by the plan of their day; empty when there is none."""
    session = object_session(goods)
    if session is None or goods.ware is None or goods.ware in UNCOOLED:
        return ""
    rule = _heat_rule(session, goods)
    bounds = bounds_of(rule, _heat(goods))
    if bounds is None:
        return ""
    if bounds.most is None:
        return "" if bounds.least is None else f"≥ {plain(bounds.least)}"
    return plain(bounds.most)


def _heat(goods: ReceivedGoods) -> Measured:
    family = Ware(goods.ware).value if goods.ware else ""
    return Measured(value=goods.celsius, family=family, label_max=goods.label_celsius)


def _heat_rule(session: Session, goods: ReceivedGoods) -> Rule:
    """Return the rule of the family; a lower label wins over the point of its own."""
    rule, label = rule_of(session, heat_point(goods), goods.day), goods.label_celsius
    if rule.most is not None and label is not None and label < rule.most:
        return msgspec.structs.replace(rule, most=label)
    return rule


def _judge_heat(review: Review, goods: ReceivedGoods) -> Verdict | None:
    spared = goods.ware in UNCOOLED or goods.decision == Decision.REFUSED
    if goods.ware in {None, Ware.PRODUCE} or (goods.celsius is None and spared):
        return None
    rule = _heat_rule(review.session, goods)
    return review.measure(heat_point(goods), _heat(goods), _decided(goods), rule)


def _judge_dates(review: Review, goods: ReceivedGoods) -> None:
    """Refuse a DLC that is past; a DDM may be past for a gift found sound.

    Source: R1169.
    """
    if goods.use_by is not None:
        left = (goods.use_by - goods.day).days
        past = trn("DLC dépassée de {n} jour.", "DLC dépassée de {n} jours.", -left)
        words = " ".join(filter(None, (past, _decided(goods))))
        review.measure("REC-07", Measured(value=Decimal(left)), words, figures=False)
    if goods.best_before is not None and goods.best_before < goods.day:
        given = goods.came == Supply.DONATED and goods.sound is True
        review.check("REC-07", tr("DDM dépassée."), answer=given)


def _judge_state(review: Review, goods: ReceivedGoods) -> None:
    refused = goods.decision == Decision.REFUSED
    state = "REC-01" if goods.ware is None else STATE_POINTS.get(Ware(goods.ware), "REC-01")
    for point, answer, words in (
        ("REC-06", goods.wrapped, tr("Emballage abîmé, ouvert ou souillé.")),
        ("REC-08", goods.labelled, tr("Étiquetage incomplet.")),
        (state, goods.sound, tr("Livraison ou denrée non conforme.")),
    ):
        if answer is not None or not refused:
            review.check(point, words, answer=answer)


def _judge_wait(review: Review, goods: ReceivedGoods) -> None:
    if goods.warm_minutes is not None:
        point = "REC-13" if goods.came == Supply.COLLECTED else "REC-14"
        minutes = Measured(value=Decimal(goods.warm_minutes))
        review.measure(point, minutes, tr("Trop longtemps hors du froid."))


def _decided(goods: ReceivedGoods) -> str:
    said = {
        Decision.ACCEPTED: tr("Accepté malgré l’écart."),
        Decision.RESERVE: tr("Accepté avec réserve."),
        Decision.REFUSED: tr("Lot refusé."),
    }
    return said[Decision(goods.decision)] if goods.decision else ""


def _legend(session: Session, period: Period) -> Sequence[str]:
    return known(
        tr("Limites : {limits}. Étiquette plus basse : c’est elle qui compte.").format(
            limits=ware_limits(session, period.first)
        ),
        tr(
            "Au-dessus : réserve écrite et action, ou refus. DLC dépassée : refus. État : "
            "véhicule propre, bon conforme, denrées saines. Donateur ou magasin : écrivez-le en "
            "fournisseur."
        ),
        basis_line(session, ("REC-02",), period.first),
    )


GOODS = Register(
    key="goods",
    letter="RE",
    title=mark("Contrôle à réception des marchandises"),
    model=ReceivedGoods,
    columns=(
        Column("day", mark("Date"), Kind.DAY, 1.15),
        Column("occurred_at", mark("Heure"), Kind.TIME, 1.25),
        Column("came", mark("Livré, don, achat"), Kind.CHOICE, 1.15, choices=SUPPLIES),
        Column("supplier", mark("Fournisseur"), share=2.2, suggest=usual(ReceivedGoods.supplier)),
        Column("delivery_note", mark("N° BL"), share=1.65),
        Column("product", mark("Produit"), share=2.6, suggest=usual(ReceivedGoods.product)),
        Column("ware", mark("Famille"), Kind.CHOICE, 1.9, choices=WARES),
        Column("quantity", mark("Qté"), share=1.65),
        Column("lot", mark("N° de lot"), share=1.85),
        Column("use_by", mark("DLC"), Kind.DAY, 1.65, group=mark("Date limite"), short=mark("DLC")),
        Column(
            "best_before", mark("DDM"), Kind.DAY, 1.65, group=mark("Date limite"), short=mark("DDM")
        ),
        Column("celsius", mark("T° lue"), Kind.CELSIUS, 1.05, group=HEAT, short=mark("lue")),
        Column(
            "label_celsius",
            mark("T° étiquette"),
            Kind.CELSIUS,
            1.05,
            group=HEAT,
            short=mark("étiq."),
            is_given=True,
        ),
        Column(
            "limit",
            mark("T° limite"),
            share=1.05,
            compute=limit_words,
            group=HEAT,
            short=mark("limite"),
        ),
        Column("warm_minutes", mark("Hors froid"), Kind.NUMBER, 1, unit="min"),
        Column("sound", mark("État"), Kind.CHECK, 1.0, group=STATE, short=mark("état")),
        Column("wrapped", mark("Emb."), Kind.CHECK, 1.0, group=STATE, short=mark("emb.")),
        Column("labelled", mark("Étiq."), Kind.CHECK, 1.0, group=STATE, short=mark("étiq.")),
        Column("decision", mark("Accepté, réserve, refusé"), Kind.CHOICE, 1.75, choices=DECISIONS),
        Column("note", mark("Action corrective"), share=2.8, suggest=usual(ReceivedGoods.note)),
        Column("initials", mark("Visa"), Kind.INITIALS, 1),
    ),
    judge=judge_goods,
    points=POINTS,
    retention=Retention.TRACEABILITY,
    landscape=True,
    blank_rows=12,
    legend=_legend,
    words=mark("livraison fournisseur bon lot réserve refus don"),
    code="D02",
)
"""The register of receptions."""
