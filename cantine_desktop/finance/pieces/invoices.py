"""Reading an electronic invoice, from a hybrid PDF or from its XML alone."""

import io
from dataclasses import replace
from xml.etree.ElementTree import Element  # noqa: S405  -- the tree only; exchange.xml reads

from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.exchange.xml import read_xml
from cantine_desktop.finance.pieces import cii, ubl
from cantine_desktop.finance.pieces.hybrid import NotAnInvoiceError, joined_invoice, level_remark
from cantine_desktop.finance.pieces.invoice_facts import InvoiceFacts
from cantine_desktop.finance.pieces.xml_values import local
from cantine_desktop.i18n import tr

ORDER_ROOT = "SCRDMCCBDACIOMessageStructure"

_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")


def read_invoice(content: bytes, name: str) -> InvoiceFacts | None:
    """Return what an electronic invoice says; ``None`` when the file is not electronic.

    Args:
        content: A PDF or an XML file; anything else is not electronic.
        name: Name of the file, for what is told of it.

    Raises:
        NotAnInvoiceError: It is an order, or an XML of another kind.
        UserError: The PDF is damaged, or its XML is malformed or hostile.
    """
    if content[:1024].lstrip().startswith(b"%PDF"):
        return _read_hybrid(content)
    if content[:200].lstrip().startswith(_XML_STARTS) or name.lower().endswith(".xml"):
        return _read_root(read_xml(io.BytesIO(content)))
    return None


def _read_hybrid(content: bytes) -> InvoiceFacts | None:
    joined = joined_invoice(content)
    if joined is None:
        return None
    try:
        facts = _read_root(read_xml(io.BytesIO(joined.content)))
    except NotAnInvoiceError:
        if joined.name.lower() in {"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"}:
            raise
        return None  # some other XML beside a plain PDF
    except UnreadableError as error:
        raise UnreadableError(
            *(replace(each, text=_inside(joined.name, each.text)) for each in error.problems)
        ) from error
    remarks = facts.remarks + joined.remarks
    if (level := level_remark(joined.level, facts.guideline)) is not None:
        remarks += (level,)
    return replace(facts, container=joined.name, remarks=remarks)


def _inside(name: str, text: str) -> str:
    return tr("dans « {name} », que le PDF porte : {text}").format(name=name, text=text)


def _read_root(root: Element) -> InvoiceFacts:
    name = local(root)
    if name == ORDER_ROOT:
        raise NotAnInvoiceError(tr("C’est une commande électronique (Order-X), pas une facture."))
    if cii.is_cii(root):
        return cii.read_cii(root)
    if ubl.is_ubl(root):
        return ubl.read_ubl(root)
    raise NotAnInvoiceError(
        tr("Ce fichier XML n’est pas une facture : il commence par « {name} ».").format(
            name=name[:60]
        )
    )
