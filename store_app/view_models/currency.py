"""What one can pay in, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CurrencyChoice:
    code: str
    name: str
    symbol: str
    current: bool
