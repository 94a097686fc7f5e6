"""What an article is beyond its pack and its price: how it is ordered, kept, and certified."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.food.choices import WARES
from cantine_desktop.i18n import mark, tr
from cantine_desktop.supply.articles.keeping import ArticleFacts, change_article, facts_of
from cantine_desktop.supply.articles.listing import LABELS
from cantine_desktop.supply.articles.model import Article, QualityLabel
from cantine_desktop.supply.articles.wording import CATEGORIES, COLDS, ORIGINS
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.scrolling import fit_dialog, scrolling

FRACTIONS = {
    1: mark("entière seulement"),
    2: mark("par moitiés"),
    3: mark("par tiers"),
    4: mark("par quarts"),
}
RATES = {
    None: mark("inconnu"),
    Decimal("0.055"): mark("5,5 %"),
    Decimal("0.1"): mark("10 %"),
    Decimal("0.2"): mark("20 %"),
    Decimal("0.021"): mark("2,1 %"),
    Decimal(0): mark("0 %"),
}
_WIDE = 620
_COLUMNS = 2
_MOST_DAYS = 3650
_MOST_LITRES = 1000
_TYPED = ("name", "code", "note")
_COUNTED = ("least", "step", "litres")
_TICKED = ("is_catch_weight", "is_local", "is_short")
_CHOSEN = ("fraction", "vat", "cold", "ware", "category", "made_in")


class ArticleDialog(Dialog):
    """Writes all at once, so that it is taken back at once.

    Args:
        desk: The working context.
        key: The article.
        parent: The window that asks.
    """

    def __init__(self, desk: Desk, key: int, parent: QWidget | None) -> None:
        with desk.book.read() as session:
            facts = facts_of(session.get_one(Article, key))
        super().__init__(parent, tr("Fiche de l’article « {name} »").format(name=facts.name))
        self._desk, self._key, self._facts = desk, key, facts
        self.notice = Notice()
        self.form = Form()
        self.labels: dict[QualityLabel, QCheckBox] = {}
        self._add_ordering()
        self._add_keeping()
        self._add_quality()
        self._fill()
        area = scrolling(self.form, sideways=False)
        self.body.addWidget(self.notice)
        self.body.addWidget(area, 1)
        act, _cancel = self.add_answers(tr("Enregistrer"))
        act.clicked.disconnect()
        act.clicked.connect(self.keep)
        act.setEnabled(desk.may_write("supply"))
        fit_dialog(self, area, self.form, _WIDE)
        self.form.field("name").setFocus()

    def _add_ordering(self) -> None:
        add = self.form.add
        self.form.section(tr("Commander"))
        add("name", tr("Nom"), TextEdit(tr("Nom"), required=True, longest=120))
        add("code", tr("Code"), TextEdit(tr("Code"), longest=60))
        add("fraction", tr("Se commande"), _combo(FRACTIONS))
        add("least", tr("Au moins"), _number(tr("Au moins"), 3), tr("Unités à la fois."))
        add("step", tr("De combien en combien"), _number(tr("De combien en combien"), 3))
        add(
            "is_catch_weight",
            tr("Poids variable"),
            QCheckBox(),
            tr("Facturé au poids pesé à la livraison : fromage, viande."),
        )
        add("vat", tr("TVA"), _combo(RATES))

    def _add_keeping(self) -> None:
        add = self.form.add
        self.form.section(tr("Garder"))
        add("cold", tr("Se garde"), _combo(COLDS))
        wares: dict[Any, str] = {"": mark("non précisée")}
        wares |= {str(each.value): each.label for each in WARES}
        add("ware", tr("Famille d’hygiène"), _combo(wares), tr("Décide de la limite à l’arrivée."))
        days = NumberEdit(
            tr("Jours de conservation"),
            places=0,
            minimum=Decimal(0),
            maximum=Decimal(_MOST_DAYS),
        )
        add("shelf_days", tr("Jours de conservation"), days, tr("Depuis la livraison."))
        add("litres", tr("Place d’une unité, en litres"), _number(tr("Litres"), 1, _MOST_LITRES))

    def _add_quality(self) -> None:
        add = self.form.add
        self.form.section(tr("Qualité et origine"))
        boxes = QWidget()
        grid = QGridLayout(boxes)
        grid.setContentsMargins(0, 0, 0, 0)
        for rank, (label, words) in enumerate(LABELS.items()):
            self.labels[label] = box = QCheckBox(tr(words), boxes)
            grid.addWidget(box, rank // _COLUMNS, rank % _COLUMNS)
        add("labels", tr("Labels"), boxes)
        add("category", tr("Famille « ma cantine »"), _combo(CATEGORIES))
        add("made_in", tr("Origine"), _combo(ORIGINS))
        add("is_local", tr("Local"), QCheckBox())
        add("is_short", tr("Circuit court"), QCheckBox())
        add("note", tr("Note"), TextEdit(tr("Note"), longest=200))

    def _fill(self) -> None:
        for key in _TYPED:
            _of(self.form, key, TextEdit).set_value(getattr(self._facts, key))
        for key in (*_COUNTED, "shelf_days"):
            value = getattr(self._facts, key)
            _of(self.form, key, NumberEdit).set_value(None if value is None else Decimal(value))
        for key in _TICKED:
            _of(self.form, key, QCheckBox).setChecked(getattr(self._facts, key))
        for key in _CHOSEN:
            _choose(_of(self.form, key, QComboBox), getattr(self._facts, key))
        for label, box in self.labels.items():
            box.setChecked(label in self._facts.labels)

    def facts(self) -> ArticleFacts:
        """Return what is typed."""
        values: dict[str, Any] = {key: _of(self.form, key, TextEdit).value or "" for key in _TYPED}
        values |= {key: _of(self.form, key, NumberEdit).value for key in _COUNTED}
        values |= {key: _of(self.form, key, QCheckBox).isChecked() for key in _TICKED}
        values |= {key: _of(self.form, key, QComboBox).currentData() for key in _CHOSEN}
        days = _of(self.form, "shelf_days", NumberEdit).value
        values["shelf_days"] = None if days is None else int(days)
        values["labels"] = frozenset(label for label, box in self.labels.items() if box.isChecked())
        return replace(self._facts, **values)

    @Slot()
    def keep(self) -> None:
        """Write the article, or say what is wrong."""
        if not self.form.check():
            return
        try:
            with self._desk.book.action(tr("Fiche d’un article")) as session:
                change_article(session, self._key, self.facts())
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self._desk.tell(tr("La fiche est enregistrée."), undo=True)
        self.accept()


def _of(form: Form, key: str, kind: type[Any]) -> Any:
    field = form.field(key)
    assert isinstance(field, kind)
    return field


def _combo(words: dict[Any, str]) -> QComboBox:
    box = QComboBox()
    for value, text in words.items():
        box.addItem(tr(text), value)
    return box


def _choose(box: QComboBox, value: Any) -> None:
    """Show a value; one that is not among the usual ones joins them, so that it is not lost."""
    place = next((n for n in range(box.count()) if box.itemData(n) == value), -1)
    if place < 0:
        box.addItem(str(value), value)
        place = box.count() - 1
    box.setCurrentIndex(place)


def _number(name: str, places: int, most: int = 100_000) -> NumberEdit:
    return NumberEdit(name, places=places, minimum=Decimal(0), maximum=Decimal(most))
