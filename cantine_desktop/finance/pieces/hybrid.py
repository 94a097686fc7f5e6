"""Finding the invoice inside a hybrid PDF, and what is unusual in the way it is joined."""

import io
import re
from typing import Any, NamedTuple

from cantine_desktop.errors import UserError
from cantine_desktop.finance.pieces.bounded import is_in_measure, read_stream
from cantine_desktop.finance.pieces.invoice_facts import Fault, Weight
from cantine_desktop.finance.pieces.profiles import profile_of
from cantine_desktop.i18n import tr

INVOICE_NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
ORDER_NAMES = ("order-x.xml", "cio.xml")
LARGEST_XML = 20 * 2**20
"""Bytes of the XML once unpacked."""

LARGEST_METADATA = 2**20
_MOST_FILES = 200
_LEVEL = re.compile(r"ConformanceLevel\s*(?:=\s*[\"']|>)\s*([A-Z0-9 \-]+)", re.IGNORECASE)


class Joined(NamedTuple):
    """The XML that a PDF carries.

    Attributes:
        name: Its name inside.
        content: The XML.
        remarks: What a strict reader would say of the PDF.
        level: Profile that the metadata of the PDF announce, or empty.
    """

    name: str
    content: bytes
    remarks: tuple[Fault, ...]
    level: str


class NotAnInvoiceError(UserError):
    """The file is readable, and is something else than an invoice."""


def joined_invoice(content: bytes) -> Joined | None:
    """Return the XML of an invoice that a PDF carries; ``None`` when it carries none.

    Raises:
        NotAnInvoiceError: It carries an order.
        UserError: The PDF is damaged or closed by a password, or its XML is out of measure.
    """
    import pikepdf  # noqa: PLC0415  -- loads a library; only once a PDF comes in

    if not is_in_measure(content):
        raise UserError(tr("Ce PDF est démesuré une fois ouvert : il n’a pas été lu."))
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return _joined(pdf)
    except pikepdf.PasswordError:
        raise UserError(
            tr("Ce PDF est protégé par un mot de passe : demandez-en une copie ouverte.")
        ) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError) as error:
        raise UserError(tr("Ce PDF est abîmé : demandez-le de nouveau au fournisseur.")) from error


def _joined(pdf: Any) -> Joined | None:
    names = list(pdf.attachments)[:_MOST_FILES]
    lower = {name.lower(): name for name in names}
    if any(name in lower for name in ORDER_NAMES):
        raise NotAnInvoiceError(
            tr("Ce PDF porte une commande électronique (Order-X), pas une facture.")
        )
    chosen = next((lower[name] for name in INVOICE_NAMES if name in lower), None)
    if chosen is None:
        chosen = next((name for name in names if name.lower().endswith(".xml")), None)
    if chosen is None:
        return None
    spec = pdf.attachments[chosen]
    xml = read_stream(spec.get_file().obj, LARGEST_XML)
    if xml is None:
        raise UserError(tr("La facture jointe à ce PDF est démesurée : elle n’a pas été lue."))
    metadata = _metadata(pdf)
    found = _LEVEL.search(metadata)
    level = found[1].strip().upper() if found else ""
    return Joined(chosen, xml, tuple(_remarks(pdf, spec, chosen, metadata)), level)


def _metadata(pdf: Any) -> str:
    stream = pdf.Root.get("/Metadata")
    if stream is None or not hasattr(stream, "read_bytes"):
        return ""
    return (read_stream(stream, LARGEST_METADATA) or b"").decode("utf-8", "replace")


def _remarks(pdf: Any, spec: Any, name: str, metadata: str) -> list[Fault]:
    found: list[str] = []
    if name.lower() not in INVOICE_NAMES:
        found.append(
            tr("la facture jointe s’appelle « {name} » au lieu de « factur-x.xml ».").format(
                name=name
            )
        )
    relation = str(spec.obj.get("/AFRelationship", ""))
    if not relation:
        found.append(tr("la facture jointe ne dit pas son lien avec le PDF (AFRelationship)."))
    elif relation not in {"/Data", "/Alternative"}:
        text = tr("le lien de la facture jointe avec le PDF est « {kind} » au lieu de « Data ».")
        found.append(text.format(kind=relation.lstrip("/")))
    if "/AF" not in pdf.Root:
        found.append(tr("la racine du PDF n’annonce pas de fichier associé (AF)."))
    if "/OutputIntents" not in pdf.Root:
        found.append(tr("le PDF n’est pas un PDF/A : il lui manque un profil de couleurs."))
    if "ConformanceLevel" not in metadata:
        found.append(tr("les métadonnées du PDF n’annoncent pas de facture électronique."))
    return [Fault("container", tr("PDF"), text, Weight.NOTE) for text in found]


def level_remark(level: str, guideline: str) -> Fault | None:
    """Return a remark when the PDF announces another profile than its invoice."""
    profile = profile_of(guideline)
    known = {"COMFORT": "EN 16931", "EN16931": "EN 16931", "BASICWL": "BASIC WL"}
    announced = known.get(level, level)
    if not level or not profile or announced == profile or profile.endswith(announced):
        return None
    text = tr("le PDF annonce le profil {outside}, la facture qu’il porte dit {inside}.")
    return Fault(
        "container", tr("PDF"), text.format(outside=announced, inside=profile), Weight.NOTE
    )
