"""What the sandbox says when it can't go on."""

START_OVER = "`make reset` empties the local data (all of it), then `make run` starts afresh."


class SandboxError(Exception):
    """A sentence for the person at the terminal: what happened and what to do."""


class Interrupted(SandboxError):
    """Someone asked to stop (Ctrl-C, SIGTERM, a closed terminal) while work was under way."""
