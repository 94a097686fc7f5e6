"""What settles a breach on purpose: the fate of food set aside, a verification, the closing."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit
from typing_extensions import override

from cantine_desktop.hygiene.breach_rows import BreachRow, BreachState, LotRow
from cantine_desktop.hygiene.breach_tables import LotState
from cantine_desktop.i18n import tr
from ui.hygiene.breach_filters import severity_box
from ui.hygiene.phrase_box import choose_among, phrase_box, write_in
from ui.hygiene.strips import Strip, button, initials_field


class VerifyStrip(Strip):
    """Asks whether the action worked, and closes the breach.

    Signals:
        verified: What was seen, the initials, and whether it worked (``str, str, bool``).
        closed: The initials of who closes what a recheck settled (``str``).
    """

    verified = Signal(str, str, bool)
    closed = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Vérification et clôture"))
        self._settled = False
        self.words = phrase_box()
        self.initials = initials_field()
        self.close_it = button(tr("Vérifié, clore"), "primary")
        self.not_yet = button(tr("Cela n’a pas suffi"))
        self.close_it.clicked.connect(self._close)
        self.not_yet.clicked.connect(self._fail)
        self._words_pair = self.add(tr("Ce que vous avez &vérifié"), self.words, grows=True)
        self.add(tr("Visa"), self.initials, row=self.second_row)
        self.second_row.addWidget(self.close_it)
        self.second_row.addWidget(self.not_yet)
        choose_among(
            self.words,
            [
                tr("Deux relevés suivants conformes"),
                tr("Vu sur place, c’est réparé"),
                tr("Geste remontré, bien fait depuis"),
                tr("Plus de denrée concernée"),
            ],
        )

    def present(self, row: BreachRow) -> None:
        """Show what is asked about a breach; hide when nothing is."""
        self._settled = row.state is BreachState.SETTLED
        wanted = self._settled or row.state is BreachState.TO_VERIFY
        blocked = any(lot.is_blocked for lot in row.lots)
        if not wanted or blocked:
            self.hide()
            return
        self.question.setText(
            tr("Le contrôle est bon. Relisez, puis signez pour clore.")
            if self._settled
            else tr("L’action a-t-elle suffi ?")
        )
        self._words_pair.setVisible(not self._settled)
        self.not_yet.setVisible(not self._settled)
        self.close_it.setText(tr("Clore") if self._settled else tr("Vérifié, clore"))
        self.complain("")
        self.show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._close()  # a refusal is said under the fields
        else:
            super().keyPressEvent(event)

    def clear(self) -> None:
        """Empty the fields, for another breach."""
        write_in(self.words, "")
        self.initials.clear()

    @Slot()
    def _close(self) -> None:
        initials = self.initials.text().strip()
        if self._settled:
            self.closed.emit(initials)
        else:
            self.verified.emit(self.words.currentText().strip(), initials, True)

    @Slot()
    def _fail(self) -> None:
        self.verified.emit(self.words.currentText().strip(), self.initials.text().strip(), False)


class LotStrip(Strip):
    """Asks what becomes of food set aside.

    Signals:
        decided: The key of the lot, its new state or ``None`` for use, why, the initials.
    """

    decided = Signal(int, object, str, str)

    def __init__(self) -> None:
        super().__init__(tr("Lot bloqué"))
        self._lot: LotRow | None = None
        self.fate = QComboBox()
        for words, state in (
            (tr("Rendu à l’usage"), None),
            (tr("Jeté"), LotState.DESTROYED),
            (tr("Refusé, rendu au fournisseur"), LotState.REFUSED),
        ):
            self.fate.addItem(words, state)
        self.why = QLineEdit()
        self.initials = initials_field()
        done = button(tr("Décider"), "primary")
        done.clicked.connect(self._finish)
        self.why.returnPressed.connect(self._finish)
        self.initials.returnPressed.connect(self._finish)
        self.add(tr("&Décision"), self.fate)
        self.add(tr("&Pourquoi"), self.why, grows=True)
        self.add(tr("Visa"), self.initials)
        self.row.addWidget(done)

    def present(self, row: BreachRow) -> None:
        """Ask about the first lot of a breach that is still blocked; hide when none is."""
        lot = next((lot for lot in row.lots if lot.is_blocked), None)
        if lot is None:
            self._lot = None
            self.hide()
            return
        if self._lot is None or self._lot.lot_id != lot.lot_id:
            self.why.clear()
            self.initials.clear()
            self.fate.setCurrentIndex(0)
        self._lot = lot
        food = " ".join(part for part in (lot.product, lot.lot, lot.quantity) if part)
        self.question.setText(tr("{food} est bloqué : qu’en faites-vous ?").format(food=food))
        self.complain("")
        self.show()

    @Slot()
    def _finish(self) -> None:
        if self._lot is not None:
            self.decided.emit(
                self._lot.lot_id,
                self.fate.currentData(),
                self.why.text().strip(),
                self.initials.text().strip(),
            )


class HandStrip(Strip):
    """Asks what somebody saw, that no sheet tells.

    Signals:
        noted: The fields by their names, all texts, and the severity (``dict``).
    """

    noted = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Noter une non-conformité"))
        self.fields_by_name: dict[str, QLineEdit] = {}
        self._text("subject", tr("&Quoi"), grows=True)
        self._text("place", tr("&Où"))
        self._text("product", tr("&Produit"))
        self._text("lot", tr("&Lot"))
        self._text("quantity", tr("Q&uantité"))
        self._text("words", tr("Précision"), grows=True)
        self.severity = severity_box()
        self.add(tr("&Gravité"), self.severity, row=self.second_row)
        self.initials = initials_field()
        self.initials.returnPressed.connect(self._finish)
        self.add(tr("Visa"), self.initials, row=self.second_row)
        done = button(tr("Noter"), "primary")
        done.clicked.connect(self._finish)
        self.second_row.addWidget(done)

    def open(self) -> None:
        """Ask, everything empty."""
        for field in self.fields_by_name.values():
            field.clear()
        self.initials.clear()
        self.ask(tr("Qu’avez-vous constaté ?"), self.fields_by_name["subject"])

    def _text(self, name: str, label: str, *, grows: bool = False) -> None:
        field = QLineEdit()
        field.setMaxLength(200)
        field.returnPressed.connect(self._finish)
        self.fields_by_name[name] = field
        self.add(label, field, grows=grows)

    @Slot()
    def _finish(self) -> None:
        said = {name: field.text().strip() for name, field in self.fields_by_name.items()}
        self.noted.emit({
            **said,
            "noted_by": self.initials.text().strip(),
            "severity": self.severity.currentData(),
        })
