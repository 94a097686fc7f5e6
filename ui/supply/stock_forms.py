"""What is asked on the stock: how much is lost and where, which product to follow."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.stock.count_text import Counted, read_count
from cantine_desktop.supply.stock.counting import counted_with
from cantine_desktop.supply.stock.following import follow, places, presumption
from cantine_desktop.supply.stock.lots import LotRow
from cantine_desktop.supply.stock.model import STAGES, LossStage, StockItem
from cantine_desktop.supply.stock.moving import lose
from cantine_desktop.supply.stock.quantities import quantity_words, stored
from cantine_desktop.supply.stock.writing import Out
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice


class AmountDialog(Dialog):
    """Asks how much of a lot leaves the shelf, and to whom or why.

    Args:
        desk: The working context.
        row: The lot.
        words: What is done, what is asked for as its reason, what the button says.
        parent: The window that asks.
    """

    def __init__(
        self, desk: Desk, row: LotRow, words: tuple[str, str, str], parent: QWidget | None
    ) -> None:
        title, why, does = words
        with desk.book.read() as session:
            dimension: Dimension = session.get_one(Product, row.product_id).dimension
        left = quantity_words(dimension, row.left)
        super().__init__(
            parent,
            tr("{deed} : {product}").format(deed=title, product=row.product),
            tr("Lot {lot}, il en reste {left}.").format(lot=row.code, left=left),
        )
        self._desk, self._row, self._title = desk, row, title
        self.notice = Notice()
        self.form = Form()
        self.amount = TextEdit(tr("Quantité"), required=True, longest=40)
        self.amount.set_value(left.replace("\xa0", " ").replace("\u202f", ""))
        self.form.add("amount", tr("Quantité"), self.amount, tr("2c + 3p + 1,2kg"))
        self._add_fields()
        self.reason = TextEdit(why, required=True, longest=120)
        self.form.add("reason", why, self.reason)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        act, _cancel = self.add_answers(does)
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        self.reason.setFocus()

    @Slot()
    def keep(self) -> None:
        """Write what leaves, or say what is wrong."""
        if not self.form.check():
            return
        now = self._desk.book.clock()
        try:
            with self._desk.book.action(self._title) as session:
                quantity = quantity_typed(session, self._row, self.amount.value or "")
                self._write(session, quantity, now)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("C’est noté : {deed}.").format(deed=self._title.lower()), undo=True)
        self.accept()

    @property
    def _out(self) -> Out:
        return Out(reason=self.reason.value or "")

    def _add_fields(self) -> None:
        """Ask for more, between the amount and the reason."""

    def _write(self, session: Session, quantity: Decimal, now: datetime) -> None:
        raise NotImplementedError


class LossDialog(AmountDialog):
    """Asks how much of a lot is lost, at which stage and why."""

    def __init__(self, desk: Desk, row: LotRow, parent: QWidget | None) -> None:
        super().__init__(desk, row, (tr("Perte"), tr("Pourquoi"), tr("Noter la perte")), parent)

    @override
    def _add_fields(self) -> None:
        self.stage = QComboBox()
        for stage, words in STAGES.items():
            self.stage.addItem(tr(words), stage)
        self.form.add("stage", tr("Étape"), self.stage)

    @override
    def _write(self, session: Session, quantity: Decimal, now: datetime) -> None:
        stage = LossStage(self.stage.currentData())
        lose(session, self._row.key, quantity, stage, now, now, self._out)


class FollowDialog(Dialog):
    """Asks which product to follow on the shelves, and where it stands."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Suivre un produit en stock"),
            " ".join((
                tr(
                    "L’épicerie et le surgelé se suivent ; le frais "
                    "mangé dans la semaine, rarement."
                ),
                presumption(),
            )),
        )
        self._desk = desk
        self.notice = Notice()
        self.form = Form()
        self.product, self.place = QComboBox(), QComboBox()
        self.place.setEditable(True)
        with desk.book.read() as session:
            query = select(Product).where(
                Product.is_active, Product.id.not_in(select(StockItem.product_id))
            )
            for each in sorted(session.scalars(query), key=lambda one: fold(one.name)):
                self.product.addItem(each.name, each.id)
            self.place.addItems([each.name for each in places(session)])
        self.days = NumberEdit(tr("Jours une fois ouvert"), places=0, minimum=Decimal(0))
        self.form.add("product", tr("Produit"), self.product)
        self.form.add("place", tr("Emplacement"), self.place, tr("Un nouveau nom se tape ici."))
        self.form.add("days", tr("Jours une fois ouvert"), self.days)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        act, _cancel = self.add_answers(tr("Suivre"))
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        self.product.setFocus()

    @Slot()
    def keep(self) -> None:
        """Follow the product, or say what is wrong."""
        if not self.form.check():
            return
        key = self.product.currentData()
        if key is None:
            self.notice.tell("bad", tr("Ajoutez d’abord des produits : ils sont tous suivis."))
            return
        days = None if self.days.value is None else int(self.days.value)
        with self._desk.book.action(tr("Produit suivi")) as session:
            follow(session, key, self.place.currentText(), days)
        words = tr("« {product} » est suivi en stock.").format(product=self.product.currentText())
        self._desk.tell(words, undo=True)
        self.accept()


def quantity_typed(session: Session, row: LotRow, text: str) -> Decimal:
    """Read what somebody typed of a lot: « 2c + 3p + 1,2kg ».

    Raises:
        UserError: It says no quantity of that product.
    """
    product = session.get_one(Product, row.product_id)
    names = counted_with(session, product.id).names
    counted = Counted(product, _exact(row.pack_content), _exact(row.piece_content), names)
    return stored(read_count(text, counted))


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
