"""What the REST API takes and gives for categories."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, model_validator

from models.catalog import CategoryDraft
from services.catalog.representations import without
from services.catalog.service import CategoryNode


class CategoryResource(BaseModel):
    """`product_count` counts active products, those of the children included."""

    slug: str
    name: str
    parent: str | None
    position: int
    description: str
    image_url: str
    version: int
    product_count: int
    children: list[CategoryResource]

    @classmethod
    def of(cls, node: CategoryNode) -> CategoryResource:
        children = [cls.of(child) for child in node.children]
        return cls(**node.category.model_dump(), product_count=node.product_count, children=children)


_KEPT_OF_CATEGORY = frozenset(CategoryResource.model_fields) - frozenset(CategoryDraft.model_fields)


class CategoryInput(CategoryDraft):
    """A category as it is written; what GET answers can be sent back changed."""

    @model_validator(mode="before")
    @classmethod
    def _without_kept_fields(cls, data: Any) -> Any:
        return without(data, _KEPT_OF_CATEGORY)


class CategoryTree(BaseModel):
    items: list[CategoryResource]
    next_cursor: None = None
    total: int
