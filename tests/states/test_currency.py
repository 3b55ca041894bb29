"""What a visitor sees who pays in another currency."""

from __future__ import annotations

import pytest

from services.identity.cookies import currency_cookie, visitor_cookie
from services.settings import settings
from store_app.states.cart import CartState
from store_app.states.currency import CurrencyState
from store_app.states.home import HomeState
from store_app.states.listing import ListingState
from store_app.states.product import ProductState
from store_app.states.search_box import SearchBoxState
from store_app.states.session import RELOAD, SessionState
from store_app.states.visit import VisitState
from tests.price_samples import sell_in, set_rate
from tests.shop_samples import stock_shop
from tests.states.tab import Tab

pytestmark = pytest.mark.usefixtures("resources")


def tab_in(currency: str) -> Tab:
    configuration = settings()
    return Tab(cookie=f"{visitor_cookie(configuration)}=ada; {currency_cookie(configuration)}={currency}")


async def listing_at(url: str, currency: str) -> ListingState:
    tab = tab_in(currency)
    tab.go(url)
    state = await tab.state(ListingState)
    await state.load_category()
    return state


async def test_every_place_shows_the_same_price() -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000, step=100, ending=95)
    tab = tab_in("EUR")
    await (await tab.state(VisitState)).load()
    home, cart = await tab.state(HomeState), await tab.state(CartState)
    await home.load()
    await cart.add_item("MUG")
    box = await tab.state(SearchBoxState)
    await box.suggest("mug")
    tab.go("/product/mug")
    product = await tab.state(ProductState)
    await product.load()
    shown = [home.home.new[0].price, cart.cart.subtotal, cart.cart.lines[0].unit_price, product.choice.price]
    assert [*shown, box.suggestions[-1].note] == ["€14.95"] * 5
    assert (await listing_at("/c/mugs", "EUR")).listing.cards[0].price == "€14.95"
    assert cart.cart.free_from == "€74.95"


async def test_the_header_says_what_one_pays_in_and_offers_the_others() -> None:
    await sell_in("EUR", 1_250_000)
    await sell_in("JPY", 190_000_000, enabled=False)
    tab = tab_in("EUR")
    await (await tab.state(VisitState)).load()
    shown = await tab.state(CurrencyState)
    assert shown.code == "EUR"
    assert [(each.code, each.symbol, each.current) for each in shown.choices] == [
        ("GBP", "£", False),
        ("EUR", "€", True),
    ]


async def test_a_currency_that_nobody_offers_shows_the_store_s_own() -> None:
    await stock_shop(MUG=5)
    tab = tab_in("CHF")
    await (await tab.state(VisitState)).load()
    assert (await tab.state(CurrencyState)).code == "GBP"
    assert (await listing_at("/c/mugs", "CHF")).listing.cards[0].price == "£12.00"


async def test_an_open_cart_leaves_a_currency_that_is_offered_no_more_at_the_next_page() -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    tab = tab_in("EUR")
    cart = await tab.state(CartState)
    await cart.add_item("MUG")
    await set_rate("EUR", 1_250_000, enabled=False)
    await (await tab.state(VisitState)).load()
    assert (cart.cart.subtotal, cart.cart.purchasable) == ("£12.00", True)


async def test_a_tab_that_knows_nothing_of_a_choice_in_another_follows_it_and_does_not_undo_it() -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    tab, other = tab_in("GBP"), tab_in("EUR")
    visit, cart = await tab.state(VisitState), await tab.state(CartState)
    await cart.add_item("MUG")
    await visit.load()
    await (await other.state(VisitState)).load()

    tab.go("/cart")
    await visit.load()

    assert cart.cart.subtotal == "€15.00"
    assert (await tab.state(SessionState)).mark == RELOAD


@pytest.mark.parametrize(
    ("query", "found"),
    [("max=15", 1), ("max=14.99", 0), ("min=15&max=15.00", 1), ("min=15.001", 0), ("max=€15", 1)],
)
async def test_bounds_are_in_the_visitor_s_currency(query: str, found: int) -> None:
    """The mug is £12.00, €15.00."""
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    assert (await listing_at(f"/c/mugs?{query}&currency=EUR", "EUR")).listing.total == found


async def test_a_link_of_somebody_who_pays_in_pounds_finds_the_same_in_yen() -> None:
    await stock_shop(MUG=5, JUG=5)
    await sell_in("JPY", 190_500_000, step=100)
    listing = (await listing_at("/c/mugs?min=11&max=12", "JPY")).listing
    assert listing.total == 2
    assert (listing.price_min, listing.price_max, listing.price_currency) == ("2100", "2300", "JPY")
    assert [link.label for link in listing.active] == ["From JP¥2100", "Up to JP¥2300"]
    assert "currency=JPY" in listing.active[0].href
    back = (await listing_at("/c/mugs?max=2300&currency=JPY", "")).listing
    assert (back.total, back.price_max, back.price_currency) == (2, "12.33", "")


async def test_bounds_in_a_currency_that_never_was_are_left_out() -> None:
    await stock_shop(MUG=5)
    listing = (await listing_at("/c/mugs?max=1&currency=CHF", "")).listing
    assert (listing.total, listing.price_max) == (1, "")
