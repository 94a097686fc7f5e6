"""Prices that went up, and what each adds to the recipes that use it."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import money, number, short_day, tr
from cantine_desktop.meals.recipes.rises import Effect, effects
from cantine_desktop.supply.articles.comparing import Rise, rises
from cantine_desktop.supply.articles.packing import rounded
from cantine_desktop.values.text import NBSP
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.empty import EmptyState
from ui.kit.labels import wrapped
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled

MOST_RECIPES = 6


class RisesDialog(Dialog):
    """The steepest first; the recipes of the current one are told below."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Hausses de prix"),
            tr("Plus de 5 % depuis deux mois, au prix réel du kilo, du litre ou de la pièce."),
        )
        today = civil_date(desk.book.clock())
        with desk.book.read() as session:
            found = rises(session, today)
            self._effects = effects(session, found)
        self._rises = {each.article_id: each for each in found}
        empty = EmptyState(tr("Aucun prix n’a monté de plus de 5 % depuis deux mois."))
        self.table: LazyTable[int] = LazyTable(
            tr("Hausses de prix"), _columns(), self._load, self._find, empty=empty, parent=self
        )
        self.table.setMinimumHeight(scaled(160))
        self.said = wrapped()
        self.body.addWidget(self.table)
        self.body.addWidget(self.said)
        self.setMinimumWidth(scaled(680))
        act, give_up = self.add_answers(tr("Fermer"))
        give_up.hide()
        act.setDefault(True)
        self.table.current_changed.connect(self._on_current)
        self.table.refresh()
        if found:
            self.table.go_to(found[0].article_id)
        self._on_current()

    @Slot()
    def _on_current(self) -> None:
        key = self.table.current_key
        self.said.setText("" if key is None else _told(self._effects.get(key, [])))

    def _find(self, _column: str, _down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        return list(self._rises)

    def _load(self, keys: Sequence[int]) -> list[Row]:
        return [_texts(self._rises[key]) for key in keys]


def _told(found: list[Effect]) -> str:
    if not found:
        return tr("Aucune recette ne l’utilise.")
    shown = [f"{each.recipe} +{money(each.amount)}" for each in found[:MOST_RECIPES]]
    more = "…" if len(found) > MOST_RECIPES else ""
    return tr("Par portion : {recipes}").format(recipes=", ".join(shown)) + more


def _columns() -> list[Column]:
    return [
        Column(tr("Article"), 190),
        Column(tr("Fournisseur"), 130),
        Column(tr("Avant"), 84, "right"),
        Column(tr("Depuis"), 98),
        Column(tr("Maintenant"), 90, "right"),
        Column(tr("Hausse"), 70, "right"),
    ]


def _texts(rise: Rise) -> Row:
    share = number(Decimal(round(rise.share * 100)))
    return Row((
        rise.name,
        rise.supplier,
        money(rounded(rise.before)),
        short_day(rise.valid_from),
        money(rounded(rise.now)),
        f"+{share}{NBSP}%",
    ))
