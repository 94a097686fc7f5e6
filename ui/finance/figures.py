"""Every indicator of the canteen over any days, beside the year before; each opens its lines."""

from decimal import Decimal
from typing import ClassVar, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.periods import in_words
from cantine_desktop.i18n import mark, number, tr
from cantine_desktop.network.alerts import alert
from cantine_desktop.network.explaining import NOTHING, Explained, explain
from cantine_desktop.network.indicator import Indicator
from cantine_desktop.network.indicators import Figure, figures, lived
from cantine_desktop.network.spans import Span, year_before
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import NBSP
from ui.desk import Desk
from ui.finance.figure_lines import FigureDialog
from ui.finance.rows_table import RowsTable, ShownRow
from ui.finance.span_bar import SpanBar
from ui.kit.empty import EmptyState
from ui.kit.jobs import Job
from ui.kit.labels import wrapped
from ui.kit.table import Column
from ui.kit.theme import scaled
from ui.screen import Screen

_TOLD = ("meals", "services", "average-contribution", "charges-covered")
"""Indicators of the sentence, in order."""


class _Read(NamedTuple):
    """The figures of the days shown and those of a year before, by key."""

    period: Period
    now: list[Figure]
    before: dict[str, Decimal | None]


class FiguresScreen(Screen):
    """A table of the indicators; Enter says how one is computed and shows its lines."""

    key: ClassVar[str] = "figures"
    shows: ClassVar[frozenset[str]] = frozenset({
        "takings",
        "service_closing",
        "meal_service",
        "menu",
        "dish",
        "slip_count",
        "entry",
        "line",
        "displayed_price",
        "breach",
        "reading",
        "cash_count",
        "grant_record",
    })
    help_text: ClassVar[str] = mark(
        "Chaque chiffre dit sa formule et ouvre ses lignes : Entrée. Un tiret veut dire que rien "
        "n’est encore noté, pas que le chiffre est nul."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._today = civil_date(desk.book.clock())
        self._job: Job | None = None
        self._asked: Job | None = None
        self._read: _Read | None = None
        self.bar = SpanBar(desk, self, self._today)
        self.sentence = wrapped(role="h2")
        self.formula = wrapped(role="muted")
        self.rows = RowsTable(
            tr("Indicateurs"), _columns(), EmptyState(tr("Calcul en cours…")), self
        )
        self.why = QPushButton(tr("Comment c’est calculé ?"))
        self.explain = self._action(tr("Comment c’est calculé ?"), "", self._explain)
        areas = (
            ("meals", tr("Exporter les indicateurs des services…")),
            ("finance", tr("Exporter les indicateurs d’argent…")),
            ("hygiene", tr("Exporter les indicateurs d’hygiène…")),
        )
        self.exports: list[QAction] = []
        for area, words in areas:
            if desk.may_read(area):
                deed = self._action(words, "", self._export)
                deed.setData(f"figures-{area}")
                self.exports.append(deed)
        self._lay_out()
        self.bar.moved.connect(self.refresh)
        self.why.clicked.connect(self._explain)
        self.rows.table.activated.connect(self._explain)
        self.rows.table.current_changed.connect(self._on_current)
        self.first_stop = self.rows.table

    @override
    def filters(self) -> QWidget:
        return self.bar

    @override
    def document(self) -> tuple[str, Period] | None:
        if not self.desk.may_read("finance"):
            return None
        return "board-sheet", Period.month(self.bar.period.first)

    @override
    def open_at(self, target: object) -> None:
        """Show some days, or an indicator by its key."""
        match target:
            case Period():
                self.bar.show_period(target)
            case str(key):
                self.rows.go_to(key)
            case _:
                pass

    @override
    def place(self) -> object:
        return self.bar.period

    @override
    @Slot()
    def refresh(self) -> None:
        """Compute again beside the window."""
        if self._job is not None:
            self._job.stop()
        period, actor = self.bar.period, self.desk.book.actor
        has_before = self.bar.chosen is not Span.ALL
        # A month that goes on is held against as many days of the one a year before.
        so_far = Period(period.first, max(min(period.end, self._today + DAY), period.first + DAY))

        def read() -> _Read:
            with self.desk.book.read() as session:
                now = figures(session, period, self._today, actor)
                then = figures(session, year_before(so_far), self._today, actor)
                before = {each.indicator.key: each.value for each in then} if has_before else {}
                return _Read(period, now, before)

        self._job = self.desk.jobs.run(read, self._show, self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        self._job = self._asked = None
        raise error

    def _show(self, found: _Read) -> None:
        self._job = None
        self._read = found
        self.subtitle = in_words(found.period)
        goes_on = found.period.end > self._today + DAY
        self.sentence.setText(_sentence(found, goes_on=goes_on))
        chosen = self.rows.current
        self.rows.show_rows([_row(each, found.before) for each in found.now])
        if chosen is not None:
            self.rows.go_to(chosen)
        self._on_current()

    def _current(self) -> Indicator | None:
        key = self.rows.current
        now = self._read.now if self._read else []
        return next((each.indicator for each in now if each.indicator.key == key), None)

    @Slot()
    def _on_current(self, _key: object = None) -> None:
        indicator = self._current()
        self.formula.setText(tr(indicator.formula) if indicator else "")
        self.why.setEnabled(indicator is not None)

    @Slot()
    def _explain(self, _place: object = None) -> None:
        indicator = self._current()
        if indicator is None or self._read is None:
            return
        if self._asked is not None:
            self._asked.stop()
        days = lived(indicator, self._read.period, self._today)

        def read() -> tuple[Indicator, Period, Explained]:
            if days is None:
                return indicator, self._read.period if self._read else self.bar.period, NOTHING
            with self.desk.book.read() as session:
                return indicator, days, explain(session, indicator.key, days)

        self._asked = self.desk.jobs.run(read, self._open, self._on_failed)

    def _open(self, found: tuple[Indicator, Period, Explained]) -> None:
        self._asked = None
        FigureDialog(self.desk, self.window(), *found).exec()

    @Slot()
    def _export(self) -> None:
        deed = self.sender()
        if isinstance(deed, QAction):
            self.desk.export(str(deed.data()), self.bar.period)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.sentence)
        column.addWidget(self.rows, 1)
        foot = QHBoxLayout()
        foot.setSpacing(scaled(12))
        foot.addWidget(self.why)
        foot.addWidget(self.formula, 1)
        column.addLayout(foot)


def _columns() -> list[Column]:
    return [
        Column(tr("N°"), 56),
        Column(tr("Indicateur"), 380),
        Column(tr("Valeur"), 130, "right"),
        Column(tr("Un an avant"), 130, "right"),
        Column(tr("Écart"), 110, "right"),
        Column(tr("À regarder"), 200),
    ]


def _row(figure: Figure, before: dict[str, Decimal | None]) -> ShownRow:
    indicator, value = figure.indicator, figure.value
    then = before.get(indicator.key)
    gap = ""
    if value is not None and then is not None and value != then:
        gap = ("+" if value > then else "") + number(value - then)
    told = alert(indicator.key, value)
    texts = (
        indicator.code,
        tr(indicator.title),
        written(figure.indicator, value),
        written(figure.indicator, then),
        gap,
        told,
    )
    return ShownRow(indicator.key, texts, tone="" if value is not None else "muted")


def written(indicator: Indicator, value: Decimal | None) -> str:
    """Return a value with its unit; a dash where nothing is noted."""
    if value is None:
        return "–"
    return number(value) + (f"{NBSP}{tr(indicator.unit)}" if indicator.unit else "")


def _sentence(found: _Read, *, goes_on: bool) -> str:
    """Return the days in one sentence, from the figures that are known."""
    known = {each.indicator.key: each for each in found.now if each.value is not None}
    said = [
        f"{tr(known[key].indicator.title).lower()}{NBSP}: "
        + written(known[key].indicator, known[key].value)
        for key in _TOLD
        if key in known
    ]
    if not said:
        return tr("Rien n’est encore noté pour ces jours : clôturez un service pour commencer.")
    when = in_words(found.period)
    words = f"{when[:1].upper()}{when[1:]} · " + " · ".join(said) + "."
    if goes_on:
        words += " " + tr("Des jours restent à venir : provisoire.")
    return words
