from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPlainTextEdit, QToolButton, QWidget

from ui.kit.colours import LIGHT
from ui.kit.day_list import DayList, Task
from ui.kit.fields import DateEdit, TextEdit
from ui.kit.figure import Figure, Point, chart_canvas
from ui.kit.form import Form
from ui.kit.report_page import ReportPage

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return show


@pytest.fixture
def form(shown):
    form = Form()
    form.section("Enceinte")
    form.add("name", "Nom", TextEdit("Nom", required=True))
    form.add("since", "Depuis", DateEdit("Depuis", lambda: date(2026, 11, 22)))
    form.add("used", "En service", QCheckBox())
    form.more()
    combo = QComboBox()
    combo.addItems(["a", "b"])
    form.add("kind", "Genre", combo)
    form.add("note", "Remarque", QPlainTextEdit())
    form.said = []
    form.committed.connect(lambda key, value: form.said.append((key, value)))
    return shown(form)


def test_each_field_is_committed_when_it_is_left(qtbot, form):
    name = form.field("name")
    name.setFocus()
    qtbot.keyClicks(name.line, "Frigo  1")
    assert form.said == []
    qtbot.keyClick(name.line, Qt.Key.Key_Tab)
    qtbot.mouseClick(form.field("used"), Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    assert form.said == [("name", "Frigo 1"), ("used", True)]


def test_an_area_is_committed_when_it_is_left_and_tab_leaves_it(qtbot, form):
    form.findChild(QToolButton).click()
    note = form.field("note")
    note.setFocus()
    qtbot.keyClicks(note, "porte")
    qtbot.keyClick(note, Qt.Key.Key_Tab)
    assert form.said == [("note", "porte")]


def test_what_is_wrong_is_summed_up_and_the_first_field_waits(form):
    form.field("since").line.setText("31/2")
    assert not form.check()
    assert set(form.errors) == {"name", "since"}
    texts = [label.text() for label in form.findChildren(QLabel)]
    assert "2 champs à corriger\u00a0: Nom, Depuis." in texts
    assert form.field("name").line.hasFocus()
    form.field("name").line.setText("Frigo")
    form.field("since").line.setText("9/10")
    assert form.check()


def test_labels_name_their_widgets(form):
    assert form.field("kind").accessibleName() == "Genre"
    buddies = [label.buddy() for label in form.findChildren(QLabel) if label.text() == "Nom"]
    assert buddies == [form.field("name")]


TASKS = [
    Task("a", "Températures", "08:45", is_done=True, note="1 écart", tone="warn"),
    Task("b", "Plats témoins", "12:20", note="à faire", tone="warn"),
    Task("c", "Clôture", "14:00", can_toggle=False),
]


@pytest.fixture
def day(shown):
    day = DayList("Tâches")
    day.show_tasks(TASKS)
    shown(day)
    day.setFocus()
    day.setCurrentIndex(day.model().index(1, 0))
    day.said = []
    day.toggled.connect(lambda key, done: day.said.append((key, done)))
    day.opened.connect(day.said.append)
    return day


def test_space_does_a_task_in_place_and_enter_opens_it(qtbot, day):
    qtbot.keyClick(day, Qt.Key.Key_Space)
    qtbot.keyClick(day, Qt.Key.Key_Up)
    qtbot.keyClick(day, Qt.Key.Key_Space)
    qtbot.keyClick(day, Qt.Key.Key_End)
    qtbot.keyClick(day, Qt.Key.Key_Space)
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert day.said == [("b", True), ("a", False), "c"]


def test_a_click_on_the_mark_does_it_too(qtbot, day):
    box = day.visualRect(day.model().index(1, 0))
    qtbot.mouseClick(day.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(22, box.center().y()))
    qtbot.mouseClick(day.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(120, box.center().y()))
    assert day.said == [("b", True)]


def test_the_current_task_stays_current_when_tasks_are_read_again(day):
    day.show_tasks([TASKS[1], TASKS[0]])
    assert day.current.key == "b"
    assert day.currentIndex().row() == 0


def test_a_task_is_said_with_its_hour_and_its_state(day):
    said = day.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "08:45, Températures, fait, 1 écart"


def test_a_figure_is_drawn_and_has_words(shown):
    figure = Figure("Repas par mois")
    figure.resize(300, 150)
    figure.show_points(
        [Point("sept.", 5, "5"), Point("oct.", None, "–"), Point("nov.", 10, "10")],
        Point("objectif", 12, "12"),
    )
    shown(figure)
    assert figure.words == "Repas par mois\u00a0: sept. 5, oct. –, nov. 10, objectif 12"
    assert figure.accessibleDescription() == figure.words
    picture = figure.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert QColor(LIGHT.charts[0]).name() in colours
    assert QColor(LIGHT.accent).name() in colours
    figure.show_points([])
    assert "aucune valeur" in figure.words
    figure.grab()


@pytest.mark.parametrize("kind", ["bars", "line", "spark"])
def test_a_figure_bears_any_values(shown, kind):
    figure = Figure("Solde", kind)
    for values in ([0, 0], [-5, 5], [None], [3], list(range(1000))):
        figure.show_points([Point(str(n), value, str(value)) for n, value in enumerate(values)])
        shown(figure).grab()


def test_a_matplotlib_figure_is_shown_with_its_words(shown):
    from matplotlib.figure import Figure as Drawing  # noqa: PLC0415  -- seconds, this test only

    drawing = Drawing()
    drawing.add_subplot().plot([1, 2])
    holder = shown(chart_canvas(drawing, "Deux points qui montent"))
    names = [child.accessibleName() for child in holder.findChildren(QWidget)]
    assert "Deux points qui montent" in names


def test_a_comment_of_a_report_is_committed_when_it_is_left(qtbot, shown):
    page, said = ReportPage(), []
    page.heading("Octobre")
    page.table(("Charge", "€"), [("Équipe", "9,01")], ("Total", "9,01"))
    area = page.comment("month", "Votre commentaire")
    page.commented.connect(lambda key, text: said.append((key, text)))
    shown(page)
    area.setFocus()
    qtbot.keyClicks(area, "bien")
    area.clearFocus()
    assert said == [("month", "bien")]
    assert area.accessibleName() == "Votre commentaire"


def test_fields_folded_away_are_shown_on_request(qtbot, shown):
    form = Form()
    more = form.more()
    form.add("probe", "Sonde", TextEdit("Sonde"))
    shown(form)
    assert not form.field("probe").isVisible()
    qtbot.keyClick(more._button, Qt.Key.Key_Space)
    assert form.field("probe").isVisible()
    assert more.is_open
