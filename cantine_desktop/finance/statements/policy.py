"""Reading and changing what the canteen decided about taxes and values, and its consequences."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.statements.model import FinancePolicy, VatStatus
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.money import Money

VAT_TITLES = {
    VatStatus.UNKNOWN: mark("Pas encore décidé"),
    VatStatus.SOCIAL: mark("Exonérée : œuvre sociale, gestion désintéressée"),
    VatStatus.FRANCHISE: mark("Activité lucrative accessoire, sous la franchise"),
    VatStatus.LIABLE: mark("Redevable de la TVA, en tout ou partie"),
}

_CONSEQUENCES = {
    VatStatus.UNKNOWN: (
        mark("Les repas sont comptés sans TVA tant que rien n’est décidé."),
        mark(
            "À demander : restauration et services aux membres — l’exonération des services aux"
            " membres exclut la restauration (CGI 261-7-1° a)."
        ),
    ),
    VatStatus.SOCIAL: (
        mark("Ni TVA sur les recettes, ni TVA récupérée : les achats se comptent toutes taxes."),
        mark(
            "Fondement : œuvre à caractère social ou philanthropique, prix homologués ou sans"
            " équivalent, gestion désintéressée (CGI 261-7-1° b)."
        ),
        mark("Taxe sur les salaires à regarder : elle frappe qui ne facture pas de TVA."),
        mark("Six manifestations de bienfaisance par an sont exonérées à part (261-7-1° c)."),
    ),
    VatStatus.FRANCHISE: (
        mark(
            "Les recettes lucratives restent sous la franchise de l’année civile : la jauge de"
            " cet écran les additionne."
        ),
        mark("Conditions : gestion désintéressée, part non lucrative nettement prépondérante."),
        mark(
            "Au-delà de la franchise : impôts commerciaux pour ces activités, à sectoriser ;"
            " parlez-en avant de la franchir."
        ),
    ),
    VatStatus.LIABLE: (
        mark("TVA collectée sur les ventes, récupérée sur les achats qui y concourent."),
        mark("Déclarations périodiques, factures avec TVA, réception des factures électroniques."),
        mark(
            "Logiciel de caisse : la loi exige un certificat ou l’attestation de l’éditeur (voir"
            " « Caisse »)."
        ),
        mark("Taxe sur les salaires réduite ou nulle selon la part soumise à la TVA."),
    ),
}

DISCLAIMER = mark(
    "Ces lignes rappellent des textes, elles ne sont pas un avis : faites confirmer votre situation"
    " par un rescrit ou votre expert-comptable."
)


class Policy(NamedTuple):
    """What was decided; see ``FinancePolicy`` for what each value means."""

    vat: VatStatus = VatStatus.UNKNOWN
    is_sectorised: bool = False
    volunteer_rate: Money | None = None
    volunteer_basis: str = ""
    food_rate: Money | None = None
    food_basis: str = ""
    least_cash: Money = Money(0)
    note: str = ""


def policy(session: Session) -> Policy:
    """Return what was decided, or what holds while nothing was."""
    row = session.scalar(select(FinancePolicy).order_by(FinancePolicy.id).limit(1))
    if row is None:
        return Policy()
    return Policy(*(getattr(row, name) for name in Policy._fields))


def decide(session: Session, decided: Policy) -> None:
    """Keep what was decided.

    Raises:
        UserError: A rate is negative, or has no basis in words.
    """
    rates = (
        (decided.volunteer_rate, decided.volunteer_basis),
        (decided.food_rate, decided.food_basis),
    )
    for rate, basis in rates:
        if rate is not None and rate.cents <= 0:
            raise UserError(tr("Une valeur horaire ou au kilo est plus grande que zéro."))
        if rate is not None and not basis.strip():
            raise UserError(
                tr(
                    "Dites d’où vient cette valeur (« Smic horaire chargé 2026 »…) : les annexes"
                    " le demandent."
                )
            )
    if decided.least_cash.cents < 0:
        raise UserError(tr("Le seuil d’alerte de la trésorerie n’est pas négatif."))
    row = session.scalar(select(FinancePolicy).order_by(FinancePolicy.id).limit(1))
    if row is None:
        row = FinancePolicy()
        session.add(row)
    for name, value in decided._asdict().items():
        setattr(row, name, value)
    session.flush()


def consequences(status: VatStatus) -> list[str]:
    """Return what a status entails, one sentence each, in the language in use."""
    return [tr(sentence) for sentence in _CONSEQUENCES[status]]
