"""The tree of categories: making, changing, ordering and removing them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from models.catalog import Category
from models.identity import Identity
from models.permissions import Permission
from services.catalog import service as catalog
from services.catalog.listing import CategoryNode
from services.errors import Conflict, Invalid, PreconditionFailed
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.category_drafts import changed_draft, new_draft
from store_app.admin.states.guard import admit, staff
from store_app.admin.view_models.categories import CategoryForm, CategoryRow
from store_app.admin.view_models.filters import Choice
from store_app.states.parsing import short_text
from store_app.states.toasts import toast

ERRORS: dict[str, str] = {"name": "", "slug": "", "parent": "", "description": "", "form": ""}


class StaffCategoriesState(rx.State):
    """`editing` and `deleting` say whether their dialog is open, `opened` counts how often the form was.

    `doomed_name` is the category asked about, `problem` why it can't be deleted.
    """

    rows: tuple[CategoryRow, ...] = ()
    parents: tuple[Choice, ...] = ()
    loaded: bool = False
    form: CategoryForm = CategoryForm()
    editing: bool = False
    errors: dict[str, str] = ERRORS
    deleting: bool = False
    opened: int = 0
    doomed_name: str = ""
    problem: str = ""
    _version: int | None = None
    _doomed: str = ""

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.MANAGE_CATALOG) is None:
                return
            tree = await catalog.list_categories(uow)
        self._show(tree)
        self.loaded = True

    @rx.event
    async def add(self, parent: str) -> None:
        """Open the form for a category below `parent`, or on the upper level."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
        self._open(CategoryForm(parent=short_text(parent, 80)), None)

    @rx.event
    async def edit(self, slug: str) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            node = await catalog.get_category(uow, short_text(slug, 80))
        category = node.category
        form = CategoryForm(
            slug_now=category.slug,
            name=category.name,
            parent=category.parent or "",
            description=category.description,
            movable=not node.children,
        )
        self._open(form, category.version)

    @rx.event
    async def save(self, fields: dict[str, Any]) -> None:
        """Store the form of the dialog; it closes when that worked, and a second press of its button does nothing."""
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_CATALOG)
                if not self.editing:
                    return
                category = await self._write(uow, fields, identity)
                tree = await catalog.list_categories(uow)
        except (Conflict, PreconditionFailed) as conflict:
            self.errors = ERRORS | {"form": conflict.detail}
        except Invalid as invalid:
            self.errors = ERRORS | (invalid.errors or {"form": invalid.detail})
        else:
            self._show(tree)
            self.editing = False
            await toast(self, f"Saved “{category.name}”.")

    @rx.event
    async def move(self, slug: str, by: int) -> None:
        """Up with -1, down with 1, among the categories of the same parent."""
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.MANAGE_CATALOG)
            tree = await catalog.list_categories(uow)
            siblings = _siblings(tree, short_text(slug, 80))
            place = next((index for index, each in enumerate(siblings) if each.slug == slug), -1)
            target = place + by if by in (-1, 1) else -1
            if place >= 0 and 0 <= target < len(siblings):
                siblings[place], siblings[target] = siblings[target], siblings[place]
                await _store_order(uow, siblings, identity)
                tree = await catalog.list_categories(uow)
        self._show(tree)

    @rx.event
    async def ask_delete(self, slug: str) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            category = (await catalog.get_category(uow, short_text(slug, 80))).category
        self._doomed, self.doomed_name = category.slug, category.name
        self.problem, self.deleting = "", True

    @rx.event
    async def delete(self) -> None:
        """Delete what was asked for; while anything is in it, say so instead."""
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_CATALOG)
                await catalog.delete_category(uow, self._doomed, by=identity)
                tree = await catalog.list_categories(uow)
        except Conflict as conflict:
            self.problem = conflict.detail
            return
        self._show(tree)
        self.deleting = False
        await toast(self, f"“{self.doomed_name}” is deleted.")

    @rx.event
    async def close(self) -> None:
        """Either dialog was closed in the browser."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
        self.editing = self.deleting = False

    async def _write(self, uow: UnitOfWork, fields: dict[str, Any], by: Identity) -> Category:
        if not self.form.slug_now:
            draft = new_draft(fields, await catalog.list_categories(uow))
            return await catalog.create_category(uow, draft, by=by)
        stored = (await catalog.get_category(uow, self.form.slug_now)).category
        return await catalog.update_category(
            uow, stored.slug, changed_draft(stored, fields), expected_version=self._version, by=by
        )

    def _open(self, form: CategoryForm, version: int | None) -> None:
        self.form, self._version = form, version
        self.errors = ERRORS
        self.editing = True
        self.opened += 1

    def _show(self, tree: Sequence[CategoryNode]) -> None:
        self.rows = tuple(_rows(tree))
        self.parents = tuple(Choice(node.category.slug, node.category.name) for node in tree)


def _rows(nodes: Sequence[CategoryNode]) -> list[CategoryRow]:
    rows: list[CategoryRow] = []
    for index, node in enumerate(nodes):
        row = CategoryRow(
            slug=node.category.slug,
            name=node.category.name,
            parent=node.category.parent or "",
            products=node.product_count,
            children=len(node.children),
            first=index == 0,
            last=index == len(nodes) - 1,
        )
        rows += [row, *_rows(node.children)]
    return rows


def _siblings(tree: Sequence[CategoryNode], slug: str) -> list[Category]:
    for nodes in (tree, *(node.children for node in tree)):
        categories = [node.category for node in nodes]
        if any(category.slug == slug for category in categories):
            return categories
    return []


async def _store_order(uow: UnitOfWork, categories: Sequence[Category], by: Identity) -> None:
    for position, category in enumerate(categories):
        if category.position != position:
            draft = changed_draft(category, {}, position=position)
            await catalog.update_category(uow, category.slug, draft, expected_version=category.version, by=by)
