"""A small shop for the tests of carts, orders and payments."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from models.address import Address
from models.cart import CartOwner
from models.catalog import CategoryDraft, ProductDraft, ProductStatus, Variant, slugify
from models.identity import STORE, Identity, UserSession
from models.ids import new_id, now
from models.money import Money
from models.permissions import Role
from services.catalog import service as catalog
from services.identity import cookies, repository
from services.identity.cookies import hash_token
from services.inventory import service as inventory
from services.order.service import CheckoutDetails
from services.settings import settings
from services.unit_of_work import unit_of_work

ADDRESS = Address(name="Ada Moss", line1="1 Quay Street", city="Bristol", postal_code="BS1 4DJ", country="GB")
DETAILS = CheckoutDetails(email="ada@larkspur.example", shipping_address=ADDRESS, shipping_method="standard")
GOOD_CARD = "pm_card_visa"
DECLINED_CARD = "pm_card_chargeDeclined"
MAYA = Identity(user_id=new_id(), name="Maya", roles=frozenset({Role.ORDER_MANAGER}), address="203.0.113.7")


def guest(name: str = "ada") -> Identity:
    """A browser of its own, signed in as nobody."""
    return Identity(visitor=hash_token(name))


def owner(identity: Identity) -> CartOwner:
    return CartOwner(user_id=identity.user_id, visitor=identity.visitor)


async def stock_shop(**on_hand: int) -> None:
    """One product per SKU, in stock as told: `stock_shop(MUG=3)`. Each costs £12.00."""
    async with unit_of_work() as uow:
        if not await catalog.list_categories(uow):
            await catalog.create_category(uow, CategoryDraft(slug="mugs", name="Mugs"), by=STORE)
        for sku, units in on_hand.items():
            draft = ProductDraft(
                slug=slugify(sku),
                title=sku.capitalize(),
                category="mugs",
                status=ProductStatus.ACTIVE,
                variants=[Variant(sku=sku, price=Money(1200, "GBP"))],
            )
            await catalog.create_product(uow, draft, stock={sku: units}, by=STORE)


async def set_price(sku: str, amount: int) -> None:
    async with unit_of_work() as uow:
        product, variant = (await catalog.variants_by_sku(uow, [sku]))[sku]
        fields = product.model_dump(include=set(ProductDraft.model_fields))
        fields["variants"] = [variant.model_copy(update={"price": Money(amount, "GBP")})]
        draft = ProductDraft(**fields)
        await catalog.replace_product(uow, product.slug, draft, expected_version=None, by=STORE)


async def level(sku: str) -> tuple[int, int]:
    """Units on hand and reserved."""
    async with unit_of_work() as uow:
        found = (await inventory.levels(uow, [sku]))[sku]
    return found.on_hand, found.reserved


async def ledger_sums(sku: str) -> tuple[int, int]:
    """What the ledger makes of on hand and reserved."""
    async with unit_of_work() as uow:
        entries = await inventory.ledger(uow, sku, 10_000)
    return sum(entry.on_hand_delta for entry in entries), sum(entry.reserved_delta for entry in entries)


async def user(name: str = "maya", *roles: Role) -> Identity:
    """Somebody who has signed in before."""
    async with unit_of_work() as uow:
        known = await repository.upsert_user(
            uow.session,
            issuer=settings().oidc_issuer,
            subject=name,
            email=f"{name}@larkspur.example",
            name=name.capitalize(),
            roles=roles,
        )
        user_id: UUID = known.id
    return Identity(user_id=user_id, email=known.email, name=known.name, roles=frozenset(roles))


async def sign_in(name: str = "maya", *roles: Role) -> dict[str, str]:
    """Headers of a signed-in browser of this store."""

    identity = await user(name, *roles)
    assert identity.user_id
    token = f"session-{new_id()}"
    async with unit_of_work() as uow:
        repository.add_session(
            uow.session,
            UserSession(
                id_hash=hash_token(token),
                user_id=identity.user_id,
                roles=sorted(roles),
                expires_at=now() + timedelta(hours=1),
            ),
        )
    configuration = settings()
    return {
        "cookie": f"{cookies.session_cookie(configuration)}={token}",
        "origin": configuration.public_url,
    }
