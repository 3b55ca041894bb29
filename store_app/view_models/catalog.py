"""Products and categories as they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from store_app.view_models.links import FIRST_PAGE, NOWHERE, Link, Pages


@dataclass(frozen=True, slots=True)
class Swatch:
    name: str
    css: str


@dataclass(frozen=True, slots=True)
class Card:
    """A product in a list, as its variant `sku`. `before` is the price it had, `prefix` "From" when prices differ."""

    id: str
    sku: str
    slug: str
    href: str
    title: str
    image_url: str
    image_alt: str
    second_image_url: str
    price: str
    prefix: str
    before: str
    badge: str
    badge_tone: str
    swatches: tuple[Swatch, ...]
    more_swatches: int


@dataclass(frozen=True, slots=True)
class CategoryTile:
    name: str
    href: str
    description: str
    image_url: str


@dataclass(frozen=True, slots=True)
class HomeView:
    departments: tuple[CategoryTile, ...] = ()
    featured: tuple[Card, ...] = ()
    new: tuple[Card, ...] = ()
    on_sale: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """`href` leads to the listing with this value taken in, or out when it is chosen."""

    label: str
    count: int
    chosen: bool
    href: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class FacetView:
    name: str
    label: str
    chosen: int
    choices: tuple[FacetChoice, ...]
    more: tuple[FacetChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A category page or a page of search results. `key` is the slug or the search text it answers.

    `corrected` is a search that does find something, when this one doesn't. `price_currency` is what the bounds of the
    price are in, empty for the store's own, `price_words` its name.
    """

    key: str = ""
    title: str = ""
    description: str = ""
    crumbs: tuple[Link, ...] = ()
    chips: tuple[Link, ...] = ()
    total: int = 0
    total_text: str = ""
    cards: tuple[Card, ...] = ()
    facets: tuple[FacetView, ...] = ()
    toggles: tuple[FacetChoice, ...] = ()
    active: tuple[Link, ...] = ()
    clear_href: str = ""
    sort: str = ""
    price_min: str = ""
    price_max: str = ""
    price_symbol: str = ""
    price_words: str = ""
    price_currency: str = ""
    pages: Pages = FIRST_PAGE
    corrected: Link = NOWHERE


@dataclass(frozen=True, slots=True)
class Picture:
    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class OptionValue:
    """`exists` is False for a value that isn't made with what is chosen before it."""

    name: str
    css: str
    chosen: bool
    exists: bool
    in_stock: bool


@dataclass(frozen=True, slots=True)
class OptionView:
    """`missing` says in words which values can't be had and why; empty when all can."""

    name: str
    chosen: str
    swatches: bool
    choices: tuple[OptionValue, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The variant that is chosen on a product page. `pulse` counts how often its price changed before one's eyes."""

    sku: str = ""
    label: str = ""
    price: str = ""
    before: str = ""
    saving: str = ""
    options: tuple[OptionView, ...] = ()
    pictures: tuple[Picture, ...] = ()
    pictures_key: str = ""
    pulse: int = 0


@dataclass(frozen=True, slots=True)
class Supply:
    """Whether the chosen variant can be had. By itself, since it changes most often while somebody looks: `pulse`
    counts that. `tone` is success, warning or error."""

    text: str = ""
    tone: str = "success"
    buyable: bool = False
    most: int = 1
    pulse: int = 0


@dataclass(frozen=True, slots=True)
class ProductDetail:
    id: str = ""
    slug: str = ""
    title: str = ""
    subtitle: str = ""
    brand: str = ""
    crumbs: tuple[Link, ...] = ()
    paragraphs: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    care: str = ""
    facts: tuple[Fact, ...] = ()
    rating: str = ""
    rating_count: str = ""
