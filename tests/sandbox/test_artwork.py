"""The demo shop's pictures: every type, both views, and the scenes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Final, get_args
from xml.etree import ElementTree

import pytest

from sandbox.artwork import ART_TYPES, COLOURS, SCENES, ViewName, draw, scene
from sandbox.artwork.logo import ASSETS, mark
from sandbox.artwork.palette import GROUNDS, tones

VIEWS: Final[tuple[ViewName, ...]] = get_args(ViewName)
PICTURES: Final = [(art_type, view) for art_type in sorted(ART_TYPES) for view in VIEWS]


def viewbox(svg: str) -> str:
    return ElementTree.fromstring(svg).attrib["viewBox"]  # noqa: S314 - our own output


def repeated_ids(svg: str) -> list[str]:
    return [name for name, count in Counter(re.findall(r'\bid="([^"]+)"', svg)).items() if count > 1]


def missing_ids(svg: str) -> set[str]:
    return set(re.findall(r"url\(#([^)]+)\)", svg)) - set(re.findall(r'\bid="([^"]+)"', svg))


@pytest.mark.parametrize(("art_type", "view"), PICTURES)
def test_a_product_picture_is_a_small_self_contained_svg(art_type: str, view: ViewName) -> None:
    svg = draw(art_type, "Sage", view, ground="table")

    assert viewbox(svg) == "0 0 800 1000"
    assert 1_000 <= len(svg.encode()) <= 7_000
    assert repeated_ids(svg) == []
    assert missing_ids(svg) == set()
    assert "nan" not in svg


@pytest.mark.parametrize(("art_type", "view"), PICTURES)
def test_a_product_picture_shows_its_colour(art_type: str, view: ViewName) -> None:
    plum, butter = (draw(art_type, colour, view, ground="home") for colour in ("Plum", "Butter"))

    assert plum != butter
    assert tones("Plum").base.lower() in plum.lower()


@pytest.mark.parametrize("art_type", sorted(ART_TYPES))
def test_the_detail_view_is_another_picture(art_type: str) -> None:
    assert draw(art_type, "Oat", "front", ground="home") != draw(art_type, "Oat", "detail", ground="home")


def test_every_colour_gives_five_different_tones() -> None:
    for colour in COLOURS:
        t = tones(colour)
        assert len({t.base, t.light, t.shade, t.deep, t.accent}) == 5, colour


def test_the_ground_takes_the_tint_of_its_category() -> None:
    for category, tint in GROUNDS.items():
        assert tint in draw("mug", "Rust", "front", ground=category)


def test_drawing_the_same_picture_twice_gives_the_same_bytes() -> None:
    assert draw("vase", "Sea", "front", ground="home") == draw("vase", "Sea", "front", ground="home")


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(KeyError):
        draw("spaceship", "Sage", "front", ground="table")


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_is_a_self_contained_svg_of_its_size(name: str) -> None:
    svg = scene(name)

    assert viewbox(svg) == ("0 0 1600 1000" if name == "hero" else "0 0 1200 900")
    assert len(svg.encode()) <= 45_000
    assert repeated_ids(svg) == []
    assert missing_ids(svg) == set()


def test_every_top_category_has_a_scene() -> None:
    assert set(SCENES) == {"hero", *GROUNDS}


@pytest.mark.parametrize("name", ["favicon.svg", "larkspur-mark.svg"])
def test_the_mark_in_the_assets_is_the_one_drawn(name: str) -> None:
    assert viewbox(mark()) == "0 0 64 64"
    assert Path(ASSETS / name).read_text(encoding="utf-8") == mark()
