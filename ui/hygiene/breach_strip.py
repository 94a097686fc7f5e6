"""The strip that asks what was done about a breach, now or later, whatever register it is of.

A screen keeps one strip, calls ``present`` with the breach in view (``dismiss`` when none is
left), and answers ``answered`` with ``ui.hygiene.deeds.write_deed``. ``start`` takes the
keyboard; ``left`` gives it back. Nothing is ever said in someone's place.
"""

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal
from itertools import chain

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from typing_extensions import override

from cantine_desktop.clock import PARIS
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.breach_effects import Asks, Deed
from cantine_desktop.hygiene.breach_proposals import Proposals, asks_of, proposals_for
from cantine_desktop.hygiene.breach_rows import BreachRow
from cantine_desktop.hygiene.breach_words import bound_text, measured_text, what_was_done, where
from cantine_desktop.hygiene.breaches import Recheck
from cantine_desktop.hygiene.phrases import HOUR
from cantine_desktop.hygiene.words import BREACH_SIGN
from cantine_desktop.i18n import tr, trn
from ui.hygiene.phrase_box import choose_among, phrase_box, write_in
from ui.hygiene.strips import Strip, button, initials_field
from ui.kit.notice import announce
from ui.kit.sentences import REFUSALS, read_number, refusal
from ui.kit.theme import scaled


class BreachStrip(Strip):
    """Cause, action, recheck: usual phrases to pick, free words allowed.

    What an action must be told (the product thrown away, where food went, degrees at its
    core) is asked only once that action is chosen.

    Signals:
        answered: What was done (``Deed``).
    """

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Action corrective"))
        self._breach: BreachRow | None = None
        self._now: datetime | None = None
        self._proposals: Proposals | None = None
        self.cause = phrase_box()
        self.action = phrase_box()
        self.at = _short_field()
        self.celsius = _short_field()
        self.seen = QComboBox()
        self.initials = initials_field()
        self.done = button(tr("Noter"), "primary")
        self.unfold = button(tr("Traiter"))
        self.asked: dict[Asks, list[QLineEdit]] = {}
        self._pairs: dict[Asks, list[QWidget]] = {}
        self._is_short = False
        self._lay_out()
        self.done.clicked.connect(self._finish)
        self.unfold.clicked.connect(self.start)
        self.action.currentTextChanged.connect(self._show_questions)
        for box in (self.cause, self.action):
            line = box.lineEdit()
            assert line is not None
            line.returnPressed.connect(self._finish)

    @property
    def breach(self) -> BreachRow | None:
        """The breach the strip is about."""
        return self._breach

    def present(self, breach: BreachRow, others: int, now: datetime) -> None:
        """Show a breach, without taking the keyboard.

        What is being typed about the same breach stays.

        Args:
            breach: The one in view.
            others: How many more are open.
            now: When this happens.
        """
        self._now = now
        before = self._breach
        changed = before is None or before.breach_id != breach.breach_id
        if changed or self._proposals is None:
            self._propose(breach)
        self.question.setText(_said(breach, others))
        if changed or before is None or len(before.actions) != len(breach.actions):
            self._clear(breach)
        if changed:
            announce(self, self.question.text())  # the strip opens without the keyboard
        self._breach = breach
        self.show()

    def set_short(self, short: bool) -> None:  # noqa: FBT001  -- mirrors setVisible
        """Keep only the sentence and a button in view while nobody answers, or everything."""
        if short != self._is_short:
            self._is_short = short
            self._fold(fold=short)

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

    def _lay_out(self) -> None:
        self.add(tr("Ca&use"), self.cause, grows=True)
        self.add(tr("A&ction"), self.action, grows=True)
        self._add_question(Asks.PRODUCT, tr("&Produit"), scaled(150), 80)
        self._add_question(Asks.PRODUCT, tr("Lot"), scaled(80), 40)
        self._add_question(Asks.PRODUCT, tr("Quantité"), scaled(80), 40)
        self._add_question(Asks.CORE, tr("À cœur, °C"), scaled(60), 8)
        self._add_question(Asks.GAP, tr("Durée de l’écart, min"), scaled(60), 6)
        self._add_question(Asks.TARGET, tr("Transféré vers"), scaled(110), 60)
        below = self.second_row
        self.add(tr("Contrôle &à"), self.at, row=below)
        self._figure = self.add(tr("°C"), self.celsius, row=below)
        self._sight = self.add(tr("Vu"), self.seen, row=below)
        for word, good in (("", None), (tr("bon"), True), (tr("pas encore bon"), False)):
            self.seen.addItem(word, good)
        self.celsius.setAccessibleName(tr("Température lue au contrôle, en °C"))
        self.at.setAccessibleName(tr("Heure du contrôle"))
        self.add(tr("&Visa"), self.initials, row=below)
        below.addWidget(self.done)
        self.unfold.hide()
        self.head.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_question(self, asks: Asks, label: str, width: int, longest: int) -> None:
        field = QLineEdit()
        field.setFixedWidth(width)
        field.setMaxLength(longest)
        self.asked.setdefault(asks, []).append(field)
        pair = self.add(label, field)
        pair.hide()
        self._pairs.setdefault(asks, []).append(pair)

    def _propose(self, breach: BreachRow) -> None:
        self._proposals = proposals_for(breach)
        choose_among(self.cause, [tr(each.text) for each in self._proposals.causes])
        choose_among(self.action, [each.text for each in self._proposals.actions])
        unit = breach.unit if self._proposals.measured else ""
        self._figure.setVisible(self._proposals.measured)
        self._sight.setVisible(not self._proposals.measured)
        self.label_of(self.celsius).setText(unit)
        if unit != "°C":
            self.celsius.setAccessibleName(tr("Mesure lue au contrôle"))

    @Slot()
    def _show_questions(self) -> None:
        phrase = self._proposals.phrase(self.action.currentText()) if self._proposals else None
        wanted = asks_of(phrase)
        for asks, pairs in self._pairs.items():
            for pair in pairs:
                pair.setVisible(asks in wanted)

    def _fold(self, *, fold: bool) -> None:
        self.fields.setVisible(not fold)
        self.unfold.setVisible(fold)

    def _clear(self, breach: BreachRow) -> None:
        last = breach.actions[-1] if breach.actions else None
        # A cause already said stays; what was done is never said in someone's place.
        write_in(self.cause, last.cause if last else "")
        write_in(self.action, "")
        for field in (
            self.at,
            self.celsius,
            self.initials,
            *chain.from_iterable(self.asked.values()),
        ):
            field.clear()
        for field, known in zip(
            self.asked[Asks.PRODUCT], (breach.product, breach.lot, breach.quantity), strict=True
        ):
            field.setText(known)  # what the sheet names is not typed twice
            field.setCursorPosition(0)
        self.seen.setCurrentIndex(0)
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
            deed = self._deed(self._breach, cause, action, self._now)
        except REFUSALS as error:
            self.complain(refusal(error).sentence)
            self.celsius.setFocus()
            return
        product = self.asked[Asks.PRODUCT][0]
        if product.isVisible() and not deed.product:
            self.complain(tr("Dites quel produit est concerné."))
            product.setFocus()
            return
        self.complain("")
        self._fold(fold=self._is_short)
        self.answered.emit(deed)

    def _deed(self, breach: BreachRow, cause: str, action: str, now: datetime) -> Deed:
        assert self._proposals is not None
        phrase = self._proposals.phrase(action)
        recheck = self._recheck(breach, now)
        product, lot, quantity = (field.text() for field in self.asked[Asks.PRODUCT])
        gap = self._answer(Asks.GAP, 0)
        return Deed(
            breach.breach_id,
            cause,
            action,
            self.initials.text().strip(),
            phrase.codes if phrase else (),
            recheck,
            None if recheck else self._due(breach, action, now),
            product.strip(),
            lot.strip(),
            quantity.strip(),
            self._answer(Asks.CORE, 1),
            None if gap is None else int(gap),
            self.asked[Asks.TARGET][0].text().strip(),
        )

    def _answer(self, asks: Asks, places: int) -> Decimal | None:
        text = self.asked[asks][0].text().strip()
        return read_number(text, places) if text else None

    def _is_picking(self) -> bool:
        """Tell whether Enter is for the list of phrases that hangs under a field."""
        completers = (self.cause.completer(), self.action.completer())
        popups = [each.popup() for each in completers if each is not None]
        return any(popup is not None and popup.isVisible() for popup in popups)

    def _recheck(self, breach: BreachRow, now: datetime) -> Recheck | None:
        good: bool | None = self.seen.currentData()
        if not self._sight.isHidden() and good is not None:
            return Recheck(_instant(self.at.text(), breach, now), good=good)
        text = self.celsius.text().strip()
        if not text or self._figure.isHidden():
            return None
        found: Decimal = read_number(text, 1)
        return Recheck(_instant(self.at.text(), breach, now), found)

    def _due(self, breach: BreachRow, action: str, now: datetime) -> datetime | None:
        """Return when to check again: the hour typed, or an hour from now unless none is needed.

        What a code of the catalogue entails is left to it.
        """
        assert self._proposals is not None
        if self.at.text().strip():
            return _instant(self.at.text(), breach, now)
        phrase = self._proposals.phrase(action)
        if phrase is None:
            return now + HOUR if self._proposals.measured else None
        return None if phrase.recheck is None else now + phrase.recheck


def _said(breach: BreachRow, others: int) -> str:
    said = tr("{sign} {where} : {celsius}").format(
        sign=BREACH_SIGN, where=where(breach), celsius=measured_text(breach)
    )
    if bound := bound_text(breach):
        said += tr(" (limite {limit})").format(limit=bound)
    if others:
        said += trn(" — et {n} autre à régler", " — et {n} autres à régler", others)
    if breach.actions:
        said += f"\n{what_was_done(breach)}"
    return said


def _short_field() -> QLineEdit:
    field = QLineEdit()
    field.setFixedWidth(scaled(60))
    return field


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
