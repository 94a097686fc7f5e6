"""The words of a CAMT entry: whose payment it is, why, and under which references."""

from xml.etree.ElementTree import Element  # noqa: S405  -- a tree that read_xml made

from cantine_desktop.finance.bank.texts import LONGEST_DETAILS, plain

_EMPTY = {"NOTPROVIDED", "NOTAVAILABLE", "NOT PROVIDED", "NONREF"}


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rsplit("}", 1)[-1]


def first(element: Element | None, *path: str) -> Element | None:
    """Return the first element at the end of a path of local names."""
    for name in path:
        if element is None:
            return None
        for child in element:
            if child.tag.rpartition("}")[2] == name:
                element = child
                break
        else:
            return None
    return element


def text_at(element: Element | None, *path: str) -> str:
    """Return the text at the end of a path; empty when there is none."""
    found = first(element, *path)
    return (found.text or "").strip() if found is not None else ""


def words_in(element: Element | None) -> list[str]:
    """Return every text an element holds, in order; none when there is no element."""
    texts = () if element is None else (each.text or "" for each in element.iter())
    return [each.strip() for each in texts if each.strip()]


def counterpart(detail: Element | None, *, is_in: bool) -> str:
    """Return who paid, or who was paid."""
    parties = first(detail, "RltdPties")
    if parties is None:
        return ""
    order = ("Dbtr", "UltmtDbtr") if is_in else ("Cdtr", "UltmtCdtr")
    for name in (*order, *(("Cdtr",) if is_in else ("Dbtr",))):
        party = first(parties, name)
        found = text_at(party, "Nm") or text_at(party, "Pty", "Nm")
        if found:
            return plain(found)
    return ""


def label(entry: Element, detail: Element | None, name: str, *, is_part: bool) -> str:
    """Return the words of a line: the bank’s own when it has some, or the payer and the reason."""
    own = plain(text_at(entry, "AddtlNtryInf"))
    reason = _reason(detail)
    if own and not is_part:
        return own
    said = " ".join(each for each in (name, reason) if each)
    return plain(said or plain(text_at(detail, "AddtlTxInf")) or own or code_of(entry)) or "—"


def details(entry: Element, detail: Element | None, name: str) -> str:
    """Return all other words, each once."""
    said = [
        name,
        _reason(detail),
        text_at(detail, "AddtlTxInf"),
        text_at(entry, "AddtlNtryInf"),
        *(_reference_texts(detail)),
    ]
    kept = dict.fromkeys(plain(each, LONGEST_DETAILS) for each in said)
    return plain(" · ".join(each for each in kept if each), LONGEST_DETAILS)


def reference(entry: Element, detail: Element | None) -> str:
    """Return the reference that names the payment best, or empty."""
    structured = first(detail, "RmtInf", "Strd", "CdtrRefInf")
    candidates = [
        text_at(structured, "Ref") or text_at(structured, "CdtrRef"),
        *_reference_texts(detail),
        text_at(first(entry, "NtryDtls", "Btch"), "PmtInfId"),
        text_at(entry, "NtryRef"),
    ]
    return plain(next((each for each in candidates if each), ""))


def _reference_texts(detail: Element | None) -> list[str]:
    references = first(detail, "Refs")
    names = ("EndToEndId", "ChqNb", "MndtId", "PmtInfId", "InstrId", "TxId")
    found = [text_at(references, name) for name in names]
    return [each for each in found if each and each.upper() not in _EMPTY]


def _reason(detail: Element | None) -> str:
    remittance = first(detail, "RmtInf")
    if remittance is None:
        return ""
    free = [child.text or "" for child in remittance if local(child) == "Ustrd"]
    if not any(each.strip() for each in free):
        free = [
            each.text or ""
            for each in remittance.iter()
            if local(each) in {"Ref", "AddtlRmtInf", "Nb"}
        ]
    return plain(" ".join(free), LONGEST_DETAILS)


def code_of(entry: Element) -> str:
    """Return the code of the operation: ``PMNT-RCDT-ESCT`` or the bank’s own."""
    return "-".join(words_in(first(entry, "BkTxCd")))[:32]
