"""What each role may do: the one table that every guard asks."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Staff roles of the identity provider. Any signed-in person is a customer; that needs no role."""

    SUPPORT = "support"
    ORDER_MANAGER = "order_manager"
    CATALOG_MANAGER = "catalog_manager"
    ADMIN = "admin"


class Permission(StrEnum):
    VIEW_STAFF = "view_staff"
    VIEW_ORDERS = "view_orders"
    MANAGE_ORDERS = "manage_orders"
    MANAGE_CATALOG = "manage_catalog"
    VIEW_CUSTOMERS = "view_customers"
    MANAGE_CUSTOMERS = "manage_customers"
    USE_API_KEYS = "use_api_keys"
    MANAGE_API_KEYS = "manage_api_keys"
    VIEW_AUDIT = "view_audit"
    MANAGE_SETTINGS = "manage_settings"


_ALL_STAFF = frozenset({Permission.VIEW_STAFF, Permission.USE_API_KEYS})
_CUSTOMERS = frozenset({Permission.VIEW_ORDERS, Permission.VIEW_CUSTOMERS, Permission.MANAGE_CUSTOMERS})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.SUPPORT: _ALL_STAFF | _CUSTOMERS,
    Role.ORDER_MANAGER: _ALL_STAFF | _CUSTOMERS | {Permission.MANAGE_ORDERS},
    Role.CATALOG_MANAGER: _ALL_STAFF | {Permission.MANAGE_CATALOG},
    Role.ADMIN: frozenset(Permission),
}
"""MANAGE_CUSTOMERS is writing notes; MANAGE_API_KEYS is seeing and revoking those of others; MANAGE_SETTINGS is how the
store delivers and which taxes it asks."""


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    return frozenset[Permission]().union(*(PERMISSIONS[role] for role in roles))
