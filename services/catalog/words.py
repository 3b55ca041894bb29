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
_PLURAL_ENDINGS = ("ies", "ves", "es", "s")


def words(*texts: str) -> list[str]:
    """The distinct words of the texts in order, lower-case and without diacritics."""
    folded = _POSSESSIVE.sub("", unicodedata.normalize("NFKD", " ".join(texts)).casefold())
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    return list(dict.fromkeys(_WORD.findall(plain)))


def search_terms(q: str) -> list[str]:
    """The words of a search text that mean something; empty for one of punctuation only."""
    found = words(q[:MAX_QUERY_LENGTH])
    return ([word for word in found if word not in _STOP_WORDS] or found)[:MAX_TERMS]


def prefix(term: str) -> str:
    """What the words a term may match begin with: "knives" finds "knife", "mugs" finds "mug"."""
    if term.endswith("ss"):
        return term
    for ending in _PLURAL_ENDINGS:
        stem = term.removesuffix(ending)
        if stem != term and len(stem) >= 3:
            return stem
    return term


def begins_with_all(candidates: Iterable[str], terms: list[str]) -> bool:
    """Whether each term is how some candidate word begins."""
    pool = list(candidates)
    return all(any(word.startswith(prefix(term)) for word in pool) for term in terms)
