"""Staff with the tree of categories."""

from __future__ import annotations

import pytest

from models.permissions import Role
from store_app.admin.states.categories import StaffCategoriesState
from tests.catalog_samples import add, add_categories, draft
from tests.shop_samples import sign_in
from tests.states.tab import Tab

pytestmark = pytest.mark.usefixtures("resources")


async def categories() -> StaffCategoriesState:
    """Table with mugs and plates below it, and garden with pots."""
    await add_categories()
    tab = Tab(cookie=(await sign_in("tom", Role.CATALOG_MANAGER))["cookie"])
    tab.go("/admin/categories")
    state = await tab.state(StaffCategoriesState)
    await state.load()
    return state


def names(state: StaffCategoriesState) -> list[str]:
    return [row.name for row in state.rows]


async def test_a_category_is_made_changed_and_moved() -> None:
    state = await categories()
    await state.add("table")
    await state.save({"name": "Jugs & pitchers", "parent": "table"})
    assert names(state) == ["Table", "Mugs", "Plates", "Jugs & pitchers", "Garden", "Pots"]
    assert not state.editing
    await state.move("jugs-pitchers", -1)
    await state.edit("jugs-pitchers")
    await state.save({"name": "Jugs", "parent": "table"})
    assert names(state) == ["Table", "Mugs", "Jugs", "Plates", "Garden", "Pots"]
    await state.move("table", -1)
    assert names(state)[0] == "Table"


async def test_what_is_wrong_is_said_in_the_dialog() -> None:
    state = await categories()
    await state.add("")
    await state.save({"name": " "})
    assert state.editing
    assert {name for name, text in state.errors.items() if text} == {"name"}
    await state.save({"name": "Mugs"})
    assert state.errors["form"]


async def test_a_category_with_goods_in_it_stays() -> None:
    state = await categories()
    await add(draft("Harbour mug"))
    await state.ask_delete("mugs")
    await state.delete()
    assert state.problem
    await state.ask_delete("pots")
    await state.delete()
    assert names(state) == ["Table", "Mugs", "Plates", "Garden"]
