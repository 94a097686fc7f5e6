"""The other sides of a bank line said by hand: one row each, what it is for and how much."""

from collections.abc import Sequence
from itertools import pairwise, starmap

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cantine_desktop.finance.matching.proposal import OtherSide
from cantine_desktop.finance.matching.queries import Choosable
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from ui.finance.fact_fields import choose, short_box, usual_activity
from ui.kit.fields import MoneyEdit
from ui.kit.search_field import Item, SearchCombo
from ui.kit.theme import scaled


class PartRow(QWidget):
    """One part: nature, amount, activity, and who, where the account asks for it.

    Signals:
        changed: Something of it changed.
        removed: It is wanted no more.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, known: Choosable, amount: Money, side: OtherSide | None = None) -> None:
        super().__init__()
        self._with_parties = {number for number, _title, has in known.accounts if has}
        accounts = [Item(number, title, number) for number, title, _has in known.accounts]
        self.account = SearchCombo(tr("Nature ou compte"), accounts)
        self.account.line.setPlaceholderText(tr("Nature : loyer, denrées, 627…"))
        self.amount = MoneyEdit(tr("Montant de la part"), negative=True)
        self.amount.set_value(amount)
        self.amount.setFixedWidth(scaled(120))
        self.activity = short_box()
        self.activity.setAccessibleName(tr("Activité"))
        self.activity.addItem(tr("Aucune activité"), "")
        for code, title, is_project in known.sections:
            if not is_project:
                self.activity.addItem(title, code)
        self.activity.setMaximumWidth(scaled(170))
        self.party = SearchCombo(tr("Tiers"), list(starmap(Item, known.parties)))
        self.party.line.setPlaceholderText(tr("Tiers"))
        self.party.setMaximumWidth(scaled(190))
        self.drop = QPushButton(tr("Retirer"))
        self.drop.setAccessibleName(tr("Retirer cette part"))
        self._connect()
        self._lay_out()
        if side is not None:
            self._show_side(side, accounts)
        self._follow()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self.account.line, self.amount.line, self.activity, self.party.line, self.drop)

    @property
    def side(self) -> OtherSide | None:
        """What was said; ``None`` while the nature or the amount is missing."""
        account, amount = self.account.key, self.amount.value
        if not isinstance(account, str) or amount is None or not amount:
            return None
        party = self.party.key if account in self._with_parties else None
        return OtherSide(
            account,
            amount,
            str(self.activity.currentData() or "") if account[:1] in "67" else "",
            party=party if isinstance(party, int) else None,
        )

    @property
    def cents(self) -> int:
        """The amount typed, whatever the nature."""
        return self.amount.value.cents if self.amount.value else 0

    def _show_side(self, side: OtherSide, accounts: Sequence[Item]) -> None:
        self.account.set_value(next((i for i in accounts if i.key == side.account), None))
        self.amount.set_value(side.amount)
        choose(self.activity, side.activity)

    @Slot()
    def _on_account(self) -> None:
        account = self.account.key
        if isinstance(account, str) and not self.activity.currentData():
            choose(self.activity, usual_activity(account))
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        account = self.account.key
        is_result = isinstance(account, str) and account[:1] in "67"
        self.activity.setVisible(is_result)
        self.party.setVisible(account in self._with_parties)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()

    def _connect(self) -> None:
        self.account.committed.connect(self._on_account)
        self.amount.committed.connect(self._tell)
        self.activity.currentIndexChanged.connect(self._tell)
        self.party.committed.connect(self._tell)
        self.drop.clicked.connect(self.removed)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addWidget(self.account, 3)
        row.addWidget(self.amount)
        row.addWidget(self.activity, 1)
        row.addWidget(self.party, 2)
        row.addWidget(self.drop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)


class PartList(QWidget):
    """The parts a line is split into; Tab comes to them from what stands ``before``.

    Signals:
        changed: A part was added, changed or removed.
        wanted: Another part is wanted; who holds the list says its amount with ``add``.
    """

    changed = Signal()
    wanted = Signal()

    def __init__(self, known: Choosable, before: QWidget) -> None:
        super().__init__()
        self._known = known
        self._before = before
        self.rows: list[PartRow] = []
        self.more = QPushButton(tr("Ajouter une part"))
        self.more.clicked.connect(self.wanted)
        heading = QLabel(tr("Ou dites ce que c’est ; plusieurs parts si l’argent se partage"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(scaled(6))
        self._column.addWidget(heading)
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addStretch(1)
        self._column.addLayout(foot)

    @property
    def sides(self) -> tuple[OtherSide, ...]:
        """The parts that are whole."""
        return tuple(side for row in self.rows if (side := row.side) is not None)

    @property
    def cents(self) -> int:
        """What the whole parts sum to."""
        return sum(side.amount.cents for side in self.sides)

    @property
    def is_whole(self) -> bool:
        """Whether no part lacks its nature or amount."""
        return all(row.side is not None or not row.cents for row in self.rows)

    def add(self, amount: Money, side: OtherSide | None = None) -> PartRow:
        """Add a part under the others, on the way of Tab too."""
        row = PartRow(self._known, amount, side)
        row.changed.connect(self.changed)
        row.removed.connect(self._remove)
        self.rows.append(row)
        self._column.insertWidget(len(self.rows), row)
        before = self.rows[-2].drop if len(self.rows) > 1 else self._before
        for one, other in pairwise((before, *row.stops, self.more)):
            QWidget.setTabOrder(one, other)
        self.changed.emit()
        return row

    @Slot()
    def _remove(self) -> None:
        row = self.sender()
        if isinstance(row, PartRow):
            self.rows.remove(row)
            self._column.removeWidget(row)
            row.deleteLater()
            self.more.setFocus()
            self.changed.emit()
