"""The address of a listing: the one place where its filters, order and page live.

`?sort=price&min=10&colour=Sea&colour=Moss&page=2`: what isn't one of the known names is a facet.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qsl, urlencode

from models.catalog import slugify
from services.catalog.service import ProductQuery, Sort

PAGE_SIZE = 24
MAX_PAGE = 400
MAX_PAIRS = 60
RESERVED = frozenset({"q", "sort", "min", "max", "stock", "sale", "page", "sku"})

Facets = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ListingQuery:
    """Read leniently: what can't be used is left out. `minimum` and `maximum` are in major units, as typed."""

    path: str
    q: str = ""
    sort: str = ""
    minimum: str = ""
    maximum: str = ""
    in_stock: bool = False
    on_sale: bool = False
    page: int = 1
    facets: Facets = field(default=())

    @classmethod
    def parse(cls, path: str, query: str) -> ListingQuery:
        pairs = parse_qsl(query[:4000])[:MAX_PAIRS]
        first = {name: value.strip() for name, value in reversed(pairs)}
        facets: dict[str, tuple[str, ...]] = {}
        for name, value in pairs:
            slug = slugify(name)
            if name not in RESERVED and slug and value.strip():
                facets[slug] = tuple(dict.fromkeys((*facets.get(slug, ()), value.strip()[:120])))
        page = first.get("page", "")
        return cls(
            path=path,
            q=first.get("q", "")[:200],
            sort=first["sort"] if first.get("sort") in tuple(Sort) else "",
            minimum=_price(first.get("min", "")),
            maximum=_price(first.get("max", "")),
            in_stock=first.get("stock") == "1",
            on_sale=first.get("sale") == "1",
            page=min(MAX_PAGE, max(1, int(page))) if page.isdecimal() and len(page) < 6 else 1,
            facets=tuple(facets.items()),
        )

    @property
    def href(self) -> str:
        pairs = [("q", self.q), ("sort", self.sort), ("min", self.minimum), ("max", self.maximum)]
        pairs += [("stock", "1" if self.in_stock else ""), ("sale", "1" if self.on_sale else "")]
        pairs += [(name, value) for name, values in self.facets for value in values]
        pairs += [("page", str(self.page) if self.page > 1 else "")]
        text = urlencode([(name, value) for name, value in pairs if value])
        return f"{self.path}?{text}" if text else self.path

    @property
    def is_narrowed(self) -> bool:
        return bool(self.facets or self.minimum or self.maximum or self.in_stock or self.on_sale)

    def chosen(self, facet: str) -> tuple[str, ...]:
        return dict(self.facets).get(facet, ())

    def toggled(self, facet: str, value: str) -> ListingQuery:
        """With a facet's value taken in, or out when it is chosen; back on the first page."""
        values = self.chosen(facet)
        kept = tuple(known for known in values if known.casefold() != value.casefold())
        changed = {**dict(self.facets), facet: kept if len(kept) < len(values) else (*values, value)}
        return replace(self, page=1, facets=tuple((name, known) for name, known in changed.items() if known))

    def cleared(self) -> ListingQuery:
        """Without any filter; search text and order stay."""
        return ListingQuery(path=self.path, q=self.q, sort=self.sort)

    def product_query(self, category: str = "") -> ProductQuery:
        return ProductQuery(
            q=self.q,
            category=category,
            sort=self.sort,
            price_min=_minor(self.minimum),
            price_max=_minor(self.maximum),
            in_stock=self.in_stock,
            on_sale=self.on_sale,
            attributes=dict(self.facets),
            limit=PAGE_SIZE,
            offset=(self.page - 1) * PAGE_SIZE,
            facets=True,
        )


def _price(text: str) -> str:
    """A price as typed, if it is one from 0 to 999,999.99."""
    try:
        amount = Decimal(text.replace("£", "").strip()) if len(text) < 12 else Decimal(-1)
    except InvalidOperation:
        return ""
    return f"{amount:f}" if amount.is_finite() and 0 <= amount < 1_000_000 else ""


def _minor(text: str) -> int | None:
    return int(Decimal(text) * 100) if text else None
