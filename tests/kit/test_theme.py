import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.kit import icons, theme
from ui.kit.colours import DARK, LIGHT, colours, contrast

BOTH = pytest.mark.parametrize("chosen", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("bg", "surface", "sunk", "hover", "selection")


pytestmark = pytest.mark.usefixtures("dressed")


def test_contrast_is_the_one_of_the_guidelines():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@BOTH
def test_text_can_be_read_on_every_ground(chosen):
    pairs = [("text", ground) for ground in GROUNDS]
    pairs += [("muted", ground) for ground in GROUNDS]
    pairs += [(name, f"{name}_bg") for name in ("ok", "warn", "bad", "info")]
    pairs += [(name, "surface") for name in ("ok", "warn", "bad", "info", "primary", "accent")]
    pairs += [("text", f"{name}_bg") for name in ("ok", "warn", "bad", "info")]
    pairs += [("on_primary", "primary"), ("on_primary", "primary_hover"), ("primary", "bg")]
    poor = {
        pair: round(value, 2)
        for pair in pairs
        if (value := contrast(getattr(chosen, pair[0]), getattr(chosen, pair[1]))) < 4.5
    }
    assert not poor


@BOTH
def test_edges_rings_and_series_can_be_seen(chosen):
    pairs = [
        (name, ground)
        for name in ("control_border", "focus", "primary")
        for ground in ("bg", "surface", "sunk", "hover")
    ]
    pairs += [("focus", "selection"), ("focus", "primary_hover")]
    values = {pair: contrast(getattr(chosen, pair[0]), getattr(chosen, pair[1])) for pair in pairs}
    values |= {(series, "surface"): contrast(series, chosen.surface) for series in chosen.charts}
    # A ring touches the button's own green but also the ground around it, which is what counts.
    del values["focus", "primary_hover"]
    assert not {pair: round(value, 2) for pair, value in values.items() if value < 3}


def test_a_theme_is_switched_while_windows_are_open(qapp, qtbot):
    label = QLabel("Bonjour")
    qtbot.addWidget(label)
    label.show()
    height = label.sizeHint().height()
    made = theme.apply(qapp, "dark", 150)
    with qtbot.waitSignal(made.changed):
        theme.apply(qapp, "dark", 200)
    assert colours() is DARK
    assert label.palette().windowText().color() == QColor(DARK.text)
    assert label.sizeHint().height() > 1.8 * height
    assert theme.scaled(32) == 64
    assert theme.apply(qapp, "light", 100) is made
    assert colours() is LIGHT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "kind",
    [
        QPushButton,
        QToolButton,
        QLineEdit,
        QComboBox,
        QCheckBox,
        QRadioButton,
        QPlainTextEdit,
        QSlider,
    ],
)
def test_the_keyboard_is_seen_by_a_ring_of_two_pixels(qapp, qtbot, scheme, kind):
    theme.apply(qapp, scheme, 100)
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    first, second = kind(), kind()
    for each in (first, second):
        each.setMinimumWidth(80)
        layout.addWidget(each)
    with qtbot.waitExposed(window):
        window.show()
    size = first.size()
    second.setFocus()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    ring = QColor(colours().focus)
    picture = first.grab().toImage()
    middle = picture.height() // 2
    assert picture.pixelColor(0, middle) == picture.pixelColor(1, middle) == ring
    second.setFocus()
    picture = first.grab().toImage()
    assert ring.name() not in {picture.pixelColor(x, middle).name() for x in range(3)}
    assert first.size() == size


def test_an_icon_takes_the_colours_of_the_theme_it_is_painted_in(qapp):
    icon = icons.icon("circle-fill", "primary")
    for scheme, chosen in (("light", LIGHT), ("dark", DARK)):
        theme.apply(qapp, scheme)
        middle = icon.pixmap(QSize(20, 20)).toImage().pixelColor(10, 10)
        assert middle == QColor(chosen.primary)


def test_an_unknown_icon_is_an_error_at_once():
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-drawing")


def test_no_part_of_the_window_keeps_a_small_font_of_the_system(qapp, monkeypatch):
    plain = theme.style_sheet

    def let_system_dress(chosen):
        for kind in ("QMenu", "QAbstractItemView"):
            QApplication.setFont(QFont("serif", 8), kind)
        return plain(chosen)

    monkeypatch.setattr(theme, "style_sheet", let_system_dress)
    try:
        theme.apply(qapp, "light", 150)
        for kind in ("QMenu", "QAbstractItemView"):
            assert QApplication.font(kind).family() == theme.FAMILY
            assert QApplication.font(kind).pointSizeF() == pytest.approx(16.5)
    finally:
        theme.apply(qapp, "light", 100)
