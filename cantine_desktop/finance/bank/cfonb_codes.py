"""What the codes of interbank operations mean in a CFONB 120 statement."""

from cantine_desktop.i18n import mark

_NAMES = {
    "01": mark("Chèque payé"),
    "02": mark("Remise de chèques"),
    "03": mark("Chèque impayé"),
    "04": mark("Versement d’espèces"),
    "05": mark("Virement reçu"),
    "06": mark("Virement émis"),
    "08": mark("Prélèvement"),
    "11": mark("Carte"),
    "12": mark("Retrait d’espèces"),
    "18": mark("Virement"),
    "21": mark("Virement"),
    "61": mark("Intérêts"),
    "62": mark("Frais et commissions"),
    "63": mark("Frais"),
    "66": mark("Remise de cartes"),
    "78": mark("Retrait d’espèces"),
    "91": mark("Opération diverse"),
    "A1": mark("Virement SEPA émis"),
    "A2": mark("Virement SEPA rejeté"),
    "A3": mark("Prélèvement SEPA"),
    "B1": mark("Prélèvement SEPA"),
    "B2": mark("Prélèvement SEPA rejeté"),
    "B5": mark("Prélèvement SEPA émis"),
}


def operation_name(code: str) -> str:
    """Return the French name of an operation by its two signs, or empty.

    French in any language: it becomes the label of a line that has none, and labels tell lines
    imported already.
    """
    return _NAMES.get(code, "")
