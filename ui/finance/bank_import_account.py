"""Which account a bank file goes to: one of the book, or a new one that the file names."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.bank.accounts import KINDS, add_bank_account
from cantine_desktop.finance.bank.choosing import Part, guess_account, is_unsure
from cantine_desktop.finance.bank.ibans import shown
from cantine_desktop.finance.bank.model import AccountKind, BankAccount
from cantine_desktop.i18n import tr
from ui.desk import Desk
from ui.kit.theme import scaled, set_role

_LONGEST_NAME = 80


class Known(NamedTuple):
    """An account of the book, in words."""

    key: int
    words: str


class Chosen(NamedTuple):
    """Where the lines go.

    Attributes:
        key: Key of the account; ``None`` for a new one.
        name: Name of the new one.
        kind: What the new one is.
        number: IBAN or number of the new one, or empty.
    """

    key: int | None
    name: str = ""
    kind: AccountKind = AccountKind.BANK
    number: str = ""

    def account(self, session: Session, desk: Desk) -> BankAccount:
        """Return the account, added when it is new.

        Raises:
            UserError: The name is empty or taken.
        """
        if self.key is not None:
            return session.get_one(BankAccount, self.key)
        today = civil_date(desk.book.clock())
        return add_bank_account(session, self.name, today, kind=self.kind, iban=self.number)


class AccountChoice(QWidget):
    """Asks for the account.

    Signals:
        chosen: Another account is meant.
    """

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._number = ""
        self.account = QComboBox()
        self.account.setAccessibleName(tr("Compte"))
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Nom du nouveau compte"))
        self.name.setMaxLength(_LONGEST_NAME)
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Genre du nouveau compte"))
        for kind, words in KINDS.items():
            self.kind.addItem(tr(words), kind)
        self._titles = [QLabel(tr("Compte")), QLabel(tr("Nom")), QLabel(tr("Genre"))]
        self.told = QLabel()
        self.told.setWordWrap(True)
        set_role(self.told, "small")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(scaled(12))
        grid.addWidget(self._titles[0], 0, 0)
        grid.addWidget(self.account, 0, 1, 1, 3)
        grid.addWidget(self._titles[1], 1, 0)
        grid.addWidget(self.name, 1, 1)
        grid.addWidget(self._titles[2], 1, 2)
        grid.addWidget(self.kind, 1, 3)
        grid.addWidget(self.told, 2, 1, 1, 3)
        grid.setColumnStretch(1, 1)
        self.account.activated.connect(self._on_account)

    def show_part(self, part: Part, wanted: int = 0) -> None:
        """Propose the account of a part of a file.

        Args:
            part: What the file holds of one account.
            wanted: Key of the account a person came from; it is meant when the file gives none.
        """
        self._number = part.number
        with self._desk.book.read() as session:
            known = _accounts(session)
            found = guess_account(session, part)
            meant = found.id if found is not None else 0
            unsure = is_unsure(session, part)
        if not meant and not part.number:
            meant = wanted
        self.account.clear()
        for each in known:
            self.account.addItem(each.words, each.key)
        self.account.addItem(tr("Nouveau compte…"), None)
        place = next((rank for rank, each in enumerate(known) if each.key == meant), len(known))
        self.account.setCurrentIndex(0 if unsure and not meant and known else place)
        self.name.setText(part.name)
        self.kind.setCurrentIndex(max(self.kind.findData(part.kind), 0))
        said = tr("Le fichier parle du compte {words}.").format(words=part.words)
        if not part.number:
            said = tr("Le fichier ne donne pas de numéro de compte : vérifiez.")
        self.told.setText(said)
        self._show_new()

    @property
    def is_new(self) -> bool:
        """Whether a new account is meant."""
        return self.account.currentData() is None

    @property
    def choice(self) -> Chosen:
        """What is chosen."""
        if not self.is_new:
            return Chosen(int(self.account.currentData()))
        kind = AccountKind(self.kind.currentData())
        return Chosen(None, self.name.text().strip(), kind, self._number)

    @property
    def words(self) -> str:
        """The name of the account."""
        return self.name.text().strip() if self.is_new else self.account.currentText()

    @Slot()
    def _on_account(self) -> None:
        self._show_new()
        self.chosen.emit()

    def _show_new(self) -> None:
        for widget in (self._titles[1], self.name, self._titles[2], self.kind):
            widget.setVisible(self.is_new)


def _accounts(session: Session) -> Sequence[Known]:
    rows = session.scalars(
        select(BankAccount).where(BankAccount.is_active).order_by(BankAccount.id)
    )
    return [
        Known(each.id, f"{each.name} · {shown(each.iban)}" if each.iban else each.name)
        for each in rows
    ]
