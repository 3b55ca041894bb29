"""The demo catalogue reads like a shop's, and its files can't contradict themselves unnoticed."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

import sandbox.catalogue
from sandbox.artwork import ART_TYPES
from sandbox.artwork.palette import COLOURS, GROUNDS
from sandbox.catalogue import Catalogue, CatalogueError, VariantSeed, load

FILES = Path(sandbox.catalogue.__file__).parent
STRAIGHT_QUOTES_OR_MISSING_SIGNS = re.compile(r"[\"'`]| - |--|\.\.\.|\d ?x ?\d")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture
def variants(catalogue: Catalogue) -> list[VariantSeed]:
    return [variant for product in catalogue.products for variant in product.variants]


def test_it_fills_a_two_level_tree(catalogue: Catalogue) -> None:
    leaves = {category.slug for category in catalogue.categories if category.parent}
    tops = {category.slug for category in catalogue.categories if category.parent is None}
    stocked = Counter(product.category for product in catalogue.products)
    assert (len(tops), len(leaves)) == (5, 16)
    assert stocked.keys() == leaves
    assert min(stocked.values()) >= 3
    assert {catalogue.parent_of(leaf) for leaf in leaves} == tops == GROUNDS.keys()


def test_there_is_enough_to_browse(catalogue: Catalogue, variants: list[VariantSeed]) -> None:
    assert 66 <= len(catalogue.products) <= 72
    assert len(variants) >= 240
    assert 8 <= len({product.brand for product in catalogue.products}) <= 10


def test_every_slug_sku_and_title_is_its_own(catalogue: Catalogue, variants: list[VariantSeed]) -> None:
    for names in (
        [product.slug for product in catalogue.products],
        [product.title for product in catalogue.products],
        [product.subtitle for product in catalogue.products],
        [variant.sku for variant in variants],
    ):
        assert len(set(names)) == len(names)


def test_each_variant_is_one_existing_combination(catalogue: Catalogue) -> None:
    for product in catalogue.products:
        offered = {option.name: option.values for option in product.options}
        combinations = [tuple(variant.options.items()) for variant in product.variants]
        assert len(set(combinations)) == len(combinations), product.slug
        for variant in product.variants:
            assert variant.options.keys() == offered.keys(), variant.sku
            assert all(value in offered[name] for name, value in variant.options.items()), variant.sku


def test_some_combinations_are_not_made(catalogue: Catalogue) -> None:
    gaps = 0
    for product in catalogue.products:
        possible = 1
        for option in product.options:
            possible *= len(option.values)
        gaps += possible > len(product.variants)
    assert gaps >= 10


def test_prices_are_a_shops(variants: list[VariantSeed]) -> None:
    assert min(variant.price for variant in variants) >= 4_00
    assert max(variant.price for variant in variants) <= 290_00
    assert all(variant.compare_at_price > variant.price for variant in variants if variant.compare_at_price)


def test_some_things_are_on_sale_low_or_gone(catalogue: Catalogue, variants: list[VariantSeed]) -> None:
    on_sale = [p.slug for p in catalogue.products if any(v.compare_at_price for v in p.variants)]
    sold_out = [p.slug for p in catalogue.products if not any(v.on_hand for v in p.variants)]
    assert len(on_sale) == 9
    assert len(sold_out) == 2
    assert 12 <= sum(1 <= variant.on_hand <= 3 for variant in variants) <= 16
    assert 10 <= sum(variant.on_hand == 0 for variant in variants) <= 15
    assert max(variant.on_hand for variant in variants) <= 80


def test_the_home_page_has_something_featured_and_something_new(catalogue: Catalogue) -> None:
    tagged = Counter(tag for product in catalogue.products for tag in product.tags)
    assert tagged == {"featured": 8, "new": 10}
    newest = sorted(catalogue.products, key=lambda product: product.published_days_ago)[:10]
    assert all("new" in product.tags for product in newest)


def test_ratings_and_sales_are_believable(catalogue: Catalogue) -> None:
    for product in catalogue.products:
        assert 3.9 <= product.rating_average <= 4.9, product.slug
        assert 3 <= product.rating_count <= 240, product.slug
        assert product.rating_count <= product.sold <= 900, product.slug
        assert product.published_days_ago <= 400, product.slug


def test_every_picture_can_be_drawn(catalogue: Catalogue, variants: list[VariantSeed]) -> None:
    assert {product.art_type for product in catalogue.products} == ART_TYPES.keys()
    assert {variant.colour_art for variant in variants} <= set(COLOURS)
    colours = {v.options["Colour"] for v in variants if "Colour" in v.options}
    assert colours <= set(COLOURS)


def test_every_product_can_be_filtered(catalogue: Catalogue) -> None:
    for product in catalogue.products:
        assert {"Material", "Made in"} < product.attributes.keys(), product.slug
    used = {(name, value) for product in catalogue.products for name, value in product.attributes.items()}
    assert used == {(name, value) for name, values in catalogue.facets.items() for value in values}


def test_copy_is_the_length_a_page_expects(catalogue: Catalogue) -> None:
    for product in catalogue.products:
        assert len(product.title) <= 48, product.slug
        assert len(product.subtitle) <= 70, product.slug
        assert 2 <= len(product.description.split("\n\n")) <= 3, product.slug
        assert 200 <= len(product.description) <= 800, product.slug
        assert 3 <= len(product.details) <= 5, product.slug


def test_no_sentence_is_printed_twice(catalogue: Catalogue) -> None:
    sentences = Counter(
        sentence.strip()
        for product in catalogue.products
        for text in (product.description, *product.details, product.care)
        for sentence in re.split(r"(?<=[.!?])\s+", text)
    )
    assert [sentence for sentence, times in sentences.items() if times > 1] == []


def test_copy_is_set_with_printers_marks(catalogue: Catalogue) -> None:
    for product in catalogue.products:
        for text in (product.title, product.subtitle, product.description, *product.details, product.care):
            assert not STRAIGHT_QUOTES_OR_MISSING_SIGNS.search(text), text
            assert "  " not in text, text


@pytest.mark.parametrize(
    ("file", "sound", "broken", "complaint"),
    [
        ("tableware.toml", '"MUG-HAR-SEA-S"', '"MUG-HAR-CHA-S"', "The SKU MUG-HAR-CHA-S is used 2 times"),
        ("tableware.toml", "price = 1600", 'price = "1600"', "should be a valid integer"),
        ("tableware.toml", "price = 1600", "price = -1", "greater than 0"),
        ("tableware.toml", "subtitle", "subtitel", "Extra inputs are not permitted"),
        ("tableware.toml", '["Olive"]', '["Plum"]', "not a value of kelp-soup-bowl"),
        ("tableware.toml", '["Olive"]', '["Oat"]', "The combination of kelp-soup-bowl Oat is used 2 times"),
        ("tableware.toml", '["Olive"]', '["Olive", "Large"]', "must name one value for each option"),
        ("tableware.toml", "compare_at_price = 4800", "compare_at_price = 3800", "must be above its price"),
        ("wildlife.toml", 'art_colour = "Oak"', "", "has no colour to be drawn in"),
        ("wildlife.toml", 'art_colour = "Oak"', 'art_colour = "Mauve"', "a colour the palette does not have"),
        ("wildlife.toml", '"All year"', '"Always"', "which facets.toml does not list"),
        ("wildlife.toml", "[[product]]", "[[product", "wildlife.toml is not valid TOML"),
        ("categories.toml", 'parent = "garden"', 'parent = "pots"', "which is no top category"),
        ("facets.toml", '["Yes", "No"]', '"Yes"', "facets.toml needs correcting"),
    ],
)
def test_a_mistake_in_a_file_is_named(
    tmp_path: Path, file: str, sound: str, broken: str, complaint: str
) -> None:
    for source in FILES.glob("*.toml"):
        shutil.copy(source, tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert sound in text
    (tmp_path / file).write_text(text.replace(sound, broken), encoding="utf-8")
    with pytest.raises(CatalogueError, match=re.escape(complaint)):
        load(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    shutil.copy(FILES / "categories.toml", tmp_path)
    shutil.copy(FILES / "facets.toml", tmp_path)
    with pytest.raises(CatalogueError, match=r"tableware\.toml is missing"):
        load(tmp_path)
