"""Saved for later, hearts, and the word about a merge, in a tab."""

from __future__ import annotations

from typing import Any

import pytest

from models.ids import new_id
from models.saved import MergedLine, SavedReason
from services.errors import NotFound
from services.identity.cookies import visitor_cookie
from services.settings import settings
from store_app.states.cart import CartState
from store_app.states.merge import MergeState
from store_app.states.merge_words import in_one_line
from store_app.states.saved import SavedState
from store_app.states.toasts import ToastState
from store_app.states.visit import VisitState
from store_app.states.wishes import WishState
from tests.cart_samples import archive, browser, fill, sign_in_at
from tests.shop_samples import set_price, sign_in, stock_shop
from tests.states.purchases import set_on_hand
from tests.states.tab import Tab, events

pytestmark = pytest.mark.usefixtures("resources")


async def with_mugs(tab: Tab, units: int = 3) -> tuple[CartState, SavedState]:
    cart = await tab.state(CartState)
    await cart.add_item("MUG", units)
    return cart, await tab.state(SavedState)


async def test_a_saved_line_is_below_the_cart_until_it_moves_back() -> None:
    await stock_shop(MUG=5)
    tab = Tab()
    cart, saved = await with_mugs(tab)
    await saved.save("MUG")
    assert cart.cart.count == 0
    assert [(line.title, line.quantity, line.stock) for line in saved.lines] == [("Mug", 3, "In stock")]
    (message,) = (await tab.state(ToastState)).toasts
    assert (message.text, message.undoable) == ("Saved “Mug” for later.", True)
    again = Tab()
    await (await again.state(VisitState)).load()
    assert len((await again.state(SavedState)).lines) == 1
    await saved.move_to_cart("MUG")
    assert (cart.cart.count, saved.lines) == (3, [])


async def test_saved_lines_say_what_has_changed() -> None:
    await stock_shop(MUG=5)
    tab = Tab()
    _, saved = await with_mugs(tab)
    await saved.save("MUG")
    await set_price("MUG", 1500)
    await set_on_hand("MUG", 0)
    await (await tab.state(VisitState)).load()
    (line,) = saved.lines
    assert (line.price, line.note, line.stock, line.movable) == (
        "£15.00",
        "It was £12.00 when you last saw it.",
        "Sold out",
        False,
    )
    await archive(["mug"])
    await (await tab.state(VisitState)).load()
    assert (saved.lines[0].stock, saved.lines[0].href, saved.lines[0].title) == ("No longer sold", "", "Mug")


async def test_what_does_not_fit_stays_and_is_said() -> None:
    await stock_shop(MUG=5)
    tab = Tab()
    cart, saved = await with_mugs(tab)
    await saved.save("MUG")
    await set_on_hand("MUG", 2)
    await saved.move_to_cart("MUG")
    assert (cart.cart.count, saved.lines[0].quantity) == (2, 1)
    told = (await tab.state(ToastState)).toasts[-1].text
    assert told == "2 moved to your cart, 1 stay saved: no more can be had."


async def test_what_is_removed_from_the_list_comes_back_once() -> None:
    await stock_shop(MUG=5)
    tab = Tab()
    _, saved = await with_mugs(tab)
    toasts = await tab.state(ToastState)
    await saved.save("MUG")
    await saved.remove("MUG")
    assert saved.lines == []
    ((name, payload),) = events(toasts.undo(toasts.toasts[-1].id))
    assert name.endswith("saved_state.restore")
    for _ in range(2):
        await saved.restore(payload["removal"])
    assert [line.quantity for line in saved.lines] == [3]


async def signed_in_tab(name: str, visitor: str) -> Tab:
    headers = await sign_in(name)
    return Tab(cookie=f"{headers['cookie']}; {visitor_cookie(settings())}={visitor}")


async def test_a_sign_in_tells_once_in_each_tab_what_it_brought_and_can_be_undone() -> None:
    await stock_shop(MUG=4, BOWL=5)
    await fill(await sign_in_at("maya", at="phone"), MUG=2)
    await fill(browser("ada"), MUG=3, BOWL=1)
    tab, other = await signed_in_tab("maya", "ada"), await signed_in_tab("maya", "ada")
    for each in (tab, tab, other):
        await (await each.state(VisitState)).load()
    for each in (tab, other):
        (message,) = (await each.state(ToastState)).toasts
        assert message.text == (
            "Added 3 items from before you signed in. 1 × Mug is saved for later: only 4 left."
        )
    toasts, cart = await tab.state(ToastState), await tab.state(CartState)
    assert cart.cart.count == 5
    ((name, payload),) = events(toasts.undo(toasts.toasts[0].id))
    assert name.endswith("merge_state.undo")
    for each in (tab, other):
        await (await each.state(MergeState)).undo(payload["merge_id"])
    assert (cart.cart.count, cart.cart.lines[0].title) == (2, "Mug")
    saved = await tab.state(SavedState)
    assert {line.title: line.quantity for line in saved.lines} == {"Mug": 3, "Bowl": 1}
    fresh = await signed_in_tab("maya", "ada")
    await (await fresh.state(VisitState)).load()
    assert (await fresh.state(ToastState)).toasts == []


@pytest.mark.parametrize("merge_id", ["", "nothing", None])
async def test_there_is_no_undoing_what_never_was(merge_id: Any) -> None:
    tab = await signed_in_tab("maya", "ada")
    for wanted in (merge_id, str(new_id())):
        with pytest.raises(NotFound):
            await (await tab.state(MergeState)).undo(wanted)


def line(sku: str, moved: int, saved: int, reason: SavedReason = SavedReason.CHOSEN) -> MergedLine:
    return MergedLine(sku, moved, saved, reason, 4, 1200, None, 1200)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([line("MUG", 1, 0)], "Added 1 item from before you signed in."),
        (
            [line("MUG", 2, 2, SavedReason.SHORT), line("BOWL", 1, 0)],
            "Added 3 items from before you signed in. 2 × Mug are saved for later: only 4 left.",
        ),
        (
            [line("MUG", 0, 1, SavedReason.SOLD_OUT)],
            "From before you signed in: 1 × Mug is saved for later: sold out.",
        ),
        (
            [line("GONE", 0, 1, SavedReason.UNAVAILABLE)],
            "From before you signed in: 1 × GONE is saved for later: no longer sold.",
        ),
        (
            [line("MUG", 5, 2, SavedReason.TOO_MANY)],
            "Added 5 items from before you signed in. 2 × Mug are saved for later: a cart takes 99 of each.",
        ),
        (
            [line("MUG", 1, 2, SavedReason.SHORT), line("BOWL", 0, 1, SavedReason.SOLD_OUT)],
            "Added 1 item from before you signed in. 3 items are saved for later: there are not enough left.",
        ),
    ],
    ids=["all", "short", "sold out", "gone", "too many", "several"],
)
def test_what_a_merge_did_is_said_in_one_line(lines: list[MergedLine], words: str) -> None:
    assert in_one_line(lines, {"MUG": "Mug", "BOWL": "Bowl"}) == words


async def test_a_heart_is_full_in_every_tab_and_empty_again() -> None:
    await stock_shop(MUG=5)
    tab = Tab()
    hearts = await tab.state(WishState)
    await hearts.wish(str(new_id()), "mug", "MUG", True)
    (product_id,) = hearts.wished
    other = Tab()
    await (await other.state(VisitState)).load()
    assert (await other.state(WishState)).wished == [product_id]
    for _ in range(2):
        await hearts.wish(product_id, "mug", "MUG", False)
    assert hearts.wished == []


async def test_a_refused_heart_asks_to_be_put_right() -> None:
    hearts = await Tab().state(WishState)
    before = hearts.revision
    with pytest.raises(NotFound):
        await hearts.wish(str(new_id()), "nothing", "NOPE", True)
    assert hearts.revision > before


async def test_the_list_shows_what_can_be_had_and_puts_back_what_was_dropped() -> None:
    await stock_shop(MUG=5, BOWL=0)
    tab = Tab()
    hearts, toasts = await tab.state(WishState), await tab.state(ToastState)
    for slug in ("mug", "bowl"):
        await hearts.wish(str(new_id()), slug, "", True)
    await hearts.load()
    assert [(wish.title, wish.stock, wish.buyable) for wish in hearts.listed] == [
        ("Bowl", "Sold out", False),
        ("Mug", "In stock", True),
    ]
    await hearts.drop(hearts.listed[1].id)
    assert [wish.title for wish in hearts.listed] == ["Bowl"]
    ((_, payload),) = events(toasts.undo(toasts.toasts[-1].id))
    await hearts.wish_again(**payload)
    assert [wish.title for wish in hearts.listed] == ["Mug", "Bowl"]
