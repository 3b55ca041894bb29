"""From the form of a category to the draft that is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from models.catalog import Category, CategoryDraft, slugify
from services.catalog.listing import CategoryNode
from services.errors import Invalid
from store_app.states.parsing import short_text


def new_draft(fields: dict[str, Any], tree: Sequence[CategoryNode]) -> CategoryDraft:
    """A new category, the last of its level. Raises Invalid."""
    name, parent = short_text(fields.get("name"), 200), short_text(fields.get("parent"), 80)
    nodes = next((node.children for node in tree if node.category.slug == parent), tree)
    return _checked(
        slug=short_text(fields.get("slug"), 200) or slugify(name),
        name=name,
        parent=parent or None,
        description=short_text(fields.get("description"), 2000, lines=True),
        position=max((node.category.position for node in nodes), default=-1) + 1,
    )


def changed_draft(stored: Category, fields: dict[str, Any], **more: Any) -> CategoryDraft:
    """What was typed over what is stored. Raises Invalid."""
    kept = stored.model_dump(include=set(CategoryDraft.model_fields))
    texts: dict[str, Any] = {
        name: short_text(fields[name], 2000, lines=name == "description")
        for name in ("name", "description", "parent")
        if name in fields
    }
    values = {**kept, **texts, **more}
    return _checked(**{**values, "parent": values["parent"] or None})


def _checked(**values: Any) -> CategoryDraft:
    try:
        return CategoryDraft(**values)
    except ValidationError as error:
        messages = {
            "name": "Give the category a name of up to 120 characters.",
            "slug": "Use lower-case letters, digits and single hyphens.",
            "description": "At most 500 characters.",
        }
        names = [str(found["loc"][0]) for found in error.errors() if found["loc"]]
        if "name" in names and not values["slug"]:
            names.remove("slug")
        errors = {name: messages.get(name, "This can't be used.") for name in names}
        raise Invalid("The category can't be saved as it is.", errors) from error
