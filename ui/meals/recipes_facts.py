"""What is known of a recipe, in lines: allergens, season, diet, carbon, shares, cost."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import allergen_words
from cantine_desktop.i18n import money, month, number, tr
from cantine_desktop.meals.menus.gifts import last_gifts
from cantine_desktop.meals.recipes.allergens import allergens_of
from cantine_desktop.meals.recipes.amounts import exact
from cantine_desktop.meals.recipes.costing import cost_of
from cantine_desktop.meals.recipes.facts import YEAR, RecipeFacts, facts_from
from cantine_desktop.meals.recipes.model import Course, Recipe
from cantine_desktop.meals.recipes.scaling import Scaled, scale
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import NBSP
from ui.kit.labels import wrapped
from ui.kit.theme import scaled, set_role

_ANY_YEAR = 2001
LEAST_GRAMS, MOST_GRAMS = 5, 2_000
"""Grams of a portion that somebody eats or drinks."""


class Fact(NamedTuple):
    """A line: what it is about, what is known; ``tone`` is a role of the words."""

    title: str
    words: str
    tone: str = ""


class FactsView(QWidget):
    """The lines of facts, titles on the left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(12))
        self._grid.setVerticalSpacing(scaled(4))
        self._grid.setColumnStretch(1, 1)

    def present(self, facts: Collection[Fact]) -> None:
        """Show other lines."""
        while len(self._rows) < len(facts):
            title, words = QLabel(self), wrapped()
            set_role(title, "muted")
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row = len(self._rows)
            self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1)
            self._rows.append((title, words))
        for (title, words), fact in zip(self._rows, facts, strict=False):
            title.setText(fact.title)
            words.setText(fact.words)
            set_role(words, fact.tone)
        for rank, labels in enumerate(self._rows):
            for label in labels:
                label.setVisible(rank < len(facts))

    @property
    def text(self) -> str:
        """Everything that is said, a line each."""
        said = [f"{title.text()}{NBSP}: {words.text()}" for title, words in self._rows]
        return "\n".join(said)


def facts_lines(session: Session, recipe_id: int, today: date, beyond: Money | None) -> list[Fact]:
    """Return what is known of a recipe.

    Args:
        session: Where to read.
        recipe_id: The recipe.
        today: The civil day, for the season.
        beyond: What a meal costs besides its food; ``None`` when unknown.

    Raises:
        UserError: The recipe holds itself.
    """
    recipe = session.get_one(Recipe, recipe_id)
    made = scale(session, recipe_id, recipe.portions)
    facts = facts_from(made)
    held = allergens_of(session, recipe_id)
    known = allergen_words(held.known) or tr("aucun des 14")
    found = [Fact(tr("Allergènes"), known, "strong")]
    if held.unknown:
        found.append(Fact(tr("À regarder"), ", ".join(held.unknown), "error"))
    return [
        *found,
        _season(facts, today),
        Fact(tr("Régime"), _diet(facts)),
        _carbon(made, facts),
        Fact(tr("Bio et local"), _shares(facts)),
        *_weight(facts, recipe),
        *_costs(session, recipe, last_gifts(session, recipe_id), beyond),
    ]


def _weight(facts: RecipeFacts, recipe: Recipe) -> list[Fact]:
    """Tell a portion nobody eats: some quantity has the wrong unit."""
    grams = facts.portion_grams
    if recipe.course is Course.BASE or not grams or LEAST_GRAMS <= grams <= MOST_GRAMS:
        return []
    words = tr("{grams} g la portion : vérifiez une quantité ou une unité").format(
        grams=exact(grams, 0)
    )
    return [Fact(tr("Poids"), words, "error")]


def _diet(facts: RecipeFacts) -> str:
    if facts.is_vegan:
        return tr("Végétalien")
    return tr("Végétarien") if facts.is_vegetarian else tr("Avec viande ou poisson")


def _season(facts: RecipeFacts, today: date) -> Fact:
    late = facts.out_of_season(today.month)
    if facts.months == YEAR:
        return Fact(tr("Saison"), tr("Toute l’année"))
    when = months_words(facts.months) if facts.months else tr("jamais tout à la fois")
    if late:
        words = tr("{months} ; hors saison ce mois-ci : {names}")
        return Fact(tr("Saison"), words.format(months=when, names=", ".join(late)), "warn")
    return Fact(tr("Saison"), tr("{months} ; de saison ce mois-ci").format(months=when))


def months_words(months: Collection[int]) -> str:
    """Return months as people say them, « de septembre à mars »."""
    if not months or len(months) == len(YEAR):
        return tr("Toute l’année")
    spans: list[tuple[int, int]] = []
    for first in sorted(months):
        if (first - 2) % 12 + 1 in months:
            continue
        last = first
        while last % 12 + 1 in months:
            last = last % 12 + 1
        spans.append((first, last))
    return ", ".join(
        _month(first)
        if first == last
        else tr("{first} à {last}").format(first=_month(first), last=_month(last))
        for first, last in spans
    )


def _month(rank: int) -> str:
    return month(date(_ANY_YEAR, rank, 1)).partition(" ")[0]


def _carbon(made: Scaled, facts: RecipeFacts) -> Fact:
    grams = Decimal(facts.carbon_grams.numerator) / facts.carbon_grams.denominator
    words = tr("{kilograms} kg la portion").format(kilograms=number(grams / 1000, 2))
    sources = Counter(
        need.product.carbon_source.partition(",")[0] or tr("source non dite")
        for need in made.needs
        if need.product.carbon is not None
    )
    if sources:
        words += f" ({', '.join(sources)})"
    if facts.carbon_missing:
        words += "\u202f; " + tr("sans {names}").format(names=", ".join(facts.carbon_missing))
    return Fact(tr("CO₂"), words)


def _shares(facts: RecipeFacts) -> str:
    if facts.organic is None or facts.local is None:
        return tr("Aucun prix : parts inconnues")
    return tr("{organic} bio, {local} local, de la valeur des denrées").format(
        organic=_percent(facts.organic), local=_percent(facts.local)
    )


def _percent(share: Fraction) -> str:
    value = (Decimal(share.numerator) / share.denominator * 100).quantize(Decimal(1))
    return f"{number(value)}{NBSP}%"


def _costs(
    session: Session, recipe: Recipe, given: Mapping[int, Decimal], beyond: Money | None
) -> list[Fact]:
    cost = cost_of(session, recipe.id, recipe.portions, given)
    words = tr("{amount} de denrées achetées").format(amount=money(cost.bought_per_portion))
    if given:
        words += "\u202f; " + tr("{amount} avec les dons à leur prix").format(
            amount=money(cost.valued_per_portion)
        )
    if beyond is not None:
        whole = Money(cost.valued_per_portion.cents + beyond.cents)
        words += "\u202f; " + tr("{amount} avec l’équipe et le lieu").format(amount=money(whole))
    found = [Fact(tr("La portion coûte"), words, "strong")]
    if cost.unpriced:
        found.append(Fact(tr("Sans prix"), ", ".join(cost.unpriced), "warn"))
    return found
