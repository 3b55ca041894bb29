"""Whether our clock agrees with the provider's; tokens are dated."""

from __future__ import annotations

from services.identity.check.findings import Finding, attention, fine, told, wrong

TOLERATED_SECONDS = 60
"""By which the store lets dates in tokens differ."""
NOTABLE_SECONDS = 10


def about_clock(ahead: float | None) -> Finding:
    """`ahead`: seconds by which the provider's clock is ahead of ours; None when it tells no time."""
    if ahead is None:
        return told("the provider's answers have no date to compare clocks by")
    words = f"the provider's clock is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} this one"
    if abs(ahead) > TOLERATED_SECONDS:
        return wrong(
            words, f"Tokens are refused beyond {TOLERATED_SECONDS} s: let this machine's clock be set (NTP)."
        )
    if abs(ahead) > NOTABLE_SECONDS:
        return attention(words, f"It works up to {TOLERATED_SECONDS} s; have this machine's clock set (NTP).")
    return fine("the clocks agree")
