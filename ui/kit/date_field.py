"""A day, typed as people do or picked on a calendar."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout
from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import language, short_day, tr, weekday
from cantine_desktop.values.typed_day import NotADay, read_day
from ui.kit import icons
from ui.kit.colours import colours
from ui.kit.field import Field
from ui.kit.theme import scaled, set_role

_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 7,
    Qt.Key.Key_PageDown: -7,
}


class DateEdit(Field[date]):
    """A civil day: ``9/10``, ``9 oct``, ``hier``, ``+3``; the arrows move by a day, the page
    keys by a week, Alt+Down opens the calendar.

    Args:
        name: What the field is called, for screen readers.
        today: Gives the civil day that relative texts start from.
        first: Earliest good day.
        last: Latest good day.
        required: Whether an empty field is refused.
    """  # noqa: D205  -- the keys belong to the summary

    def __init__(
        self,
        name: str,
        today: Callable[[], date],
        *,
        first: date | None = None,
        last: date | None = None,
        required: bool = False,
    ) -> None:
        super().__init__(name, required=required)
        self._today = today
        self._bounds = (first, last)
        self._popup: QFrame | None = None
        self._button = QToolButton()
        self._button.setIcon(icons.icon("calendar-blank"))
        self._button.setAccessibleName(tr("{name} : calendrier").format(name=name))
        self._button.setToolTip(tr("Calendrier (Alt+↓)"))
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+Down does the same
        self._button.clicked.connect(self.open_calendar)
        self._beside.addWidget(self._button)
        self.line.installEventFilter(self)
        self.line.setPlaceholderText(tr("jj/mm/aaaa"))
        model = self.line.fontMetrics().horizontalAdvance(self.line.placeholderText())
        self.line.setMinimumWidth(model + scaled(28))

    @override
    def read(self, text: str) -> date:
        try:
            day = read_day(text, self._today())
        except NotADay as error:
            raise UserError(
                tr("« {text} » n’est pas une date. Exemples : 9/10, 9 oct, hier, +3.").format(
                    text=error.text
                )
            ) from None
        first, last = self._bounds
        if first is not None and day < first:
            raise UserError(tr("Pas avant le {day}.").format(day=short_day(first)))
        if last is not None and day > last:
            raise UserError(tr("Pas après le {day}.").format(day=short_day(last)))
        return day

    @override
    def write(self, value: date) -> str:
        self.line.show_unit(weekday(value))
        return short_day(value)

    @override
    def set_value(self, value: date | None) -> None:
        super().set_value(value)
        if value is None:
            self.line.show_unit("")

    @Slot()
    def open_calendar(self) -> None:
        """Show the month around the value; a chosen day is typed in."""
        popup = QFrame(self, Qt.WindowType.Popup)
        set_role(popup, "popup")
        calendar = _calendar()
        first, last = self._bounds
        if first is not None:
            calendar.setMinimumDate(_to_qt(first))
        if last is not None:
            calendar.setMaximumDate(_to_qt(last))
        calendar.setSelectedDate(_to_qt(self.value or self._today()))
        calendar.activated.connect(self._pick)
        calendar.clicked.connect(self._pick)
        QVBoxLayout(popup).addWidget(calendar)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.move(self.line.mapToGlobal(QPoint(0, self.line.height() + 4)))
        self._popup = popup
        popup.show()
        calendar.setFocus()

    @Slot(QDate)
    def _pick(self, day: QDate) -> None:
        if self._popup is not None:
            popup, self._popup = self._popup, None
            popup.close()
        self._type(cast("date", day.toPython()))

    def _type(self, day: date) -> None:
        self.line.setText(short_day(day))
        self.line.setFocus()
        self.commit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.line or event.type() != QEvent.Type.KeyPress:
            return False
        assert isinstance(event, QKeyEvent)
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_F4 or (
            key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self.open_calendar()
            return True
        if key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.commit():
                self._type((self.value or self._today()) + timedelta(days=_STEPS[key]))
            return True
        return False


def _to_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _calendar() -> QCalendarWidget:
    """Return a month of weeks that start on Monday, in the language in use."""
    calendar = QCalendarWidget()
    calendar.setAccessibleName(tr("Calendrier"))
    french = QLocale(QLocale.Language.French, QLocale.Country.France)
    british = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    calendar.setLocale(french if language() == "fr" else british)
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
    muted = QTextCharFormat()
    muted.setForeground(QColor(colours().muted))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, muted)
    for name, drawing in (("prev", "caret-left"), ("next", "caret-right")):
        button = calendar.findChild(QToolButton, f"qt_calendar_{name}month")
        if isinstance(button, QToolButton):
            button.setIcon(icons.icon(drawing))
            button.setAccessibleName(tr("Mois précédent") if name == "prev" else tr("Mois suivant"))
    return calendar
