"""Who sells a product and at what it really costs; what a piece of it weighed at the door."""

from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import money, month, number, tr, trn
from cantine_desktop.supply.articles.comparing import (
    MonthPrice,
    Seller,
    follow_cheapest,
    price_curve,
    sellers,
)
from cantine_desktop.supply.deliveries.learning import Learned, learned, take_weight
from cantine_desktop.supply.products.keeping import trimmed
from cantine_desktop.supply.products.listing import PER_UNIT
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import NBSP
from ui.desk import Desk
from ui.kit.figure import Figure, Point
from ui.kit.labels import heading, wrapped
from ui.kit.theme import scaled


class ProductSellers(QWidget):
    """Part of the pane of a product."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.key = desk, key
        self.weighed = wrapped(role="small")
        self.weigh = QPushButton(tr("Prendre ce poids d’une pièce"), self)
        self.weigh.clicked.connect(self._take_weight)
        self.words = wrapped()
        self.cheapest = QPushButton(tr("Prendre le prix le plus bas"), self)
        self.cheapest.clicked.connect(self._follow_cheapest)
        self.moved = wrapped(role="small")
        self.curve = Figure(tr("Prix le plus bas, mois par mois"), "spark")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.weighed)
        column.addWidget(self.weigh)
        column.addWidget(heading(tr("Vendu par")))
        column.addWidget(self.words)
        column.addWidget(self.moved)
        column.addWidget(self.curve)
        column.addWidget(self.cheapest)

    def refresh(self) -> None:
        """Read who sells it and what was weighed again."""
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            product = session.get(Product, self.key)
            if product is None:
                return
            found, weighed = sellers(session, self.key, today), learned(session, self.key)
            self._draw(price_curve(session, self.key, today), product.dimension)
        may = self.desk.may_write("supply")
        for part in (self.weighed, self.weigh):
            part.setVisible(weighed is not None)
        self.weigh.setEnabled(may)
        if weighed is not None:
            self.weighed.setText(_weighed_words(weighed))
        self.words.setText("\n".join(map(_seller, found)) or tr("Aucun fournisseur connu."))
        self.cheapest.setEnabled(may and any(each.row.real_cents for each in found))

    def _draw(self, months: list[MonthPrice], dimension: Dimension) -> None:
        """Show how the price moved, once it did."""
        known = [each for each in months if each.cents is not None]
        moved = len({each.cents for each in known}) > 1
        self.moved.setVisible(moved)
        self.curve.setVisible(moved)
        if not moved:
            return
        points = [_point(each, dimension) for each in known]
        self.moved.setText(
            tr("{before} en {month} → {now} aujourd’hui").format(
                before=points[0].text, month=points[0].label, now=points[-1].text
            )
        )
        self.curve.show_points(points)

    @Slot()
    def _take_weight(self) -> None:
        with self.desk.book.action(tr("Poids d’une pièce")) as session:
            take_weight(session, self.key)
        self.desk.tell(tr("Le poids appris est repris."), undo=True)

    @Slot()
    def _follow_cheapest(self) -> None:
        today = civil_date(self.desk.book.clock())
        with self.desk.book.action(tr("Prix du produit")) as session:
            price = follow_cheapest(session, self.key, today)
        words = tr("Le produit vaut maintenant {price}.").format(
            price=money(Money.from_decimal(price))
        )
        self.desk.tell(words, undo=True)


def _point(each: MonthPrice, dimension: Dimension) -> Point:
    assert each.cents is not None
    cents = each.cents
    price = Decimal(cents.numerator) / cents.denominator / 100
    words = tr(PER_UNIT[dimension]).format(price=number(price, 2))
    return Point(month(each.day), float(cents), words)


def _weighed_words(found: Learned) -> str:
    """Tell what the scale said at the door."""
    words = trn(
        "Pesée à {n} réception : {mean} g la pièce",
        "Pesée à {n} réceptions : {mean} g la pièce",
        found.times,
    ).format(mean=number(trimmed(found.mean)))
    if found.times > 1:
        words += tr(", de {least} à {most} g").format(
            least=number(trimmed(found.least)), most=number(trimmed(found.most))
        )
    return f"{words}."


def _seller(each: Seller) -> str:
    """Tell what a supplier sells, at what it really costs, and how far from the cheapest."""
    real = each.row.real_price
    if real is None:
        return tr("{supplier} : {article}, prix inconnu").format(
            supplier=each.supplier, article=each.row.name
        )
    per = {Dimension.MASS: tr("le kg"), Dimension.VOLUME: tr("le litre")}
    words = tr("{supplier} : {article}, {price} {per}").format(
        supplier=each.supplier,
        article=each.row.name,
        price=money(real),
        per=per.get(each.row.dimension, tr("la pièce")),
    )
    if each.above:
        words += f" (+{number(Decimal(round(each.above * 100)))}{NBSP}%)"
    return words
