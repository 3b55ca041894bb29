"""What was found: a sentence each, and what to do where something is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Weight(StrEnum):
    """How much a finding matters; its value is the mark it is printed with."""

    FINE = "✓"
    ATTENTION = "!"
    WRONG = "✗"
    TOLD = "·"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line, and below it what to do."""

    weight: Weight
    what: str
    remedy: str = ""


@dataclass(slots=True)
class Section:
    """Findings about one thing."""

    title: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return all(finding.weight is not Weight.WRONG for finding in self.findings)


def fine(what: str) -> Finding:
    return Finding(Weight.FINE, what)


def told(what: str) -> Finding:
    """Something to know, neither good nor bad."""
    return Finding(Weight.TOLD, what)


def attention(what: str, remedy: str = "") -> Finding:
    """Something the store can do without."""
    return Finding(Weight.ATTENTION, what, remedy)


def wrong(what: str, remedy: str = "") -> Finding:
    """Something the store can't do without."""
    return Finding(Weight.WRONG, what, remedy)


def printed(sections: Sequence[Section]) -> str:
    """The findings as text, with a count at the end."""
    lines: list[str] = []
    for section in sections:
        lines += ["", section.title]
        for finding in section.findings:
            lines.append(f"  {finding.weight} {finding.what}")
            lines += [f"      {finding.remedy}"] if finding.remedy else []
    every = [finding.weight for section in sections for finding in section.findings]
    return "\n".join([*lines, "", _count(every), ""]).lstrip("\n")


def _count(weights: Iterable[Weight]) -> str:
    every = list(weights)
    counts = [every.count(weight) for weight in (Weight.FINE, Weight.ATTENTION, Weight.WRONG)]
    verdict = "People can't sign in like this." if counts[2] else "Nothing here keeps people from signing in."
    return f"{counts[0]} in order, {counts[1]} to look at, {counts[2]} wrong. {verdict}"
