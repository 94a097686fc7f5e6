"""Where food stands: the order of the walk, what a place holds, the order on its shelf."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.model import Cold
from cantine_desktop.supply.articles.wording import COLDS
from cantine_desktop.supply.stock.arranging import items_of, move_item, move_place, set_place
from cantine_desktop.supply.stock.following import places
from cantine_desktop.supply.stock.model import Place
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.theme import scaled


class _Ranked(QWidget):
    """A list whose current row goes up and down with buttons, or with Alt and the arrows."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.keys: list[int] = []
        self.list = QListWidget(self)
        self.list.setAccessibleName(name)
        self.up = QPushButton(tr("Monter"), self)
        self.down = QPushButton(tr("Descendre"), self)
        self.up.setToolTip(tr("Alt+↑"))
        self.down.setToolTip(tr("Alt+↓"))
        row = QHBoxLayout()
        row.addWidget(self.up)
        row.addWidget(self.down)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        for keys, button in (("Alt+Up", self.up), ("Alt+Down", self.down)):
            chord = QShortcut(QKeySequence(keys), self.list)
            chord.setContext(Qt.ShortcutContext.WidgetShortcut)
            chord.activated.connect(button.click)

    def fill(self, rows: list[tuple[int, str]], kept: int | None) -> None:
        """Show rows, the one of a key current."""
        self.keys = [key for key, _words in rows]
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([words for _key, words in rows])
        row = self.keys.index(kept) if kept in self.keys else 0
        self.list.setCurrentRow(row if self.keys else -1)
        self.list.blockSignals(False)

    @property
    def current(self) -> int | None:
        """Key of the current row."""
        row = self.list.currentRow()
        return self.keys[row] if 0 <= row < len(self.keys) else None


class PlacesDialog(Dialog):
    """Puts places and products in the order one walks; each change is kept at once."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Emplacements et ordre de marche"),
            tr("La fiche d’inventaire suit cet ordre. Alt+↑ et Alt+↓ déplacent la ligne."),
        )
        self._desk = desk
        self.notice = Notice()
        self.places = _Ranked(tr("Emplacements"), self)
        self.items = _Ranked(tr("Produits de cet emplacement"), self)
        lists = QHBoxLayout()
        lists.setSpacing(scaled(16))
        lists.addWidget(self.places, 1)
        lists.addWidget(self.items, 1)
        self.name = TextEdit(tr("Nom"), required=True, longest=60)
        self.cold = QComboBox()
        for cold, words in COLDS.items():
            self.cold.addItem(tr(words), cold)
        self.litres = NumberEdit(tr("Volume en litres"), places=1)
        self.form = Form()
        self.form.add("name", tr("Nom"), self.name)
        self.form.add("cold", tr("Froid"), self.cold)
        self.form.add("litres", tr("Volume en litres"), self.litres, tr("Vide : pas mesuré."))
        self.form.committed.connect(self._keep)
        self.body.addWidget(self.notice)
        self.body.addLayout(lists)
        self.body.addWidget(self.form)
        self.add_answers(tr("Fermer"))
        self.places.list.currentRowChanged.connect(self._show_place)
        self.places.up.clicked.connect(self._place_up)
        self.places.down.clicked.connect(self._place_down)
        self.items.up.clicked.connect(self._item_up)
        self.items.down.clicked.connect(self._item_down)
        self.setMinimumWidth(scaled(640))
        self._show()
        self.places.list.setFocus()

    def _show(self) -> None:
        """Read the places again, the current ones kept."""
        with self._desk.book.read() as session:
            rows = [(each.id, each.name) for each in places(session)]
        self.places.fill(rows, self.places.current)
        if not rows:
            self.notice.tell("info", tr("Nommez un emplacement en suivant un produit."))
        self._show_place()

    @Slot()
    def _show_place(self) -> None:
        key = self.places.current
        with self._desk.book.read() as session:
            rows = [(item.product_id, name) for item, name in items_of(session, key)]
            place = None if key is None else session.get_one(Place, key)
            if place is not None:
                self.name.set_value(place.name)
                self.cold.setCurrentIndex(self.cold.findData(place.cold))
                self.litres.set_value(place.litres)
        self.items.fill(rows, self.items.current)
        self.form.setEnabled(key is not None)

    @Slot(str, object)
    def _keep(self, _key: str, _value: object) -> None:
        key = self.places.current
        if key is None or self.form.errors or self.name.value is None:
            return
        cold = Cold(self.cold.currentData())
        try:
            with self._desk.book.action(tr("Emplacement changé")) as session:
                set_place(session, key, self.name.value, cold, self.litres.value)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.notice.clear()
        self._show()

    @Slot()
    def _place_up(self) -> None:
        self._move_place(-1)

    @Slot()
    def _place_down(self) -> None:
        self._move_place(1)

    @Slot()
    def _item_up(self) -> None:
        self._move_item(-1)

    @Slot()
    def _item_down(self) -> None:
        self._move_item(1)

    def _move_place(self, by: int) -> None:
        key = self.places.current
        if key is not None:
            with self._desk.book.action(tr("Ordre de marche changé")) as session:
                move_place(session, key, by)
            self._show()

    def _move_item(self, by: int) -> None:
        key = self.items.current
        if key is not None:
            with self._desk.book.action(tr("Ordre de marche changé")) as session:
                move_item(session, key, by)
            self._show_place()
