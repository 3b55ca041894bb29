"""Sign-outs at the provider that meet a sign-in on its way here: whichever comes first, nobody stays signed in.

Source: OpenID Connect Back-Channel Logout 1.0, 2.7, for a session that doesn't exist yet.
"""

from __future__ import annotations

from datetime import datetime

from models.ids import now
from services.identity import repository
from services.identity.cookies import hash_token
from services.unit_of_work import UnitOfWork


async def note(uow: UnitOfWork, *, issuer: str, subject: str, provider_session: str) -> None:
    """Remember a notice. Sign-ins that are being written down are waited for, so that it ends their sessions."""
    await repository.lock_sign_ins(uow.session, against_use=True)
    await repository.add_provider_logout(uow.session, _named(issuer, subject, provider_session), now())


async def noted_since(
    uow: UnitOfWork, moment: datetime, *, issuer: str, subject: str, provider_session: str
) -> bool:
    """Whether such a notice came since then. Those that come now wait for the commit."""
    await repository.lock_sign_ins(uow.session)
    names = {_named(issuer, subject, provider_session), _named(issuer, subject, "")}
    if provider_session:
        names.add(_named(issuer, "", provider_session))
    return await repository.has_provider_logout(uow.session, names, moment)


def _named(issuer: str, subject: str, provider_session: str) -> str:
    return hash_token("\n".join((issuer, subject, provider_session)))
