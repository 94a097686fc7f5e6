"""The end of a month as a director does it with the keyboard alone, reading the screen.

Each part begins where the one before leaves the keyboard; nothing is asked of the book.
"""

from pathlib import Path
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

FEW = 40
"""Presses of Tab after which something cannot be reached by a person."""
UNKNOWN = "Rien de connu ne ressemble"
"""Words of a line of the bank nobody can explain."""


class Papers(NamedTuple):
    """Files a month needs, and leaves."""

    statement: Path
    invoice: Path
    pack: Path


def papers_of(statement: Path) -> Papers:
    """Return the files of a month, an invoice as a supplier sends it made beside its statement."""
    invoice = statement.with_suffix(".pdf")
    canvas = Canvas(str(invoice))
    canvas.drawString(80, 750, f"Facture retrouvee, {statement.stem}")
    canvas.save()
    return Papers(statement, invoice, statement.with_suffix(".zip"))


def tab_to(who, words):
    """Press Tab until something has the keyboard; a list cut short is opened on the way.

    Raises:
        AssertionError: It never has.
    """
    for _ in range(FEW):
        if words in who.focus:
            return
        who.press("Return" if "Tout voir" in who.focus else "Tab")
    raise AssertionError(f"Tab never comes to {words}, it stands on {who.focus}")


def come_from_today(who):
    """Go from Today to the month that waits, by the line that says so."""
    who.press("Ctrl+1")
    tab_to(who, "Mois à clôturer")
    who.press("Return")
    who.expect("Fin de mois", "Reste à régler")


def take_statement(who, statement):
    """Go to the bank from its step, and take the file of the month in."""
    tab_to(who, "Pointer la banque")
    who.press("Return")
    assert "Importer un relevé" in who.focus, who.focus
    who.press("Return")
    who.type(str(statement))
    who.press("Return")
    who.expect("nouvelles")
    who.press("Return")
    assert who.title == "Banque"


def match_all(who, suspense="471000"):
    """Answer every line: the sure ones together, the others one by one; return how many."""
    who.press("Ctrl+Shift+Y")
    answered = 0
    while "À pointer (0)" not in who.text:
        if UNKNOWN in who.text:
            who.press("E", "Tab", "Tab")
            who.type(suspense)
            who.press("Ctrl+Return")
        else:
            who.press("Y")
        answered += 1
        assert answered < FEW, who.text
    return answered


def go_back(who):
    """Go back to the month’s end by the button that has the keyboard, or by its key."""
    who.press("Return" if "Revenir à la fin de mois" in who.focus else "Alt+Left")
    who.expect("Fin de mois")


def settle_pieces(who, invoice):
    """Join a piece, declare one lost, and leave the step with a reason if some still miss."""
    if "4. Pièces · fait" in who.text:
        return
    tab_to(who, "Joindre les pièces")
    who.press("Return", "Tab", "Return")
    who.type(str(invoice))
    who.press("Return")
    who.expect("1 pièce ajoutée")
    if "Déclarer perdue" in who.text:
        tab_to(who, "Déclarer perdue")
        who.press("Return")
        who.type("Ticket perdu, releve de carte")
        who.press("Return")
        who.expect("Déclarée perdue")
    who.press("Alt+Left")
    if "4. Pièces · à faire" in who.text:
        tab_to(who, "Pièces : Laisser ainsi")
        who.press("Return")
        who.type("Demandees par courriel")
        who.press("Return")


def settle_services(who):
    """Say why a day of opening has no service: it was a public holiday."""
    if "1. Services clôturés · à faire" in who.text:
        tab_to(who, "Services clôturés : Laisser ainsi")
        who.press("Return")
        who.type("Jour ferie")
        who.press("Return")


def read_sentence(who):
    """Read the sentence of the month again and keep it as it is."""
    assert "Relire la phrase" in who.focus, f"{who.focus}\n{who.text}"
    who.press("Return", "Ctrl+Return")
    who.expect("7. Relecture · fait", "le mois peut se clore")


def close_and_send(who, pack):
    """Close the month and write its archive."""
    assert "Clore le mois" in who.focus, who.focus
    who.press("Return")
    who.expect("numérotées et scellées")
    who.press("Return")
    who.expect("toutes validées")
    assert "Préparer le dossier" in who.focus, who.focus
    who.press("Return", "Ctrl+A")
    who.type(str(pack))
    who.press("Return")
    who.expect("Le dossier est prêt")


def close_whole_month(who, papers):
    """Do it all, from Today to the archive."""
    come_from_today(who)
    take_statement(who, papers.statement)
    match_all(who)
    go_back(who)
    settle_pieces(who, papers.invoice)
    settle_services(who)
    read_sentence(who)
    close_and_send(who, papers.pack)
