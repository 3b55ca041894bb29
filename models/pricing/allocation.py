"""Dividing whole minor units so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence


def rounded_share(amount: int, numerator: int, denominator: int) -> int:
    """`amount` × numerator ÷ denominator, rounded half up. None of the three may be negative."""
    return (2 * amount * numerator + denominator) // (2 * denominator)


def allocate(amount: int, weights: Sequence[int]) -> list[int]:
    """Divide an amount by weights, exactly: the largest remainders get the units left over, the earlier first.

    A share is nothing for a weight of nothing, and never above its weight while the amount is within their sum.
    Raises ValueError when something is to be divided among nothing.
    """
    total = sum(weights)
    if total == 0:
        if amount:
            raise ValueError(f"{amount} can't be divided among nothing")
        return [0] * len(weights)
    shares = [amount * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: -(amount * weights[index] % total))
    for index in by_remainder[: amount - sum(shares)]:
        shares[index] += 1
    return shares


def part_of(amount: int, quantity: int, before: int, units: int) -> int:
    """What falls on `units` of a line of `quantity` units that comes to `amount`, after `before` of them.

    However a line is divided up, one part after the other, the parts sum to its amount.
    Raises ValueError for units that the line doesn't have.
    """
    if not 0 <= before <= before + units <= quantity:
        raise ValueError(f"{units} more than {before} of {quantity} units")
    return amount * (before + units) // quantity - amount * before // quantity
