"""Adding and changing products, with a look at what is plausible."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import number, tr
from cantine_desktop.supply.products.model import Dimension, Origin, Product, ProductFamily
from cantine_desktop.values.text import fold

MOST_CARBON = Decimal(100)
"""Kilograms of CO₂ equivalent for a kilogram: nothing a kitchen buys goes beyond."""
MOST_PRICE = Decimal(500)
"""Euros for a kilogram, a litre or a piece."""
LEAST_YIELD = Decimal("0.1")


@dataclass(frozen=True)
class ProductFacts:
    """What a person says of a product; see ``Product`` for units.

    Attributes:
        allergens: ``None`` is « on ne sait pas encore ».
    """

    name: str
    family: ProductFamily
    dimension: Dimension
    allergens: frozenset[Allergen] | None = None
    origin: Origin = Origin.PLANT
    season: frozenset[int] = frozenset()
    piece_grams: Decimal | None = None
    density: Decimal | None = None
    carbon: Decimal | None = None
    carbon_source: str = ""
    price: Decimal | None = None
    peel_yield: Decimal | None = None
    is_organic: bool = False
    is_local: bool = False


def add_product(session: Session, facts: ProductFacts, today: date) -> Product:
    """Add a product.

    Raises:
        UserError: It has no name, another has it, or a value is not plausible.
    """
    product = Product(name=facts.name.strip(), family=facts.family, dimension=facts.dimension)
    _refuse_wrong(session, facts, product)
    _write(product, facts, today)
    session.add(product)
    session.flush()
    return product


def change_product(session: Session, key: int, facts: ProductFacts, today: date) -> Product:
    """Change a product; what was printed before stays as it was.

    Raises:
        UserError: It has no name, another has it, or a value is not plausible.
    """
    product = session.get_one(Product, key)
    _refuse_wrong(session, facts, product)
    _write(product, facts, today)
    session.flush()
    return product


def archive_product(session: Session, key: int, *, active: bool = False) -> None:
    """Take a product out of the lists, or put it back; recipes keep it."""
    session.get_one(Product, key).is_active = active


def facts_of(product: Product) -> ProductFacts:
    """Return what a product says, to change it from."""
    return ProductFacts(
        product.name,
        product.family,
        product.dimension,
        product.allergens,
        product.origin,
        frozenset(map(int, product.season.split())),
        product.piece_grams,
        product.density,
        product.carbon,
        product.carbon_source,
        product.price,
        product.peel_yield,
        product.is_organic,
        product.is_local,
    )


def search(session: Session, words: str, limit: int = 12) -> list[Product]:
    """Return the active products whose name holds all the words, those that begin so first."""
    wanted = fold(words).split()
    query = select(Product).where(Product.is_active).order_by(Product.name)
    found = [
        each for each in session.scalars(query) if all(word in fold(each.name) for word in wanted)
    ]
    first = wanted[0] if wanted else ""
    return sorted(found, key=lambda each: not fold(each.name).startswith(first))[:limit]


def _write(product: Product, facts: ProductFacts, today: date) -> None:
    if product.carbon != facts.carbon and product.carbon_source == facts.carbon_source:
        product.carbon_source = tr("Saisi par la cantine")
    else:
        product.carbon_source = facts.carbon_source.strip()
    if product.price != facts.price:
        product.priced_on = today if facts.price is not None else None
    product.name, product.family, product.dimension = (
        facts.name.strip(),
        facts.family,
        facts.dimension,
    )
    product.allergens, product.origin = facts.allergens, facts.origin
    product.season = " ".join(map(str, sorted(facts.season)))
    product.piece_grams, product.density = facts.piece_grams, facts.density
    product.carbon, product.price = facts.carbon, facts.price
    product.peel_yield = facts.peel_yield
    product.is_organic, product.is_local = facts.is_organic, facts.is_local


def _refuse_wrong(session: Session, facts: ProductFacts, product: Product) -> None:
    if not facts.name.strip():
        raise UserError(tr("Un produit a un nom."))
    same = select(Product).where(Product.name == facts.name.strip())
    other = session.scalar(same)
    if other is not None and other is not product:
        raise UserError(
            tr("« {name} » existe déjà : choisissez un autre nom.").format(name=other.name)
        )
    if facts.season - set(range(1, 13)):
        raise UserError(tr("Les mois vont de 1 à 12."))
    _refuse_implausible(facts, product)


def _refuse_implausible(facts: ProductFacts, product: Product) -> None:
    """Refuse a value nobody can mean: a tomato of eight grams, a yield above one.

    Raises:
        UserError: A value is not plausible.
    """
    least, most = product.piece_least, product.piece_most
    weight = facts.piece_grams
    if weight is not None and weight <= 0:
        raise UserError(tr("Le poids d’une pièce est plus grand que zéro."))
    if weight is not None and least is not None and most is not None:
        _refuse_weight(facts.name, weight, least, most)
    if facts.peel_yield is not None and not LEAST_YIELD <= facts.peel_yield <= 1:
        raise UserError(tr("Le rendement après épluchage va de 10 % à 100 %."))
    if facts.carbon is not None and not 0 <= facts.carbon <= MOST_CARBON:
        raise UserError(tr("Le CO₂ va de 0 à 100 kg par kilo : vérifiez l’unité."))
    if facts.price is not None and not 0 <= facts.price <= MOST_PRICE:
        raise UserError(tr("Le prix va de 0 à 500 € le kilo, le litre ou la pièce."))


def _refuse_weight(name: str, weight: Decimal, least: Decimal, most: Decimal) -> None:
    if least <= weight <= most:
        return
    raise UserError(
        tr("« {name} » : {weight} g par pièce n’est pas plausible ; de {least} à {most} g.").format(
            name=name,
            weight=number(trimmed(weight)),
            least=number(trimmed(least)),
            most=number(trimmed(most)),
        )
    )


def trimmed(value: Decimal) -> Decimal:
    """Return a decimal without zeros that say nothing: ``80.000`` is 80."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
