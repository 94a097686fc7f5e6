"""A part of a screen costs nothing before it is seen."""

import pytest
from PySide6.QtWidgets import QLabel, QTabWidget

from ui.kit.later import Later

pytestmark = pytest.mark.usefixtures("dressed")


def test_a_tab_is_built_once_when_it_is_first_shown(qtbot):
    made = []

    def make():
        made.append(QLabel("Exercices"))
        return made[-1]

    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    late = Later(make)
    tabs.addTab(QLabel("Écritures"), "Écritures")
    tabs.addTab(late, "Exercices")
    tabs.show()
    assert not late.is_built
    tabs.setCurrentWidget(late)
    assert late.page.isVisible()
    tabs.setCurrentIndex(0)
    tabs.setCurrentWidget(late)
    assert made == [late.page]


def test_it_is_built_for_whoever_asks_before(qtbot):
    late = Later(QLabel)
    qtbot.addWidget(late)
    assert late.page.parentWidget() is late
    assert late.is_built
