"""The paper that keeps the recovery key."""

from datetime import datetime
from typing import IO

from cantine_desktop.documents.fonts import BOLD
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.styles import Align, TextStyle, box, heading, paragraph, small
from cantine_desktop.i18n import tr

_KEY = TextStyle(BOLD, 24, 34, align=Align.CENTRE, before=14, after=14)


def write_recovery_sheet(target: IO[bytes], canteen: str, key: str, now: datetime) -> None:
    """Write the one page that carries a recovery key, large enough to be read aloud.

    The key is in no file of ours: the caller prints the page at once and forgets it.

    Args:
        target: Where the PDF goes.
        canteen: Name of the canteen.
        key: As ``people.profiles`` returned it, in groups.
        now: The present instant.
    """
    story = [
        paragraph(
            tr(
                "Cette clé rouvre le livre de la cantine si le mot de passe de la direction est"
                " perdu. Elle n’est écrite nulle part ailleurs."
            )
        ),
        paragraph(key, _KEY),
        small(tr("Ni 0 ni O, ni 1, ni I, ni L : ces signes n’y sont jamais.")),
        heading(tr("Où la garder")),
        box(
            tr("Hors du bureau, sous clé"),
            [
                tr("chez la présidence ou la trésorerie de l’association ;"),
                tr("pas à côté de l’ordinateur, pas en photo, pas par courriel."),
            ],
        ),
        heading(tr("Comment s’en servir")),
        box(
            tr("Trois gestes"),
            [
                tr("à l’entrée, choisissez le profil Direction, puis « Mot de passe oublié » ;"),
                tr("tapez la clé, avec ou sans tirets, puis un nouveau mot de passe ;"),
                tr("imprimez la nouvelle clé : celle-ci ne sert qu’une fois."),
            ],
        ),
    ]
    write_document(target, PageFrame(canteen, tr("Clé de secours"), "", now), story)
