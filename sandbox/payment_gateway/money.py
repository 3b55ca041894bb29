"""Amounts for people to read, and the currencies the gateway takes."""

from sandbox.payment_gateway.errors import GatewayError

SYMBOLS = {"gbp": "£", "eur": "€", "usd": "$"}
SMALLEST = {"gbp": 30, "eur": 50, "usd": 50}
LARGEST = 99_999_999


def written(amount: int, currency: str) -> str:
    """Minor units as text: 4800 gbp is £48.00."""
    return f"{SYMBOLS[currency]}{amount // 100:,}.{amount % 100:02}"


def check_amount(amount: int, currency: str) -> None:
    """Stripe's limits for a charge, in minor units. Raises GatewayError."""
    if currency not in SYMBOLS:
        raise GatewayError(f"Invalid currency: {currency}.", param="currency")
    if amount < 1:
        raise GatewayError("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if amount < SMALLEST[currency]:
        least = written(SMALLEST[currency], currency)
        raise GatewayError(f"Amount must be at least {least}", code="amount_too_small", param="amount")
    if amount > LARGEST:
        raise GatewayError(
            f"Amount must be no more than {written(LARGEST, currency)}",
            code="amount_too_large",
            param="amount",
        )
