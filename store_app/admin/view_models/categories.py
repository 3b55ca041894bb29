"""The tree of categories, flat and in order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """`first` and `last` among its neighbours; `children` counts the categories below it."""

    slug: str
    name: str
    parent: str
    products: int
    children: int
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class CategoryForm:
    """`slug_now` is empty for a new category; one with others below it can't get a parent."""

    slug_now: str = ""
    name: str = ""
    parent: str = ""
    description: str = ""
    movable: bool = True
