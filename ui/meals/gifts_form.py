"""What was given for a menu: a share of each product, so that its dishes cost that much less."""

from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.menus.gifts import gifts_of, give, products_of
from cantine_desktop.meals.menus.model import Menu
from cantine_desktop.meals.menus.planning import menu_for
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import NumberEdit
from ui.kit.notice import Notice
from ui.kit.scrolling import fit_dialog, scrolling
from ui.kit.theme import scaled, set_role

_WHOLE = Decimal(100)


class GiftsDialog(Dialog):
    """Asks, for each product of a menu, which part of it was given, in per cent.

    Args:
        desk: Of the open book.
        parent: The window.
        service: The service of the menu.
    """

    def __init__(self, desk: Desk, parent: QWidget | None, service: int) -> None:
        super().__init__(
            parent,
            tr("Produits donnés pour ce menu"),
            tr("Part donnée de chaque produit : vide ou 0 s’il est acheté, 100 s’il est donné."),
        )
        self._desk, self._service = desk, service
        self.fields: dict[int, NumberEdit] = {}
        self.notice = Notice()
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setColumnStretch(0, 1)
        with desk.book.read() as session:
            menu = session.scalar(select(Menu.id).where(Menu.service_id == service))
            kept = gifts_of(session, menu) if menu else {}
            named = [(p.id, p.name) for p in products_of(session, menu)] if menu else []
        for line, (key, name) in enumerate(named):
            field = NumberEdit(name, places=0, unit="%")
            field.setFixedWidth(scaled(90))
            if key in kept:
                field.set_value(kept[key] * _WHOLE)
            label = QLabel(name)
            label.setBuddy(field)
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
            self.fields[key] = field
        if not named:
            nothing = QLabel(tr("Ce menu n’a pas encore de plat avec une fiche technique."))
            set_role(nothing, "muted")
            grid.addWidget(nothing, 0, 0)
        area = scrolling(inside, sideways=False)
        self.body.addWidget(self.notice)
        self.body.addWidget(area, 1)
        act, _cancel = self.add_answers(tr("Noter"))
        act.setEnabled(bool(named))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        fit_dialog(self, area, inside, 460)

    @Slot()
    def _keep(self) -> None:
        told = {key: (field.value or Decimal(0)) / _WHOLE for key, field in self.fields.items()}
        try:
            with self._desk.book.action(tr("Produits donnés")) as session:
                give(session, menu_for(session, self._service).id, told)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("Les produits donnés sont notés."), undo=True)
        self.accept()
