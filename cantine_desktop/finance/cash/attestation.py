"""The editor’s attestation that the till law asks for: a template to complete, never one signed.

Source: CGI-286.
"""

from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy.orm import Session

from cantine_desktop import __version__
from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.styles import box, heading, paragraph, small
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period


def write_attestation(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the template of the attestation, with what the software does and who is bound.

    Args:
        session: Where to read.
        period: Not used: the template has no period.
        now: The present instant.
        target: Where the PDF goes.
    """
    del period
    canteen = the_canteen(session)
    name = canteen.name if canteen else ""
    address = canteen.address if canteen else ""
    siren = canteen.siren if canteen else ""
    story: list[Flowable] = [
        box(
            tr("Modèle à compléter : ce papier n’atteste de rien tant qu’il n’est pas signé"),
            [
                tr(
                    "Seul l’éditeur du logiciel, ou qui en a modifié les fonctions de caisse, peut "
                    "signer le volet 1, et en répond. Faites relire ce modèle avant de l’utiliser."
                ),
            ],
            bullets=False,
        ),
        *_who_is_bound(),
        *_editor(),
        *_user(name, address, siren),
        *_how(),
    ]
    frame = PageFrame(
        name,
        tr("Attestation individuelle de l’éditeur (modèle)"),
        tr("Logiciel de caisse : CGI, article 286, I-3° bis"),
        now,
        footer=tr(
            "Modèle non signé, rédigé de mémoire, à faire relire ; ne remplace pas un conseil."
        ),
    )
    write_document(target, frame, story)


def _who_is_bound() -> list[Flowable]:
    return [
        heading(tr("Qui est concerné ?")),
        paragraph(
            tr(
                "L’obligation vise les personnes assujetties à la TVA qui enregistrent les "
                "règlements de clients particuliers avec un logiciel ou un système de caisse "
                "(CGI, art. 286, I-3° bis ; BOI-TVA-DECLA-30-10-30)."
            )
        ),
        paragraph(
            tr(
                "Une cantine en franchise en base de TVA, ou dont toutes les opérations sont "
                "exonérées, est hors du champ : elle n’a pas à produire cette attestation. Un "
                "livre de caisse sur papier en est hors aussi."
            )
        ),
        paragraph(
            tr(
                "La loi de finances pour 2025 avait réservé la preuve au certificat d’un organisme "
                "accrédité ; celle pour 2026 (art. 125) a rétabli l’attestation individuelle de "
                "l’éditeur à côté du certificat. Vérifiez le texte en vigueur le jour où vous "
                "l’utilisez."
            )
        ),
    ]


def _editor() -> list[Flowable]:
    return [
        heading(tr("Volet 1 : à compléter et à signer par l’éditeur")),
        FormRow([
            Field(tr("Nom et prénom du signataire"), "", 1),
            Field(tr("Représentant légal de (éditeur, SIREN)"), "", 1.4),
        ]),
        FormRow([
            Field(tr("Logiciel"), "Cantine Desktop", 1),
            Field(tr("Version"), __version__, 0.7),
            Field(tr("Mis à disposition le"), "", 1),
            Field(tr("Licence n°, s’il y en a"), "", 1),
        ]),
        Spacer(0, 6),
        paragraph(
            tr(
                "Je soussigné·e atteste que les fonctions de caisse de ce logiciel, dans la "
                "version ci-dessus, satisfont aux conditions d’inaltérabilité, de sécurisation, de "
                "conservation et d’archivage des données en vue du contrôle de l’administration "
                "fiscale, prévues au 3° bis du I de l’article 286 du code général des impôts."
            )
        ),
        FormRow([
            Field(tr("Fait à, le"), "", 1, 2),
            Field(tr("Signature de l’éditeur"), "", 1.6, 2),
        ]),
    ]


def _user(name: str, address: str, siren: str) -> list[Flowable]:
    return [
        heading(tr("Volet 2 : à compléter et à signer par la cantine")),
        FormRow([
            Field(tr("Cantine"), name, 1.4),
            Field(tr("Adresse"), address, 1.8),
            Field(tr("SIREN"), siren, 0.8),
        ]),
        FormRow([
            Field(tr("Nom et qualité du signataire"), "", 1.4),
            Field(tr("Logiciel obtenu le"), "", 1),
            Field(tr("Utilisé pour la caisse depuis le"), "", 1.2),
        ]),
        Spacer(0, 6),
        paragraph(
            tr(
                "Je soussigné·e certifie utiliser ce logiciel, dans la version du volet 1, pour "
                "enregistrer les règlements des convives."
            )
        ),
        FormRow([
            Field(tr("Fait à, le"), "", 1, 2),
            Field(tr("Signature pour la cantine"), "", 1.6, 2),
        ]),
        Spacer(0, 6),
        small(
            tr(
                "Établir une fausse attestation, ou s’en servir, est un délit (code pénal, "
                "art. 441-1)."
            )
        ),
    ]


def _how() -> list[Flowable]:
    return [
        PageBreak(),
        heading(tr("Ce que fait le logiciel, pour qui doit en juger")),
        box(
            "",
            [
                tr(
                    "Inaltérabilité : recettes, comptages, remises et clôtures s’ajoutent à une "
                    "chaîne d’événements ; rien ne s’y modifie ni ne s’y efface. Une erreur se "
                    "corrige par un événement contraire."
                ),
                tr(
                    "Sécurisation : chaque événement porte l’empreinte SHA-256 de celui d’avant ; "
                    "la commande « check » retrouve tout événement changé, retiré ou déplacé."
                ),
                tr(
                    "Conservation : clôtures du jour, du mois et de l’année, avec total de la "
                    "période, grand total de l’exercice et total perpétuel."
                ),
                tr(
                    "Archivage : un fichier ZIP ouvert (JSON, une ligne par événement, et "
                    "empreintes) que chacun vérifie, avec ou sans le logiciel. À conserver six ans."
                ),
                tr(
                    "Limite : qui maîtrise l’ordinateur pourrait récrire tout le livre ; les "
                    "clôtures imprimées et les archives gardées ailleurs le montreraient."
                ),
            ],
        ),
    ]
