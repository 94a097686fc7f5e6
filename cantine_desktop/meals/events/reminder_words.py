"""What reminders say, in French in every language: their readers are French customers."""

from datetime import date
from typing import NamedTuple

from cantine_desktop.meals.events.content import thawed
from cantine_desktop.meals.events.model import EventPaper, PaperKind
from cantine_desktop.values.money import Money

_QUOTE = (
    "Nous vous avons adressé le {day} le devis {number} pour {about}. Sans réponse de votre part, "
    "nous ne pouvons pas vous garder la date.\n"
    "Dites-nous simplement oui ou non : un message suffit. Et si quelque chose ne convient pas "
    "(le menu, le nombre, le prix), parlons-en."
)
_INVOICE = {
    1: (
        "Sauf erreur de notre part, la facture {number} du {day}, pour {about}, attend encore son "
        "règlement : {left}, à payer pour le {due}.\n"
        "C’est sans doute un oubli. Si vous venez de payer, ne tenez pas compte de cette lettre, "
        "et merci ! Sinon, un virement suffit ; dites-nous si quelque chose vous en empêche."
    ),
    2: (
        "Malgré notre première relance, la facture {number} du {day}, pour {about}, reste "
        "impayée : {left}, attendus le {due}, soit {late} jours de retard.\n"
        "Notre cantine vit de ces recettes autant que de ses repas. Merci de régler sous huit "
        "jours, ou de nous appeler pour convenir d’une date."
    ),
    3: (
        "Malgré deux relances, la facture {number} du {day}, pour {about}, reste impayée : {left}, "
        "attendus le {due}, soit {late} jours de retard.\n"
        "Nous vous mettons en demeure de régler cette somme sous huit jours à compter de la "
        "réception de cette lettre. À défaut, nous pourrons demander une injonction de payer."
    ),
}
_PENALTIES = (
    " Les pénalités de retard et l’indemnité forfaitaire de 40 € prévues sur la facture sont dues."
)


class About(NamedTuple):
    """What a reminder is about.

    Attributes:
        left: What is still to be paid.
        late: Days since it was due.
    """

    paper: EventPaper
    left: Money
    late: int
    is_professional: bool


def reminder_words(about: About, level: int) -> str:
    """Return the body of a reminder, of one level: paragraphs, one a line."""
    paper, content = about.paper, thawed(about.paper.content)
    is_quote = paper.kind is PaperKind.QUOTE
    words = (_QUOTE if is_quote else _INVOICE[level]).format(
        number=paper.number,
        day=french_day(paper.day),
        about=f"« {content.title} », le {french_day(content.event_day)}",
        left=euros(about.left),
        due=french_day(paper.due_day) if paper.due_day else "",
        late=about.late,
    )
    harsh = level == max(_INVOICE) and about.is_professional and not is_quote
    return words + _PENALTIES if harsh else words


def french_day(day: date) -> str:
    """Return a day as French letters write it: 24/11/2026."""
    return f"{day:%d/%m/%Y}"


def euros(amount: Money) -> str:
    """Return an amount as French papers write it, whatever the language of the screens."""
    whole, cents = divmod(abs(amount.cents), 100)
    sign = "−" if amount.cents < 0 else ""
    grouped = f"{whole:,}".replace(",", "\u202f")
    return f"{sign}{grouped},{cents:02d}\u00a0€"
