"""Finding a product by the name somebody types."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.text import fold

MOST_TOLD = 5


def product_named(session: Session, name: str) -> Product:
    """Return the product of a name, or the only one whose name begins so.

    Raises:
        UserError: No product has it, or several begin so.
    """
    wanted = fold(name).strip()
    products = list(session.scalars(select(Product).where(Product.is_active)))
    same = [each for each in products if fold(each.name) == wanted]
    found = same or [each for each in products if wanted and fold(each.name).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(each.name for each in found[:MOST_TOLD])
        raise UserError(
            tr("Plusieurs produits : {names}. Tapez le nom entier.").format(names=names)
        )
    raise UserError(
        tr("« {name} » n’est pas un produit connu : ajoutez-le d’abord aux produits.").format(
            name=name.strip()
        )
    )
