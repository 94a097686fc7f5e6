"""What may be done with an invoice: gaps decided, lines added, the accounts, the payment."""

from itertools import starmap
from typing import Any, Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import money, short_day, tr, trn
from cantine_desktop.supply.invoices.credits import credit_claim, open_claims
from cantine_desktop.supply.invoices.drafting import (
    Awaited,
    add_other,
    awaited,
    bill,
    discard,
    remove_line,
)
from cantine_desktop.supply.invoices.judging import accept, claim
from cantine_desktop.supply.invoices.late_claims import claim_late, give_up_late
from cantine_desktop.supply.invoices.model import Settlement
from cantine_desktop.supply.invoices.paying import allow_payment
from cantine_desktop.supply.invoices.posting import apply_prices, post_invoice, price_changes
from cantine_desktop.supply.invoices.queries import InvoiceRow, LineRow
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.kit.dialogs import ask, ask_text, choose
from ui.kit.theme import set_role
from ui.supply.claim_dialog import ClaimDialog


class Shown(Protocol):
    """The invoice that is shown."""

    key: int
    row: InvoiceRow | None

    @property
    def line(self) -> LineRow | None:
        """The line of the current row."""


class InvoiceDeeds(QObject):
    """The buttons under an invoice; only those that mean something now are shown."""

    def __init__(self, desk: Desk, pane: Any) -> None:
        super().__init__(pane)
        self.desk = desk
        self._parent: QWidget = pane
        self._pane: Shown = pane
        self.post = self._button(tr("Passer en comptes"), self._post)
        set_role(self.post, "primary")
        self.accept = self._button(tr("Accepter l’écart"), self._accept)
        self.claim = self._button(tr("Réclamer…"), self._claim)
        self.leave = self._button(tr("Renoncer à réclamer…"), self._leave)
        self.add = self._button(tr("Ajouter une livraison…"), self._add)
        self.other = self._button(tr("Ajouter une ligne…"), self._other)
        self.credit = self._button(tr("Répondre à une réclamation…"), self._credit)
        self.remove = self._button(tr("Retirer la ligne"), self._remove)
        self.prices = self._button(tr("Reprendre ces prix…"), self._prices)
        self.pay = self._button(tr("Payer quand même…"), self._pay)
        self.discard = self._button(tr("Jeter"), self._discard)
        self.buttons = (
            *(self.post, self.accept, self.claim, self.leave, self.add, self.other),
            *(self.credit, self.remove, self.prices, self.pay, self.discard),
        )

    def follow(self, row: InvoiceRow, line: LineRow | None) -> None:
        """Show what may be done with the invoice and its current line."""
        may = self.desk.may_write("supply")
        is_open = may and not row.is_posted
        is_credit = row.total.cents < 0
        self.post.setVisible(is_open and self.desk.may_write("finance"))
        self.add.setVisible(is_open and not is_credit)
        self.credit.setVisible(is_open and is_credit)
        self.other.setVisible(is_open)
        self.discard.setVisible(is_open)
        on_line = is_open and line is not None
        taken = line is not None and line.settlement in {Settlement.AGREED, Settlement.ACCEPTED}
        self.accept.setVisible(on_line and not taken)
        claimed = line is not None and line.settlement is Settlement.CLAIMED
        may_claim = may and line is not None and not is_credit
        self.claim.setVisible(may_claim and not (row.is_posted and claimed))
        waits = line is not None and line.is_awaited
        self.leave.setVisible(may and row.is_posted and waits)
        self.remove.setVisible(on_line)
        self.prices.setVisible(may and not is_credit and any(each.gap for each in row.lines))
        self.pay.setVisible(may and bool(row.claims))

    def _button(self, words: str, do: object) -> QPushButton:
        button = QPushButton(words, self._parent)
        button.clicked.connect(do)
        return button

    @property
    def _row(self) -> InvoiceRow:
        assert self._pane.row is not None
        return self._pane.row

    @Slot()
    def _post(self) -> None:
        try:
            with self.desk.book.action(tr("Facture passée en comptes")) as session:
                post_invoice(session, self._pane.key, self.desk.book.clock())
                changes = len(price_changes(session, self._pane.key))
        except UserError as error:
            self.desk.tell(str(error))
            return
        words = tr("Facture {number} en comptes.").format(number=self._row.number)
        if changes:
            words += " " + trn("{n} prix à reprendre.", "{n} prix à reprendre.", changes)
        self.desk.tell(words, undo=True)

    @Slot()
    def _accept(self) -> None:
        line = self._pane.line
        if line is not None:
            with self.desk.book.action(tr("Écart accepté")) as session:
                accept(session, line.key)

    @Slot()
    def _claim(self) -> None:
        line = self._pane.line
        if line is None:
            return
        dialog = ClaimDialog(line, self._parent)
        if not dialog.exec():
            return
        amount, why = dialog.amount.value or Money(0), dialog.reason.value or ""
        try:
            with self.desk.book.action(tr("Réclamation")) as session:
                if self._row.is_posted:
                    claim_late(session, line.key, why, amount, self.desk.book.clock())
                else:
                    claim(session, line.key, why, amount)
        except UserError as error:
            self.desk.tell(str(error))

    @Slot()
    def _leave(self) -> None:
        line = self._pane.line
        if line is None:
            return
        title = tr("Renoncer à réclamer : {name}").format(name=line.name)
        text = tr(
            "Ce qui est facturé devient ce que cela coûte, et la facture peut se payer. Pourquoi ?"
        )
        why = ask_text(self._parent, title, text, tr("Renoncer"))
        if why is None:
            return
        try:
            with self.desk.book.action(tr("Réclamation abandonnée")) as session:
                give_up_late(session, line.key, why, self.desk.book.clock())
        except UserError as error:
            self.desk.tell(str(error))
            return
        self.desk.tell(tr("Plus rien n’est réclamé sur cette ligne."), undo=True)

    @Slot()
    def _add(self) -> None:
        with self.desk.book.read() as session:
            waiting = awaited(session, self._row.supplier_id)
        groups: dict[str, list[Awaited]] = {}
        for each in waiting:
            groups.setdefault(each.delivery, []).append(each)
        if not groups:
            self.desk.tell(tr("Tout ce qui est venu de ce fournisseur est déjà facturé."))
            return
        texts = list(starmap(_group_words, groups.items()))
        title = tr("Ajouter une livraison")
        place = choose(self._parent, title, "", texts, tr("Ajouter"))
        if place is not None:
            keys = [each.key for each in list(groups.values())[place]]
            with self.desk.book.action(title) as session:
                bill(session, self._pane.key, keys)

    @Slot()
    def _other(self) -> None:
        title = tr("Ajouter une ligne")
        text = tr("Transport, consigne, remise… Tapez ensuite son montant.")
        name = ask_text(self._parent, title, text, tr("Ajouter"))
        if name is not None:
            with self.desk.book.action(title) as session:
                add_other(session, self._pane.key, name, Money(0))

    @Slot()
    def _credit(self) -> None:
        with self.desk.book.read() as session:
            claims = open_claims(session, self._row.supplier_id)
        if not claims:
            self.desk.tell(tr("Rien n’est réclamé à ce fournisseur."))
            return
        texts = [
            tr("{name}, facture {number} : {left} HT").format(
                name=each.name, number=each.invoice, left=money(each.left)
            )
            for each in claims
        ]
        title = tr("Répondre à une réclamation")
        place = choose(self._parent, title, "", texts, tr("Choisir"))
        if place is None:
            return
        try:
            with self.desk.book.action(title) as session:
                credit_claim(session, self._pane.key, claims[place].key)
        except UserError as error:
            self.desk.tell(str(error))

    @Slot()
    def _remove(self) -> None:
        line = self._pane.line
        if line is None:
            return
        try:
            with self.desk.book.action(tr("Ligne retirée")) as session:
                remove_line(session, line.key)
        except UserError as error:
            self.desk.tell(str(error))

    @Slot()
    def _prices(self) -> None:
        with self.desk.book.read() as session:
            changes = price_changes(session, self._pane.key)
        if not changes:
            self.desk.tell(tr("Les prix des articles sont déjà ceux de cette facture."))
            return
        names = ", ".join(each.name for each in changes)
        text = tr(
            "Ces articles prendront le prix de la facture, à partir de sa date : {names}."
        ).format(names=names)
        title = tr("Reprendre ces prix")
        if ask(self._parent, title, text, title):
            keys = {each.line_id for each in changes}
            with self.desk.book.action(title) as session:
                apply_prices(session, self._pane.key, keys, self.desk.book.clock())
            self.desk.tell(tr("Les prix sont repris."), undo=True)

    @Slot()
    def _pay(self) -> None:
        title = tr("Payer quand même")
        why = ask_text(self._parent, title, tr("Pourquoi ? La raison est gardée."), title)
        if why is not None:
            with self.desk.book.action(title) as session:
                allow_payment(session, self._pane.key, why)

    @Slot()
    def _discard(self) -> None:
        try:
            with self.desk.book.action(tr("Rapprochement jeté")) as session:
                discard(session, self._pane.key)
        except UserError as error:
            self.desk.tell(str(error))
            return
        self.desk.tell(tr("Rapprochement jeté."), undo=True)


def _group_words(number: str, lines: list[Awaited]) -> str:
    total = Money(sum(each.expected.cents for each in lines if each.expected is not None))
    return tr("{number} du {day} : {total} HT").format(
        number=number, day=short_day(lines[0].day), total=money(total)
    )
