"""Quality food: how far the year is from what the law and the network ask, and what proves it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import mark, money, short_day, tr
from cantine_desktop.supply.egalim.shares import shares
from cantine_desktop.supply.egalim.targets import RULES, Proof, Target, proofs, targets
from cantine_desktop.supply.egalim.thresholds import thresholds_here
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP
from ui.desk import Desk
from ui.kit.empty import EmptyState
from ui.kit.labels import heading, wrapped
from ui.kit.scrolling import show_scrolling
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled, set_role
from ui.screen import Screen
from ui.supply.gauge import Gauge

YEARS = 4


class _Line:
    """A rule in the card: its name, its gauge, and how far it is in words."""

    def __init__(self, words: str, parent: QWidget) -> None:
        self.title = QLabel(tr(words), parent)
        self.title.setWordWrap(True)
        self.gauge = Gauge(tr(words), parent)
        self.verdict = wrapped()

    def show_target(self, target: Target | None) -> None:
        """Show how far a rule is; ``None`` hides a rule that was not asked yet."""
        if target is not None:
            self.gauge.show_share(target.reached, target.asked)
            self.verdict.setText(_verdict(target))
        for widget in (self.title, self.gauge, self.verdict):
            widget.setVisible(target is not None)


class QualityScreen(Screen):
    """The shares of a calendar year, each purchase counted once."""

    key: ClassVar[str] = "quality"
    shows: ClassVar[frozenset[str]] = frozenset({
        "delivery",
        "delivery_line",
        "canteen",
        "supplier",
        "supplier_paper",
    })
    help_text: ClassVar[str] = mark(
        "Chaque achat reçu compte une fois : bio d’abord, puis signes de qualité, puis autres. "
        "Le trait dit ce qui est demandé. Le fichier pour « ma cantine » est vérifié avant de "
        "sortir."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._proofs: list[Proof] = []
        self.send = self._action(tr("Fichier pour « ma cantine »…"), "Ctrl+E", self._export)
        today = civil_date(desk.book.clock())
        self.year = QComboBox(self)
        self.year.setAccessibleName(tr("Année"))
        for year in range(today.year, today.year - YEARS, -1):
            self.year.addItem(str(year), year)
        self.year.activated.connect(self._on_year)
        self.said = wrapped()
        self.why = wrapped("", "muted")
        self.gauges = QFrame(self)
        set_role(self.gauges, "card")
        self._grid = QGridLayout(self.gauges)
        self._grid.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        self._grid.setHorizontalSpacing(scaled(16))
        self._grid.setVerticalSpacing(scaled(8))
        self._grid.setColumnStretch(1, 1)
        self._lines = {words: self._add_line(words) for words in RULES}
        empty = EmptyState(
            tr("Rien de certifié cette année. Les labels se notent sur les articles."),
            icon="leaf",
        )
        self.table: LazyTable[int] = LazyTable(
            tr("Ce qui le prouve"), _columns(), self._load, self._find, empty=empty, parent=self
        )
        self.table.setMinimumHeight(scaled(180))
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(10))
        column.addWidget(self.said)
        column.addWidget(self.gauges)
        column.addWidget(self.why)
        column.addWidget(heading(tr("Ce qui le prouve")))
        column.addWidget(self.table, 1)
        show_scrolling(self, page)
        self.first_stop = self.table

    @override
    def filters(self) -> QWidget:
        return self.year

    @override
    def primary(self) -> QAction:
        return self.send

    @override
    def document(self) -> tuple[str, Period]:
        return "quality-shares", self._period()

    @override
    def refresh(self) -> None:
        """Read the year again."""
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            found = shares(session, self._period())
            self._proofs = proofs(session, self._period(), today)
            asked = thresholds_here(session, self._period())
        self.subtitle = tr("{amount} HT d’achats reçus").format(amount=money(found.total))
        rules = targets(found, asked)
        known = {each.words: each for each in rules}
        for words, line in self._lines.items():
            line.show_target(known.get(words))
        self.said.setText(_sentence(rules))
        self.why.setText(asked.sentence)
        self.table.refresh()

    def _add_line(self, words: str) -> _Line:
        place = self._grid.rowCount()
        line = _Line(words, self.gauges)
        self._grid.addWidget(line.title, place, 0)
        self._grid.addWidget(line.gauge, place, 1)
        self._grid.addWidget(line.verdict, place, 2)
        self._grid.setColumnMinimumWidth(2, scaled(210))
        return line

    def _period(self) -> Period:
        return Period.year(date(self.year.currentData(), 1, 1))

    @Slot()
    def _on_year(self) -> None:
        self.refresh()

    @Slot()
    def _export(self) -> None:
        self.desk.export("ma-cantine-purchases", self._period())

    def _find(self, column: str, down: bool) -> Sequence[int]:  # noqa: FBT001  -- the table's signature
        places = list(range(len(self._proofs)))
        if column == "supplier":
            places.sort(key=lambda place: self._proofs[place].supplier)
        return places[::-1] if down else places

    def _load(self, keys: Sequence[int]) -> list[Row]:
        soon = civil_date(self.desk.book.clock()) + timedelta(days=30)
        return [_texts(self._proofs[key], soon) for key in keys]


def _sentence(rules: Sequence[Target]) -> str:
    """Say in one sentence what the year comes to."""
    if rules[0].reached is None:
        return tr("Aucune réception avec un prix cette année : rien à compter.")
    missing = [each for each in rules if each.reached is not None and each.reached < each.asked]
    if not missing:
        return tr("Tout ce qui est demandé est atteint.")
    names = ", ".join(tr(each.words) for each in missing)
    return tr("Pas encore : {names}.").format(names=names)


def _verdict(each: Target) -> str:
    if each.reached is None:
        return tr("rien d’acheté")
    words = tr("{reached} sur {asked} demandés").format(
        reached=f"{each.reached}{NBSP}%", asked=f"{each.asked}{NBSP}%"
    )
    if each.reached >= each.asked:
        return tr("{words} : atteint").format(words=words)
    return tr("{words} : il manque {lack}").format(words=words, lack=money(each.lack))


def _columns() -> list[Column]:
    return [
        Column(tr("Fournisseur"), 180, key="supplier"),
        Column(tr("Produit"), 220),
        Column(tr("Label"), 160),
        Column(tr("Montant HT"), 110, "right"),
        Column(tr("Papier"), 230),
    ]


def _texts(row: Proof, soon: date) -> Row:
    paper = row.paper or tr("aucun papier valable")
    if row.until is not None:
        paper = tr("{paper}, jusqu’au {day}").format(paper=paper, day=short_day(row.until))
    tone = "bad" if not row.paper else ("" if row.until is None or row.until > soon else "muted")
    return Row((row.supplier, row.name, row.labels, money(row.amount), paper), tone)
