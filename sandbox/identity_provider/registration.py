"""The registration form's rules and what it says when they are not met."""

import re
from dataclasses import dataclass, field

from starlette.datastructures import FormData

ADDRESS = re.compile(r"[^@\s<>()\[\],;:\\\"]+@[^@\s.]+(\.[^@\s.]+)+")
LONGEST_NAME, LONGEST_ADDRESS = 100, 254
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 128


@dataclass(slots=True)
class Registration:
    """What was typed, and a sentence for each field that has to change."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    password: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def read_registration(form: FormData) -> Registration:
    """Reads and checks the form."""
    typed = Registration(
        first_name=" ".join(_text(form, "first_name").split()),
        last_name=" ".join(_text(form, "last_name").split()),
        email=_text(form, "email").strip(),
        password=_text(form, "password"),
    )
    for name, label in (("first_name", "first name"), ("last_name", "last name")):
        value: str = getattr(typed, name)
        if not value:
            typed.errors[name] = f"Enter your {label}."
        elif len(value) > LONGEST_NAME:
            typed.errors[name] = f"Use at most {LONGEST_NAME} characters for your {label}."
    if not typed.email:
        typed.errors["email"] = "Enter your email address."
    elif len(typed.email) > LONGEST_ADDRESS or not ADDRESS.fullmatch(typed.email):
        typed.errors["email"] = "Enter an email address like name@example.com."
    if problem := _password_problem(typed):
        typed.errors["password"] = problem
    return typed


def _password_problem(typed: Registration) -> str | None:
    password = typed.password
    if len(password) < SHORTEST_PASSWORD:
        return f"Choose a password of at least {SHORTEST_PASSWORD} characters."
    if len(password) > LONGEST_PASSWORD:
        return f"Choose a password of at most {LONGEST_PASSWORD} characters."
    if password.casefold() == typed.email.casefold():
        return "Choose a password that is not your email address."
    if password.casefold() in {f"{typed.first_name}{gap}{typed.last_name}".casefold() for gap in ("", " ")}:
        return "Choose a password that is not your name."
    return None


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
