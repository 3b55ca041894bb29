"""What the end of a single sign-on session takes with it: the tokens of that time, and the client's session."""

from sandbox.identity_provider.grants import Grants
from sandbox.identity_provider.logout_notices import LogoutNotices
from sandbox.identity_provider.sign_ins import SignIns


class Endings:
    """Signs people out."""

    def __init__(self, sign_ins: SignIns, grants: Grants, notices: LogoutNotices) -> None:
        self._sign_ins, self._grants, self._notices = sign_ins, grants, notices

    def sign_out(self, sid: str, user_id: str) -> None:
        """Ends one browser's session. The client hears of it if it ever got tokens there."""
        self._sign_ins.end(sid)
        if self._grants.reached_client(sid):
            self._grants.revoke_sign_in(sid)
            self._notices.send(user_id, sid)

    def sign_out_everywhere(self, user_id: str) -> None:
        """Ends all sessions of a person, at the client also those that are forgotten here."""
        self._sign_ins.end_all(user_id)
        self._grants.revoke_user(user_id)
        self._notices.send(user_id)
