"""Gifts and surplus: food that comes free, checked and traced as what is bought."""

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.supply.deliveries.drafting import draft_without_order
from cantine_desktop.supply.deliveries.model import Coming
from cantine_desktop.supply.suppliers.keeping import suppliers
from cantine_desktop.supply.suppliers.model import SupplierKind
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.dialogs import choose
from ui.supply.gift_dialogs import AnnounceDialog
from ui.supply.receiving import ReceivingScreen


class SurplusScreen(ReceivingScreen):
    """What was given, the latest first."""

    key: ClassVar[str] = "surplus"
    help_text: ClassVar[str] = mark(
        "Une denrée donnée se contrôle comme une livraison : une DLC dépassée se refuse, une DDM "
        "dépassée se garde si la denrée est saine. Sa valeur est proposée au prix habituel. Un don "
        "annoncé compte dans les besoins des jours d’après."
    )
    comings: ClassVar[tuple[Coming, ...]] = (Coming.DONATED,)
    begins: ClassVar[str] = mark("Noter un don…")
    invites: ClassVar[str] = mark(
        "Aucun don noté encore. Ajoutez d’abord qui donne parmi les fournisseurs."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        may = desk.may_write("supply")
        self.announce = self._action(
            tr("Annoncer un don…"), "Ctrl+Shift+N", self._announce, enabled=may
        )
        button = QPushButton(self.announce.text(), self)
        button.setEnabled(may)
        button.setToolTip("Ctrl+Maj+N")
        button.clicked.connect(self.announce.trigger)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, button, 0, Qt.AlignmentFlag.AlignLeft)

    @override
    def document(self) -> tuple[str, Period]:
        return "gift-certificates", Period.year(civil_date(self.desk.book.clock()))

    @override
    def refresh(self) -> None:
        super().refresh()
        awaited = sum(row.expected for row in self._rows.values())
        noted = len(self._rows) - awaited
        words = [trn("{n} don noté", "{n} dons notés", noted)]
        if awaited:
            words.append(trn("{n} annoncé", "{n} annoncés", awaited))
        self.subtitle = " · ".join(words)

    @Slot()
    def _announce(self) -> None:
        if not self._givers():
            return
        dialog = AnnounceDialog(self.desk, self)
        if dialog.exec() and dialog.made is not None:
            self._show(dialog.made)

    def _givers(self) -> list[tuple[int, str]]:
        """Return who gives; nobody yet leads to where they are added."""
        with self.desk.book.read() as session:
            known = [(each.id, each.name) for each in suppliers(session, SupplierKind.DONOR)]
        if not known:
            self.desk.tell(tr("Ajoutez d’abord qui donne, parmi les fournisseurs."))
            self.desk.go("suppliers")
        return known

    @override
    @Slot()
    def _begin(self) -> None:
        known = self._givers()
        if not known:
            return
        names = [name for _key, name in known]
        place = choose(self, tr("Noter un don"), tr("De qui ?"), names, tr("Commencer"))
        if place is None:
            return
        now = self.desk.book.clock()
        with self.desk.book.action(tr("Don commencé")) as session:
            key = draft_without_order(session, known[place][0], now, Coming.DONATED).id
        self._show(key)
