"""Settings of the store, from the environment and `.env`. `.env.example` documents each."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.address_form import is_known
from models.permissions import Role
from services import going_live

REQUESTS_PER_MINUTE = {
    "development": {"sign_in": 300, "write": 120_000, "read": 30_000, "event": 30_000, "code": 60},
    "production": {"sign_in": 60, "write": 600, "read": 3000, "event": 3000, "code": 10},
}
"""What one client may ask unless a setting says otherwise. On one machine a load test is one client."""


class _FromEnvironment(BaseSettings):
    """From the environment, else `.env`. An error names variables and never shows a value: some are secret."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)


class DatabaseSettings(_FromEnvironment):
    """All that a migration needs."""

    database_url: str
    database_pool_size: int = Field(default=10, ge=1)


class ProviderSettings(_FromEnvironment):
    """All that signing in needs."""

    public_url: str = "http://localhost:3000"

    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: SecretStr
    oidc_registration_url: str = ""
    oidc_account_url: str = Field(
        default="", description="Where people change what the provider keeps: e-mail address, password."
    )
    oidc_role_names: str = Field(
        default="",
        description="The provider's names of roles that differ from ours: `Shop admin=admin, desk=support`.",
    )

    @property
    def role_names(self) -> dict[str, Role]:
        """Our role for each name in the provider's `roles` claim. A name given another one is not ours any more."""
        named = [pair.partition("=") for pair in self.oidc_role_names.split(",") if pair.strip()]
        given = {name.strip(): Role(role.strip()) for name, _, role in named}
        return {role.value: role for role in Role if role not in given.values()} | given

    @field_validator("oidc_role_names")
    @classmethod
    def _maps_to_known_roles(cls, value: str) -> str:
        for pair in value.split(","):
            name, _, role = pair.partition("=")
            if pair.strip() and (not name.strip() or role.strip() not in set(Role)):
                known = ", ".join(Role)
                raise ValueError(f"“{pair.strip()}” is not of the form name=role with a role of {known}")
        return value


class Settings(DatabaseSettings, ProviderSettings):
    """Raises pydantic.ValidationError when a value is missing or unfit for production."""

    store_env: Literal["development", "production"] = "development"
    currency: str = "GBP"
    home_country: str = Field(
        default="GB",
        pattern="^[A-Z]{2}$",
        description="Whence parcels leave, and whose taxes a cart shows at first.",
    )
    home_region: str = Field(default="ENG", description="The region whose public holidays the packers have.")
    time_zone: ZoneInfo = Field(
        default=ZoneInfo("Europe/London"),
        description="In which the cut-off times and days of delivery are meant.",
    )
    port: int = 3000
    log_format: Literal["json", "text"] = "json"
    metrics_token: SecretStr = Field(
        default=SecretStr(""),
        description="Whoever reads /metrics sends it as a bearer token; empty opens it to all in development.",
    )
    run_jobs: bool = Field(default=True, description="Whether this process also works off background jobs.")

    trusted_proxies: int = Field(
        default=0, ge=0, le=10, description="Proxies in front that each add an entry to X-Forwarded-For."
    )
    rate_limit_sign_in: int | None = Field(default=None, gt=0, description="Requests a minute and client.")
    rate_limit_write: int | None = Field(default=None, gt=0)
    rate_limit_read: int | None = Field(default=None, gt=0)
    rate_limit_event: int | None = Field(default=None, gt=0)
    rate_limit_code: int | None = Field(
        default=None, gt=0, description="Codes of promotions that one client may get wrong in a minute."
    )
    body_limit: int = Field(default=256 * 1024, gt=0, description="Bytes that a request may send.")
    body_limit_webhooks: int = Field(default=64 * 1024, gt=0)
    body_limit_products: int = Field(default=1024 * 1024, gt=0)
    body_limit_uploads: int = Field(default=3 * 1024 * 1024, gt=0)

    mongodb_url: str

    session_idle_minutes: int = Field(default=60 * 24 * 7, gt=0)
    session_absolute_minutes: int = Field(default=60 * 24 * 30, gt=0)
    staff_session_idle_minutes: int = Field(default=60, gt=0)
    staff_session_absolute_minutes: int = Field(default=60 * 12, gt=0)

    payment_gateway_url: str
    payment_gateway_public_url: str = ""
    payment_gateway_secret_key: SecretStr
    payment_gateway_publishable_key: str
    payment_webhook_secret: SecretStr
    checkout_hold_minutes: int = Field(
        default=10, gt=0, description="How long a checkout keeps its stock after its last sign of life."
    )
    checkout_hold_most_minutes: int = Field(
        default=60, gt=0, description="How long it keeps it in all, however lively it is."
    )
    order_payment_minutes: int = Field(
        default=30, gt=0, description="How long an unpaid order keeps its stock."
    )

    smtp_url: str
    mail_from: str = "Larkspur <hello@larkspur.example>"

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def requests_per_minute(self) -> dict[str, int]:
        """What one client may ask, by class of route."""
        usual = REQUESTS_PER_MINUTE[self.store_env]
        return {
            "sign_in": self.rate_limit_sign_in or usual["sign_in"],
            "write": self.rate_limit_write or usual["write"],
            "read": self.rate_limit_read or usual["read"],
            "event": self.rate_limit_event or usual["event"],
            "code": self.rate_limit_code or usual["code"],
        }

    @property
    def card_element_url(self) -> str:
        return self.payment_gateway_public_url or self.payment_gateway_url

    @field_validator("home_country")
    @classmethod
    def _is_a_country(cls, value: str) -> str:
        if not is_known(value):
            raise ValueError(f"“{value}” is no country of ISO 3166-1, as GB is")
        return value

    @model_validator(mode="after")
    def _fit_for_production(self) -> Self:
        problems = list(going_live.problems(self)) if self.store_env == "production" else []
        if problems:
            raise ValueError("; ".join(problems))
        return self


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
