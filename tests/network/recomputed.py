"""The figures of meals and of the free price, computed a second time from the bare tables.

Nothing of the product is imported: SQL read with the standard library, sums and medians written
out here. Run it beside ``cantine figures --json`` on any book::

    python tests/network/recomputed.py LIVRE.cantine 2026-10-01 2026-10-31
"""

import json
import sqlite3
import sys
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

HELD = """
    SELECT t.id FROM takings t
    WHERE t.day >= :first AND t.day <= :last
      AND NOT EXISTS (SELECT 1 FROM takings later WHERE later.corrects_id = t.id)
      AND (t.meals > 0 OR t.offered > 0 OR t.entry_id IS NOT NULL)
"""
CLOSED = f"""
    SELECT c.id, c.service_id, t.meals + t.offered AS diners, c.cooks, c.newcomers, c.given,
           s.seats
    FROM service_closing c
    JOIN takings t ON t.id = c.takings_id
    JOIN meal_service s ON s.id = c.service_id
    WHERE t.id IN ({HELD})
"""
LOOSE = f"""
    SELECT meals + offered, cooks, newcomers FROM takings
    WHERE id IN ({HELD})
      AND id NOT IN (SELECT takings_id FROM service_closing WHERE takings_id IS NOT NULL)
      AND (cooks > 0 OR newcomers > 0)
"""
EARNED = """
    SELECT a.number, SUM(l.debit) - SUM(l.credit)
    FROM line l
    JOIN entry e ON e.id = l.entry_id
    JOIN account a ON a.id = l.account_id
    JOIN journal j ON j.id = e.journal_id
    WHERE e.day >= :first AND e.day <= :last AND lower(j.kind) NOT LIKE '%opening%'
      AND substr(a.number, 1, 1) IN ('6', '7')
    GROUP BY a.number
"""


def rounded(value, places):
    return None if value is None else value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def ratio(top, bottom, places=1, by=1):
    return rounded(Decimal(top) * by / bottom, places) if bottom else None


def euros(cents, count):
    """Euros to the cent, halves away from zero."""
    return ratio(cents, 100 * count, 2) if count else None


class Book:
    """The tables of a book over a period, as rows."""

    def __init__(self, path, first, last):
        self.base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.days = {"first": first.isoformat(), "last": last.isoformat()}
        self.first, self.last = first, last

    def rows(self, query, **more):
        return self.base.execute(query, {**self.days, **more}).fetchall()

    def one(self, query, **more):
        return self.rows(query, **more)[0]


def attendance(book):
    paid, offered, services = book.one(
        f"SELECT coalesce(sum(meals), 0), coalesce(sum(offered), 0), count(*)"
        f" FROM takings WHERE id IN ({HELD})"
    )
    served = paid + offered
    closed, loose = book.rows(CLOSED), book.rows(LOOSE)
    seated = [(row[2], row[6]) for row in closed if row[6]]
    cooks = [(row[3], row[2]) for row in closed if row[3] is not None]
    cooks += [(row[1], row[0]) for row in loose]
    new = [(row[4], row[2]) for row in closed if row[4] is not None]
    new += [(row[2], row[0]) for row in loose]
    given = [row[5] for row in closed if row[5] is not None]
    return {
        "meals": Decimal(served) if services else None,
        "services": Decimal(services) if services else None,
        "diners-per-service": ratio(served, services),
        "seats-filled": share(seated),
        "newcomers": share(new),
        "cooks": share(cooks),
        "meals-given": Decimal(sum(given)) if given else None,
    }


def share(pairs):
    return ratio(sum(a for a, _ in pairs), sum(b for _, b in pairs), 1, 100)


def contributions(book):
    (paid,) = book.one(f"SELECT coalesce(sum(meals), 0) FROM takings WHERE id IN ({HELD})")
    (cents,) = book.one(
        f"SELECT coalesce(sum(p.amount), 0) FROM takings_part p"
        f" WHERE lower(p.purpose) = 'meals' AND p.takings_id IN ({HELD})"
    )
    tally = book.rows(
        f"""SELECT l.amount, l.count, coalesce(t.displayed_price,
              (SELECT d.amount FROM displayed_price d WHERE d.since <= t.day
               ORDER BY d.since DESC LIMIT 1))
            FROM tally_line l JOIN takings t ON t.id = l.takings_id WHERE t.id IN ({HELD})"""
    )
    people = sorted(amount for amount, count, _ in tally for _ in range(count))
    told = [row for row in tally if row[2] is not None]
    sides = {
        "below-price": sum(n for amount, n, price in told if amount < price),
        "at-price": sum(n for amount, n, price in told if amount == price),
        "above-price": sum(n for amount, n, price in told if amount > price),
    }
    whole = sum(sides.values())
    surplus = sum((amount - price) * n for amount, n, price in told if amount > price)
    last = last_price(book)
    return {
        "average-contribution": euros(cents, paid),
        "first-quartile": quartile(people, 1),
        "median-contribution": quartile(people, 2),
        "third-quartile": quartile(people, 3),
        **{key: ratio(n, whole, 1, 100) for key, n in sides.items()},
        "displayed-price": shown_price(book),
        "meals-paid-for": Decimal(surplus // last) if last and people else None,
    }


def shown_price(book):
    found = book.rows(
        "SELECT amount FROM displayed_price WHERE since <= :last ORDER BY since DESC LIMIT 1"
    )
    return ratio(found[0][0], 100, 2) if found else None


def last_price(book):
    found = book.rows(
        "SELECT amount FROM displayed_price WHERE since <= :last ORDER BY since DESC LIMIT 1"
    ) or book.rows(
        f"SELECT displayed_price FROM takings WHERE displayed_price IS NOT NULL AND id IN ({HELD})"
        f" ORDER BY day DESC LIMIT 1"
    )
    return found[0][0] if found else None


def quartile(people, quarter):
    """Amount of a quarter: the middle of two ranks where the quarter falls between them."""
    if not people:
        return None
    exact, rest = divmod(len(people) * quarter, 4)
    low = people[max(exact + (rest > 0), 1) - 1]
    high = people[min(exact + 1, len(people)) - 1]
    return ratio((low + high) // 2, 100, 2)


def costs(book):
    sums = dict(book.rows(EARNED))
    charges = sum(net for number, net in sums.items() if number[0] == "6")
    income = {number: -net for number, net in sums.items() if number[0] == "7"}
    meals = sum(n for number, n in income.items() if number.startswith("7060") or number == "706")
    gifts = sum(
        n
        for number, n in income.items()
        if number.startswith(("74", "754", "755")) and not number.startswith("747")
    )
    other = sum(income.values()) - meals - gifts
    (served,) = book.one(
        f"SELECT coalesce(sum(meals + offered), 0) FROM takings WHERE id IN ({HELD})"
    )
    return {
        "full-cost": euros(charges, served) if charges else None,
        "balance-without-gifts": euros(charges - other, served) if charges else None,
        "balance-with-gifts": euros(charges - other - gifts, served) if charges else None,
        "charges-covered": ratio(meals, charges, 1, 100),
    }


def plates(book):
    closed = {row[0]: row for row in book.rows(CLOSED)}
    weighed = book.rows(
        f"SELECT w.closing_id, lower(w.stage), w.grams FROM closing_waste w"
        f" WHERE w.closing_id IN (SELECT id FROM ({CLOSED}))"
    )
    found = {"waste-per-meal": per_meal(closed, [(key, grams) for key, _, grams in weighed])}
    for stage in ("preparation", "unserved", "leftovers"):
        rows = [(key, grams) for key, at, grams in weighed if at == stage]
        found[f"waste-{stage}"] = per_meal(closed, rows)
    return found


def per_meal(closed, rows):
    diners = sum(closed[key][2] for key in {key for key, _ in rows})
    return ratio(sum(grams for _, grams in rows), diners)


def greens(book):
    """Share of vegetarian menus; a dish without a word of its own follows its recipe."""
    dishes = book.rows(
        f"""WITH RECURSIVE meaty(id) AS (
              SELECT i.recipe_id FROM ingredient i JOIN product p ON p.id = i.product_id
              WHERE lower(p.origin) IN ('meat', 'fish')
              UNION SELECT i.recipe_id FROM ingredient i JOIN meaty m ON i.part_id = m.id)
            SELECT m.service_id, coalesce(d.is_vegetarian,
              CASE WHEN d.recipe_id IS NULL THEN NULL
                   ELSE d.recipe_id NOT IN (SELECT id FROM meaty) END)
            FROM dish d JOIN menu m ON m.id = d.menu_id
            WHERE lower(d.course) <> 'drink'
              AND m.service_id IN (SELECT service_id FROM ({CLOSED}))"""
    )
    menus = {}
    for service, said in dishes:
        menus.setdefault(service, []).append(said)
    known = [all(said) for said in menus.values() if 0 in said or None not in said]
    return {"vegetarian": ratio(sum(known), len(known), 1, 100)}


def voices(book):
    month = book.first.replace(day=1).isoformat()
    asked = book.rows(
        "SELECT month, question, sum(count) FROM slip_count WHERE month >= :month"
        " AND month <= :last GROUP BY month, question",
        month=month,
    )
    most = {}
    for each, _question, n in asked:
        most[each] = max(most.get(each, 0), n)
    policy = book.rows("SELECT names_allowed, names_kept_days FROM closing_policy")
    back = None
    if policy and policy[0][0] and policy[0][1] >= 90:
        since = (book.last + timedelta(days=1 - 90)).isoformat()
        meals = book.rows(
            "SELECT lower(trim(n.name)), count(DISTINCT n.service_id) FROM named_contribution n"
            " JOIN meal_service s ON s.id = n.service_id"
            " WHERE s.day >= :since AND s.day <= :last GROUP BY 1",
            since=since,
        )
        back = ratio(sum(n >= 3 for _, n in meals), len(meals), 1, 100)
    total = sum(most.values())
    return {"slips": Decimal(total) if total else None, "coming-back": back}


def recompute(path, first, last):
    """Every figure by its key, over days that belong to the period, both ends included."""
    book = Book(path, first, last)
    parts = (attendance, contributions, costs, plates, greens, voices)
    found = {key: value for part in parts for key, value in part(book).items()}
    book.base.close()
    return found


if __name__ == "__main__":
    found = recompute(sys.argv[1], *(date.fromisoformat(day) for day in sys.argv[2:4]))
    plain = {key: None if value is None else f"{value:f}" for key, value in found.items()}
    sys.stdout.write(json.dumps(plain, indent=1) + "\n")
