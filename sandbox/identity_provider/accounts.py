"""The demo people: shoppers and one member of staff for each role."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

_SUBJECTS = uuid.uuid5(uuid.NAMESPACE_DNS, "id.larkspur.example")
PASSWORD = "larkspur-demo-1"  # noqa: S105 - printed by `make run`; these people exist on one machine only


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who can sign in; no roles means a customer, as for anyone who registers."""

    username: str
    password: str
    given_name: str
    family_name: str
    email: str
    roles: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def role_label(self) -> str:
        """The roles in words a page can print."""
        return role_label(self.roles)


ACCOUNTS: tuple[Account, ...] = (
    Account("shopper", PASSWORD, "Robin", "Hale", "shopper@larkspur.example"),
    Account(
        "wilhelmina",
        PASSWORD,
        "Wilhelmina-Theodora",
        "Featherstonehaugh-Vandenberghe",
        "wilhelmina.featherstonehaugh@larkspur.example",
    ),
    Account("sam", PASSWORD, "Sam", "Okafor", "support@larkspur.example", ("support",)),
    Account("maya", PASSWORD, "Maya", "Lindqvist", "orders@larkspur.example", ("order_manager",)),
    Account("tom", PASSWORD, "Tomás", "Ferreira", "catalogue@larkspur.example", ("catalog_manager",)),
    Account(
        "iris",
        PASSWORD,
        "Iris",
        "Novak",
        "operations@larkspur.example",
        ("order_manager", "catalog_manager"),
    ),
    Account("ada", PASSWORD, "Ada", "Moreau", "admin@larkspur.example", ("admin",)),
)


SHOPPERS = tuple(account for account in ACCOUNTS if not account.roles)
STAFF = tuple(account for account in ACCOUNTS if account.roles)


def role_label(roles: Sequence[str]) -> str:
    """Roles in words."""
    return ", ".join(role.replace("_", " ") for role in roles) or "customer"


def subject_of(username: str) -> str:
    """The `sub` of a demo account: the same on every machine and after a reset."""
    return str(uuid.uuid5(_SUBJECTS, username))
