"""What may be done with a line at the door: another lot of it, something else in its place."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.listing import article_rows
from cantine_desktop.supply.deliveries.drafting import set_line
from cantine_desktop.supply.deliveries.model import Delivery
from cantine_desktop.supply.deliveries.parting import join, split, substitute
from ui.desk import Desk
from ui.kit.dialogs import Dialog, choose
from ui.kit.fields import DateEdit, NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.supply.delivery_grid import Line

MOST_SHOWN = 12


class LineDeeds(QPushButton):
    """A menu for the current line of a reception that is being written.

    Args:
        desk: The working context.
        key: The reception.
        current: Gives the line of the current row.
        parent: The pane.
    """

    def __init__(
        self, desk: Desk, key: int, current: Callable[[], Line | None], parent: QWidget
    ) -> None:
        super().__init__(tr("Cette ligne…"), parent)
        self.desk, self.key, self._current = desk, key, current
        self.choices = QMenu(self)
        self.split_it = self.choices.addAction(tr("Autre lot ou autre date…"))
        self.join_it = self.choices.addAction(tr("Réunir avec la ligne du dessus"))
        self.replace_it = self.choices.addAction(tr("Remplacé par…"))
        self.split_it.triggered.connect(self.split)
        self.join_it.triggered.connect(self.join)
        self.replace_it.triggered.connect(self.replace)
        self.setMenu(self.choices)
        QShortcut(QKeySequence("Ctrl+L"), parent).activated.connect(self.split)

    @Slot()
    def split(self) -> None:
        """Ask for the other lot of the line."""
        line = self._current()
        if line is not None and self.isVisible():
            SplitDialog(self.desk, self.key, line, self.window()).exec()

    @Slot()
    def join(self) -> None:
        """Put the line back with the one above it."""
        line = self._current()
        if line is not None:
            self._do(tr("Lots réunis"), partial(join, delivery_id=self.key, line_id=line.key))

    @Slot()
    def replace(self) -> None:
        """Ask what came in place of the line."""
        line = self._current()
        if line is None:
            return
        with self.desk.book.read() as session:
            supplier = session.get_one(Delivery, self.key).supplier_id
            today = civil_date(self.desk.book.clock())
            rows = article_rows(session, today, supplier_id=supplier)[:MOST_SHOWN]
        title = tr("Remplacé par")
        if not rows:
            self.desk.tell(tr("Ce fournisseur n’a pas d’autre article : ajoutez-le d’abord."))
            return
        texts = [f"{row.name}, {row.unit}" for row in rows]
        place = choose(self.window(), title, line.name, texts, tr("Remplacer"))
        if place is not None:
            article = rows[place].key
            deed = partial(substitute, delivery_id=self.key, line_id=line.key, article_id=article)
            self._do(title, deed)

    def _do(self, label: str, deed: Callable[..., object]) -> None:
        try:
            with self.desk.book.action(label) as session:
                deed(session)
        except UserError as error:
            self.desk.tell(str(error))


class SplitDialog(Dialog):
    """Asks how many bear another lot or another date, and which."""

    def __init__(self, desk: Desk, key: int, line: Line, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Autre lot : {product}").format(product=line.name),
            tr("La ligne est partagée : chaque lot garde sa date."),
        )
        self._desk, self._key, self._line = desk, key, line
        self.notice = Notice()
        self.units = NumberEdit(tr("Combien"), places=3, minimum=Decimal(0), required=True)
        self.lot = TextEdit(tr("Lot"), longest=60)
        self.use_by = DateEdit(tr("DLC"), self._today)
        self.best_before = DateEdit(tr("DDM"), self._today)
        self.form = Form()
        units = tr("Combien de « {unit} »").format(unit=line.unit) if line.unit else tr("Combien")
        for name, words, field in (
            ("units", units, self.units),
            ("lot", tr("Lot"), self.lot),
            ("use_by", tr("DLC"), self.use_by),
            ("best_before", tr("DDM"), self.best_before),
        ):
            self.form.add(name, words, field)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        act, _cancel = self.add_answers(tr("Partager"))
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        self.units.setFocus()

    @Slot()
    def keep(self) -> None:
        """Share the line, or say why not."""
        if not self.form.check() or self.units.value is None:
            return
        label = {
            "lot_code": self.lot.value or "",
            "use_by": self.use_by.value,
            "best_before": self.best_before.value,
        }
        try:
            with self._desk.book.action(tr("Ligne partagée")) as session:
                made = split(session, self._key, self._line.key, self.units.value)
                set_line(session, self._key, made.id, **label)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("Deux lots de « {name} ».").format(name=self._line.name), undo=True)
        self.accept()

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())
