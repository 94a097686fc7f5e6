"""All the ways one thing of a FEC goes wrong, two at least for each check."""

from datetime import date
from functools import partial

from cantine_desktop.finance.fec.faults import Expected
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.finance.fec_sample import AT


def put(name, value, *places):
    """Return what writes a value into a field of some lines; the lines count from 0."""

    def change(sample):
        for place in places:
            sample.rows[place][AT[name]] = value

    return change


def rename(name):
    return lambda sample: setattr(sample, "name", name)


def rewrite(change):
    """Return what changes the bytes of the file."""
    return lambda sample: setattr(sample, "raw", change(sample.content))


def head(place, name):
    def change(sample):
        sample.names[place] = name

    return change


def of_entry(number, name, value):
    def change(sample):
        for row in sample.entry(number):
            row[AT[name]] = value

    return change


def add_entry(journal, number, day, *lines, valid="20260115", title="Opérations", ref="X"):
    """Return what adds an entry at the end: lines are account, label, debit, credit."""

    def change(sample):
        for account, label, debit, credit in lines:
            tail = [ref, day, "Essai", debit, credit, "", "", valid, "", ""]
            sample.rows.append([journal, title, number, day, account, label, "", "", *tail])

    return change


def swap(first, second):
    def change(sample):
        rows = sample.rows
        rows[first], rows[second] = rows[second], rows[first]

    return change


def move(first, last, to):
    def change(sample):
        taken = sample.rows[first:last]
        del sample.rows[first:last]
        sample.rows[to:to] = taken

    return change


def drop(first, last):
    def change(sample):
        del sample.rows[first:last]

    return change


def expect(**more):
    figures = {"lines": 20, "entries": 9, "debit": Money(771_740), "credit": Money(771_740)}

    def change(sample):
        sample.expected = Expected(**figures | more)

    return change


def columns(change):
    """Return what moves, adds or drops columns, in the heading and in every line."""

    def apply(sample):
        change(sample.names)
        for row in sample.rows:
            change(row)

    return apply


def exchange(first, second):
    def change(parts):
        parts[first], parts[second] = parts[second], parts[first]

    return change


def insert(place, value):
    return lambda parts: parts.insert(place, value)


def prior(number, cents):
    return lambda sample: sample.prior.update({number: cents})


def signed(sample, *, sides=("D", "C"), names=("Montant", "Sens")):
    """Write amounts with their side."""
    sample.names[11:13] = names
    for row in sample.rows:
        taken = row[11] != "0,00"
        row[11:13] = [row[11] if taken else row[12], sides[0] if taken else sides[1]]


def feed_in_label(data):
    return data.replace("Épicerie".encode("iso8859-15"), b"\xc9pi\ncerie", 1)


def tab_in(text):
    return lambda data: data.replace(text.encode(), text.replace(" ", "\t").encode(), 1)


def lines_of(data):
    return data.split(b"\r\n")


def blank_after(place):
    def change(data):
        lines = lines_of(data)
        lines.insert(place, b"")
        return b"\r\n".join(lines)

    return change


def trail(first):
    return lambda data: b"\r\n".join(
        line + b"\t" if line and place >= first else line
        for place, line in enumerate(lines_of(data))
    )


PLAIN = "0,00"
FAULTS = [
    ("F01", rename("FEC20251231.txt")),
    ("F01", rename("12345678200012FEC20251231.txt")),
    ("F01", rename("123456782FEC20251231.csv")),
    ("F01", rename("ASSOFEC20251231")),
    ("F02", rename("123456789FEC20251231.txt")),
    ("F02", rename("000000000FEC20251231.txt")),
    ("F03", rename("123456782FEC20251399.txt")),
    ("F03", rename("123456782FEC20250229.txt")),
    ("F03", lambda s: setattr(s, "year", Period(date(2025, 1, 1), date(2025, 12, 1)))),
    ("F04", rewrite(lambda data: data.replace(b"Casserole", b"L\x92\xe9t\xe9", 1))),
    ("F04", rewrite(lambda data: data.replace(b"Remise", b"\x80uros", 1))),
    ("F04", rewrite(lambda data: data.decode("iso8859-15").encode() + b"\xe9" * 3 + b"\r\n")),
    ("F05", lambda s: setattr(s, "encoding", "utf-8-sig")),
    ("F05", rewrite(lambda data: b"\xef\xbb\xbf" + data.decode("iso8859-15").encode())),
    ("F06", rewrite(feed_in_label)),
    ("F06", rewrite(lambda data: data.replace(b"\r\n", b"\r", 5).replace(b"\r", b"\r\n", 2))),
    ("F06", lambda s: setattr(s, "end", "\r\r\n")),
    ("F07", lambda s: setattr(s, "separator", ";")),
    ("F07", lambda s: setattr(s, "separator", ",")),
    ("F07", rewrite(lambda data: data.replace(b"Debit\tCredit", b"Debit|Credit\tX", 1))),
    ("F08", put("EcritureLib", '"Repas du 7"', 4)),
    ("F08", lambda s: setattr(s, "rows", [[f'"{v}"' for v in row] for row in s.rows])),
    ("F09", lambda s: s.rows.clear()),
    ("F09", rewrite(lambda _data: b"")),
    ("F10", rewrite(blank_after(4))),
    ("F10", rewrite(lambda data: data + b"\r\n")),
    ("F11", rewrite(trail(0))),
    ("F11", rewrite(trail(20))),
    ("F12", lambda s: setattr(s, "encoding", "utf-16")),
    ("F12", lambda s: setattr(s, "encoding", "utf-16-be")),
    ("F12", rewrite(lambda data: data.replace(b"Casserole", b"Casse\0role", 1))),
    ("H01", head(13, "EcrtureLet")),
    ("H01", head(11, "DEBIT")),
    ("H01", columns(lambda parts: parts.pop())),
    ("H01", rewrite(lambda data: data.split(b"\r\n", 1)[1])),
    ("H02", columns(exchange(4, 5))),
    ("H02", columns(exchange(16, 17))),
    ("H03", columns(insert(18, "Debit"))),
    ("H03", columns(insert(18, "CompteNum"))),
    ("H04", columns(insert(3, "Folio"))),
    ("H04", columns(insert(17, "Echeance"))),
    ("H05", partial(signed, names=("Montant", "Credit"))),
    ("H05", partial(signed, names=("Debit", "Sens"))),
    ("H05", partial(signed, sides=("Debit", "C"))),
    ("H06", head(0, "JournalCode ")),
    ("H06", head(17, " Idevise")),
    ("L01", rewrite(lambda data: data.replace(b"\t\t\r\n", b"\t\r\n", 4))),
    ("L01", rewrite(tab_in("Repas du 7"))),
    ("L02", put("PieceRef", "", 5)),
    ("L02", put("JournalCode", "", 4)),
    ("L02", put("JournalLib", " ", 4)),
    ("L02", put("CompteLib", "", 6)),
    ("L02", of_entry("HA-2", "EcritureLib", "")),
    ("L03", put("EcritureDate", "20251307", 4, 5)),
    ("L03", put("PieceDate", "07/01/2025", 4)),
    ("L03", put("ValidDate", "20250230", 6, 7)),
    ("L03", put("DateLet", "2025-01-15", 7)),
    ("L04", put("Debit", "86.50", 4)),
    ("L04", put("Debit", "2 500,00", 0)),
    ("L04", put("Credit", "quarante", 15)),
    ("L04", put("Debit", "86,50 €", 4)),
    ("L05", put("Credit", "86,50", 4)),
    ("L05", put("Debit", "12,00", 5)),
    ("L05", add_entry("OD", "OD-3", "20251231", ("530000", "Caisse", PLAIN, PLAIN))),
    ("L06", lambda s: [put("Debit", "-86,50", 4)(s), put("Credit", "-86,50", 5)(s)]),
    ("L06", lambda s: [put("Debit", "86,50-", 4)(s), put("Credit", "86,50-", 5)(s)]),
    ("L07", put("Debit", "86,500", 4)),
    ("L07", put("Credit", "40,0000", 15)),
    ("L08", put("EcritureLib", "Repas | midi", 4)),
    ("L08", put("CompteLib", "Den\x0brées", 6)),
    ("L08", put("PieceRef", "F-\x07778", 6, 7)),
    ("L09", put("CompteNum", "53", 11)),
    ("L09", put("CompteNum", "CAISSE", 4)),
    ("L09", put("CompteNum", "912000", 6)),
    ("L09", put("CompteNum", "560000", 14)),
    ("L10", put("CompteLib", "Banque postale", 9)),
    ("L10", put("CompteLib", "Caisse centrale", 11)),
    ("L11", put("JournalLib", "Caisse 2", 10, 11)),
    ("L11", put("JournalLib", "ACHATS", 15)),
    ("L12", put("CompAuxLib", "", 7, 8)),
    ("L12", put("CompAuxNum", "", 15)),
    ("L12", lambda s: [put("CompAuxNum", "X", 6)(s), put("CompAuxLib", "Xavier", 6)(s)]),
    ("L13", put("DateLet", "", 7, 8)),
    ("L13", put("DateLet", "20250301", 4)),
    ("L14", put("Montantdevise", "12,00", 4)),
    ("L14", put("Idevise", "USD", 4)),
    ("L14", lambda s: [put("Montantdevise", "12,00", 4)(s), put("Idevise", "ZZZ", 4)(s)]),
    ("L14", lambda s: [put("Montantdevise", "12,00", 4)(s), put("Idevise", "EUR", 4)(s)]),
    ("L15", put("CompteNum", "606300001", 14)),
    ("L15", put("CompteNum", "606300000001", 14)),
    ("L15", of_entry("OD-2", "JournalCode", "OPDIV")),
    ("E01", put("Debit", "86,60", 4)),
    ("E01", put("Credit", "40,01", 15)),
    ("E02", add_entry("OD", "OD-3", "20251231", ("530000", "Caisse", "1,00", PLAIN))),
    ("E02", drop(15, 16)),
    ("E03", put("EcritureDate", "20250108", 5)),
    ("E03", put("ValidDate", "20250201", 5)),
    ("E03", put("PieceRef", "S-2", 5)),
    ("E04", move(4, 5, 8)),
    ("E04", swap(5, 6)),
    ("E05", of_entry("HA-2", "EcritureDate", "20260105")),
    ("E05", of_entry("HA-2", "EcritureDate", "20241212")),
    ("E05", of_entry("HA-2", "EcritureDate", "18991231")),
    ("E06", of_entry("HA-2", "ValidDate", "20270228")),
    ("E06", of_entry("HA-2", "ValidDate", "20250211")),
    ("E07", put("PieceDate", "20250301", 4, 5)),
    ("E07", put("PieceDate", "20251231", 14, 15)),
    ("E08", of_entry("HA-2", "EcritureNum", "HA-1")),
    ("E08", of_entry("CA-2", "EcritureNum", "CA-1")),
    ("G01", put("Debit", "86,60", 4)),
    ("G01", drop(15, 16)),
    ("G02", of_entry("HA-2", "EcritureNum", "HA-3")),
    ("G02", of_entry("OD-2", "EcritureNum", "OD-7")),
    ("G02", drop(4, 6)),
    ("G02", of_entry("HA-2", "EcritureNum", "HA-deux")),
    ("G03", of_entry("OD-2", "ValidDate", "20260110")),
    ("G03", move(6, 8, 20)),
    ("G03", move(16, 18, 20)),
    ("G04", move(0, 4, 20)),
    ("G04", put("CompteNum", "601000", 2)),
    ("G04", drop(0, 4)),
    ("G04", prior("512000", 250_001)),
    ("G04", prior("311000", 5_000)),
    (
        "G05",
        add_entry(
            "OD",
            "OD-3",
            "20251231",
            ("706000", "Repas", "9,00", PLAIN),
            ("120000", "R", PLAIN, "9,00"),
        ),
    ),
    (
        "G05",
        add_entry(
            "OD",
            "OD-3",
            "20251231",
            ("129000", "R", "9,00", PLAIN),
            ("606300", "Petit équipement", PLAIN, "9,00"),
        ),
    ),
    ("G06", of_entry("OD-2", "JournalLib", "Centralisation")),
    ("G06", of_entry("OD-2", "JournalCode", "CENTR")),
    ("G07", put("EcritureLet", "AB", 7)),
    ("G07", lambda s: [put("CompAuxNum", "MAR", 8)(s), put("CompAuxLib", "Martin", 8)(s)]),
    (
        "G08",
        add_entry(
            "OD",
            "OD-3",
            "20251230",
            ("601000", "Denrées", "900,00", PLAIN),
            ("530000", "Caisse", PLAIN, "900,00"),
        ),
    ),
    ("G08", lambda s: [put("Credit", "300,00", 11)(s), put("Debit", "300,00", 10)(s)]),
    (
        "G09",
        add_entry(
            "OD",
            "OD-3",
            "20251230",
            ("471000", "Attente", "9,00", PLAIN),
            ("601000", "Denrées", PLAIN, "9,00"),
        ),
    ),
    ("G09", put("CompteNum", "512000", 13)),
    ("G10", put("CompteNum", "775000", 19)),
    ("G10", put("CompteNum", "606300", 18)),
    ("G11", put("CompteNum", "741000", 17)),
    ("G11", put("CompteNum", "102000", 16)),
    ("G12", expect(result=Money(-4_396))),
    ("G12", expect(result=Money(0))),
    ("G13", expect(lines=21)),
    ("G13", expect(entries=10)),
    ("G13", expect(debit=Money(771_741))),
    ("G14", of_entry("HA-2", "ValidDate", "")),
    ("G14", expect(drafts=2)),
]
"""A code and what brings it about; the file has no other fault than those that follow from it."""
