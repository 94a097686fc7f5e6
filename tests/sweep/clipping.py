"""Texts that need more room than they have."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
)

from tests.sweep.finding import Finding, describe, visible
from ui.frame.pages import Pages

SLACK = 1
"""Pixels that rounding may take."""


def clipped(root):
    """Return the texts under a widget that are cut or elided without a tooltip saying them."""
    checks = (
        (QLabel, _label),
        (QAbstractButton, _button),
        (QTabBar, _tabs),
        (QHeaderView, _header),
        (QComboBox, _combo),
        (QLineEdit, _placeholder),
        (QGroupBox, _group),
    )
    for kind, check in checks:
        for widget in visible(root, kind):
            for text in check(widget):
                yield Finding("clipped", f"{describe(widget)}: {text!r}")
    for kind in (QLabel, QAbstractButton, QLineEdit, QComboBox):
        for widget in visible(root, kind):
            if _cut_by_a_parent(widget):
                yield Finding("clipped", f"{describe(widget)}: cut by its surroundings")


def overflowing(root):
    """Return the pages that have to scroll because they are wider or higher than their room."""
    for pages in visible(root, Pages):
        across = pages.horizontalScrollBar().maximum()
        down = pages.verticalScrollBar().maximum()
        if across or down:
            yield Finding("too big", f"the page scrolls by {across} x {down}")
    for area in visible(root, QScrollArea):
        off = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if off and area.widget() and area.widget().width() > area.viewport().width() + SLACK:
            yield Finding("clipped", f"{describe(area)}: wider than its room, and cannot scroll")


def _says(widget, text):
    """Tell whether a tooltip gives the words that do not fit."""
    return bool(widget.toolTip()) and (text in widget.toolTip() or text.endswith("…"))


def _label(label):
    text = label.text()
    if not text or not label.pixmap().isNull() or _says(label, text):
        return
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + SLACK and _matters(label):
            yield text
    elif (
        label.sizeHint().width() > label.width() + SLACK
        or label.fontMetrics().height() > label.height() + SLACK
    ):
        yield text


def _matters(label):
    return label.visibleRegion().boundingRect().height() > 0


def _button(button):
    text = button.text()
    icon_only = (
        isinstance(button, QToolButton)
        and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        and not button.icon().isNull()
    )
    if not text or icon_only or _says(button, text):
        return
    shown = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text)
    needed = min(button.sizeHint().width(), shown.width() + _room_around(button))
    if needed > button.width() + SLACK or shown.height() > button.height() + SLACK:
        yield text


def _room_around(button):
    """Return the pixels an icon takes beside a button's words, whatever its padding."""
    return 0 if button.icon().isNull() else button.iconSize().width()


def _tabs(bar):
    metrics = bar.fontMetrics()
    for index in range(bar.count()):
        if not bar.isTabVisible(index):
            continue
        text, rect = bar.tabText(index), bar.tabRect(index)
        needed = metrics.size(Qt.TextFlag.TextShowMnemonic, text).width()
        out_of_sight = rect.right() > bar.width() + SLACK or rect.left() < -SLACK
        outside = out_of_sight and not bar.usesScrollButtons()
        if (needed > rect.width() + SLACK or outside) and bar.tabToolTip(index) != text:
            yield text


def _header(header):
    model = header.model()
    if model is None:
        return
    sideways = header.orientation() == Qt.Orientation.Horizontal
    for section in range(header.count()):
        if header.isSectionHidden(section) or not _section_seen(header, section):
            continue
        text = model.headerData(section, header.orientation(), Qt.ItemDataRole.DisplayRole)
        tooltip = model.headerData(section, header.orientation(), Qt.ItemDataRole.ToolTipRole)
        size = header.fontMetrics().size(0, str(text or ""))
        room = header.sectionSize(section) if sideways else header.width()
        if size.width() > room + SLACK and not tooltip:
            yield str(text)


def _section_seen(header, section):
    length = (
        header.width() if header.orientation() == Qt.Orientation.Horizontal else header.height()
    )
    return 0 <= header.sectionViewportPosition(section) < length


def _combo(combo):
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    field = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    text = combo.currentText()
    if combo.fontMetrics().horizontalAdvance(text) > field.width() + SLACK and not _says(
        combo, text
    ):
        yield text


def _placeholder(edit):
    text = edit.placeholderText()
    room = edit.contentsRect().width()
    if text and not edit.text() and edit.fontMetrics().horizontalAdvance(text) > room + SLACK:
        yield text


def _group(box):
    if box.fontMetrics().horizontalAdvance(box.title()) > box.width() + SLACK:
        yield box.title()


def _cut_by_a_parent(widget):
    """Tell whether a widget sticks out of its window or of a panel that cannot scroll."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return False
        place = widget.rect().translated(widget.mapTo(parent, widget.rect().topLeft()))
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
            return True
        if parent.isWindow():
            return False
        parent = parent.parentWidget()
    return False
