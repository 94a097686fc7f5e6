"""The papers of the archive: its index (D29), the variables of pay, and the words to read first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from reportlab.platypus import Flowable

from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import Align, box, heading, paragraph, small, writing_lines
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.finance.ledger.queries import journal_totals
from cantine_desktop.finance.pack.answers import Answer, waiting_lines
from cantine_desktop.finance.pack.checklist import STATES, Point
from cantine_desktop.finance.pack.month import Month
from cantine_desktop.finance.pack.payroll import PayRow, number_text, variables
from cantine_desktop.finance.pack.proofs import Proofs
from cantine_desktop.i18n import money, short_day, tr, trn
from cantine_desktop.values.money import Money


@dataclass(frozen=True)
class Handed:
    """What is handed over.

    Attributes:
        sha256: Of each file, by its path in the archive.
        points: The list of checks.
        told: Answers to what an accountant would ask.
    """

    month: Month
    proofs: Proofs
    points: Sequence[Point]
    told: Sequence[Answer]
    sha256: Mapping[str, str]


def write_index(handed: Handed, target: IO[bytes]) -> None:
    """Write the index of the archive: figures, what is missing, comments, pieces, hashes."""
    month = handed.month
    frame = PageFrame(
        month.canteen,
        tr("Dossier comptable du mois"),
        in_words(month.period),
        month.now,
        footer=tr("Pièces et comptes : 10 ans (Code de commerce, art. L123-22)"),
    )
    story: list[Flowable] = [
        paragraph(_sentence(handed)),
        *_note(month),
        heading(tr("Réponses d’avance")),
        _answers_table(handed),
        *_waiting(month),
        heading(tr("Contrôles")),
        _points_table(handed.points),
        heading(tr("Écritures par journal")),
        _journals_table(month),
        *_missing(handed.proofs),
        *_pieces(handed.proofs),
        heading(tr("Contenu et empreintes")),
        small(tr("SHA-256 de chaque fichier : il change si un seul octet change.")),
        _files_table(handed.sha256),
    ]
    write_document(target, frame, story)


def _sentence(handed: Handed) -> str:
    month = handed.month
    entries = trn("{n} écriture", "{n} écritures", month.entries)
    state = (
        trn("{n} encore en brouillon", "{n} encore en brouillon", month.drafts)
        if month.drafts
        else tr("toutes validées")
    )
    pieces = trn("{n} pièce jointe", "{n} pièces jointes", len(handed.proofs.all))
    lacking = trn(
        "{n} dépense sans justificatif",
        "{n} dépenses sans justificatif",
        len(handed.proofs.missing),
    )
    if not handed.proofs.missing:
        lacking = tr("aucune dépense sans justificatif")
    return tr("{entries}, {state} ; {pieces}, {lacking}.").format(
        entries=entries, state=state, pieces=pieces, lacking=lacking
    )


def _note(month: Month) -> list[Flowable]:
    if not month.note.strip():
        return [small(tr("La cantine n’a laissé aucun mot ce mois-ci."))]
    return [box(tr("Mot de la cantine"), month.note.splitlines(), bullets=False)]


def _answers_table(handed: Handed) -> Flowable:
    columns = (Column(tr("Question"), 1), Column(tr("Réponse"), 3))
    rows: list[Row] = [
        ("" if rank else answer.question, words)
        for answer in handed.told
        for rank, words in enumerate(answer.words)
    ]
    return ruled_table(columns, rows, 9)


MOST_WAITING = 40
"""Lines of accounts in waiting that are printed; the ledger account has the others."""


def _waiting(month: Month) -> list[Flowable]:
    """Return what waits on the accounts that should hold nothing, line by line."""
    found = waiting_lines(month)
    if not found:
        return []
    columns = (
        Column(tr("Compte"), 1),
        Column(tr("Date"), 1.1),
        Column(tr("Pièce"), 1.6),
        Column(tr("Libellé"), 4),
        Column(tr("Montant"), 1.3, Align.RIGHT),
    )
    rows: list[Row] = [
        (line.account, short_day(line.day), line.piece_ref, line.label, money(line.amount))
        for line in found[:MOST_WAITING]
    ]
    more = len(found) - MOST_WAITING
    said = trn("{n} autre dans le grand livre", "{n} autres dans le grand livre", max(more, 0))
    sum_ = money(Money(sum(line.amount.cents for line in found)))
    total = Total((tr("Total"), "", "", said if more > 0 else "", sum_))
    return [
        heading(tr("Comptes d’attente, ligne par ligne")),
        ruled_table(columns, [*rows, total], 9),
    ]


def _points_table(points: Sequence[Point]) -> Flowable:
    columns = (
        Column(tr("Point"), 3),
        Column(tr("État"), 1),
        Column(tr("Constat"), 3),
    )
    rows: list[Row] = [(p.title, tr(STATES[p.state]), p.words) for p in points]
    return ruled_table(columns, rows, 9)


def _journals_table(month: Month) -> Flowable:
    right = Align.RIGHT
    columns = (
        Column(tr("Journal"), 1),
        Column(tr("Intitulé"), 3),
        Column(tr("Écritures"), 1, right),
        Column(tr("Brouillons"), 1, right),
        Column(tr("Débit"), 1.4, right),
        Column(tr("Crédit"), 1.4, right),
    )
    totals = journal_totals(month.session, month.period)
    rows: list[Row] = [
        (t.code, t.title, str(t.entries), str(t.drafts), money(t.debit), money(t.credit))
        for t in totals
    ]
    debit = Money(sum(t.debit.cents for t in totals))
    credit = Money(sum(t.credit.cents for t in totals))
    count, drafts = sum(t.entries for t in totals), sum(t.drafts for t in totals)
    total = (tr("Total"), "", str(count), str(drafts), money(debit), money(credit))
    return ruled_table(columns, [*rows, Total(total)], 9)


def _missing(proofs: Proofs) -> list[Flowable]:
    title = heading(tr("Dépenses sans justificatif"))
    if not proofs.missing:
        return [title, paragraph(tr("Rien ne manque : chaque dépense a sa pièce."))]
    columns = (
        Column(tr("Date"), 1.1),
        Column(tr("Libellé"), 3),
        Column(tr("Fournisseur"), 2),
        Column(tr("Montant"), 1.2, Align.RIGHT),
        Column(tr("Suite"), 2),
    )
    rows: list[Row] = [
        (short_day(r.day), r.label, r.party, money(r.amount), _follow_up(r.lost_reason, r.asked_on))
        for r in proofs.missing
    ]
    sum_ = money(Money(sum(row.amount.cents for row in proofs.missing)))
    return [title, ruled_table(columns, [*rows, Total((tr("Total"), "", "", sum_, ""))], 9)]


def _follow_up(lost: str, asked_on: object) -> str:
    if lost:
        return tr("perdue : {reason}").format(reason=lost)
    return tr("demandée") if asked_on else tr("à demander")


def _pieces(proofs: Proofs) -> list[Flowable]:
    title = heading(tr("Pièces jointes"))
    if not proofs.all:
        return [title, paragraph(tr("Aucune pièce ce mois-ci."))]
    columns = (
        Column(tr("N°"), 1.2),
        Column(tr("Date"), 1.2),
        Column(tr("Fournisseur ou objet"), 2),
        Column(tr("Montant"), 1.2, Align.RIGHT),
        Column(tr("Écriture"), 1.4),
        Column(tr("Fichier"), 3.4),
    )
    rows: list[Row] = [
        (
            proof.piece.number,
            short_day(proof.piece.day) if proof.piece.day else "",
            proof.about,
            money(proof.piece.total) if proof.piece.total else "",
            ", ".join(proof.proves),
            proof.file,
        )
        for proof in proofs.all
    ]
    return [title, ruled_table(columns, rows, 8.5)]


def _files_table(sha256: Mapping[str, str]) -> Flowable:
    columns = (Column(tr("Fichier"), 1), Column("SHA-256", 1.35))
    return ruled_table(columns, [(name, digest) for name, digest in sha256.items()], 7.5)


def write_payroll(month: Month, target: IO[bytes]) -> None:
    """Write the variables of pay of a month, to sign."""
    frame = PageFrame(
        month.canteen,
        tr("Variables de paie"),
        in_words(month.period),
        month.now,
        footer=tr(
            "Données personnelles : pour le service de paie seulement. "
            "À conserver 5 ans avec les bulletins (Code du travail, art. L3243-4)."
        ),
        landscape=True,
    )
    found = variables(month.session, month.period)
    story: list[Flowable] = [
        _variables_table(found) if found else paragraph(tr("Aucune variable ce mois-ci.")),
        writing_lines(tr("Date, nom et signature de l’employeur"), 2),
    ]
    write_document(target, frame, story)


def _variables_table(found: Sequence[PayRow]) -> Flowable:
    columns = (
        Column(tr("Matricule"), 1),
        Column(tr("Nom"), 2),
        Column(tr("Rubrique"), 2.4),
        Column(tr("Quantité"), 1, Align.RIGHT),
        Column(tr("Unité"), 0.7),
        Column(tr("Du"), 1),
        Column(tr("Au"), 1),
        Column(tr("Commentaire"), 2.4),
    )
    rows: list[Row] = [
        (
            row.number,
            f"{row.last_name} {row.first_name}".strip(),
            row.title,
            number_text(row.quantity),
            row.unit,
            short_day(row.first) if row.first else "",
            short_day(row.last) if row.last else "",
            row.comment,
        )
        for row in found
    ]
    return ruled_table(columns, rows, 9.5)


READ_FIRST = """Dossier comptable du mois : {month}
{canteen}

Ce dossier est construit de la même façon chaque mois. Une partie vide le dit : elle ne
disparaît pas.

01_Index_{code}.pdf        réponses d’avance, ce qui manque, liste des pièces, empreintes
02_Classeur_{code}.xlsx    toutes les tables, un onglet chacune, totaux vivants
03_Ecritures/              FEC à ce jour, journaux, grand livre, balances
04_Banque/                 lignes de banque et rapprochement à la fin du mois ; Releves/ : les
                           fichiers de la banque tels quels, s’ils ont été importés
05_Caisse/                 livre de caisse
06_Pieces/                 justificatifs, AAAA-MM_numéro_fournisseur_montant, et index
07_Paie/                   variables de paie (CSV et PDF)
08_Controle/               liste de contrôle, subventions, fonds dédiés, FNP CCA PCA
empreintes.sha256          SHA-256 de chaque fichier (sha256sum -c empreintes.sha256)

Les fichiers CSV s’ouvrent dans Excel : point-virgule, virgule décimale, UTF-8. Les variables
de paie sont en Windows-1252. Le journal porte les comptes, les sections analytiques et le
numéro du justificatif de chaque ligne.

Le FEC porte son nom légal quand aucune écriture n’est en brouillon depuis le début de l’exercice ;
sinon il s’appelle FEC_PROVISOIRE et ne contient que les écritures validées.

{state}
"""


def read_first(month: Month, answers: Sequence[Answer]) -> bytes:
    """Return the words to read first, as UTF-8: what the archive holds, then how far it is."""
    told = [f"Écritures du mois : {month.entries}, dont {month.drafts} en brouillon.", ""]
    for answer in answers:
        told += [answer.question, *(f"  {words}" for words in answer.words), ""]
    state = "\n".join(told)
    words = READ_FIRST.format(
        month=in_words(month.period), canteen=month.canteen, code=month.code, state=state
    )
    return words.replace("\n", "\r\n").encode("utf-8-sig")
