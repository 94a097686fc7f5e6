"""What came without being ordered: an article of the supplier, a product, or anything else."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.listing import article_rows
from cantine_desktop.supply.deliveries.drafting import LOOSE, add_line, set_line
from cantine_desktop.supply.products.keeping import ProductFacts, add_product
from cantine_desktop.supply.products.listing import FAMILIES
from cantine_desktop.supply.products.model import Dimension, Product, ProductFamily
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.kit.dialogs import Dialog, ask_text, choose
from ui.kit.fields import NumberEdit
from ui.kit.form import Form

MOST_SHOWN = 12


@dataclass(frozen=True)
class Other:
    """Something the supplier does not sell as an article.

    Attributes:
        product: Key of a known product; ``None`` for a new one, or for no food.
        family: That of a new product; ``None`` for what is no food and makes no lot.
        dimension: What a new product is measured in.
        price: Euros for a kilogram, a litre or a piece, taxes left out; ``None``: nobody knows.
    """

    name: str
    product: int | None = None
    family: ProductFamily | None = None
    dimension: Dimension = Dimension.MASS
    price: Decimal | None = None


@dataclass(frozen=True)
class Extra:
    """What was chosen: an article, a product, words, or something else."""

    article: int | None = None
    product: int | None = None
    words: str = ""
    other: Other | None = None


def ask_extra(parent: QWidget, desk: Desk, supplier: int, *, is_gift: bool) -> Extra | None:
    """Ask what came; ``None`` when the person gives up."""
    if is_gift:
        words = ask_text(
            parent,
            tr("Ajouter une denrée"),
            tr("Quel produit ? Tapez son nom, comme dans vos recettes."),
            tr("Ajouter"),
        )
        return None if words is None else Extra(words=words)
    title = tr("Arrivé sans être commandé")
    with desk.book.read() as session:
        today = civil_date(desk.book.clock())
        rows = article_rows(session, today, supplier_id=supplier)[:MOST_SHOWN]
    texts = [*(f"{row.name}, {row.unit}" for row in rows), tr("Autre chose…")]
    place = choose(parent, title, "", texts, tr("Ajouter"), chosen=len(rows))
    if place is None:
        return None
    if place < len(rows):
        return Extra(article=rows[place].key)
    other = ask_other(parent, desk)
    return None if other is None else Extra(other=other)


def ask_other(parent: QWidget, desk: Desk) -> Other | None:
    """Ask for something that is no article; ``None`` when the person gives up."""
    dialog = OtherDialog(desk, parent)
    return dialog.value if dialog.exec() else None


class OtherDialog(Dialog):
    """Asks what came: a product that is known, a new one, or no food at all."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Autre chose"),
            tr(
                "Une denrée entre en stock sous son produit ; le reste n’est noté que sur la ligne."
            ),
        )
        with desk.book.read() as session:
            query = select(Product.name, Product.id).where(Product.is_active)
            self._known: dict[str, int] = dict(session.execute(query).all())
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.addItems(sorted(self._known, key=fold))
        self.name.setCurrentText("")
        self.family = QComboBox()
        self.family.addItem(tr("Pas une denrée : aucun lot"), None)
        for family, words in FAMILIES.items():
            self.family.addItem(tr(words), family)
        self.measure = QComboBox()
        for dimension, words in LOOSE.items():
            self.measure.addItem(tr(words), dimension)
        self.price = NumberEdit(tr("Prix HT"), places=4, minimum=Decimal(0))
        self.form = Form()
        self.form.add("name", tr("Qu’est-ce qui est arrivé"), self.name)
        self.form.add("family", tr("Famille, si le produit est nouveau"), self.family)
        self.form.add("measure", tr("Compté en"), self.measure)
        self.form.add("price", tr("Prix HT par kg, l ou pièce"), self.price)
        self.body.addWidget(self.form)
        self._act, _cancel = self.add_answers(tr("Ajouter"))
        self.name.currentTextChanged.connect(self._on_name)
        self._on_name()
        self.name.setFocus()

    @property
    def value(self) -> Other:
        """What is typed."""
        name = self.name.currentText().strip()
        family = self.family.currentData()
        return Other(
            name,
            self._product,
            None if family is None else ProductFamily(family),
            Dimension(self.measure.currentData()),
            self.price.value,
        )

    @property
    def _product(self) -> int | None:
        wanted = fold(self.name.currentText().strip())
        return next((key for name, key in self._known.items() if fold(name) == wanted), None)

    @Slot()
    def _on_name(self) -> None:
        is_new = self._product is None
        self.family.setEnabled(is_new)
        self.measure.setEnabled(is_new)
        self._act.setEnabled(bool(self.name.currentText().strip()))


def add_other(session: Session, delivery_id: int, other: Other, now: datetime) -> None:
    """Add something that is no article; a new product is made of what is food.

    Args:
        session: The session of an action.
        delivery_id: A reception that is not closed.
        other: What came.
        now: Present instant, aware.
    """
    product = other.product
    if product is None and other.family is not None:
        facts = ProductFacts(other.name, other.family, other.dimension)
        product = add_product(session, facts, civil_date(now)).id
    line = add_line(session, delivery_id, product_id=product, name=other.name)
    if other.price is not None:
        set_line(session, delivery_id, line.id, price=other.price)
