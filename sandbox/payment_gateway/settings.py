"""The gateway's settings, from flags or the environment."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """`origin` is where browsers reach the gateway; `allow_origins` may embed the card fields."""

    data_dir: Path
    origin: str
    secret_key: str
    publishable_key: str
    webhook_secret: str
    webhook_url: str
    allow_origins: tuple[str, ...]
    chaos: bool
