"""Reading CAMT.052, 053 and 054 (ISO 20022), any version: by the local names of elements."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree.ElementTree import Element  # noqa: S405  -- a tree that read_xml made

from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.exchange.xml import read_xml
from cantine_desktop.finance.bank.amounts import (
    AmountError,
    eight_digits,
    is_exact,
    rounded,
    to_decimal,
    to_money,
)
from cantine_desktop.finance.bank.camt_reversals import turned_back
from cantine_desktop.finance.bank.camt_words import (
    code_of,
    counterpart,
    details,
    label,
    reference,
    words_in,
)
from cantine_desktop.finance.bank.camt_words import first as _first
from cantine_desktop.finance.bank.camt_words import local as _local
from cantine_desktop.finance.bank.camt_words import text_at as _text
from cantine_desktop.finance.bank.ibans import is_iban, plain_account
from cantine_desktop.finance.bank.reading import ReadLine, ReadStatement
from cantine_desktop.finance.bank.texts import plain
from cantine_desktop.i18n import long_day, money, tr, trn
from cantine_desktop.values.money import Money

_FORMS = {"Stmt": "camt.053", "Rpt": "camt.052", "Ntfctn": "camt.054"}
_CONTAINERS = {
    "BkToCstmrStmt": "Stmt",
    "BkToCstmrAcctRpt": "Rpt",
    "BkToCstmrDbtCdtNtfctn": "Ntfctn",
}
_WAITING = {"PDNG", "FUTR", "INFO"}


def is_camt(content: bytes) -> bool:
    """Tell whether a file looks like an ISO 20022 statement."""
    head = content[:20_000].replace(b"\0", b"")
    return b"camt.05" in head or any(
        name in head
        for name in (b"BkToCstmr", b"<Stmt>", b"<Rpt>", b"<Ntfctn>", b":Stmt>", b":Ntfctn>")
    )


def read_camt(content: bytes) -> list[ReadStatement]:
    """Read the statements, reports or notifications of a file.

    Raises:
        UnreadableError: It is no well-formed XML, or holds none of them.
    """
    root = read_xml(BytesIO(content.removeprefix(b"\xef\xbb\xbf").lstrip()))
    found = [each for each in root.iter() if _local(each) in _FORMS and _is_statement(each)]
    if found:
        header = next((each for each in root.iter() if _local(each) == "GrpHdr"), None)
        made = _day(header, "CreDtTm", "CreDt")
        return [_told(_statement(each, made)) for each in found]
    containers = [each for each in root.iter() if _local(each) in _CONTAINERS]
    if not containers:
        raise UnreadableError(
            whole_file(tr("ce fichier XML n’est pas un relevé CAMT.052, 053 ou 054"))
        )
    form = _FORMS[_CONTAINERS[_local(containers[0])]]
    text = tr("ce fichier ne contient aucun relevé")
    return [ReadStatement(form, remarks=(Problem(0, "", text),))]


def _told(read: ReadStatement) -> ReadStatement:
    """Return a statement, with a word of caution when it is only a notice of movements."""
    if read.form != "camt.054":
        return read
    text = tr(
        "c’est un avis d’opérations (CAMT.054) : le relevé (CAMT.053) donne les mêmes mouvements, "
        "n’importez pas les deux"
    )
    return replace(read, remarks=(*read.remarks, whole_file(text)))


def _is_statement(element: Element) -> bool:
    return any(_local(child) in {"Acct", "Ntry", "Bal"} for child in element)


def _statement(element: Element, made: date | None) -> ReadStatement:
    remarks: list[Problem] = []
    account = _account(element)
    booked = _entries(element, _statement_day(element) or made, remarks)
    opening, closing = _balances(element, remarks)
    booked = turned_back(element, booked, (opening, closing), remarks)
    currency = _text(element, "Acct", "Ccy") or next(
        (each.get("Ccy", "") for each in element.iter() if _local(each) == "Amt"), ""
    )
    days = [line.day for line in booked]
    period = _first(element, "FrToDt")
    begins = _day(period, "FrDtTm", "FrDt") if period is not None else None
    ends = _day(period, "ToDtTm", "ToDt") if period is not None else None
    return ReadStatement(
        _FORMS[_local(element)],
        account,
        account if is_iban(account) else "",
        plain(currency).upper()[:3] or "EUR",
        tuple(booked),
        min([*days, *([begins] if begins else [])], default=None),
        max([*days, *([ends] if ends else [])], default=None),
        opening,
        closing,
        tuple(remarks),
    )


def _entries(element: Element, fallback: date | None, remarks: list[Problem]) -> list[ReadLine]:
    """Return the lines of every entry; those without a day take the statement’s, told once."""
    found: list[ReadLine] = []
    undated = 0
    for place, entry in enumerate((each for each in element if _local(each) == "Ntry"), 1):
        undated += _entry_day(entry) is None
        found.extend(_lines(entry, place, fallback, remarks))
    if undated and fallback is not None:
        text = trn(
            "{n} mouvement n’a pas de date : celle du relevé, le {day}, est prise",
            "{n} mouvements n’ont pas de date : celle du relevé, le {day}, est prise",
            undated,
        )
        remarks.append(Problem(0, "", text.format(n=undated, day=long_day(fallback))))
    return found


def _account(element: Element) -> str:
    for path in (("Acct", "Id", "IBAN"), ("Acct", "Id", "Othr", "Id"), ("Acct", "Id", "BBAN")):
        if found := _text(element, *path):
            return plain_account(found)
    words = words_in(_first(element, "Acct", "Id", "PrtryAcct", "Id"))
    words = words or words_in(_first(element, "Acct", "Id"))
    return plain_account(words[0]) if words else ""


def _statement_day(element: Element) -> date | None:
    """Return the day a statement was made, for entries that give none."""
    period = _first(element, "FrToDt")
    ends = _day(period, "ToDtTm", "ToDt") if period is not None else None
    return ends or _day(element, "CreDtTm")


def _day(element: Element | None, *names: str) -> date | None:
    """Return the civil day one of the children holds, written alone or with an hour."""
    if element is None:
        return None
    for child in element:
        if _local(child) in names:
            texts = [child.text or "", *(each.text or "" for each in child)]
            for text in texts:
                if (day := eight_digits(text)) is not None:
                    return day
    return None


def _balances(element: Element, remarks: list[Problem]) -> tuple[Money | None, Money | None]:
    """Return the balances before and after the booked entries, when the file gives them."""
    found: dict[str, list[Money]] = {}
    for balance in (child for child in element if _local(child) == "Bal"):
        code = next(iter(words_in(_first(balance, "Tp"))), "")
        try:
            found.setdefault(code, []).append(to_money(_signed(balance)))
        except AmountError as error:
            remarks.append(Problem(0, "Bal", str(error)))
    opening = found.get("OPBD", found.get("PRCD", found.get("OPNG", [])))
    closing = found.get("CLBD", [])
    between = found.get("ITBD", [])
    if not opening and len(between) > 1:
        opening = between[:1]
    if not closing and between:
        closing = between[-1:]
    return (opening[0] if opening else None), (closing[-1] if closing else None)


def _signed(element: Element) -> Decimal:
    """Return the amount of a balance, an entry or a detail, with its sign.

    ``CdtDbtInd`` tells the side in which the bank moves the account; ``RvslInd`` only says that
    another entry is taken back, and does not turn the side (ISO 20022 message definition).

    Raises:
        AmountError: It has no amount.
    """
    amount = to_decimal(_text(element, "Amt"), ".")
    side = _text(element, "CdtDbtInd").upper()
    if side not in {"CRDT", "DBIT"}:
        raise AmountError(tr("le sens de ce montant manque (CdtDbtInd)"))
    return amount if side == "CRDT" else -amount


def _status(entry: Element) -> str:
    return next(iter(words_in(_first(entry, "Sts"))), "").upper()


def _lines(
    entry: Element, place: int, fallback: date | None, remarks: list[Problem]
) -> Iterator[ReadLine]:
    """Give the lines of an entry: one, or one for each payment of a batch that adds up."""
    try:
        amount = _signed(entry)
    except AmountError as error:
        remarks.append(_at(place, tr("{problem} : ce mouvement n’est pas repris"), problem=error))
        return
    day = _entry_day(entry) or fallback
    if day is None:
        remarks.append(_at(place, tr("ce mouvement n’a pas de date : il n’est pas repris")))
        return
    if not is_exact(amount):
        remarks.append(_at(place, "{said}", said=rounded(amount)))
    parts = _parts(entry, amount, place, remarks)
    for each, detail in parts:
        yield _line(entry, detail, each, place, day, is_part=len(parts) > 1)


def _entry_day(entry: Element) -> date | None:
    """Return when an entry was booked, or else its value date."""
    return _day(entry, "BookgDt") or _day(entry, "ValDt")


def _at(place: int, text: str, **values: object) -> Problem:
    where = tr("mouvement n° {place}").format(place=place)
    return Problem(0, "", f"{where} : {text.format(**values)}")


def _parts(
    entry: Element, amount: Decimal, place: int, remarks: list[Problem]
) -> Sequence[tuple[Money, Element | None]]:
    """Return the payments of a batch with their amounts, or the entry alone.

    A batch is split only when its payments make the entry exactly.
    """
    total = to_money(amount)
    found = [each for each in entry.iter() if _local(each) == "TxDtls"]
    if len(found) < 2:
        return [(total, found[0] if found else None)]
    amounts = [_detail_amount(each, amount) for each in found]
    known = [each for each in amounts if each is not None]
    if len(known) == len(found) and sum(each.cents for each in known) == total.cents:
        return list(zip(known, found, strict=True))
    if known and len(known) == len(found):
        text = tr("ses {n} paiements font {sum}, l’écriture {total} : elle reste entière")
        moved = money(Money(sum(each.cents for each in known)))
        remarks.append(_at(place, text, n=len(found), sum=moved, total=money(total)))
    return [(total, found[0])]


def _detail_amount(detail: Element, whole: Decimal) -> Money | None:
    """Return the amount of one payment of a batch, on the side of the batch when it says none."""
    text = _text(detail, "Amt")
    for name in ("TxAmt", "InstdAmt", "CntrValAmt"):
        text = text or _text(detail, "AmtDtls", name, "Amt")
    try:
        amount = to_decimal(text, ".")
    except AmountError:
        return None
    side = _text(detail, "CdtDbtInd").upper()
    is_out = side == "DBIT" if side else whole < 0
    return to_money(-amount if is_out else amount)


def _line(
    entry: Element,
    detail: Element | None,
    amount: Money,
    place: int,
    day: date,
    *,
    is_part: bool,
) -> ReadLine:
    is_in = amount.cents >= 0
    given = _text(entry, "AcctSvcrRef") or _text(entry, "NtryRef")
    if detail is not None:
        given = _text(detail, "Refs", "AcctSvcrRef") or given
    name = counterpart(detail, is_in=is_in)
    return ReadLine(
        day,
        amount,
        label(entry, detail, name, is_part=is_part),
        _day(entry, "ValDt"),
        details=details(entry, detail, name),
        reference=reference(entry, detail),
        code=code_of(entry),
        given_id=plain(given),
        place=place,
        is_pending=_status(entry) in _WAITING,
    )
