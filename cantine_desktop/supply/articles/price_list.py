"""Taking in a supplier's price list: what it would change is shown first, then done at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.exchange.registry import ImportReport
from cantine_desktop.i18n import tr, trn
from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article, set_price
from cantine_desktop.supply.articles.model import Article, Pack, PriceBasis
from cantine_desktop.supply.articles.price_list_columns import (
    Columns,
    find_columns,
    remember_columns,
    remembered_columns,
)
from cantine_desktop.supply.articles.price_list_lines import Known, ListLine, known_of, read_line
from cantine_desktop.supply.articles.price_list_packs import PacksRead
from cantine_desktop.supply.articles.price_list_table import ListRow
from cantine_desktop.supply.articles.wording import plain


class Fate(StrEnum):
    """What becomes of a line of a price list."""

    NEW = "new"
    PRICE = "price"
    SAME = "same"
    LEFT = "left"
    WRONG = "wrong"


@dataclass(frozen=True)
class Judged:
    """A line of a price list and what becomes of it.

    Attributes:
        article_id: The article it speaks of; ``None`` when it is new or nobody buys it.
        product_id: The product of a new article.
        before: What was asked until now, euros for one of ``before_basis``.
    """

    line: ListLine
    fate: Fate
    article_id: int | None = None
    product_id: int | None = None
    before: Decimal | None = None
    before_basis: PriceBasis | None = None


@dataclass
class Preview:
    """What a price list would change, before anything is written.

    Attributes:
        columns: Which column says what; ``above``, rows before the first article.
        problems: What keeps the list from being taken in.
        remarks: What people should look at though nothing stops them.
    """

    supplier_id: int
    rows: Sequence[ListRow]
    columns: Columns
    above: int
    lines: list[Judged] = field(default_factory=list[Judged])
    problems: list[Problem] = field(default_factory=list[Problem])
    remarks: list[Problem] = field(default_factory=list[Problem])

    def count(self, fate: Fate) -> int:
        """Return how many lines have a fate."""
        return sum(each.fate is fate for each in self.lines)


def preview(
    session: Session,
    supplier_id: int,
    rows: Sequence[ListRow],
    from_day: date,
    *,
    columns: Columns | None = None,
    products: Mapping[int, int] | None = None,
) -> Preview:
    """Tell what a price list would change; nothing is written.

    A line is judged when it speaks of an article of the supplier, known by its code or its
    name, or of a product; the others are left: a list holds much that nobody here buys.

    Args:
        session: A session.
        supplier_id: Whose list it is.
        rows: Its rows (``price_list_table``).
        from_day: First civil day of its prices.
        columns: Chosen by a person; remembered or guessed when ``None``.
        products: Products chosen for new articles, by line.

    Raises:
        UnreadableError: No column holds prices, or none tells what they are for.
    """
    found, above = find_columns(rows, remembered_columns(session, supplier_id))
    columns = found if columns is None else columns
    if "price" not in columns or not {"code", "name"} & columns.keys():
        wanted = tr("Aucune colonne de ce tarif ne donne le prix, ou le code ou la désignation.")
        raise UnreadableError(whole_file(wanted))
    made = Preview(supplier_id, rows, columns, above)
    names = _names(rows, columns, above)
    known = known_of(session, supplier_id)
    seen: dict[object, ListLine] = {}
    for row in rows[above:]:
        line = read_line(row, columns, names)
        if line is not None:
            _judge(made, known, line, seen, from_day, (products or {}).get(row.line))
    return made


def apply(
    session: Session, made: Preview, from_day: date, now: datetime, source: str = ""
) -> ImportReport:
    """Write what a preview told, in the caller's action: one undo takes it all back.

    Args:
        session: The session of an action.
        made: The preview, of this same session or another.
        from_day: First civil day of the prices.
        now: Present instant, aware.
        source: « Tarif du 3 novembre ».

    Raises:
        UserError: The preview holds a problem.
    """
    if made.problems:
        raise UserError("\n".join(map(str, made.problems)))
    added = changed = 0
    for each in made.lines:
        if each.fate is Fate.NEW:
            _add(session, made.supplier_id, each, now, from_day, source)
            added += 1
        elif each.fate is Fate.PRICE:
            _change(session, each, now, from_day, source)
            changed += 1
    remember_columns(session, made.supplier_id, made.rows, made.columns, made.above)
    session.flush()
    return ImportReport(
        added, made.count(Fate.SAME), changed=changed, remarks=tuple(made.remarks + _left(made))
    )


def _left(made: Preview) -> list[Problem]:
    count = made.count(Fate.LEFT)
    if not count:
        return []
    text = trn(
        "{n} ligne d’un article que vous n’achetez pas a été laissée",
        "{n} lignes d’articles que vous n’achetez pas ont été laissées",
        count,
    )
    return [whole_file(text)]


def _names(rows: Sequence[ListRow], columns: Columns, above: int) -> dict[str, str]:
    head = rows[above - 1].cells if above else ()
    return {
        key: head[place].text
        if place < len(head) and head[place].text
        else tr("n° {rank}").format(rank=place + 1)
        for key, place in columns.items()
    }


def _judge(
    made: Preview,
    known: Known,
    line: ListLine,
    seen: dict[object, ListLine],
    from_day: date,
    chosen: int | None,
) -> None:
    article, clash = known.article(line)
    product_id = chosen if chosen is not None else known.product(line)
    if article is None and not clash and product_id is None:
        if line.product:
            unknown = tr("le produit « {name} » n’existe pas").format(name=line.product[:40])
            made.problems.append(line.problem("product", unknown))
        fate = Fate.WRONG if line.product else Fate.LEFT
        made.lines.append(Judged(line, fate))
        return
    problems = [*line.problems]
    if clash:
        problems.append(line.problem("code", clash))
    twin = seen.setdefault(article.id if article else line.key, line)
    if twin is not line:
        double = tr("cet article est déjà ligne {line}").format(line=twin.line)
        problems.append(line.problem("code", double))
    if not problems:
        problems = known.lacks(line, article, product_id)
    if problems:
        made.problems.extend(problems)
        made.lines.append(Judged(line, Fate.WRONG, article.id if article else None))
    elif article is None:
        made.lines.append(Judged(line, Fate.NEW, product_id=product_id))
    else:
        made.lines.append(_compared(made, line, article, from_day))


def _compared(made: Preview, line: ListLine, article: Article, from_day: date) -> Judged:
    last = next((p for p in reversed(article.prices) if p.valid_from <= from_day), None)
    basis = line.basis or (last.basis if last else PriceBasis.ORDER_UNIT)
    if line.packs is not None and not _same_packs(article, line.packs):
        told = tr("le conditionnement de « {name} » change").format(name=article.name)
        made.remarks.append(line.problem("pack", told))
    elif line.pack_doubt:
        made.remarks.append(line.problem("pack", line.pack_doubt))
    same_packs = line.packs is None or _same_packs(article, line.packs)
    if last and line.price and last.basis is basis and _is_far(last.price, line.price):
        far = tr("le prix passe de {before} à {after} € : vérifiez la virgule")
        words = far.format(before=plain(last.price), after=plain(line.price))
        made.remarks.append(line.problem("price", words))
    same = last is not None and last.price == line.price and last.basis is basis and same_packs
    fate = Fate.SAME if same else Fate.PRICE
    before = (last.price, last.basis) if last else (None, None)
    return Judged(line, fate, article.id, article.product_id, *before)


def _is_far(before: Decimal, after: Decimal) -> bool:
    """Tell whether a price more than doubles or halves: a comma may have moved."""
    return not before <= after * 2 <= before * 4


def _same_packs(article: Article, told: PacksRead) -> bool:
    counts = [pack.count for pack in article.packs]
    return article.content_unit is told.unit and counts == [count for _name, count in told.packs]


def _add(
    session: Session, supplier_id: int, each: Judged, now: datetime, from_day: date, source: str
) -> None:
    line, packs = each.line, each.line.packs
    if packs is None or each.product_id is None or line.price is None:
        raise UserError(str(line.problem("pack", tr("cette cellule doit être remplie"))))
    facts = ArticleFacts(
        supplier_id,
        each.product_id,
        line.name or line.product,
        packs.packs,
        packs.unit,
        code=line.code,
        is_catch_weight=packs.about,
        vat=line.vat,
    )
    article = add_article(session, facts, now, from_day)
    basis = line.basis or PriceBasis.ORDER_UNIT
    set_price(session, article.id, line.price, basis, from_day, now, source)


def _change(session: Session, each: Judged, now: datetime, from_day: date, source: str) -> None:
    article, line = session.get_one(Article, each.article_id), each.line
    if line.packs is not None and not _same_packs(article, line.packs):
        article.content_unit = line.packs.unit
        article.packs = []
        session.flush()
        article.packs = [
            Pack(rank=rank, name=name, count=count)
            for rank, (name, count) in enumerate(line.packs.packs)
        ]
        session.flush()
    if line.price is not None:
        basis = line.basis or each.before_basis or PriceBasis.ORDER_UNIT
        set_price(session, article.id, line.price, basis, from_day, now, source)
