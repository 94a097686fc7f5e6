"""The description that goes with a FEC: what each field says, and how the file is built.

LPF art. A.47 A-1, XI asks for the name, nature and meaning of each field, the meaning of codes,
the characters, the structure of the file and the length of records. It is written in French
whatever the language in use: it is addressed to the French tax office.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from reportlab.platypus import Flowable
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.documents.archive import PROGRAM
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.styles import heading, paragraph
from cantine_desktop.documents.tables import Column, Row, ruled_table
from cantine_desktop.finance.fec.fields import FIELDS
from cantine_desktop.finance.fec.writing import Totals
from cantine_desktop.finance.ledger.model import Journal
from cantine_desktop.values.period import Period


@dataclass(frozen=True)
class Described:
    """What a description says of a file.

    Attributes:
        file: Its name.
        owner: Whose accounts they are.
        siren: Nine digits.
        journals: Code and title of each journal.
    """

    file: str
    owner: str
    siren: str
    year: Period
    totals: Totals
    journals: tuple[tuple[str, str], ...]


def journals_of(session: Session) -> tuple[tuple[str, str], ...]:
    """Return code and title of the journals, by code."""
    query = select(Journal.code, Journal.title).order_by(Journal.code)
    return tuple((code, title) for code, title in session.execute(query))


def write_text(target: IO[bytes], about: Described) -> None:
    """Write the description as plain text, in UTF-8 with CR LF."""
    lines: list[str] = []
    for title, rows in _parts(about):
        lines += [title, "-" * len(title), *("  ".join(row) for row in _aligned(rows)), ""]
    lines += [_FIELDS_TITLE, "-" * len(_FIELDS_TITLE)]
    lines += ["  ".join(row).rstrip() for row in _aligned(list(_field_rows()))]
    target.write(("\r\n".join(lines) + "\r\n").encode())


def write_pdf(target: IO[bytes], about: Described, now: datetime) -> None:
    """Write the description as PDF."""
    frame = PageFrame(
        canteen=about.owner,
        title="Description du fichier des écritures comptables",
        period=f"{about.file}, exercice du {_day(about.year.first)} au {_day(about.year.last)}",
        now=now,
        footer="LPF art. A.47 A-1, XI",
    )
    story: list[Flowable] = []
    for title, rows in _parts(about):
        story += [heading(title), ruled_table([Column("", 1), Column("", 3)], rows, 9.5)]
    story += [
        heading(_FIELDS_TITLE),
        ruled_table(
            [Column("N°", 0.4), Column("Zone", 1.2), Column("Nature", 1.2), Column("Sens", 4)],
            list(_field_rows()),
            9.5,
        ),
        paragraph("Une zone sans valeur est vide ; elle garde ses séparateurs."),
    ]
    write_document(target, frame, story)


_FIELDS_TITLE = "Zones du fichier, dans l’ordre"


def _parts(about: Described) -> Iterator[tuple[str, list[Row]]]:
    yield "Le fichier", _file_rows(about)
    yield "Sa construction", _structure_rows()
    yield "Codes des journaux", [[code, title] for code, title in about.journals]


def _file_rows(about: Described) -> list[Row]:
    totals = about.totals
    return [
        ["Nom", about.file],
        ["Tenu par", about.owner],
        ["SIREN", about.siren or "inconnu"],
        ["Exercice", f"du {_day(about.year.first)} au {_day(about.year.last)}"],
        ["Logiciel", PROGRAM],
        ["Enregistrements", f"{totals.lines} lignes, après une ligne qui nomme les zones"],
        ["Écritures", str(totals.entries)],
        ["Total des débits", f"{totals.debit.euros:f} euros".replace(".", ",")],
        ["Total des crédits", f"{totals.credit.euros:f} euros".replace(".", ",")],
        ["Taille", f"{totals.size} octets"],
        ["Empreinte SHA-256", totals.sha256],
    ]


def _structure_rows() -> list[Row]:
    return [
        ["Nature", "fichier à plat, organisation séquentielle, un enregistrement par ligne"],
        ["Caractères", "ISO 8859-15, un octet par caractère"],
        ["Fin d’enregistrement", "retour chariot et saut de ligne (CR LF)"],
        ["Séparateur de zones", "tabulation, sans guillemets"],
        ["Longueur", "variable : celle des dix-huit zones, de dix-sept tabulations et de CR LF"],
        ["Montants", "en euros, virgule décimale, deux décimales, sans séparateur de milliers"],
        ["Dates", "AAAAMMJJ"],
        [
            "Contenu",
            (
                "toutes les écritures validées de l’exercice, après inventaire, sans "
                "centralisation ni écriture de clôture des comptes des classes 6 et 7"
            ),
        ],
        [
            "Ordre",
            "d’abord les à-nouveaux, puis les autres écritures dans l’ordre de leur validation",
        ],
        [
            "Numérotation",
            (
                "code du journal, tiret, numéro continu dans le journal et l’exercice, donné à la "
                "validation"
            ),
        ],
        ["Lettrage", "lettres majuscules (AAA, AAB…), un code par compte et par lettrage"],
        [
            "Caractères remplacés",
            (
                "ce que l’ISO 8859-15 ne contient pas est translittéré (’ devient ', – devient -)"
                " ; tabulation, retour à la ligne et barre verticale deviennent une espace"
            ),
        ],
    ]


def _field_rows() -> Iterator[Row]:
    for place, field in enumerate(FIELDS, 1):
        yield [str(place), field.name, field.kind, field.meaning]


def _aligned(rows: list[Row]) -> Iterator[list[str]]:
    """Return rows of texts, the columns but the last padded to one width."""
    texts = [[str(cell) for cell in row] for row in rows if isinstance(row, list)]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)] if texts else []
    for row in texts:
        yield [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)] + [row[-1]]


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
