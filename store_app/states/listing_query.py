"""The address of a listing: the one place where its filters, order and page live.

`?sort=price&min=10&currency=EUR&colour=Sea&colour=Moss&page=2`: what isn't one of the known names is a facet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from urllib.parse import parse_qsl, urlencode

from models.catalog import slugify
from models.currency import digits
from models.prices import Prices
from services.catalog.service import ProductQuery, Sort

PAGE_SIZE = 24
MAX_PAGE = 400
MAX_PAIRS = 60
RESERVED = frozenset({"q", "sort", "min", "max", "currency", "stock", "sale", "page", "sku"})
_CURRENCY = re.compile(r"[A-Z]{3}")
_BEFORE_FIGURES = re.compile(r"^[^0-9.+-]*")

Facets = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ListingQuery:
    """Read leniently: what can't be used is left out. `minimum` and `maximum` are in major units of
    `currency`, as typed; an empty one is the store's own."""

    path: str
    q: str = ""
    sort: str = ""
    minimum: str = ""
    maximum: str = ""
    currency: str = ""
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
            currency=first.get("currency", "") if _CURRENCY.fullmatch(first.get("currency", "")) else "",
            in_stock=first.get("stock") == "1",
            on_sale=first.get("sale") == "1",
            page=min(MAX_PAGE, max(1, int(page))) if page.isdecimal() and len(page) < 6 else 1,
            facets=tuple(facets.items()),
        )

    @property
    def href(self) -> str:
        pairs = [("q", self.q), ("sort", self.sort), ("min", self.minimum), ("max", self.maximum)]
        pairs += [("currency", self.currency if self.has_bounds else "")]
        pairs += [("stock", "1" if self.in_stock else ""), ("sale", "1" if self.on_sale else "")]
        pairs += [(name, value) for name, values in self.facets for value in values]
        pairs += [("page", str(self.page) if self.page > 1 else "")]
        text = urlencode([(name, value) for name, value in pairs if value])
        return f"{self.path}?{text}" if text else self.path

    @property
    def is_narrowed(self) -> bool:
        return bool(self.facets or self.has_bounds or self.in_stock or self.on_sale)

    @property
    def has_bounds(self) -> bool:
        return bool(self.minimum or self.maximum)

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

    def restated(self, known: Prices, wanted: Prices) -> ListingQuery:
        """With its bounds, which are in the currency of `known`, in that of `wanted`: what they let through by their
        converted prices they let through again."""
        least = _minor(self.minimum, known.currency, ROUND_CEILING)
        most = _minor(self.maximum, known.currency, ROUND_FLOOR)
        return replace(
            self,
            minimum="" if least is None else _major(least, known, wanted),
            maximum="" if most is None else _major(most, known, wanted, highest=True),
            currency="" if wanted.is_home else wanted.currency,
        )

    def product_query(self, category: str, prices: Prices) -> ProductQuery:
        """The bounds must be in the currency of the prices."""
        return ProductQuery(
            q=self.q,
            category=category,
            sort=self.sort,
            price_min=_minor(self.minimum, prices.currency, ROUND_CEILING),
            price_max=_minor(self.maximum, prices.currency, ROUND_FLOOR),
            prices=prices,
            in_stock=self.in_stock,
            on_sale=self.on_sale,
            attributes=dict(self.facets),
            limit=PAGE_SIZE,
            offset=(self.page - 1) * PAGE_SIZE,
            facets=True,
        )


def _price(text: str) -> str:
    """A price as typed, with or without the sign of a currency, if it is one below a thousand million."""
    try:
        amount = Decimal(_BEFORE_FIGURES.sub("", text.strip())) if len(text) < 20 else Decimal(-1)
    except InvalidOperation:
        return ""
    return f"{amount:f}" if amount.is_finite() and 0 <= amount < 10**9 else ""


def _minor(text: str, currency: str, rounding: str) -> int | None:
    return int(Decimal(text).scaleb(digits(currency)).to_integral_value(rounding)) if text else None


def _major(bound: int, known: Prices, wanted: Prices, *, highest: bool = False) -> str:
    """A bound in the other currency: what the outermost amount of the store's own converts to that it lets through."""
    outermost = known.conversion.most(bound) if highest else known.conversion.least(bound)
    return f"{Decimal(wanted.conversion.convert(outermost)).scaleb(-digits(wanted.currency)):f}"
