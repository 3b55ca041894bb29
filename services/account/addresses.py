"""The address book."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from models.account import MAX_ADDRESSES, SavedAddress
from models.address import Address
from models.audit import AuditAction
from models.identity import Identity
from models.ids import now
from services.account import repository
from services.account.person import lock_account, owner_of
from services.addresses import read_address
from services.audit import service as audit
from services.errors import Conflict, NotFound
from services.unit_of_work import UnitOfWork


async def list_addresses(uow: UnitOfWork, identity: Identity) -> list[SavedAddress]:
    """One's own, the default for shipping first, then the newest. Raises Unauthenticated, Forbidden (an API key)."""
    return await addresses_of(uow, owner_of(identity))


async def addresses_of(uow: UnitOfWork, user_id: UUID) -> list[SavedAddress]:
    """Somebody's, for staff; the caller has checked the permission."""
    return await repository.addresses(uow.session, user_id)


async def get_address(uow: UnitOfWork, identity: Identity, address_id: UUID) -> SavedAddress:
    """Raises Unauthenticated, Forbidden, and NotFound for what is not in one's own book."""
    found = await repository.address(uow.session, owner_of(identity), address_id)
    if found is None:
        raise NotFound("This address is not in your address book any more.")
    return found


async def default_address(uow: UnitOfWork, identity: Identity) -> Address | None:
    """Where to deliver unless told otherwise. Raises Unauthenticated, Forbidden."""
    book = await list_addresses(uow, identity)
    return Address.kept(book[0].address) if book and book[0].default_shipping else None


async def add_address(
    uow: UnitOfWork,
    identity: Identity,
    address: Address,
    *,
    default_shipping: bool = False,
    default_billing: bool = False,
) -> SavedAddress:
    """Save an address, the first one as the default for everything. One that is in the book already is returned.

    Raises Unauthenticated, Forbidden, Invalid (as its country writes no addresses) and Conflict when the book is full.
    """
    address = read_address(address.model_dump())
    user = await lock_account(uow, identity)
    book = await repository.addresses(uow.session, user.id)
    saved = next((known for known in book if Address.kept(known.address) == address), None)
    if saved is None:
        if len(book) >= MAX_ADDRESSES:
            raise Conflict(
                f"Your address book is full: it holds {MAX_ADDRESSES}. Remove one that you don't need any more.",
                code="address_book_full",
            )
        saved = SavedAddress(user_id=user.id, address=address.model_dump())
        await repository.add(uow.session, saved)
        _note(uow, identity, user.id, "added")
    await _make_default(uow, saved, default_shipping or not book, default_billing or not book)
    return saved


async def change_address(
    uow: UnitOfWork,
    identity: Identity,
    address_id: UUID,
    address: Address | None = None,
    *,
    default_shipping: bool | None = None,
    default_billing: bool | None = None,
) -> SavedAddress:
    """Write an address anew, or say what it is used for; None leaves it as it is.

    Raises Unauthenticated, Forbidden, Invalid, and NotFound as get_address does.
    """
    user = await lock_account(uow, identity)
    saved = await get_address(uow, identity, address_id)
    before = _state(saved)
    if address is not None:
        saved.address = read_address(address.model_dump()).model_dump()
    saved.default_shipping = saved.default_shipping and default_shipping is not False
    saved.default_billing = saved.default_billing and default_billing is not False
    await _make_default(uow, saved, bool(default_shipping), bool(default_billing))
    if _state(saved) != before:
        saved.updated_at = now()
        _note(uow, identity, user.id, "changed")
    return saved


async def remove_address(uow: UnitOfWork, identity: Identity, address_id: UUID) -> None:
    """Take an address out of the book; the newest of those left takes over what it was the default for.

    Raises Unauthenticated, Forbidden, and NotFound as get_address does.
    """
    user = await lock_account(uow, identity)
    gone = await get_address(uow, identity, address_id)
    await repository.delete(uow.session, gone.id)
    heir = _newest(await repository.addresses(uow.session, user.id))
    if heir:
        await _make_default(uow, heir, gone.default_shipping, gone.default_billing)
    _note(uow, identity, user.id, "removed")


async def forget_addresses(uow: UnitOfWork, user_id: UUID) -> None:
    """Of an account that is being deleted."""
    await repository.delete_all(uow.session, user_id)


async def _make_default(uow: UnitOfWork, saved: SavedAddress, shipping: bool, billing: bool) -> None:
    for use, wanted in zip(repository.USES, (shipping, billing), strict=True):
        if wanted:
            await repository.make_default(uow.session, saved, use)


def _newest(book: Sequence[SavedAddress]) -> SavedAddress | None:
    return max(book, key=lambda saved: (saved.created_at, saved.id), default=None)


def _state(saved: SavedAddress) -> tuple[object, ...]:
    return saved.address, saved.default_shipping, saved.default_billing


def _note(uow: UnitOfWork, identity: Identity, user_id: UUID, deed: str) -> None:
    audit.record(uow, AuditAction.ACCOUNT_CHANGED, identity, user_id, after={"addresses": deed})
