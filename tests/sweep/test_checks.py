"""The sweep sees what a person would stumble over, and nothing else."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tests.sweep.clipping import clipped, overflowing
from tests.sweep.keyboard import nameless, unreachable
from tests.sweep.wording import Translations, words_of
from ui.frame.pages import Pages

LONG = "Une température relevée ce matin dans la chambre froide"


@pytest.fixture
def panel(qtbot):
    """Return a function that shows widgets in a column and returns the panel."""

    def show(*widgets, width=800):
        root = QWidget()
        column = QVBoxLayout(root)
        for widget in widgets:
            column.addWidget(widget)
        qtbot.addWidget(root)
        root.resize(width, 400)
        root.show()
        return root

    return show


def kinds(findings):
    return [finding.kind for finding in findings]


def narrow(widget, pixels=60):
    widget.setFixedWidth(pixels)
    return widget


def a_header(width, tooltip=""):
    model = QStandardItemModel(1, 1)
    model.setHorizontalHeaderLabels([LONG])
    model.horizontalHeaderItem(0).setToolTip(tooltip)
    table = QTableView()
    table.setAccessibleName("Relevés")
    model.setParent(table)
    table.setModel(model)
    table.setColumnWidth(0, width)
    return table


def a_tab_bar(width):
    bar = QTabBar()
    bar.setUsesScrollButtons(False)
    bar.addTab(LONG)
    bar.addTab("Nettoyage")
    bar.setFixedWidth(width)
    return bar


def a_combo(width):
    combo = QComboBox()
    combo.addItem(LONG)
    return narrow(combo, width)


def a_field(width):
    field = QLineEdit()
    field.setPlaceholderText(LONG)
    return narrow(field, width)


def short(label):
    label.setWordWrap(True)
    label.setFixedSize(80, 20)
    return label


@pytest.mark.parametrize(
    "widget",
    [
        lambda: narrow(QLabel(LONG)),
        lambda: short(QLabel(LONG)),
        lambda: narrow(QPushButton(LONG)),
        lambda: narrow(QCheckBox(LONG)),
        lambda: a_header(60),
        lambda: a_tab_bar(120),
        lambda: a_combo(60),
        lambda: a_field(60),
    ],
    ids=["label", "paragraph", "button", "box", "header", "tabs", "combo", "placeholder"],
)
def test_a_text_without_its_room_is_seen(panel, widget):
    assert "clipped" in kinds(clipped(panel(widget())))


@pytest.mark.parametrize(
    "widget",
    [
        lambda: QLabel(LONG),
        lambda: QPushButton(LONG),
        lambda: QCheckBox(LONG),
        lambda: a_header(600),
        lambda: a_header(60, tooltip=LONG),
        lambda: a_tab_bar(700),
        lambda: a_combo(600),
        lambda: a_field(600),
    ],
    ids=["label", "button", "box", "header", "header tip", "tabs", "combo", "placeholder"],
)
def test_a_text_with_its_room_is_left_alone(panel, widget):
    assert not list(clipped(panel(widget())))


def test_an_elided_text_that_its_tooltip_says_is_left_alone(panel):
    label = narrow(QLabel(LONG))
    label.setToolTip(LONG)
    assert not list(clipped(panel(label)))


def test_a_button_outside_its_panel_is_seen(panel):
    root = panel(QLabel("Bonjour"), width=200)
    button = QPushButton("Imprimer", root)
    button.move(180, 10)
    button.show()
    assert "cut by its surroundings" in next(clipped(root)).what


def test_what_scrolls_is_not_cut(panel):
    area = QScrollArea()
    inside = QWidget()
    inside.setFixedSize(2000, 2000)
    QPushButton("Imprimer", inside).move(1900, 1900)
    area.setWidget(inside)
    assert not list(clipped(panel(area)))


def test_what_is_too_wide_for_a_list_that_only_scrolls_down_is_seen(panel):
    area = QScrollArea()
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(narrow(QPushButton("Imprimer"), 2000))
    root = panel(area)
    assert kinds(overflowing(root)) == ["clipped"]
    area.widget().setFixedWidth(100)
    assert not list(overflowing(root))


def test_a_page_larger_than_the_window_is_seen(panel):
    pages = Pages()
    page = QWidget()
    page.setMinimumSize(2000, 100)
    pages.stack.addWidget(page)
    root = panel(pages)
    assert kinds(overflowing(root)) == ["too big"]
    page.setMinimumSize(100, 100)
    QApplication.processEvents()
    assert not list(overflowing(root))


def test_a_control_that_a_screen_reader_cannot_name_is_seen(panel):
    icon_only = QToolButton()
    assert kinds(nameless(panel(icon_only, QLineEdit(), QTextEdit()))) == ["nameless"] * 3


def test_a_field_named_by_its_label_is_left_alone(panel):
    form = QWidget()
    QFormLayout(form).addRow("Nom", QLineEdit())
    named = QToolButton()
    named.setAccessibleName("Imprimer")
    assert not list(nameless(panel(form, named, QPushButton("Fermer"))))


def test_a_control_that_tab_skips_is_seen(panel):
    skipped = QPushButton("Oublié")
    skipped.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    found = list(unreachable(panel(QLineEdit(), QPushButton("Fermer"), skipped)))
    assert kinds(found) == ["unreachable"]
    assert "QPushButton" in found[0].what


def test_a_field_that_swallows_tab_is_seen(panel):
    swallowing = QTextEdit()
    found = [finding.what for finding in unreachable(panel(QLineEdit(), swallowing))]
    assert any("never leaves QTextEdit" in what for what in found)


def test_the_walk_goes_on_behind_a_field_that_swallows_tab(panel):
    found = list(unreachable(panel(QLineEdit(), QTextEdit(), QPushButton("Fermer"))))
    assert ["never leaves" in finding.what for finding in found] == [True]


def test_a_button_that_repeats_a_key_needs_no_tab(panel):
    arrow = QToolButton()
    arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    arrow.setToolTip("Calendrier (Alt+↓)")
    assert not list(unreachable(panel(QLineEdit(), arrow)))


def test_a_button_whose_tooltip_names_its_key_needs_no_tab(panel):
    answers = [QPushButton("1234"), QPushButton("1,234")]
    for button in answers:
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setShortcut(f"Alt+{answers.index(button) + 1}")
    answers[0].setToolTip("Alt+1")
    found = list(unreachable(panel(QLineEdit(), *answers)))
    assert kinds(found) == ["unreachable"]


def test_what_tab_or_the_arrows_reach_is_left_alone(panel):
    group = QButtonGroup()
    buttons = [QPushButton(name) for name in ("Jour", "Semaine", "Mois")]
    for button in buttons:
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        group.addButton(button)
    buttons[1].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    buttons[1].setChecked(True)
    root = panel(QLineEdit(), QPushButton("Fermer"), *buttons)
    assert not list(unreachable(root))
    group.setParent(root)


class Bar(QWidget):
    """Buttons that the arrows walk through, one of them for Tab."""

    def __init__(self):
        super().__init__()
        column = QVBoxLayout(self)
        self.buttons = [Rung(self, name) for name in ("Services", "Achats", "Équipe")]
        for button in self.buttons:
            column.addWidget(button)
        self.buttons[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class Rung(QPushButton):
    def __init__(self, bar, name):
        super().__init__(name)
        self._bar = bar
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event):  # noqa: N802  -- Qt names it
        here = self._bar.buttons.index(self)
        if event.key() == Qt.Key.Key_Down and here < 2:
            self._bar.buttons[here + 1].setFocus()


def test_a_bar_that_the_arrows_walk_through_is_left_alone(panel):
    assert not list(unreachable(panel(QLineEdit(), Bar(), QPushButton("Fermer"))))


def test_french_letters_in_the_english_window_are_seen():
    known = Translations({"Chambre n° 1", "CF 1"})
    same = {"Relevés", "Chambre n° 1", "CF 1", "Print", "Chambre n° 1 — Cantine"}
    found = [finding.what for finding in known.untranslated(same, same)]
    assert found == [repr("Relevés")]


def test_what_the_canteen_wrote_is_never_translated():
    same = {"Frigo cuisine", "Relevés"}
    assert kinds(Translations(set()).untranslated(same, same)) == ["untranslated"] * 2
    found = Translations({"Frigo cuisine"}).untranslated(same, same)
    assert [finding.what for finding in found] == [repr("Relevés")]


def test_what_english_says_in_french_on_purpose_is_left_alone():
    assert not list(Translations(set()).untranslated({"Département"}, {"Département"}))


def test_a_text_is_only_untranslated_when_both_windows_say_it():
    known = Translations(set())
    assert not list(known.untranslated({"Readings"}, {"Relevés"}))


def test_every_word_of_a_panel_is_read_hidden_ones_left_out(panel):
    hidden = QLabel("Caché")
    field = QLineEdit()
    field.setPlaceholderText("Chercher")
    field.setToolTip("Partout")
    root = panel(hidden, field, QPushButton("&Imprimer"), a_header(600))
    hidden.hide()
    words = words_of(root)
    assert {"Chercher", "Partout", "Imprimer", LONG} <= words
    assert "Caché" not in words
