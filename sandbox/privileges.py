"""Running a server that refuses to run as root, when we are root (a container, mostly)."""

import os
import pwd
import shutil
import stat
from pathlib import Path
from typing import Any

UNPRIVILEGED = "nobody"


def unprivileged_user() -> str | None:
    """The account such a server runs under, or None when we are an ordinary user ourselves."""
    return UNPRIVILEGED if os.geteuid() == 0 else None


def identity(user: str | None) -> dict[str, Any]:
    """Arguments that make `subprocess` run as `user`, with none of our groups; none of them to stay who we are."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def hand_over(folder: Path, user: str) -> None:
    """Give the still empty `folder` to `user`."""
    shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)


def let_through(path: Path) -> None:
    """Let other accounts pass through the folders above `path`, without letting them list those folders.

    Root's home is usually closed, and a checkout inside it would be out of the server's reach.
    """
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def let_read(folder: Path) -> None:
    """Let other accounts read and run the program in `folder`, which a strict umask may have kept to us."""
    if folder.stat().st_mode & stat.S_IROTH:
        return
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        if path.is_dir() or mode & stat.S_IXUSR:
            mode |= stat.S_IXOTH
        path.chmod(mode | stat.S_IROTH)
