"""The single staff register as a table: the same words on paper and in files.

Its headings stay French whatever the language of the window: an inspector reads them.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from cantine_desktop.finance.pack.tabs import Form, Heading, Tab
from cantine_desktop.staff.contracts.model import Sex, Status
from cantine_desktop.staff.contracts.register import every_line
from cantine_desktop.staff.contracts.register_model import RegisterLine

STATUSES: dict[Status, str] = {
    Status.PERMANENT: "CDI",
    Status.FIXED_TERM: "Contrat à durée déterminée",
    Status.APPRENTICE: "Apprenti",
    Status.PROFESSIONALISATION: "Contrat de professionnalisation",
    Status.CIVIC_SERVICE: "Service civique",
    Status.TRAINEE: "Stagiaire",
    Status.DINER_COOK: "",
    Status.BOARD_MEMBER: "",
}
"""The mentions that the register asks for. Source: CT-D1221-23."""

HEADINGS: Sequence[Heading] = (
    Heading("N°", Form.COUNT, 6),
    Heading("Nom et prénoms", width=26),
    Heading("Naissance", Form.DAY, 12),
    Heading("Sexe", width=8),
    Heading("Nationalité", width=14),
    Heading("Emploi", width=22),
    Heading("Qualification", width=18),
    Heading("Mention", width=28),
    Heading("Entrée", Form.DAY, 12),
    Heading("Sortie", Form.DAY, 12),
    Heading("Titre de travail", width=20),
    Heading("Autorisation", width=18),
    Heading("Tuteur", width=20),
    Heading("Lieu", width=18),
    Heading("Inscrit le", Form.DAY, 12),
    Heading("Remplace la ligne du même n°", width=24),
)

_SEXES = {Sex.WOMAN: "F", Sex.MAN: "M", None: ""}

Cell = str | date | int | None


def register_tab(session: Session) -> Tab:
    """Return every line of the register, in the order of hiring, replaced ones included."""
    rows = [cells_of(line) for line in every_line(session)]
    return Tab(
        "registre-du-personnel", "Registre du personnel", HEADINGS, rows, "Aucune ligne écrite"
    )


def cells_of(line: RegisterLine) -> tuple[Cell, ...]:
    """Return the cells of a line, one for each heading."""
    if line.is_void:
        replaces = f"Rayée : {line.reason}"
    else:
        replaces = f"Changé : {line.reason}" if line.reason else ""
    return (
        line.number,
        line.name,
        line.birth_date,
        _SEXES[line.sex],
        line.nationality,
        line.job,
        line.qualification,
        mention_of(line),
        line.first,
        line.last,
        line.work_permit,
        line.authorisation,
        line.tutor,
        line.place,
        line.entered_at.date(),
        replaces,
    )


def mention_of(line: RegisterLine) -> str:
    """Return the kind of contract as the register says it, part-time included."""
    words = STATUSES[line.status]
    return f"{words}, salarié à temps partiel" if line.is_part_time else words
