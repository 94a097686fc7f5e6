"""Texts, buttons, fields, forms and messages, each in each of its states."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.values.money import Money
from ui.kit import icons
from ui.kit.empty import EmptyState
from ui.kit.fields import (
    DateEdit,
    Item,
    MoneyEdit,
    NumberEdit,
    SearchCombo,
    TemperatureEdit,
    TextEdit,
)
from ui.kit.form import Form
from ui.kit.jobs import Job, Jobs
from ui.kit.notice import Kind, Notice, Toast, chip
from ui.kit.progress import ProgressStrip
from ui.kit.theme import scaled, set_role
from ui.specimens.samples import LONG, TODAY, beside, stacked, worded


def texts() -> QWidget:
    """Show the sizes of text and the chips."""
    names = ("h1", "kpi", "h2", "", "strong", "muted", "small", "error")
    labels = [worded(f"Relevé du matin · 14\u202f382,10\u00a0€ · {r or 'texte'}", r) for r in names]
    chips = [chip("conforme", "ok"), chip("2 écarts", "warn"), chip("à corriger", "bad")]
    return stacked(*labels, beside(*chips, chip("3 livraisons", "info")), worded(LONG))


def buttons() -> QWidget:
    """Show buttons and ticks, in use, checked and out of use."""
    rows: list[QWidget] = []
    for enabled in (True, False):
        made: list[QWidget] = []
        for role, text in (
            ("primary", "Clôturer"),
            ("", "Imprimer"),
            ("danger", "Supprimer"),
            ("quiet", "Arrêter"),
            ("link", "2 cases à corriger"),
        ):
            button = QPushButton(text)
            button.setIcon(icons.icon("printer", "on_primary" if role == "primary" else "text"))
            set_role(button, role)
            made.append(button)
        tool = QToolButton()
        tool.setIcon(icons.icon("gear"))
        tool.setAccessibleName("Réglages")
        made.append(tool)
        ticks = [
            QCheckBox("Mardi"),
            QCheckBox("Mercredi"),
            QRadioButton("Midi"),
            QRadioButton("Soir"),
        ]
        ticks[0].setChecked(True)
        ticks[2].setChecked(True)
        rows += [beside(*made), beside(*ticks)]
        for row in rows[-2:]:
            row.setEnabled(enabled)
    tabs = QTabBar()
    for text in ("Résumé", "Menu", "Convives"):
        tabs.addTab(text)
    tabs.setExpanding(False)
    combo = QComboBox()
    combo.setAccessibleName("Feuille")
    combo.addItems(["Froid positif", "Froid négatif"])
    return stacked(*rows, tabs, beside(combo))


def fields() -> QWidget:
    """Show fields: with a value, empty, refused, asking, out of use."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(scaled(16))
    grid.setVerticalSpacing(scaled(12))
    makers: dict[str, Callable[[], Any]] = {
        "Nombre": lambda: NumberEdit("Nombre", places=3, unit="kg"),
        "Montant": lambda: MoneyEdit("Montant"),
        "Température": lambda: TemperatureEdit("Température"),
        "Date": lambda: DateEdit("Date", lambda: TODAY),
        "Choix": lambda: SearchCombo("Choix", [Item(1, "Odile Colin", "bénévole")]),
        "Texte": lambda: TextEdit("Texte", required=True),
    }
    values = (Decimal("12.5"), Money(123450), Decimal(-18), TODAY, Item(1, "Odile Colin"), "Bon")
    wrong = ("1.234", "douze", "700", "31/2", "Xavier", "")
    for column, title in enumerate(("", "Valeur", "À corriger", "Vide", "Hors d’usage")):
        grid.addWidget(worded(title, "small"), 0, column)
        grid.setColumnStretch(column, 1 if column else 0)
    for row, ((name, make), value, text) in enumerate(
        zip(makers.items(), values, wrong, strict=True), 1
    ):
        made = [make() for _ in range(4)]
        made[0].set_value(value)
        made[1].line.setText(text)
        made[1].commit()
        made[3].set_value(value)
        made[3].setEnabled(False)
        grid.addWidget(worded(name), row, 0)
        for column, field in enumerate(made, 1):
            grid.addWidget(field, row, column)
    area, search = QPlainTextEdit("Porte mal fermée ce matin."), QLineEdit()
    area.setAccessibleName("Remarque")
    area.setMaximumHeight(scaled(80))
    area.setTabChangesFocus(True)
    search.setPlaceholderText("Rechercher ou lancer une action…")
    search.setAccessibleName("Rechercher")
    return stacked(holder, search, area)


def forms() -> QWidget:
    """Show a form with sections, help, an error and folded options."""
    form = Form()
    form.section("Enceinte froide")
    form.add("name", "Nom", TextEdit("Nom", required=True), "Tel qu’il est écrit sur la porte.")
    form.add("limit", "Limite", TemperatureEdit("Limite", required=True))
    form.add("since", "En service depuis", DateEdit("En service depuis", lambda: TODAY))
    form.add("used", "En service", QCheckBox("Relevée matin et soir"))
    more = form.more(is_open=True)
    form.add("probe", "Sonde", SearchCombo("Sonde", [Item(1, "Sonde 1"), Item(2, "Sonde 2")]))
    form.add("note", "Remarque", QPlainTextEdit())
    more.setAccessibleName("Plus d’options")
    form.check()
    form.setMaximumWidth(scaled(640))
    return stacked(form)


def messages() -> QWidget:
    """Show notices of each kind, a toast, the progress of a job."""
    made: list[QWidget] = []
    told: tuple[tuple[Kind, str, str], ...] = (
        ("ok", "La semaine 47 est validée.", ""),
        ("info", "Un autre poste a modifié ces relevés\u00a0; ils sont relus.", ""),
        ("warn", "Aucune imprimante n’est installée. Le PDF est prêt.", "Ouvrir"),
        ("bad", f"La feuille n’a pas pu être lue. Rien n’a changé. {LONG}.", "Réessayer"),
    )
    for kind, text, button in told:
        notice = Notice()
        notice.tell(kind, text, button)
        made.append(notice)
    toast = Toast("ok", "Relevé ajouté\u00a0: chambre froide 2, 6,2\u00a0°C.", "Annuler", None)
    return stacked(*made, toast, _progress())


class _StillJobs(Jobs):
    """Jobs of which one stands still, to be looked at."""

    @property
    @override
    def running(self) -> list[Job]:
        return [Job("Kit de la semaine 47", percent=40, text="feuille 3 sur 7")]


def _progress() -> ProgressStrip:
    jobs = _StillJobs()
    strip = ProgressStrip(jobs)
    jobs.setParent(strip)
    jobs.changed.emit()
    strip.show()
    return strip


def empty() -> QWidget:
    """Show what stands where nothing is yet."""
    return EmptyState(
        "Aucune enceinte froide n’est encore décrite.", "Ajouter une enceinte", icon="snowflake"
    )
