"""The catalogue the demo shop opens with: ``load()`` reads it from the TOML files in this folder."""

from __future__ import annotations

from sandbox.catalogue.reading import CatalogueError, load
from sandbox.catalogue.seeds import Catalogue, CategorySeed, OptionSeed, ProductSeed, VariantSeed

__all__ = ["Catalogue", "CatalogueError", "CategorySeed", "OptionSeed", "ProductSeed", "VariantSeed", "load"]
