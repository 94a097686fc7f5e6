"""What is wrong in an invoice, in words: what a director can answer to its supplier.

Sums follow EN 16931 (BR-CO-10 to 16, BR-S-08, BR-S-09), dates BR-FR-03 and BR-FR-CO-07; the
keys of SIREN, SIRET, VAT and IBAN are checked although no rule of the standard does.
"""

from collections.abc import Iterator
from datetime import date

from cantine_desktop.finance.pieces import fault_ids, fault_sums
from cantine_desktop.finance.pieces.invoice_facts import Fault, InvoiceFacts, Weight
from cantine_desktop.finance.pieces.profiles import WITHOUT_LINES
from cantine_desktop.i18n import long_day, mark, tr

INVOICE_TYPES = frozenset(
    {"80", "82", "84", "130", "202", "203", "204", "211", "218", "219", "295", "325", "326",
     "331", "380", "382", "383", "384", "385", "386", "387", "388", "389", "390", "393", "394",
     "395", "456", "457", "471", "472", "473", "500", "501", "502", "503", "527", "553", "575",
     "623", "633", "751", "780", "817", "870", "875", "876", "877", "935"}
)  # fmt: skip
"""Codes of UNTDID 1001 under which an amount is owed to the seller."""

PREPAYMENTS = frozenset({"386", "500", "503"})
AFTER_PREPAYMENT = frozenset({"B4", "S4", "M4"})
PAID_PROCESSES = frozenset({"B2", "S2", "M2"})
OLDEST_YEAR = 2000


def faults_of(facts: InvoiceFacts, today: date | None = None) -> list[Fault]:
    """Return all that is wrong in an invoice by itself, the gravest first.

    Args:
        facts: The invoice.
        today: Civil day against which a date to come is told; ``None`` tells none.
    """
    found = [
        *facts.remarks,
        *_form(facts),
        *_days(facts, today),
        *fault_sums.sums(facts),
        *fault_ids.identifiers(facts),
    ]
    order = list(Weight)
    return sorted(dict.fromkeys(found), key=lambda fault: order.index(fault.weight))


def _form(facts: InvoiceFacts) -> Iterator[Fault]:
    heading = tr("en-tête")
    yield from _number(facts.number)
    if not facts.seller.name:
        yield Fault("seller", heading, tr("le nom du fournisseur manque."))
    known = facts.type_code in INVOICE_TYPES or facts.is_credit_note
    if not facts.type_code:
        yield Fault("type", heading, tr("le type du document (facture, avoir) manque."))
    elif not known:
        text = tr("le type « {code} » n’est celui d’aucune facture.")
        yield Fault("type", heading, text.format(code=facts.type_code[:20]))
    if not facts.currency:
        yield Fault("currency", heading, tr("la devise manque : vérifiez que ce sont des euros."))
    elif facts.currency != "EUR":
        text = tr("la facture est en {currency}, pas en euros : saisissez le montant payé.")
        yield Fault("currency", heading, text.format(currency=facts.currency[:12]))
    yield from _profile(facts, heading)
    yield from _french_words(facts)


def _profile(facts: InvoiceFacts, heading: str) -> Iterator[Fault]:
    if not facts.guideline:
        text = tr("la facture ne dit pas quel format elle suit.")
        yield Fault("profile", heading, text, Weight.DOUBT)
    elif not facts.profile:
        text = tr("le format annoncé, « {name} », n’existe pas.")
        yield Fault("profile", heading, text.format(name=facts.guideline[:120]), Weight.DOUBT)
    if ":compliant:" in facts.guideline or ":conformant:" in facts.guideline:
        text = tr("le format est annoncé dans une écriture abandonnée depuis 2019.")
        yield Fault("profile", heading, text, Weight.NOTE)
    if facts.profile in WITHOUT_LINES and facts.lines:
        text = tr("le profil {profile} n’a pas de lignes, et en voici : elles sont lues.")
        yield Fault("profile", heading, text.format(profile=facts.profile), Weight.NOTE)
    if facts.profile and facts.profile not in WITHOUT_LINES and not facts.lines:
        yield Fault("lines", tr("lignes"), tr("la facture n’a aucune ligne."), Weight.DOUBT)


LEGAL_NOTES = (
    ("PMT", mark("l’indemnité forfaitaire de recouvrement")),
    ("PMD", mark("les pénalités de retard")),
    ("AAB", mark("l’escompte, ou son absence")),
)
"""Words that a French invoice between companies must have (C. com. art. L. 441-9)."""


def _french_words(facts: InvoiceFacts) -> Iterator[Fault]:
    """Tell the legal words missing from an invoice that says it follows the French format."""
    if facts.process in AFTER_PREPAYMENT and facts.type_code in PREPAYMENTS:
        text = tr("le cadre {frame} est celui d’un solde, et le document est un acompte.")
        yield Fault("type", tr("en-tête"), text.format(frame=facts.process), Weight.DOUBT)
    if "cpro.gouv.fr" not in facts.guideline and "ctc-fr" not in facts.guideline:
        return
    said = dict(facts.notes)
    for code, what in LEGAL_NOTES:
        if sum(c.isalpha() for c in said.get(code, "")) < 3:
            text = tr("la facture ne dit pas {what}.").format(what=tr(what))
            yield Fault("words", tr("mentions"), text, Weight.NOTE)


def _number(number: str) -> Iterator[Fault]:
    place = tr("numéro de facture")
    if not number.strip():
        yield Fault("number", place, tr("le numéro de la facture manque."))
        return
    if number != number.strip() or "  " in number or "\u00a0" in number:
        text = tr("« {written} » contient des espaces superflus ou insécables.")
        yield Fault("number", place, text.format(written=number[:60]), Weight.DOUBT)
    elif " " in number:
        text = tr("« {written} » contient une espace, que le format français refuse.")
        yield Fault("number", place, text.format(written=number[:60]), Weight.NOTE)
    if len(number.strip()) > 35:
        text = tr("« {written} » est trop long : 35 caractères au plus.")
        yield Fault("number", place, text.format(written=number[:60]), Weight.DOUBT)
    if not number.isprintable():
        yield Fault("number", place, tr("le numéro contient des signes invisibles."), Weight.DOUBT)


def _days(facts: InvoiceFacts, today: date | None) -> Iterator[Fault]:
    yield from _old_days(facts)
    place = tr("date de la facture")
    if facts.day is None:
        if not any(f.code == "date" and f.place == place for f in facts.remarks):
            yield Fault("date", place, tr("la date de la facture manque."))
        return
    if today is not None and facts.day > today:
        text = tr("le {day} n’est pas encore venu.").format(day=long_day(facts.day))
        yield Fault("date", place, text, Weight.DOUBT)
    free = facts.type_code in PREPAYMENTS or facts.process in PAID_PROCESSES
    if facts.due_day is not None and facts.due_day < facts.day and not free:
        text = tr("l’échéance du {due} précède la facture du {day}.")
        yield Fault(
            "due",
            tr("échéance"),
            text.format(due=long_day(facts.due_day), day=long_day(facts.day)),
            Weight.DOUBT,
        )


def _old_days(facts: InvoiceFacts) -> Iterator[Fault]:
    named = (
        (tr("date de la facture"), facts.day),
        (tr("échéance"), facts.due_day),
        (tr("date de livraison"), facts.delivered_on),
    )
    for place, said in named:
        if said is not None and said.year < OLDEST_YEAR:
            text = tr("le {day} est trop ancien pour être vrai.")
            yield Fault("date", place, text.format(day=long_day(said)))
