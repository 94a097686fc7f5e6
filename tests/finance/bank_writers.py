"""Statements made up and written as banks write them, to be read back."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from html import escape

HEAD = "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR{e}<BANKTRANLIST>\n"
FOOT = (
    "</BANKTRANLIST><LEDGERBAL><BALAMT>{0}{1}</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
)
PLUS, MINUS = "{ABCDEFGHI", "}JKLMNOPQR"


@dataclass(frozen=True)
class Move:
    """A movement: its day, its cents, its words."""

    day: date
    cents: int
    label: str


def euros(cents, mark=".", group=""):
    """Return cents as an amount, its thousands apart."""
    whole, rest = divmod(abs(cents), 100)
    digits = f"{whole:,}".replace(",", group)
    return f"{'-' if cents < 0 else ''}{digits}{mark}{rest:02}"


def write_ofx(moves, opening, *, is_xml=False, mark="."):
    """Return the text of an OFX file, of version 2 or 1."""

    def tag(name, value):
        return f"<{name}>{escape(value, quote=False)}" + (f"</{name}>" if is_xml else "")

    rows = [
        "<STMTTRN>"
        + tag("TRNTYPE", "OTHER")
        + tag("DTPOSTED", f"{move.day:%Y%m%d}120000[+1:CET]")
        + tag("TRNAMT", euros(move.cents, mark))
        + tag("FITID", str(rank))
        + tag("NAME", move.label)
        + "</STMTTRN>\n"
        for rank, move in enumerate(moves)
    ]
    closing = euros(opening + sum(move.cents for move in moves), mark)
    end = FOOT.format(closing, "</BALAMT>" if is_xml else "")
    head = "<?xml version='1.0'?>" if is_xml else "OFXHEADER:100\nDATA:OFXSGML\n\n"
    return head + HEAD.format(e="</CURDEF>" if is_xml else "") + "".join(rows) + end


def write_camt(moves, opening, *, kind="053", version="02"):
    """Return the text of a CAMT file of any kind and version."""
    names = {
        "052": ("BkToCstmrAcctRpt", "Rpt"),
        "053": ("BkToCstmrStmt", "Stmt"),
        "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    }
    container, statement = names[kind]

    def amount(cents):
        side = "CRDT" if cents >= 0 else "DBIT"
        return f'<Amt Ccy="EUR">{euros(abs(cents))}</Amt><CdtDbtInd>{side}</CdtDbtInd>'

    def balance(code, cents):
        code = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        return f"<Bal>{code}{amount(cents)}</Bal>" if kind != "054" else ""

    status = "<Cd>BOOK</Cd>" if version > "06" else "BOOK"
    rows = [
        f"<Ntry>{amount(move.cents)}<Sts>{status}</Sts><BookgDt><Dt>{move.day}</Dt></BookgDt>"
        f"<AddtlNtryInf>{escape(move.label, quote=False)}</AddtlNtryInf></Ntry>\n"
        for move in moves
    ]
    closing = balance("CLBD", opening + sum(move.cents for move in moves))
    return (
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}">'
        f"<{container}><{statement}><Acct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id></Acct>"
        f"{balance('OPBD', opening)}{''.join(rows)}{closing}</{statement}></{container}></Document>"
    )


def write_cfonb(moves, opening, *, end="\n"):
    """Return the text of a CFONB 120 file."""

    def record(kind, day, cents, label=""):
        digits = f"{abs(cents):014}"
        last = (PLUS if cents >= 0 else MINUS)[int(digits[-1])]
        text = f"{kind}20041    01005EUR2 0500013M026  {day:%d%m%y}  {day:%d%m%y}{label[:31]:31}"
        return f"{text}  0000000  {digits[:-1]}{last}".ljust(120)

    last = moves[-1].day if moves else date(2026, 10, 31)
    closing = opening + sum(move.cents for move in moves)
    rows = [record("04", move.day, move.cents, move.label) for move in moves]
    return end.join([
        record("01", moves[0].day if moves else last, opening),
        *rows,
        record("07", last, closing),
    ])


DAYS = {
    "dd/mm/yyyy": "%d/%m/%Y",
    "dd/mm/yy": "%d/%m/%y",
    "yyyy-mm-dd": "%Y-%m-%d",
    "dd.mm.yyyy": "%d.%m.%Y",
}
COLUMNS = ("amount", "debit-credit", "minus-debit", "side")


@dataclass(frozen=True)
class Layout:
    """How a bank writes its CSV files."""

    columns: str = "amount"
    days: str = "dd/mm/yyyy"
    mark: str = ","
    group: str = ""
    delimiter: str = ";"
    end: str = "\r\n"
    has_balance: bool = True
    is_falling: bool = False
    is_turned: bool = False
    is_quoted: bool = False


def write_csv(moves, opening, layout):
    """Return the text of a CSV file."""
    target = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if layout.is_quoted else csv.QUOTE_MINIMAL
    out = csv.writer(target, delimiter=layout.delimiter, lineterminator=layout.end, quoting=quoting)
    middle = {"amount": ["Montant"], "side": ["Montant", "Sens"]}
    headings = ["Date", "Libellé", *middle.get(layout.columns, ["Débit", "Crédit"])]
    out.writerow([*headings, *(["Solde"] if layout.has_balance else [])])
    rows = []
    balance = opening
    for move in moves:
        balance += move.cents
        cells = [f"{move.day:{DAYS[layout.days]}}", move.label, *_amounts(move.cents, layout)]
        if layout.has_balance:
            cells.append(euros(balance, layout.mark, layout.group))
        rows.append(cells)
    out.writerows(rows[::-1] if layout.is_falling else rows)
    return target.getvalue()


def _amounts(cents, layout):
    written = euros(cents, layout.mark, layout.group)
    plain = euros(abs(cents), layout.mark, layout.group)
    if layout.columns == "amount":
        return [euros(-cents, layout.mark, layout.group) if layout.is_turned else written]
    if layout.columns == "side":
        return [plain, "D" if cents < 0 else "C"]
    debit = written if layout.columns == "minus-debit" else plain
    return [debit, ""] if cents < 0 else ["", plain]
