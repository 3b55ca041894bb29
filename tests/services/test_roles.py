"""Which staff roles a provider's claim gives."""

from __future__ import annotations

import pytest

from models.permissions import Role
from services.identity.roles import roles_of


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("support", {Role.SUPPORT}),
        ("support,admin", {Role.SUPPORT, Role.ADMIN}),
        (["admin", "everyone"], {Role.ADMIN}),
        (None, set()),
        ([{"admin": 1}, 5], set()),
        ({"admin": True}, set()),
    ],
)
def test_roles_are_read_from_text_or_list_and_nothing_else(claim: object, expected: set[Role]) -> None:
    assert roles_of(claim, {role.value: role for role in Role}) == expected
