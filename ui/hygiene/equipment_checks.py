"""Checking an instrument: what it shows is typed, what it means is said at once."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.equipment.calibration import CALIBRATION, expected_figure
from cantine_desktop.hygiene.equipment.due import TESTS_OF
from cantine_desktop.hygiene.equipment.model import Calibration, CalibrationTest, Equipment
from cantine_desktop.hygiene.equipment.queries import checks_of
from cantine_desktop.hygiene.equipment.words import check_name, figure, signed_figure
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.registers import recording
from cantine_desktop.i18n import short_day, tr
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.theme import scaled, set_role

_LARGEST = Decimal(100_000)


class ChecksBox(QFrame):
    """The checks of an instrument: one to write, the last ones below."""

    def __init__(self, desk: Desk, equipment_id: int) -> None:
        super().__init__()
        set_role(self, "card")
        self._desk = desk
        self._id = equipment_id
        self._name = ""
        self._expected: dict[CalibrationTest, Decimal | None] = {}
        self.test = QComboBox()
        self.test.setAccessibleName(tr("Contrôle"))
        self.test.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.test.setMinimumContentsLength(8)
        self.test.currentIndexChanged.connect(self._show_expected)
        self.day = DateEdit(tr("Contrôlé le"), self._today, required=True)
        self.expected = NumberEdit(tr("Attendu"), places=1, minimum=-_LARGEST, maximum=_LARGEST)
        self.shown = NumberEdit(tr("Lu"), places=1, minimum=-_LARGEST, maximum=_LARGEST)
        self.initials = TextEdit(tr("Visa"), longest=20)
        self.note = QPushButton(tr("Noter le contrôle"))
        set_role(self.note, "primary")
        self.note.clicked.connect(self._record)
        self.shown.line.returnPressed.connect(self._on_enter)
        self.initials.line.returnPressed.connect(self._on_enter)
        self.result = Notice()
        self.last = QLabel()
        self.last.setWordWrap(True)
        set_role(self.last, "small")
        self._lay_out()

    def present(self, session: Session, equipment: Equipment) -> None:
        """Show the checks of an instrument."""
        self._name = equipment.name
        tests = TESTS_OF.get(equipment.kind, ())
        self._expected = {test: expected_figure(session, test) for test in tests}
        if [self.test.itemData(place) for place in range(self.test.count())] != list(tests):
            self.test.clear()
            for test in tests:
                self.test.addItem(check_name(test), test)
        if self.day.value is None:
            self.day.set_value(self._today())
        self._show_expected()
        self._show_last(checks_of(session, equipment))

    @property
    def chosen(self) -> CalibrationTest | None:
        """The check that is being written."""
        data = self.test.currentData()
        return None if data is None else CalibrationTest(data)

    @Slot()
    def _show_expected(self) -> None:
        test = self.chosen
        if test is None:
            return
        known = self._expected.get(test)
        unit = "g" if test is CalibrationTest.WEIGH else "°C"
        for field in (self.expected, self.shown):
            field.line.show_unit(unit)
        self.expected.set_value(known)
        self.expected.setEnabled(known is None)

    @Slot()
    def _on_enter(self) -> None:
        """Note the check once its figure is there."""
        if self.shown.commit() and self.shown.value is not None:
            self._record()

    @Slot()
    def _record(self) -> None:
        fields = (self.day, self.expected, self.shown, self.initials)
        if not all([field.commit() for field in fields]):  # noqa: C419  -- each one must speak
            return
        test = self.chosen
        if test is None or self.shown.value is None or self.expected.value is None:
            self.result.tell("warn", tr("Tapez ce que l’instrument affiche."))
            (self.expected if self.expected.value is None else self.shown).setFocus()
            return
        values = {
            "day": self.day.value,
            "instrument": self._name,
            "test": test,
            "expected": self.expected.value,
            "shown": self.shown.value,
            "initials": self.initials.value or "",
        }
        now = self._desk.book.clock()
        if self.day.value == civil_date(now):
            values["occurred_at"] = now
        try:
            with self._desk.book.action(
                tr("Contrôle de {name}").format(name=self._name)
            ) as session:
                made = recording.add(session, CALIBRATION, values, now)
                verdict, gap = made.verdict, made.gap
        except UserError as error:
            self.result.tell("bad", str(error))
            return
        self.shown.set_value(None)
        self._say(verdict, signed_figure(gap, test))

    def _say(self, verdict: Verdict, gap: str) -> None:
        if verdict is Verdict.BREACH:
            self.result.tell(
                "bad",
                tr(
                    "Écart de {gap} : faux. Ne l’utilisez plus ; une non-conformité est "
                    "ouverte, et les températures à revoir sont listées en haut."
                ).format(gap=gap),
            )
            return
        self.result.tell("ok", tr("Écart de {gap} : juste.").format(gap=gap))

    def _show_last(self, checks: list[Calibration]) -> None:
        words = {
            Verdict.CONFORM: tr("juste"),
            Verdict.TOLERATED: tr("toléré"),
            Verdict.BREACH: tr("faux"),
        }
        lines = [
            tr("{day} · {test} · {shown} · {verdict}").format(
                day=short_day(check.day),
                test="" if check.test is None else check_name(check.test),
                shown=figure(check.shown, check.test),
                verdict=words.get(check.verdict, tr("incomplet")),
            )
            for check in checks
        ]
        self.last.setText("\n".join(lines) or tr("Aucun contrôle noté."))

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    def _lay_out(self) -> None:
        title = QLabel(tr("Vérifier l’instrument"))
        set_role(title, "h2")
        form = Form()
        form.add("test", tr("Contrôle"), self.test)
        form.add("day", tr("Contrôlé le"), self.day)
        form.add("expected", tr("Attendu"), self.expected)
        form.add("shown", tr("Lu"), self.shown)
        form.add("initials", tr("Visa"), self.initials)
        button = QHBoxLayout()
        button.addWidget(self.note)
        button.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12))
        layout.setSpacing(scaled(8))
        layout.addWidget(title)
        layout.addWidget(form)
        layout.addLayout(button)
        layout.addWidget(self.result)
        layout.addWidget(self.last)
