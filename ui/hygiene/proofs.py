"""The proofs of a breach: opened again, or taken away while it is open."""

from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import breach_closing as closing
from cantine_desktop.hygiene.breach_rows import BreachRow, ProofRow
from cantine_desktop.hygiene.breach_tables import BreachProof
from cantine_desktop.i18n import tr, trn
from ui.desk import Desk
from ui.opened_file import open_attachment


class ProofsButton(QPushButton):
    """A menu of what was joined to a breach; hidden while nothing is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.hide()

    def present(self, row: BreachRow, *, writable: bool) -> None:
        """Offer the proofs of a breach; a sealed one keeps them for good."""
        self.setText(trn("{n} preuve", "{n} preuves", len(row.proofs)))
        self._menu.clear()
        for proof in row.proofs:
            words = tr("Ouvrir « {name} »").format(name=_escaped(proof))
            self._menu.addAction(words).triggered.connect(partial(self._open, proof))
        if writable and not row.sealed:
            self._menu.addSeparator()
            for proof in row.proofs:
                words = tr("Retirer « {name} »").format(name=_escaped(proof))
                self._menu.addAction(words).triggered.connect(partial(self._remove, proof))
        self.setVisible(bool(row.proofs))

    def _open(self, proof: ProofRow, *_checked: object) -> None:
        try:
            with self._desk.book.read() as session:
                key = session.get_one(BreachProof, proof.proof_id).attachment_id
            open_attachment(self._desk, key)
        except UserError as error:
            self._desk.tell(str(error))

    def _remove(self, proof: ProofRow, *_checked: object) -> None:
        try:
            with self._desk.book.action(tr("Preuve retirée")) as session:
                closing.remove_proof(session, proof.proof_id)
        except UserError as error:
            self._desk.tell(str(error))
            return
        self._desk.tell(tr("Preuve retirée."), undo=True)


def _escaped(proof: ProofRow) -> str:
    return proof.name.replace("&", "&&")
