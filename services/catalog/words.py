"""Words: how product text and search text are cut up so that the one finds the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_QUERY_LENGTH = 200
"""Characters of a search text that are looked at."""
MAX_TERMS = 8

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_STOP_WORDS = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"}
)
_SIBILANTS = ("s", "x", "z", "ch", "sh")


def words(*texts: str) -> list[str]:
    """The distinct words of the texts in order, lower-case and without diacritics."""
    folded = _POSSESSIVE.sub("", unicodedata.normalize("NFKD", " ".join(texts)).casefold())
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    return list(dict.fromkeys(_WORD.findall(plain)))


def search_terms(q: str) -> list[str]:
    """The words of a search text that mean something; empty for one of punctuation only."""
    found = words(q[:MAX_QUERY_LENGTH])
    return ([word for word in found if word not in _STOP_WORDS] or found)[:MAX_TERMS]


def forms(term: str) -> list[str]:
    """The term and what it may be the plural of: "knives" → "knife", "berries" → "berry", "mugs" → "mug"."""
    if len(term) < 4 or not term.endswith("s") or term.endswith("ss"):
        return [term]
    if term.endswith("ies"):
        return [term, f"{term[:-3]}y", term[:-1]]
    if term.endswith("ves"):
        return [term, f"{term[:-3]}f", f"{term[:-3]}fe", term[:-1]]
    if term.endswith("es") and term[:-2].endswith(_SIBILANTS):
        return [term, term[:-2]]
    return [term, term[:-1]]


def begins_with_all(candidates: Iterable[str], terms: list[str]) -> bool:
    """Whether each term, in any form, is how some candidate word begins."""
    pool = list(candidates)
    return all(any(word.startswith(tuple(forms(term))) for word in pool) for term in terms)
