"""Reading OFX 1 (SGML) and OFX 2 (XML), as banks really write them.

Tags are met one after the other, closed or not, and no tree is built: a file that is cut, that
nests wrongly or that lacks its header is read as far as it goes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.finance.bank.amounts import (
    AmountError,
    decimal_mark,
    eight_digits,
    is_exact,
    rounded,
    shown,
    to_decimal,
    to_money,
)
from cantine_desktop.finance.bank.ibans import french_iban, plain_account
from cantine_desktop.finance.bank.reading import ReadLine, ReadStatement
from cantine_desktop.finance.bank.texts import LONGEST_DETAILS, Places, decode, plain
from cantine_desktop.i18n import tr, trn

_TAG = re.compile(
    r"<(?P<end>/?)(?:[A-Za-z]\w*:)?(?P<name>[A-Za-z][\w.]{0,40})"
    r"(?P<more>(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*')){0,20})\s*(?P<empty>/?)>"
)
_DECLARED = re.compile(rb"(?:CHARSET|ENCODING|encoding)\s*[:=]\s*[\"']?([\w-]+)")
_IS_OFX = re.compile(rb"<\s*OFX\b|OFXHEADER|<\s*STMTTRN\b|<\s*BANKTRANLIST\b", re.IGNORECASE)
_STATEMENTS = {"STMTRS": "ofx", "CCSTMTRS": "ofx:card", "INVSTMTRS": "ofx:investment"}
_ACCOUNTS = {"BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"}
_SECURITIES = re.compile(
    r"(?:BUY|SELL)(?:DEBT|MF|OPT|OTHER|STOCK)|CLOSUREOPT|INCOME|INVEXPENSE|JRNLFUND|JRNLSEC"
    r"|MARGININTEREST|REINVEST|RETOFCAP|SPLIT|TRANSFER"
)
_MOVEMENTS = {"STMTTRN", "STMTTRNP"}
_ENDS = {*_MOVEMENTS, "BANKTRANLIST", "BANKTRANLISTP", "INVBANKTRAN", "OFX", *_STATEMENTS}
_LEFT = {"INTRARS": "virement interne", "XFERRS": "virement", "PMTINFO": "paiement"}
MOST_MOVEMENTS = 100_000
_DEBITS = {"DEBIT", "FEE", "SRVCHG", "ATM", "POS", "CHECK", "PAYMENT", "DIRECTDEBIT"}


def is_ofx(content: bytes) -> bool:
    """Tell whether a file looks like OFX."""
    return _IS_OFX.search(content[:20_000].replace(b"\0", b"")) is not None


def read_ofx(content: bytes) -> list[ReadStatement]:
    """Read the statements of a file, one for each account; cards and investments too.

    A file without any statement gives one empty statement whose remarks say what it holds.

    Raises:
        UnreadableError: It has far too many movements.
    """
    if content.upper().count(b"<STMTTRN") > MOST_MOVEMENTS:
        raise UnreadableError(
            whole_file(
                tr("ce fichier a trop de mouvements : demandez à la banque une période plus courte")
            )
        )
    text = _without_comments(decode(content, _declared(content)))
    reader = _Reader(Places(text))
    for tag in _tags(text):
        reader.meet(tag)
    return reader.finish()


def _without_comments(text: str) -> str:
    """Return a text with blanks instead of its comments: what follows stays where it stands."""
    parts: list[str] = []
    place = 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += text[place:start], re.sub(r"\S", " ", text[start : end + 3])
        place = end + 3
    return "".join((*parts, text[place:]))


class _Tag(NamedTuple):
    name: str
    is_end: bool
    value: str
    offset: int


def _tags(text: str) -> Iterator[_Tag]:
    waiting: re.Match[str] | None = None
    for found in _TAG.finditer(text):
        if waiting is not None:
            yield _made(waiting, text, found.start())
        waiting = found
    if waiting is not None:
        yield _made(waiting, text, len(text))


def _made(found: re.Match[str], text: str, end: int) -> _Tag:
    value = text[found.end() : min(end, found.end() + 4 * LONGEST_DETAILS)].strip()
    if value.startswith("<![CDATA["):
        value = value[9:].split("]]>", 1)[0]
    is_end = bool(found["end"])
    return _Tag(found["name"].upper(), is_end, "" if is_end else value, found.start())


@dataclass
class _Movement:
    offset: int
    values: dict[str, str] = field(default_factory=dict)
    is_ended: bool = False
    is_pending: bool = False


@dataclass
class _Account:
    form: str = "ofx"
    values: dict[str, str] = field(default_factory=dict)
    movements: list[_Movement] = field(default_factory=list)
    securities: list[int] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


class _Reader:
    """Gathers what the tags say, account by account."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._accounts: list[_Account] = []
        self._movement: _Movement | None = None
        self._inside = ""
        self._messages: list[str] = []
        self._is_ended = False

    def meet(self, tag: _Tag) -> None:
        """Take one tag into account."""
        if tag.is_end:
            self._leave(tag.name)
        elif tag.name in _STATEMENTS:
            self._movement = None
            self._accounts.append(_Account(_STATEMENTS[tag.name]))
        elif tag.name in _MOVEMENTS:
            if self._movement is not None:
                self._movement.is_ended = True
            self._movement = _Movement(tag.offset, is_pending=tag.name == "STMTTRNP")
            self._account.movements.append(self._movement)
        elif self._movement is not None:
            self._movement.values.setdefault(tag.name, tag.value)
        else:
            self._meet_around(tag)

    def _leave(self, name: str) -> None:
        if name in _ENDS:
            if self._movement is not None:
                self._movement.is_ended = True
            self._movement = None
        self._is_ended = self._is_ended or name == "OFX"
        if name == self._inside:
            self._inside = ""

    @property
    def _account(self) -> _Account:
        if not self._accounts:
            self._accounts.append(_Account())
        return self._accounts[-1]

    def _meet_around(self, tag: _Tag) -> None:
        """Take a tag that stands outside of movements."""
        name = tag.name
        if name in _ACCOUNTS:
            if self._accounts and self._account.movements:
                self._accounts.append(_Account(self._account.form))
            self._inside = name
        elif name in {"LEDGERBAL", "AVAILBAL", "BALLIST", "INVBAL", "STATUS", *_LEFT}:
            self._inside = name
            self._note_left(tag, _LEFT.get(name, ""))
        elif _SECURITIES.fullmatch(name) and self._accounts:
            self._account.securities.append(tag.offset)
        elif name == "MESSAGE" and tag.value:
            self._messages.append(plain(tag.value))
        elif self._accounts or self._inside in _ACCOUNTS:
            key = f"{self._inside}.{name}" if name in {"BALAMT", "DTASOF"} else name
            self._account.values.setdefault(key, tag.value)

    def _note_left(self, tag: _Tag, what: str) -> None:
        if what:
            text = tr("ce n’est pas une ligne de relevé, elle n’est pas reprise : {name}")
            line = self._places.line(tag.offset)
            self._account.remarks.append(Problem(line, "", text.format(name=what)))

    def finish(self) -> list[ReadStatement]:
        """Return what was gathered."""
        if not self._accounts:
            said = " ".join(self._messages)
            text = tr("ce fichier OFX ne contient aucun relevé")
            if said:
                text = tr("{text} ; la banque répond « {said} »").format(text=text, said=said)
            return [ReadStatement("ofx", remarks=(Problem(0, "", text),))]
        self._note_cut()
        return [_statement(account, self._places) for account in self._accounts]

    def _note_cut(self) -> None:
        """Tell that the file stops too early, and leave the movement it stops in.

        Its amount may lack digits; what is asked of the bank again comes whole.
        """
        account = self._accounts[-1]
        last = account.movements[-1] if account.movements else None
        if last is not None and not last.is_ended:
            account.movements.pop()
            text = tr(
                "le fichier s’arrête au milieu de ce mouvement : il n’est pas repris ; "
                "redemandez le fichier à la banque"
            )
            account.remarks.append(Problem(self._places.line(last.offset), "", text))
        elif not self._is_ended:
            text = tr("le fichier s’arrête avant sa fin : il manque peut-être des mouvements")
            account.remarks.append(whole_file(text))


def _declared(content: bytes) -> str:
    """Return the encoding a header names; empty when it names none that is known."""
    found = _DECLARED.findall(content[:1000])
    names: list[str] = [each.decode("ascii").lower() for each in found]
    for name in reversed(names):
        if re.fullmatch(r"125\d", name):
            return f"cp{name}"
        if re.fullmatch(r"(?:iso-?)?8859-?\d{1,2}", name):
            return "iso-8859-" + name.rsplit("8859", 1)[1].lstrip("-")
    return ""


def _statement(account: _Account, places: Places) -> ReadStatement:
    remarks = list(account.remarks)
    values = account.values
    amounts = [each.values.get("TRNAMT", "") for each in account.movements]
    amounts.append(values.get("LEDGERBAL.BALAMT", ""))
    mark = decimal_mark(amounts) or ("" if any("," in each for each in amounts) else ".")
    lines: list[ReadLine] = []
    for movement in account.movements:
        place = places.line(movement.offset)
        try:
            line = _line(movement.values, place, mark, remarks)
            lines.append(replace(line, is_pending=True) if movement.is_pending else line)
        except AmountError as error:
            remarks.append(Problem(place, "", str(error)))
    _note_one_sided(account, lines, remarks)
    _note_securities(account, places, remarks)
    number = plain_account(values.get("ACCTID", ""))
    closing = values.get("LEDGERBAL.BALAMT", "")
    try:
        balance = to_money(to_decimal(closing, mark)) if closing.strip() else None
    except AmountError as error:
        balance = None
        remarks.append(Problem(0, "LEDGERBAL", str(error)))
    return ReadStatement(
        account.form,
        number,
        french_iban(values.get("BANKID", ""), values.get("BRANCHID", ""), number),
        plain(values.get("CURDEF", "")).upper()[:3] or "EUR",
        tuple(lines),
        _first(eight_digits(values.get("DTSTART", "")), lines),
        _last(eight_digits(values.get("DTEND", "")), lines),
        closing=balance,
        remarks=tuple(sorted(remarks)),
    )


def _first(said: date | None, lines: list[ReadLine]) -> date | None:
    return min([each.day for each in lines] + ([said] if said else []), default=None)


def _last(said: date | None, lines: list[ReadLine]) -> date | None:
    return max([each.day for each in lines] + ([said] if said else []), default=None)


def _line(values: dict[str, str], place: int, mark: str, remarks: list[Problem]) -> ReadLine:
    """Return a movement.

    Raises:
        AmountError: Its amount or its day cannot be told.
    """
    amount = to_decimal(values.get("TRNAMT", ""), mark)
    if not is_exact(amount):
        remarks.append(Problem(place, "TRNAMT", rounded(amount)))
    name = plain(values.get("NAME", "") or values.get("PAYEE", ""))
    memo = plain(values.get("MEMO", ""), LONGEST_DETAILS)
    if not name or memo.startswith(name):
        name, memo = memo[:300], memo if len(memo) > 300 else ""
    more = [memo, plain(values.get("EXTDNAME", "")), plain(values.get("REFNUM", ""))]
    return ReadLine(
        _day(values, place, remarks),
        to_money(amount),
        name or plain(values.get("TRNTYPE", "")) or "—",
        eight_digits(values.get("DTAVAIL", "")),
        details=" · ".join(dict.fromkeys(each for each in more if each and each != name)),
        reference=plain(values.get("CHECKNUM", "")),
        code=plain(values.get("TRNTYPE", ""))[:32],
        given_id=plain(values.get("FITID", "")),
        place=place,
    )


def _day(values: dict[str, str], place: int, remarks: list[Problem]) -> date:
    """Return the day of a movement: when it was posted, or else when it was made, told.

    Raises:
        AmountError: The file gives no day that exists.
    """
    said = values.get("DTPOSTED", "")
    if (posted := eight_digits(said)) is not None:
        return posted
    for name in ("DTTRAN", "DTUSER", "DTAVAIL"):
        if (day := eight_digits(values.get(name, ""))) is not None:
            text = tr("la date comptable manque : celle de l’opération est prise")
            remarks.append(Problem(place, "DTPOSTED", text))
            return day
    if not said.strip():
        raise AmountError(tr("ce mouvement n’a pas de date : il n’est pas repris"))
    raise AmountError(
        tr("« {text} » n’est pas une date : ce mouvement n’est pas repris").format(text=shown(said))
    )


def _note_securities(account: _Account, places: Places, remarks: list[Problem]) -> None:
    """Tell once of all purchases and sales of securities: they are no lines of a statement."""
    if not account.securities:
        return
    text = trn(
        "{n} opération sur titres n’est pas une ligne de relevé : elle n’est pas reprise",
        "{n} opérations sur titres ne sont pas des lignes de relevé : elles ne sont pas reprises",
        len(account.securities),
    )
    line = places.line(account.securities[0])
    remarks.append(Problem(line, "", text.format(n=len(account.securities))))


def _note_one_sided(account: _Account, lines: list[ReadLine], remarks: list[Problem]) -> None:
    """Tell that debits stand without a sign: the file is believed, and the reader warned."""
    if any(line.amount.cents < 0 for line in lines):
        return
    debits = sum(line.code.upper() in _DEBITS for line in lines)
    if account.form == "ofx" and debits:
        remarks.append(
            Problem(
                0,
                "TRNAMT",
                tr("ce fichier nomme des débits mais n’a aucun montant négatif : vérifiez le sens"),
            )
        )
