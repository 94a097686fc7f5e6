"""A simulated year on paper: what changes, what stays, and what nobody knows."""

from datetime import datetime
from decimal import Decimal
from typing import IO

from reportlab.platypus import Flowable

from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.styles import Align, box, heading, paragraph, writing_lines
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.finance.price.displaying import PARTS
from cantine_desktop.finance.price.phrases import percent, signed
from cantine_desktop.finance.price.simulating import FOLLOWS, MONTHS, Follow, Ground, Outcome, Wish
from cantine_desktop.i18n import money, number, tr
from cantine_desktop.values.money import Money

Cells = tuple[str, ...]
"""The texts of a row."""


def write_simulation(
    target: IO[bytes],
    canteen: str,
    now: datetime,
    ground: Ground,
    wish: Wish,
    results: tuple[Outcome, Outcome],
) -> None:
    """Write a simulation on one page.

    Args:
        target: Where the PDF goes.
        canteen: Name of the canteen.
        now: Present instant.
        ground: What it starts from.
        wish: What was asked.
        results: The year as it is, and the year simulated.
    """
    frame = PageFrame(
        canteen,
        tr("Simulation d’une année"),
        tr("d’après douze mois")
        if ground.months == MONTHS
        else tr("d’après {n} mois ramenés à douze").format(n=ground.months),
        now,
        footer=tr("Une simulation, pas une prévision : à discuter au conseil d’administration."),
    )
    left, right = Align.LEFT, Align.RIGHT
    columns = [
        Column("", 3.2, left),
        Column(tr("Aujourd’hui"), 1.6, right),
        Column(tr("Simulé"), 1.6, right),
        Column(tr("Écart"), 1.5, right),
    ]
    story: list[Flowable] = [
        heading(tr("Ce qui est demandé")),
        ruled_table(columns[:3], wished_rows(ground, wish)),
        heading(tr("Ce que cela donne")),
        ruled_table(columns, outcome_rows(*results)),
        paragraph(conclusion(*results)),
        box(tr("Ce que la simulation suppose"), assumptions(ground)),
        writing_lines(tr("Ce que le conseil en retient"), 3),
    ]
    write_document(target, frame, story)


def wished_rows(ground: Ground, wish: Wish) -> list[Cells]:
    """Return what is asked, beside what is."""
    now = ground.as_is
    return [
        (tr("Prix affiché"), money(now.price), money(wish.price)),
        (tr("Services par an"), str(now.services), str(wish.services)),
        (tr("Repas par service"), number(now.each, 1), number(wish.each, 1)),
        (tr("Équipe, en équivalents temps plein"), number(now.fte), number(wish.fte)),
        (tr("Dons et subventions par an"), money(now.gifts), money(wish.gifts)),
    ]


def outcome_rows(now: Outcome, then: Outcome) -> list[Cells]:
    """Return what a year is and would be, line by line, with the difference."""
    rows: list[Cells] = [
        (
            tr("Repas servis"),
            number(Decimal(now.meals)),
            number(Decimal(then.meals)),
            _plus(then.meals - now.meals),
        )
    ]
    rows += [_amounts(tr(PARTS[kind]), now.parts[kind], then.parts[kind]) for kind in now.parts]
    rows.append(_amounts(tr("Charges de l’année"), now.charges, then.charges))
    for title, one, other in (
        (tr("Coût complet d’un repas"), now.cost, then.cost),
        (tr("Équilibre sans dons"), now.balance_without_gifts, then.balance_without_gifts),
        (tr("Équilibre avec dons"), now.balance_with_gifts, then.balance_with_gifts),
    ):
        rows.append(_amounts(title, one or Money(0), other or Money(0)))
    for follow, words in FOLLOWS.items():
        title = tr("Résultat {how}").format(how=tr(words))
        rows.append(_amounts(title, now.result(follow), then.result(follow)))
    rows.append((
        tr("Charges couvertes, au moins"),
        percent(now.covered(Follow.NOBODY)),
        percent(min(filter(None, (then.covered(f) for f in Follow)), default=None)),
        "",
    ))
    return rows


def conclusion(now: Outcome, then: Outcome) -> str:
    """Return in one sentence between what and what the year would end."""
    results = [then.result(follow) for follow in Follow]
    low, high = min(results), max(results)
    was = signed(now.result(Follow.NOBODY))
    if low == high:
        return tr("Résultat de l’année : {result}, au lieu de {was}.").format(
            result=signed(low), was=was
        )
    return tr(
        "Résultat de l’année : entre {low} et {high} selon ce que feront les convives, au lieu"
        " de {was}."
    ).format(low=signed(low), high=signed(high), was=was)


def assumptions(ground: Ground) -> list[str]:
    """Return what a simulation takes for granted."""
    return [
        tr("Les denrées suivent le nombre de repas, la paie suit l’équipe."),
        tr("Le lieu, l’énergie, le matériel et les autres produits ne bougent pas."),
        tr(
            "{share} des contributions atteignent le prix affiché : ce sont elles qui suivent dans"
            " la deuxième hypothèse."
        ).format(share=percent(ground.followers * 100)),
        tr("Le prix reste libre : un prix plus haut ne garantit pas de contributions plus hautes."),
    ]


def _amounts(title: str, now: Money, then: Money) -> Cells:
    gap = then - now
    return (title, money(now), money(then), signed(gap) if gap else "")


def _plus(count: int) -> str:
    return "" if not count else ("+" if count > 0 else "") + number(Decimal(count))
