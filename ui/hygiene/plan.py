"""The plan: which checks this canteen does, on what basis, and since when."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.plan import drafting
from cantine_desktop.hygiene.plan.points import Category
from cantine_desktop.hygiene.plan.queries import PlanView, PointRow, plan_view
from cantine_desktop.hygiene.plan.wording import CATEGORIES, REGIMES, limit_words
from cantine_desktop.i18n import long_day, mark, tr, trn
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from ui.desk import Desk
from ui.hygiene.plan_detail import PointPane
from ui.hygiene.plan_steps import DOCUMENT, PlanSteps
from ui.kit.flow import FlowLayout
from ui.kit.list_detail import ListDetail
from ui.kit.notice import Notice
from ui.kit.table import Column, LazyTable, Row
from ui.kit.theme import scaled
from ui.screen import Screen

_CRITICAL, _ON, _APPLIES, _ALL, _CHANGED = range(5)


class PlanScreen(Screen):
    """The points of the plan by chapter, the detail of one, and the draft that changes them."""

    key: ClassVar[str] = "plan"
    shows: ClassVar[frozenset[str]] = frozenset({"plan_version", "plan_point"})
    help_text: ClassVar[str] = mark(
        "Espace coche ou décoche un contrôle. Vos changements forment un brouillon : rien ne "
        "change dans les relevés avant « Mettre en vigueur »."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._view: PlanView | None = None
        self._rows: dict[str, PointRow] = {}
        self._force = QAction(tr("Mettre en vigueur…"), self)
        self.steps = PlanSteps(desk, self, self.shown_plan, self.show_code)
        self._force.triggered.connect(self.steps.put_in_force)
        self.addAction(self._force)  # the palette and the Actions menu offer it too
        self.state = Notice()
        self.draft = Notice()
        self._bar = self._make_bar()
        columns = [
            Column(tr("Fait"), 58),
            Column(tr("Code"), 76),
            Column(tr("Contrôle"), 336),
            Column(tr("Limite"), 150),
        ]
        self.table: LazyTable[str] = LazyTable(
            tr("Points de contrôle"), columns, self._load, self._find, search=self._search
        )
        self.browser: ListDetail[str] = ListDetail(self.table, self._detail)
        if (splitter := self.browser.findChild(QSplitter)) is not None:
            splitter.setStretchFactor(0, 3)
            splitter.setStretchFactor(1, 2)
        self._space = QShortcut(Qt.Key.Key_Space, self.table.view)
        self._space.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._space.activated.connect(self._toggle)
        layout = QVBoxLayout(self)
        layout.setSpacing(scaled(8))
        for widget in (self.state, self._bar, self.draft):
            layout.addWidget(widget)
        layout.addWidget(self.browser, 1)
        self.setFocusProxy(self.table.view)

    @override
    def primary(self) -> QAction | None:
        return self._force if self.desk.may_write("hygiene") else None

    @override
    def document(self) -> tuple[str, Period]:
        today = self._today()
        return DOCUMENT, Period.through(today, today)

    @override
    def place(self) -> object:
        return self.table.current_key

    @override
    def open_at(self, target: object) -> None:
        """Show a point by its code, or its row in the search."""
        self.refresh()
        if isinstance(target, str):
            self.show_code(target)

    def show_code(self, code: str) -> None:
        """Show a point whatever the filter."""
        if code in self._rows and not self.table.go_to(code):
            self.shown.setCurrentIndex(_ALL)
            self.chapter.setCurrentIndex(0)
            self.browser.search.clear()
            self.table.refresh()
            self.table.go_to(code)

    @override
    def refresh(self) -> None:
        """Read the plan again."""
        today = self._today()
        with self.desk.book.read() as session:
            self._view = plan_view(session, today)
        self._rows = {row.point.code: row for row in self._view.rows}
        self._tell(self._view)
        current = self.table.current_key
        self.table.refresh()
        if current is not None and self.table.current_key == current:
            self.table.current_changed.emit(current)
        elif self.table.model.keys:
            self.table.go_to(self.table.model.keys[0])

    def _tell(self, view: PlanView) -> None:
        """Say which version is in force, and what the draft holds."""
        on = sum(row.is_on for row in view.rows)
        self.subtitle = trn("{n} contrôle coché", "{n} contrôles cochés", on) + tr(
            " sur {total} · {regime}"
        ).format(total=len(view.rows), regime=tr(REGIMES[view.regime]))
        if view.in_force is None:
            self.state.tell(
                "warn",
                tr(
                    "Aucun plan en vigueur : le plan de départ juge vos relevés. "
                    "Adaptez-le, puis mettez-le en vigueur."
                ),
            )
        elif view.coming is not None and view.coming.valid_from is not None:
            self.state.tell(
                "info",
                tr("La version {number} entre en vigueur le {day}.").format(
                    number=view.coming.number, day=long_day(view.coming.valid_from)
                ),
            )
        else:
            self.state.clear()
        may_write = self.desk.may_write("hygiene")
        self._force.setEnabled(may_write and (view.draft is not None or view.in_force is None))
        if view.draft is None or not may_write:
            self.draft.clear()
            return
        said = trn(
            "Brouillon : {n} changement, pas encore en vigueur.",
            "Brouillon : {n} changements, pas encore en vigueur.",
            view.changes,
        )
        self.draft.tell("info", said, tr("Jeter le brouillon"), self.steps.drop)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        flow = FlowLayout(scaled(8), bar)
        self.shown = QComboBox()
        self.shown.setAccessibleName(tr("Points montrés"))
        self.shown.addItems([
            tr("Critiques"),
            tr("Cochés"),
            tr("Utiles ici"),
            tr("Tous les points"),
            tr("Changés dans le brouillon"),
        ])
        self.shown.setCurrentIndex(_ON)
        self.chapter = QComboBox()
        self.chapter.setAccessibleName(tr("Chapitre"))
        self.chapter.addItem(tr("Tous les chapitres"))
        self.chapter.addItems([tr(CATEGORIES[each]) for each in Category])
        for combo in (self.shown, self.chapter):
            combo.currentIndexChanged.connect(self._filter)
            flow.addWidget(combo)
        for button in self._buttons():
            flow.addWidget(button)
        return bar

    def _buttons(self) -> list[QPushButton]:
        """Return the two usual steps, and a menu of the others; the palette finds them all."""
        may_write = self.desk.may_write("hygiene")
        menu = QMenu(self)
        usual: list[QPushButton] = []
        for text, run, writes, is_usual in (
            (tr("Ce que fait la cantine…"), self.steps.ask_profile, True, True),
            (tr("Ajouter un point…"), self.steps.add_own, True, True),
            (tr("Plan allégé ?"), self.steps.show_meter, False, False),
            (tr("Versions du plan…"), self.steps.show_versions, False, False),
            (tr("Reprendre un modèle…"), self.steps.take_template, True, False),
            (tr("Enregistrer le modèle…"), self.steps.save_template, False, False),
        ):
            action = QAction(text, self)
            action.triggered.connect(run)
            action.setEnabled(may_write or not writes)
            self.addAction(action)
            if is_usual:
                button = QPushButton(text)
                button.clicked.connect(action.trigger)
                button.setEnabled(action.isEnabled())
                usual.append(button)
            else:
                menu.addAction(action)
        more = QPushButton(tr("Modèles, versions, souplesse"))
        more.setMenu(menu)
        return [*usual, more]

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    def shown_plan(self) -> PlanView | None:
        """Return the plan as it was read last."""
        return self._view

    @QtSlot()
    def _filter(self) -> None:
        self.table.refresh()

    def _find(self, _order: str, _down: bool) -> Sequence[str]:  # noqa: FBT001  -- the table asks
        words = fold(self.browser.words).split()
        chapter = self.chapter.currentIndex() - 1
        wanted = list(Category)[chapter] if chapter >= 0 else None
        return [
            code
            for code, row in self._rows.items()
            if self._is_shown(row)
            and (wanted is None or row.point.category is wanted)
            and all(word in fold(f"{code} {row.point.name}") for word in words)
        ]

    def _is_shown(self, row: PointRow) -> bool:
        chosen = self.shown.currentIndex()
        if row.is_changed or chosen == _CHANGED:
            return row.is_changed
        if chosen == _CRITICAL:
            return row.is_critical and row.applies
        return chosen == _ALL or (row.is_on if chosen == _ON else row.applies)

    def _load(self, codes: Sequence[str]) -> Sequence[Row]:
        return [self._row(self._rows[code]) for code in codes]

    def _row(self, row: PointRow) -> Row:
        done = tr("oui") if row.is_on else tr("non")
        if row.is_changed:
            done += " *"
        texts = (done, row.point.code, row.point.name, limit_words(row.point.rule))
        tone = "info" if row.is_changed else "" if row.is_on else "muted"
        return Row(texts, tone)

    def _search(self, typed: str) -> int | None:
        ranks = (
            rank
            for rank, code in enumerate(self.table.model.keys)
            if fold(code).startswith(fold(typed))
        )
        return next(ranks, None)

    def _detail(self, code: str) -> QWidget:
        return PointPane(
            self._rows[code],
            may_write=self.desk.may_write("hygiene"),
            switch=self._switch,
            change=self._change,
            remove=self.steps.remove_own,
        )

    @QtSlot()
    def _toggle(self) -> None:
        codes = self.table.selected_keys
        if codes and self.desk.may_write("hygiene"):
            self._switch(codes, not self._rows[codes[0]].is_on)

    def _switch(self, codes: list[str], on: bool) -> None:  # noqa: FBT001  -- a tick is a value
        label = tr("Contrôle coché") if on else tr("Contrôle décoché")
        with self.desk.book.action(label) as session:
            drafting.switch(session, codes, on=on)

    def _change(self, code: str, changes: dict[str, Any]) -> bool:
        try:
            with self.desk.book.action(tr("Point de contrôle changé")) as session:
                drafting.change_point(session, code, **changes)
        except UserError as error:
            self.desk.tell(str(error))
            return False
        return True
