"""What must hold of any ledger, added up again in plain SQL and judged by two checkers."""

import io
from collections import Counter

from accounting_fr.fec_check import check_fec as second_opinion
from sqlalchemy import text

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.chart.numbering import carried
from cantine_desktop.finance.fec.checking import check_fec
from cantine_desktop.finance.fec.exporting import expected_of, prior_balances
from cantine_desktop.finance.fec.fields import file_name
from cantine_desktop.finance.fec.writing import scope_of, write_fec

SUMS = """
SELECT a.number, sum(l.debit), sum(l.credit) FROM entry e JOIN line l ON l.entry_id = e.id
JOIN account a ON a.id = l.account_id JOIN journal j ON j.id = e.journal_id
WHERE e.fiscal_year_id = :year AND (:openings = 0 OR j.code = 'AN') GROUP BY a.number
"""


def sums(session, year, *, openings=False):
    rows = session.execute(text(SUMS), {"year": year.id, "openings": int(openings)})
    held = {number: int(taken) - int(given) for number, taken, given in rows}
    return {number: cents for number, cents in held.items() if cents}


def handed_over(held, before, after):
    """Return what a year opens with: classes 1 to 5, and the result of the others."""
    found = Counter()
    result = 0
    for number, cents in held.items():
        if number[0] in "12345":
            found[carried(number, before, after)] += cents
        elif number[0] in "67":
            result += cents
    found["129000" if result > 0 else "120000"] += result
    return {number: cents for number, cents in found.items() if cents}


def fec_of(session, year, now):
    target = io.BytesIO()
    write_fec(session, year, target, now)
    return target.getvalue()


def without_letters(content):
    """Return the lines of a file but for what settles them, which goes on after the closing."""
    return [line.split(b"\t")[:13] for line in content.split(b"\r\n")]


def judge(session, year, content, now):
    """Hold the file of a year against both checkers."""
    scope = scope_of(session, year, now)
    if not scope.last_rank:
        return
    name = file_name("123456782", year.period.last)
    report = check_fec(
        content,
        name,
        today=civil_date(now),
        prior=prior_balances(session, year),
        year=year.period,
        expected=expected_of(session, scope, 0),
    )
    assert not report.errors, report.faults
    assert report.codes <= {"G09", "G04"}, report.faults
    assert second_opinion(content, name).ok
