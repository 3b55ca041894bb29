"""What the checkout begins with: what is known of the shopper, and a cart that can be bought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from models.address import Address
from models.cart import MAX_LINE_QUANTITY, CartOwner
from models.identity import Identity
from models.money import Money
from services.account import service as accounts
from services.addresses import ADDRESS_FIELDS
from services.cart import service as carts
from services.cart.service import CartView, LineProblem
from services.delivery import service as delivery
from services.identity import people
from services.order import service as orders
from services.unit_of_work import UnitOfWork
from store_app.view_models.checkout import CheckoutDraft


async def prefilled(uow: UnitOfWork, identity: Identity, draft: CheckoutDraft) -> CheckoutDraft:
    """Fill what nothing was typed into with the account's e-mail address and where it wants its parcels: the default of
    the address book, else where the last order went."""
    if not identity.signed_in:
        return draft
    draft = replace(draft, email=draft.email or identity.email)
    if any(getattr(draft, name) for name in ADDRESS_FIELDS if name != "country"):
        return draft
    served = await delivery.countries(uow)
    saved = await accounts.default_address(uow, identity)
    if saved and saved.country in served:
        return replace(draft, **Address.chosen(saved.model_dump()).model_dump())
    last = (await orders.list_orders(uow, identity, limit=1)).items
    if not last or last[0].order.shipping_address.get("country") not in served:
        return replace(draft, name=identity.name)
    address = Address.chosen(last[0].order.shipping_address).model_dump()
    return replace(draft, **{name: str(address.get(name, "")) for name in ADDRESS_FIELDS})


async def adjusted_cart(uow: UnitOfWork, owner: CartOwner, shown: Mapping[str, Money]) -> CartView:
    """The cart with what can't be had saved for later and the prices agreed to that were `shown`, by SKU.

    In SKU order: what was held of these lines is given back, and stock is locked in this order everywhere. The cart may
    be written several times, so the person is kept first.
    """
    await people.keep(uow, owner.user_id)
    for line in sorted((await carts.view_cart(uow, owner)).lines, key=lambda line: line.sku):
        if line.problem in (LineProblem.UNAVAILABLE, LineProblem.OUT_OF_STOCK):
            await carts.save_for_later(uow, owner, line.sku)
        elif line.problem is LineProblem.SHORT:
            await carts.set_quantity(uow, owner, line.sku, min(line.available, MAX_LINE_QUANTITY))
    return await carts.accept_prices(uow, owner, shown)
