"""The months to come: what is held, what comes and goes, when the money would run short."""

from decimal import Decimal
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.treasury.curve import (
    SHIPPED,
    Curve,
    CurveMonth,
    curves,
    drop_scenario,
    own_scenarios,
    runway_words,
    trouble_words,
)
from cantine_desktop.i18n import mark, money, month, number, short_day, tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.curve_view import CurveView, Drawn
from ui.finance.flow_list import FlowsDialog
from ui.finance.kpi_strip import Kpi, KpiStrip
from ui.finance.month_events import EventsDialog
from ui.finance.rows_table import RowsTable, ShownRow, whole
from ui.finance.scenario_form import ScenarioDialog
from ui.finance.tight import Tight
from ui.kit.empty import EmptyState
from ui.kit.jobs import Job
from ui.kit.notice import Notice
from ui.kit.table import Column
from ui.kit.theme import scaled, set_role
from ui.screen import Screen

HORIZONS = (6, 9, 12)


class RunwayScreen(Screen):
    """The cash curve under each scenario; Enter shows what moves a month."""

    key: ClassVar[str] = "runway"
    shows: ClassVar[frozenset[str]] = frozenset({
        "entry",
        "line",
        "lettering",
        "budget",
        "budget_line",
        "planned_flow",
        "scenario",
        "grant_record",
        "grant_payment",
        "finance_policy",
    })
    help_text: ClassVar[str] = mark(
        "Factures ouvertes, subventions accordées, flux prévus et budget donnent la courbe. "
        "Entrée sur un mois montre ce qui le fait bouger."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._today = civil_date(desk.book.clock())
        self._curves: list[Curve] = []
        self._job: Job | None = None
        self.scenario = QComboBox()
        self.scenario.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.scenario.setAccessibleName(tr("Scénario"))
        self.horizon = QComboBox()
        self.horizon.setAccessibleName(tr("Durée"))
        for count in HORIZONS:
            self.horizon.addItem(trn("{n} mois", "{n} mois", count), count)
        self.horizon.setCurrentIndex(len(HORIZONS) - 1)
        self._filters = QWidget()
        row = QHBoxLayout(self._filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.scenario)
        row.addWidget(self.horizon)
        self.notice = Notice()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        set_role(self.sentence, "h2")
        self.pace = QLabel()
        self.pace.setWordWrap(True)
        set_role(self.pace, "muted")
        self.kpis = KpiStrip(tr("Trésorerie en bref"))
        self.curve = CurveView(tr("Trésorerie des mois à venir"))
        self.months = RowsTable(
            tr("Mois à venir"), _columns(), EmptyState(tr("Calcul en cours…")), self
        )
        self.months.table.activated.connect(self._open)
        self._make_actions()
        self._lay_out()
        self.scenario.currentIndexChanged.connect(self._show)
        self.horizon.currentIndexChanged.connect(self.refresh)
        self.first_stop = self.months.table

    def _make_actions(self) -> None:
        may = self.desk.may_write("finance")
        self.new = self._action(tr("Nouveau scénario…"), "", self._add_scenario, enabled=may)
        self.flows = self._action(tr("Flux prévus…"), "", self._open_flows)
        self.forget = self._action(tr("Oublier ce scénario"), "", self._drop_scenario, enabled=may)

    @override
    def filters(self) -> QWidget:
        return self._filters

    @override
    def primary(self) -> QAction:
        return self.new

    @override
    def document(self) -> tuple[str, Period]:
        return "treasury-report", Period.through(self._today, self._today)

    @override
    @Slot()
    def refresh(self) -> None:
        """Count again beside the window."""
        if self._job is not None:
            self._job.stop()
        months = int(self.horizon.currentData())

        def read() -> list[Curve]:
            with self.desk.book.read() as session:
                return _read(session, self, months)

        self._job = self.desk.jobs.run(read, self._on_read, self._on_failed)

    def _on_read(self, found: list[Curve]) -> None:
        self._job = None
        self._curves = found
        chosen = self.scenario.currentText()
        self.scenario.blockSignals(True)
        self.scenario.clear()
        self.scenario.addItems([tr(curve.supposed.name) for curve in found])
        self.scenario.setCurrentIndex(max(self.scenario.findText(chosen), 0))
        self.scenario.blockSignals(False)
        self._show()

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        raise error

    @property
    def shown(self) -> Curve | None:
        """The curve that is chosen."""
        place = self.scenario.currentIndex()
        return self._curves[place] if 0 <= place < len(self._curves) else None

    @Slot()
    def _show(self) -> None:
        curve = self.shown
        if curve is None:
            return
        self.sentence.setText(trouble_words(curve))
        self.pace.setText(f"{runway_words(curve.runway, curve.today)} {_basis_words(curve)}")
        own = curve.supposed.name not in {one.name for one in SHIPPED}
        self.forget.setEnabled(own and self.desk.may_write("finance"))
        self._forget_button.setVisible(self.forget.isEnabled())
        self.kpis.show_kpis(_kpis(curve))
        self._draw(curve)
        self.months.show_rows([_row(each, curve) for each in curve.months])

    def _draw(self, chosen: Curve) -> None:
        ordered = [chosen, *(each for each in self._curves if each is not chosen)]
        drawn = [
            Drawn(
                tr(curve.supposed.name),
                tuple(each.closing.cents / 100 for each in curve.months),
                ", ".join(money(each.closing) for each in curve.months),
            )
            for curve in ordered
        ]
        labels = [f"{each.first:%m/%y}" for each in chosen.months]
        values = [value for each in drawn for value in each.values]
        level = chosen.least.cents / 100
        words = tr("seuil {amount}").format(amount=money(chosen.least))
        self.curve.show_curves(labels, drawn, (level, words), _ticks([*values, level, 0.0]))

    @Slot(object)
    def _open(self, _place: object) -> None:
        each, curve = self.months.current, self.shown
        if isinstance(each, CurveMonth) and curve is not None:
            EventsDialog(self.desk, self.window(), each, curve).exec()

    @Slot()
    def _add_scenario(self) -> None:
        curve = self.shown
        ScenarioDialog(self.desk, self.window(), curve.supposed if curve else None).exec()

    @Slot()
    def _drop_scenario(self) -> None:
        curve = self.shown
        if curve is None:
            return
        with self.desk.book.action(tr("Scénario oublié")) as session:
            drop_scenario(session, curve.supposed.name)
        self.desk.tell(tr("Scénario oublié."), undo=True)

    @Slot()
    def _open_flows(self) -> None:
        FlowsDialog(self.desk, self.window()).exec()

    def _lay_out(self) -> None:
        above = QWidget()
        bar = QHBoxLayout(above)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(scaled(8))
        bar.addWidget(self.kpis, 1)
        for action in (self.forget, self.flows):
            button = QPushButton(action.text())
            button.clicked.connect(action.trigger)
            bar.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
            if action is self.forget:
                self._forget_button = button
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        for widget in (self.notice, self.sentence, self.pace):
            column.addWidget(widget)
        column.addWidget(above)
        column.addWidget(self.curve)
        self.tight = Tight(self, (above, self.pace))
        self.months.setMinimumHeight(scaled(94))  # its head and two months
        column.addWidget(self.months, 1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _read(session: Session, screen: RunwayScreen, months: int) -> list[Curve]:
    today = civil_date(screen.desk.book.clock())
    return curves(session, today, (*SHIPPED, *own_scenarios(session)), months)


def _columns() -> list[Column]:
    return [
        Column(tr("Mois"), 150),
        Column(tr("Entrées (€)"), 120, "right"),
        Column(tr("Sorties (€)"), 120, "right"),
        Column(tr("À la fin (€)"), 120, "right"),
        Column(tr("Au plus bas (€)"), 130, "right"),
        Column(tr("Le"), 110),
    ]


def _row(each: CurveMonth, curve: Curve) -> ShownRow:
    texts = (
        month(each.first),
        whole(each.incoming),
        whole(each.outgoing),
        whole(each.closing) or "0",
        whole(each.lowest) or "0",
        short_day(each.lowest_on),
    )
    return ShownRow(each, texts, tone="bad" if each.lowest < curve.least else "")


def _kpis(curve: Curve) -> list[Kpi]:
    pace = curve.runway
    last = curve.months[-1]
    months = pace.months
    role = "" if months is None else "bad" if months < 2 else "warn" if months < 3 else "ok"
    left = tr("{count} mois").format(count=number(months)) if months is not None else "–"
    return [
        Kpi(tr("Banque et caisse"), money(curve.opening)),
        Kpi(tr("Visibilité"), left, tr("d’après {n} mois").format(n=pace.month_count), role),
        Kpi(
            tr("Au plus bas"),
            money(curve.lowest.lowest),
            short_day(curve.lowest.lowest_on),
            "bad" if curve.lowest.lowest < curve.least else "",
        ),
        Kpi(tr("Fin {month}").format(month=month(last.first)), money(last.closing)),
    ]


def _basis_words(curve: Curve) -> str:
    if curve.basis == "budget":
        return tr(
            "Les mois à venir suivent le budget, repris l’an prochain mois pour mois, subventions"
            " espérées comprises."
        )
    if curve.basis == "last-year":
        return tr("Sans budget, les mois à venir suivent ceux de l’an dernier.")
    return tr("Ni budget ni passé : seuls les flux connus comptent.")


def _ticks(values: list[float]) -> list[tuple[float, str]]:
    low, high = min(values), max(values)
    step = 1000.0
    while (high - low) / step > 6:
        step *= 2.5 if str(step)[0] == "2" else 2
    first = int(low // step) + (low % step > 0)
    return [
        (place * step, number(Decimal(round(place * step))))
        for place in range(first, int(high // step) + 1)
    ]
