"""« Noter… »: the short entry forms, offered where money is followed."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from importlib import import_module
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cantine_desktop.i18n import mark, tr
from ui.desk import Desk


class Fact(NamedTuple):
    """A kind of fact that a form notes.

    Attributes:
        key: Its name for programs.
        title: In menus, marked.
        form: ``"module:Class"``, imported when it is first asked for.
    """

    key: str
    title: str
    form: str


FACTS = (
    Fact("takings", mark("les recettes d’un service…"), "ui.finance.facts_takings:TakingsDialog"),
    Fact("purchase", mark("une facture reçue…"), "ui.finance.facts_purchase:PurchaseDialog"),
    Fact("sale", mark("une facture envoyée…"), "ui.finance.facts_income:SaleDialog"),
    Fact("gift", mark("un don…"), "ui.finance.facts_income:GiftDialog"),
    Fact("grant", mark("une subvention accordée…"), "ui.finance.facts_income:GrantDialog"),
    Fact("payroll", mark("la paie du mois…"), "ui.finance.facts_people:PayrollDialog"),
    Fact(
        "expense-claim", mark("des frais avancés…"), "ui.finance.facts_purchase:ExpenseClaimDialog"
    ),
    Fact("stock", mark("le stock compté…"), "ui.finance.facts_stock:StockDialog"),
    Fact(
        "volunteering", mark("des heures bénévoles…"), "ui.finance.facts_people:VolunteeringDialog"
    ),
    Fact("in-kind", mark("un don en nature…"), "ui.finance.facts_stock:InKindDialog"),
)
"""Every short form, most used first; titles follow « Noter »."""


def open_fact(
    desk: Desk, kind: str, parent: QWidget | None = None, day: date | None = None
) -> bool:
    """Ask for a fact and write it.

    Args:
        desk: The working context.
        kind: Key of ``FACTS``.
        parent: What the form stands before; the window when it is not said.
        day: The day it proposes; its own choice when it is not said.

    Returns:
        Whether it was noted.
    """
    fact = next(each for each in FACTS if each.key == kind)
    module, name = fact.form.split(":")
    before = parent or desk.room
    window = before.window() if before is not None else None
    dialog = getattr(import_module(module), name)(desk, window)
    if day is not None:
        dialog.day.set_value(day)
    return bool(dialog.exec())


def fact_actions(owner: QWidget, desk: Desk, kinds: Sequence[str] = ()) -> list[QAction]:
    """Return actions « Noter… » for a screen: its menu, the palette.

    Args:
        owner: The screen they belong to.
        desk: The working context.
        kinds: Which ones, in order; empty is all.
    """
    known = {fact.key: fact for fact in FACTS}
    found: list[QAction] = []
    for key in kinds or known:
        action = QAction(tr("Noter {what}").format(what=tr(known[key].title)), owner)
        action.setEnabled(desk.may_write("finance"))
        action.triggered.connect(partial(_open, desk, key, owner))
        found.append(action)
    return found


def _open(desk: Desk, key: str, owner: QWidget, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
    open_fact(desk, key, owner)


def facts_button(owner: QWidget, desk: Desk, kinds: Sequence[str] = ()) -> QPushButton:
    """Return a button « Noter… » with its menu."""
    button = QPushButton(tr("Noter…"))
    menu = QMenu(button)
    menu.addActions(fact_actions(owner, desk, kinds))
    button.setMenu(menu)
    return button
