"""The OpenID Connect provider, spoken to as a relying party that takes nothing on trust.

Discovery, the authorization code flow with PKCE (RFC 7636), tokens verified here, logout in both directions.
"""

from services.identity.provider.access_token import verify_access_token
from services.identity.provider.authorization import (
    authorization_url,
    check_answering_issuer,
    registration_url,
)
from services.identity.provider.claims import Claims
from services.identity.provider.exchange import Tokens, error_code, exchange_code
from services.identity.provider.id_token import verify_id_token
from services.identity.provider.logout import LogoutNotice, end_session_url, verify_logout_token
from services.identity.provider.refusals import refused
from services.identity.provider.userinfo import with_userinfo

__all__ = [
    "Claims",
    "LogoutNotice",
    "Tokens",
    "authorization_url",
    "check_answering_issuer",
    "end_session_url",
    "error_code",
    "exchange_code",
    "refused",
    "registration_url",
    "verify_access_token",
    "verify_id_token",
    "verify_logout_token",
    "with_userinfo",
]
