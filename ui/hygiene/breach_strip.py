"""The strip under the grid that asks what was done about a breach, now or later."""

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit
from typing_extensions import override

from cantine_desktop.clock import PARIS
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.breach_rows import BreachRow
from cantine_desktop.hygiene.breach_words import bound_text, measured_text, what_was_done, where
from cantine_desktop.hygiene.breaches import Recheck
from cantine_desktop.hygiene.phrases import ACTIONS, CAUSES, HOUR
from cantine_desktop.hygiene.words import BREACH_SIGN
from cantine_desktop.i18n import tr, trn
from ui.hygiene.strips import Strip, button, initials_field
from ui.kit.notice import announce
from ui.kit.sentences import REFUSALS, read_number, refusal
from ui.kit.theme import scaled


class Answer(NamedTuple):
    """What was done about a breach.

    Attributes:
        recheck: The temperature read again, if it was.
        recheck_due: When it must be, if it must still.
    """

    breach_id: int
    cause: str
    action: str
    initials: str
    recheck: Recheck | None
    recheck_due: datetime | None


class BreachStrip(Strip):
    """Cause, action, recheck: usual phrases to pick, free words allowed.

    Signals:
        answered: What was done (``Answer``).
    """

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Action corrective"))
        self._breach: BreachRow | None = None
        self._now: datetime | None = None
        self.cause = _phrases([tr(cause) for cause in CAUSES])
        self.action = _phrases([tr(phrase.text) for phrase in ACTIONS])
        self.at = QLineEdit()
        self.at.setFixedWidth(scaled(60))
        self.celsius = QLineEdit()
        self.celsius.setFixedWidth(scaled(60))
        self.initials = initials_field()
        self.done = button(tr("Noter"), "primary")
        self.done.clicked.connect(self._finish)
        for box in (self.cause, self.action):
            line = box.lineEdit()
            assert line is not None
            line.returnPressed.connect(self._finish)
        self.add(tr("Ca&use"), self.cause, grows=True)
        self.add(tr("A&ction"), self.action, grows=True)
        below = self.second_row
        self.add(tr("Contrôle &à"), self.at, row=below)
        self.add(tr("°C"), self.celsius, row=below)
        self.celsius.setAccessibleName(tr("Température lue au contrôle, en °C"))
        self.at.setAccessibleName(tr("Heure du contrôle"))
        self.add(tr("&Visa"), self.initials, row=below)
        below.addWidget(self.done)
        self._is_short = False
        self.unfold = button(tr("Traiter"))
        self.unfold.clicked.connect(self.start)
        self.unfold.hide()
        self.head.addWidget(self.unfold)

    @property
    def breach(self) -> BreachRow | None:
        """The breach the strip is about."""
        return self._breach

    def present(self, breach: BreachRow, others: int, now: datetime) -> None:
        """Show a breach, without taking the keyboard.

        What is being typed about the same breach stays.
        """
        self._now = now
        said = tr("{sign} {where} : {celsius} (limite {limit})").format(
            sign=BREACH_SIGN,
            where=where(breach),
            celsius=measured_text(breach),
            limit=bound_text(breach),
        )
        if others:
            said += trn(" — et {n} autre à régler", " — et {n} autres à régler", others)
        if breach.actions:
            said += f"\n{what_was_done(breach)}"
        self.question.setText(said)
        before = self._breach
        if (
            before is None
            or before.breach_id != breach.breach_id
            or len(before.actions) != len(breach.actions)
        ):
            self._clear(breach)
        if before is None or before.breach_id != breach.breach_id:
            announce(self, said)  # the strip opens without the keyboard
        self._breach = breach
        self.show()

    def set_short(self, short: bool) -> None:  # noqa: FBT001  -- mirrors setVisible
        """Keep only the sentence and a button in view while nobody answers, or everything."""
        if short != self._is_short:
            self._is_short = short
            self._fold(fold=short)

    def _fold(self, *, fold: bool) -> None:
        self.fields.setVisible(not fold)
        self.unfold.setVisible(fold)

    @Slot()
    def start(self) -> None:
        """Take the keyboard, on the cause."""
        self._fold(fold=False)
        self.cause.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def start_on(self, rows: Sequence[BreachRow], now: datetime) -> None:
        """Take the keyboard for the breach in view, or the first where nobody acted yet.

        Args:
            rows: Every open breach.
            now: When this happens, in UTC.
        """
        waiting = {row.breach_id: row for row in rows if not row.actions}
        if waiting and (self._breach is None or self._breach.breach_id not in waiting):
            self.present(next(iter(waiting.values())), len(rows) - 1, now)
        self.start()

    def dismiss(self) -> None:
        """Close: nothing is left to settle."""
        self._breach = None
        self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._fold(fold=self._is_short)
            self.left.emit()  # later: the strip stays in view
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._finish()
        else:
            super().keyPressEvent(event)

    def _clear(self, breach: BreachRow) -> None:
        last = breach.actions[-1] if breach.actions else None
        # A cause already said stays; what was done is never said in someone's place.
        _write(self.cause, last.cause if last else "")
        _write(self.action, "")
        for field in (self.at, self.celsius, self.initials):
            field.clear()
        self.complain("")

    @Slot()
    def _finish(self) -> None:
        if self._breach is None or self._now is None or self._is_picking():
            return
        cause, action = self.cause.currentText().strip(), self.action.currentText().strip()
        if not (cause and action):
            self.complain(tr("Dites la cause, et ce qui a été fait."))
            (self.action if cause else self.cause).setFocus()
            return
        try:
            recheck = self._recheck(self._now)
            due = None if recheck else self._due(action, self._now)
        except REFUSALS as error:
            self.complain(refusal(error).sentence)
            self.celsius.setFocus()
            return
        answer = Answer(
            self._breach.breach_id,
            cause,
            action,
            self.initials.text().strip(),
            recheck,
            due,
        )
        self.complain("")
        self._fold(fold=self._is_short)
        self.answered.emit(answer)

    def _is_picking(self) -> bool:
        """Tell whether Enter is for the list of phrases that hangs under a field."""
        completers = (self.cause.completer(), self.action.completer())
        popups = [each.popup() for each in completers if each is not None]
        return any(popup is not None and popup.isVisible() for popup in popups)

    def _recheck(self, now: datetime) -> Recheck | None:
        text = self.celsius.text().strip()
        if not text:
            return None
        found: Decimal = read_number(text, 1)
        assert self._breach is not None
        return Recheck(_instant(self.at.text(), self._breach, now), found)

    def _due(self, action: str, now: datetime) -> datetime | None:
        """Return when to read again: the hour typed, or an hour from now unless none is needed."""
        assert self._breach is not None
        if self.at.text().strip():
            return _instant(self.at.text(), self._breach, now)
        phrase = next((phrase for phrase in ACTIONS if tr(phrase.text) == action), None)
        wait = HOUR if phrase is None else phrase.recheck
        return None if wait is None else now + wait


def _instant(text: str, breach: BreachRow, now: datetime) -> datetime:
    """Read an hour of the breach's day; empty is now.

    Raises:
        UserError: It is no hour.
    """
    plain = text.strip().lower().replace("h", ":")
    if not plain:
        return now
    hours, _, minutes = plain.partition(":")
    try:
        at = time(int(hours), int(minutes or 0))
    except ValueError:
        raise UserError(
            tr("« {text} » n’est pas une heure ; écrivez par exemple {example}.").format(
                text=text, example="10:15"
            )
        ) from None
    return datetime.combine(breach.day, at, PARIS)


def _phrases(phrases: list[str]) -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    box.currentTextChanged.connect(box.setToolTip)  # a long phrase is read in full there
    box.addItems(phrases)
    box.setCurrentIndex(-1)
    line = box.lineEdit()
    assert line is not None
    line.setPlaceholderText(tr("Choisir ou écrire…"))
    completer = QCompleter(phrases, box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
    box.setMinimumContentsLength(18)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _write(box: QComboBox, text: str) -> None:
    """Write a text in a box, its beginning in view."""
    box.setEditText(text)
    line = box.lineEdit()
    if line is not None:
        line.setCursorPosition(0)
