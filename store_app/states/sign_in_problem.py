"""Why signing in or out did not work, by the reason in the address."""

from __future__ import annotations

from urllib.parse import quote

import reflex as rx

from services.identity.service import local_path
from store_app.view_models.sign_in_problem import SignInProblem, problem_of


class SignInProblemState(rx.State):
    problem: SignInProblem = SignInProblem()
    again: str = "/auth/login"
    back: str = "/"

    @rx.event
    def load(self) -> None:
        query = self.router.url.query_parameters
        self.problem = problem_of(str(query.get("reason", "")))
        target = local_path(str(query.get("return_to", "/")))
        self.again = f"/auth/login?return_to={quote(target, safe='')}"
        self.back = "/" if target.startswith("/admin") else target
