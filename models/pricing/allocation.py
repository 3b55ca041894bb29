"""Dividing whole minor units so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence


def rounded_share(amount: int, numerator: int, denominator: int, step: int = 1) -> int:
    """`amount` × numerator ÷ denominator, rounded half up to a multiple of `step`. None of them may be negative."""
    return (2 * amount * numerator + denominator * step) // (2 * denominator * step) * step


def allocate(amount: int, weights: Sequence[int], step: int = 1) -> list[int]:
    """Divide an amount by weights, exactly: the largest remainders get the units left over, the earlier first.

    A share is nothing for a weight of nothing, and never above its weight while the amount is within their sum. Where
    amount and weights are multiples of `step`, the shares are, too; else they go to the last unit.
    Raises ValueError when something is to be divided among nothing.
    """
    if step > 1 and not any(each % step for each in (amount, *weights)):
        return [share * step for share in allocate(amount // step, [weight // step for weight in weights])]
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
