"""Amounts for people to read, and the currencies the gateway takes."""

from sandbox.payment_gateway.errors import GatewayError

ZERO_DECIMAL = frozenset(
    {
        *("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv"),
        *("xaf", "xof", "xpf"),
    }
)
THREE_DECIMAL = frozenset(["bhd", "jod", "kwd", "omr", "tnd"])
"""Stripe's lists of currencies whose minor unit is not a hundredth (Stripe: Supported currencies)."""
TAKEN = frozenset(
    {
        *("aed", "aud", "bgn", "brl", "cad", "chf", "cny", "czk", "dkk", "eur", "gbp", "hkd", "huf", "idr"),
        *("ils", "inr", "isk", "mxn", "myr", "nok", "nzd", "php", "pln", "ron", "sar", "sek", "sgd", "thb"),
        *("try", "twd", "usd", "zar"),
    }
)
MULTIPLES = {"isk": 100, **dict.fromkeys(THREE_DECIMAL, 10)}
"""Of what amounts have to be multiples: dinars end in 0, and krónur are told in hundredths but have none."""
SYMBOLS = {"gbp": "£", "eur": "€", "usd": "$", "jpy": "¥"}
SMALLEST = {"gbp": 30, "eur": 50, "usd": 50, "jpy": 50, "chf": 50}
LARGEST = 99_999_999


def decimals(currency: str) -> int:
    return 0 if currency in ZERO_DECIMAL else 3 if currency in THREE_DECIMAL else 2


def written(amount: int, currency: str) -> str:
    """Minor units as text: 4800 gbp is £48.00, 4800 jpy ¥4,800, 4800 kwd KWD 4.800."""
    places = decimals(currency)
    symbol = SYMBOLS.get(currency, f"{currency.upper()} ")
    whole, part = divmod(amount, 10**places)
    return f"{symbol}{whole:,}.{part:0{places}}" if places else f"{symbol}{whole:,}"


def check_multiple(amount: int, currency: str) -> None:
    """Stripe's special cases, for charges and refunds. Raises GatewayError."""
    multiple = MULTIPLES.get(currency, 1)
    if amount % multiple:
        told = f"Invalid amount. {currency.upper()} amounts must be evenly divisible by {multiple}."
        raise GatewayError(told, code="parameter_invalid_integer", param="amount")


def check_amount(amount: int, currency: str) -> None:
    """Stripe's limits for a charge, in minor units. Raises GatewayError."""
    if currency not in TAKEN | ZERO_DECIMAL | THREE_DECIMAL:
        raise GatewayError(f"Invalid currency: {currency}.", param="currency")
    if amount < 1:
        raise GatewayError("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    check_multiple(amount, currency)
    smallest = SMALLEST.get(currency, 1)
    if amount < smallest:
        least = written(smallest, currency)
        raise GatewayError(f"Amount must be at least {least}", code="amount_too_small", param="amount")
    if amount > LARGEST:
        raise GatewayError(
            f"Amount must be no more than {written(LARGEST, currency)}",
            code="amount_too_large",
            param="amount",
        )
