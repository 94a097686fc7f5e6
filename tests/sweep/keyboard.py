"""Controls without a name for a screen reader, and controls that Tab does not reach."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolButton,
)

from tests.sweep.finding import Finding, describe, visible
from ui.results import Results

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
PATIENCE = 400
"""Controls after which a window has been walked through."""
CELLS = 120
"""Presses of Tab that a grid may keep for its cells before the focus must leave it."""
BUTTONS = 20
"""Buttons that a bar may have."""


def controls(root):
    """Return what a person can act on under a widget, parts of Qt's own widgets left out."""
    return [
        widget
        for widget in visible(root)
        if isinstance(widget, CONTROLS)
        and not isinstance(widget, QHeaderView | QScrollBar)
        and not _is_a_part(widget)
    ]


def _is_a_part(widget):
    """Tell whether Qt made the widget: arrows of tab bars, the field of a spin box, corners."""
    parent = widget.parentWidget()
    inside = isinstance(parent, QAbstractSpinBox | QComboBox | QTabBar | QLineEdit | QHeaderView)
    corner = isinstance(parent, QAbstractItemView) and isinstance(widget, QAbstractButton)
    popup = isinstance(widget, QAbstractItemView) and "ComboBox" in type(parent).__name__
    return inside or corner or popup or widget.objectName().startswith("qt_")


def nameless(root):
    """Return the controls that a screen reader could only call by their kind."""
    for widget in controls(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface else ""
        if not name.strip():
            yield Finding("nameless", describe(widget))


def unreachable(window):
    """Press Tab until the focus comes round; return the controls it did not stop at.

    A grid may keep Tab for its cells, as long as it lets go at its end or on Ctrl+Tab.
    """
    wanted = [widget for widget in controls(window) if widget.isEnabled() and _expects_tab(widget)]
    if not wanted:
        return
    seen, traps = _walk(window)
    for trap in traps:
        yield Finding("unreachable", f"Tab never leaves {describe(trap)}")
    for widget in wanted:
        if widget not in seen and widget.focusProxy() not in seen:
            yield Finding("unreachable", describe(widget))


def _expects_tab(widget):
    """Tell whether Tab itself must stop there, rather than the arrows of its group.

    A button inside a field does what a key does in the field, and its tooltip names the key;
    the palette's list is walked through by the arrows of the search field.
    """
    if isinstance(widget.parentWidget(), Results) or _is_shorthand(widget) or _has_key(widget):
        return False
    if isinstance(widget, QRadioButton):
        return widget.isChecked()
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive() and group.checkedButton() is not None:
        return widget is group.checkedButton()
    return not (isinstance(widget, QTabBar) and widget.count() < 2)


def _is_shorthand(widget):
    """Tell whether a button repeats, for the mouse, a key that its tooltip names."""
    return (
        isinstance(widget, QToolButton)
        and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and re.search(r"\(.*(Alt|Ctrl|Maj|Shift|F\d|↓|Page).*\)", widget.toolTip()) is not None
    )


def _has_key(widget):
    """Tell whether a button is pressed by a key of its own that its tooltip names.

    The answers under a grid belong to one cell, and go when Tab goes to the next one.
    """
    if not isinstance(widget, QAbstractButton) or widget.shortcut().isEmpty():
        return False
    return widget.shortcut().toString(QKeySequence.SequenceFormat.NativeText) in widget.toolTip()


def _walk(window):
    """Press Tab until a control gets the focus for the second time.

    Returns:
        The controls that had the focus, and those that would not let it go.
    """
    window.activateWindow()
    QApplication.processEvents()
    if window.focusWidget() is None:
        window.focusNextPrevChild(True)
    seen, traps = [window.focusWidget()], []
    while seen[-1] is not None and len(seen) < PATIENCE:
        after = _leave(window, seen[-1])
        if after is seen[-1]:
            after = _step_over(after)
            if after is not seen[-1]:
                traps.append(seen[-1])
        if after in seen:
            break
        seen.append(after)
    reached = [other for stop in seen for other in _by_arrows(window, stop)]
    return [*seen, *reached], traps


def _step_over(trap):
    """Put the focus behind a control that keeps it, as if Tab had left it."""
    after = trap.nextInFocusChain()
    while after is not trap:
        takes_tab = after.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes_tab and after.isVisible() and after.isEnabled() and not trap.isAncestorOf(after):
            after.setFocus(Qt.FocusReason.TabFocusReason)
            return after
        after = after.nextInFocusChain()
    return trap


def _by_arrows(window, stop):
    """Return what the arrows reach from a button: bars of buttons are one stop for Tab."""
    if not isinstance(stop, QAbstractButton) or isinstance(stop, QRadioButton):
        return []
    reached = []
    for arrow in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left):
        stop.setFocus()
        for _ in range(BUTTONS):
            before = window.focusWidget()
            if not isinstance(before, QAbstractButton):
                break
            QTest.keyClick(before, arrow)
            if window.focusWidget() in {before, stop}:
                break
            reached.append(window.focusWidget())
    return reached


def _leave(window, focused):
    """Press Tab, as often as a grid has cells, then Ctrl+Tab; return who has the focus."""
    presses = CELLS if isinstance(focused, QAbstractItemView) else 2
    for _ in range(presses):
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if window.focusWidget() is not focused:
            return window.focusWidget()
    QTest.keyClick(focused, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    return window.focusWidget()
