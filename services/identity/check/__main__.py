"""`python -m services.identity.check`: reads the environment and `.env`, asks the provider, prints, exits 1 when
something required is missing or wrong."""

from __future__ import annotations

import sys

from pydantic import ValidationError

from services.identity.check.examination import examine
from services.identity.check.findings import printed
from services.settings import ProviderSettings

WHERE_FROM = """\
Set them in the environment or in .env; docs/asgardeo.md says where to find them. To look at the sandbox of a running
`make run`:
  OIDC_ISSUER=http://localhost:3001/t/larkspur/oauth2/token OIDC_CLIENT_ID=larkspur-store \\
  OIDC_CLIENT_SECRET=sandbox_larkspur_store make check-oidc
"""


def main() -> int:
    """The exit code."""
    try:
        settings = ProviderSettings(_env_ignore_empty=True)
    except ValidationError as error:
        for problem in error.errors(include_input=False, include_url=False):
            name, missing = str(problem["loc"][0]).upper(), problem["type"] == "missing"
            sys.stdout.write(f"{name} is not set.\n" if missing else f"{name}: {problem['msg']}\n")
        sys.stdout.write(f"\n{WHERE_FROM}")
        return 1
    sections = examine(settings)
    sys.stdout.write(printed(sections))
    return 0 if all(section.is_sound for section in sections) else 1


if __name__ == "__main__":
    sys.exit(main())
