"""My account: profile, address book, taking one's data along, leaving."""

from services.account.addresses import (
    add_address,
    addresses_of,
    change_address,
    default_address,
    get_address,
    list_addresses,
    remove_address,
)
from services.account.deletion import delete_account, deletion_obstacles
from services.account.export import export
from services.account.person import lock_account, lock_account_to_delete, owner_of
from services.account.profile import change_profile, get_profile

__all__ = [
    "add_address",
    "addresses_of",
    "change_address",
    "change_profile",
    "default_address",
    "delete_account",
    "deletion_obstacles",
    "export",
    "get_address",
    "get_profile",
    "list_addresses",
    "lock_account",
    "lock_account_to_delete",
    "owner_of",
    "remove_address",
]
