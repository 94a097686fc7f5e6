"""What the rules say of the week: a line each, with the text of its article to open."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.i18n import tr, trn
from cantine_desktop.staff.contracts.words import WORDINGS
from cantine_desktop.staff.law.articles import article
from cantine_desktop.staff.law.nouns import Alert, Severity
from cantine_desktop.staff.law.rules import rule_title
from cantine_desktop.staff.rosters.coverage import Uncovered
from ui.kit.dialogs import Dialog
from ui.kit.flow import FlowLayout
from ui.kit.icons import icon
from ui.kit.labels import wrapped
from ui.kit.theme import scaled, set_role
from ui.staff.short_list import fit_rows

_SIGNS = {
    Severity.FORBIDDEN: ("warning-octagon-fill", "bad"),
    Severity.TO_JUSTIFY: ("warning-fill", "warn"),
    Severity.ADVICE: ("info-fill", "info"),
}

_TALLEST = 3
"""Lines seen at once before the list scrolls."""


def severity_word(severity: Severity) -> str:
    """Return the word for how bad an alert is, in the language in use."""
    words = {
        Severity.FORBIDDEN: tr("Interdit"),
        Severity.TO_JUSTIFY: tr("À justifier"),
        Severity.ADVICE: tr("Conseil"),
    }
    return words[severity]


class AlertList(QWidget):
    """The alerts of a week under its grid, and buttons that change what is asked for.

    Signals:
        chosen: An alert was chosen: its worker’s key as text, and its first day or ``None``.
    """

    chosen = Signal(str, object)

    def __init__(self, actions: Sequence[QAction] = ()) -> None:
        super().__init__()
        self.heading = QLabel()
        self.heading.setWordWrap(True)
        set_role(self.heading, "strong")
        self.opens = QPushButton(tr("Lire l’article"))
        self.opens.clicked.connect(self._open)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Ce que disent les règles"))
        self.list.setWordWrap(True)
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._open)
        self.list.currentRowChanged.connect(self._choose)
        buttons = QWidget(self)
        flow = FlowLayout(scaled(8), buttons)
        flow.addWidget(self.opens)
        for action in actions:
            button = QPushButton(action.text())
            button.clicked.connect(action.trigger)
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        column.addWidget(buttons)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        self._alerts: tuple[Alert, ...] | None = None
        self._gaps: tuple[Uncovered, ...] = ()

    def show_alerts(
        self, alerts: Sequence[Alert], gaps: Sequence[Uncovered], names: dict[str, str]
    ) -> None:
        """Show alerts, the worst first, then what the services lack."""
        if (tuple(alerts), tuple(gaps)) == (self._alerts, self._gaps):
            return
        self._alerts, self._gaps = tuple(alerts), tuple(gaps)
        self.list.blockSignals(True)
        self.list.clear()
        for alert in alerts:
            self.list.addItem(_item(alert, names.get(alert.worker, "")))
        for gap in gaps:
            self.list.addItem(_gap(gap))
        self.list.blockSignals(False)
        self.list.setVisible(bool(alerts or gaps))
        self.opens.setVisible(bool(alerts))
        self.heading.setText(_summary(alerts, len(gaps)))
        fit_rows(self.list, _TALLEST)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_rows(self.list, _TALLEST)

    @Slot(int)
    def _choose(self, place: int) -> None:
        shown = self._alerts or ()
        if 0 <= place < len(shown):
            alert = shown[place]
            first: date | None = next(iter(alert.days), None)
            self.chosen.emit(alert.worker, first)

    @Slot()
    def _open(self) -> None:
        shown, place = self._alerts or (), max(self.list.currentRow(), 0)
        if place < len(shown):
            AlertDialog(shown[place], self).exec()


class AlertDialog(Dialog):
    """An alert whole: the figures, what would put it right, and what the article says."""

    def __init__(self, alert: Alert, parent: QWidget) -> None:
        super().__init__(parent.window(), rule_title(alert.rule))
        said = article(alert.article)
        self.body.addWidget(wrapped(f"{severity_word(alert.severity)} · {alert.sentence}"))
        if alert.remedy:
            self.body.addWidget(wrapped(alert.remedy, "strong"))
        self.body.addWidget(wrapped(said.title, "strong"))
        self.body.addWidget(wrapped(said.summary))
        kept = tr("Résumé écrit pour ce logiciel, pas le texte lui-même : {status}.").format(
            status=tr(WORDINGS[said.status])
        )
        self.body.addWidget(wrapped(" ".join(filter(None, (kept, said.version))), "small"))
        if alert.caution:
            self.body.addWidget(wrapped(alert.caution, "small"))
        _act, close = self.add_answers(tr("Fermer"))
        close.hide()
        self.resize(scaled(560), self.height())
        self.fit()


def _item(alert: Alert, name: str) -> QListWidgetItem:
    drawing, colour = _SIGNS[alert.severity]
    who = tr("{name} : {what}").format(name=name, what=alert.sentence) if name else alert.sentence
    item = QListWidgetItem(icon(drawing, colour), who)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{severity_word(alert.severity)}, {who}")
    item.setToolTip(alert.remedy)
    return item


def _gap(gap: Uncovered) -> QListWidgetItem:
    item = QListWidgetItem(icon("warning-fill", "warn"), gap.sentence)
    item.setData(
        Qt.ItemDataRole.AccessibleTextRole, tr("À couvrir, {what}").format(what=gap.sentence)
    )
    return item


def _summary(alerts: Sequence[Alert], gaps: int) -> str:
    if not alerts and not gaps:
        return tr("Aucune alerte : les règles suivies sont respectées.")
    counts = [
        (severity, sum(each.severity is severity for each in alerts)) for severity in Severity
    ]
    said = {
        Severity.FORBIDDEN: trn("{n} interdit", "{n} interdits", counts[0][1]),
        Severity.TO_JUSTIFY: trn("{n} à justifier", "{n} à justifier", counts[1][1]),
        Severity.ADVICE: trn("{n} conseil", "{n} conseils", counts[2][1]),
    }
    parts = [said[severity] for severity, count in counts if count]
    if gaps:
        parts.append(trn("{n} manque à couvrir", "{n} manques à couvrir", gaps))
    return " · ".join(parts)
