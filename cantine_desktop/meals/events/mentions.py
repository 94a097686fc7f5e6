"""What French law has a quote or an invoice say, by what the canteen and the customer are.

Sources: CGI-ann2-242-nonies-A; C-com-L441-10.
"""

from dataclasses import dataclass

from cantine_desktop.errors import UserError
from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.i18n import tr

VAT = {
    VatStatus.SOCIAL: "TVA non applicable : organisme exonéré, article 261-7-1° b du CGI",
    VatStatus.FRANCHISE: "TVA non applicable, article 293 B du CGI",
}
"""Legal words, in French in every language: the paper goes to a French customer."""

_LATE = (
    "En cas de retard : pénalités au taux de trois fois l’intérêt légal, exigibles sans rappel "
    "dès le lendemain de l’échéance, et indemnité forfaitaire de 40 € pour frais de recouvrement "
    "(code de commerce, art. L441-10 et D441-5). Pas d’escompte pour paiement anticipé."
)
_LATE_PERSON = "Pas d’escompte pour paiement anticipé."
_SERVICE = "Nature de l’opération : prestation de services."
_PERSON_QUOTE = "Devis gratuit. Un acompte versé engage les deux parties."


@dataclass(frozen=True)
class Terms:
    """What decides the words: the canteen’s VAT, and whether the customer is a professional."""

    vat: VatStatus
    is_professional: bool


def invoice_mentions(terms: Terms) -> list[str]:
    """Return what an invoice says at its foot.

    Raises:
        UserError: Nobody decided how the canteen stands towards VAT, or it charges VAT, which
            these invoices do not compute.
    """
    refuse_vat(terms.vat)
    late = _LATE if terms.is_professional else _LATE_PERSON
    return [f"{VAT[terms.vat]}. {_SERVICE}", late]


def quote_mentions(terms: Terms) -> list[str]:
    """Return what a quote says at its foot; nothing of VAT while nobody decided.

    Raises:
        UserError: The canteen charges VAT.
    """
    if terms.vat is VatStatus.LIABLE:
        refuse_vat(terms.vat)
    words = [f"{VAT[terms.vat]}."] if terms.vat in VAT else []
    return words if terms.is_professional else [*words, _PERSON_QUOTE]


def refuse_vat(vat: VatStatus) -> None:
    """Let an invoice without VAT pass.

    Raises:
        UserError: The canteen charges VAT, or nobody decided.
    """
    if vat is VatStatus.LIABLE:
        raise UserError(
            tr(
                "Votre cantine est notée redevable de la TVA : ces factures n’en calculent pas. "
                "Faites celle-ci avec votre comptable, puis notez-la dans « Comptes »."
            )
        )
    if vat is VatStatus.UNKNOWN:
        raise UserError(
            tr(
                "Une facture dit pourquoi elle est sans TVA. Décidez-le d’abord dans « Budget », "
                "« Règles comptables », avec votre trésorier·e ou votre comptable."
            )
        )
