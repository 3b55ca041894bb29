"""The identity provider's pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from uuid import uuid4

from playwright.sync_api import Page, expect


@dataclass(frozen=True)
class Newcomer:
    """Somebody without an account yet."""

    email: str
    first_name: str = "Juniper"
    last_name: str = "Ash"
    password: str = "a-long-enough-password"

    @classmethod
    def anyone(cls) -> Newcomer:
        return cls(f"juniper.{uuid4().hex[:10]}@example.com")


class SignInPage:
    """Where the store sends who signs in."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def arrived(self) -> Self:
        expect(self.page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
        return self

    def sign_in(self, login: str, password: str) -> None:
        self.page.get_by_label("Email or username").fill(login)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def cancel(self) -> None:
        self.page.get_by_role("button", name="Back to the store").click()


class RegistrationPage:
    """Where the store sends who creates an account."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def arrived(self) -> Self:
        expect(self.page.get_by_role("heading", name="Create an account")).to_be_visible()
        return self

    def register(self, newcomer: Newcomer) -> None:
        self.page.get_by_label("First name").fill(newcomer.first_name)
        self.page.get_by_label("Last name").fill(newcomer.last_name)
        self.page.get_by_label("Email").fill(newcomer.email)
        self.page.get_by_label("Password").fill(newcomer.password)
        self.page.get_by_role("button", name="Create account").click()
