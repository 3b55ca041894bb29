"""The icons: single strokes on a 24 px grid."""

from __future__ import annotations

from typing import Any

import reflex as rx

PATHS: dict[str, tuple[str, ...]] = {
    "alert": ("M12 4 2.8 19.5h18.4L12 4Z", "M12 10v4.2", "M12 16.9v.1"),
    "arrow-down": ("M12 4.5v15", "m6 13.5 6 6 6-6"),
    "arrow-left": ("M19.5 12h-15", "m10.5 6-6 6 6 6"),
    "arrow-right": ("M4.5 12h15", "m13.5 6 6 6-6 6"),
    "arrow-up": ("M12 19.5v-15", "m6 10.5 6-6 6 6"),
    "bag": ("M5 8.5h14l1 12H4l1-12Z", "M8.5 11V7a3.5 3.5 0 0 1 7 0v4"),
    "box": ("M4 8.2 12 4l8 4.2v8.2L12 20.5l-8-4.1V8.2Z", "m4 8.2 8 4.1 8-4.1", "M12 12.3v8.2"),
    "check": ("m4.5 12.5 5 5 10-11",),
    "chevron-down": ("m6 9.5 6 6 6-6",),
    "chevron-right": ("m9.5 6 6 6-6 6",),
    "close": ("m6 6 12 12", "M18 6 6 18"),
    "edit": ("m5 19 .8-4L16.5 4.3l3.2 3.2L9 18.2 5 19Z", "m14.2 6.6 3.2 3.2"),
    "filter": ("M4 7h10", "M18 7h2", "M16 5v4", "M4 16h3", "M11 16h9", "M9 14v4"),
    "home": ("m4 11 8-6.5 8 6.5", "M6 9.5V20h12V9.5", "M10 20v-5.5h4V20"),
    "image": ("M4 5h16v14H4z", "m4 16.5 5-4.5 4 3.5 3-2.5 4 3.5", "M15.5 9.2v.1"),
    "info": ("M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z", "M12 11v5.5", "M12 7.7v.1"),
    "leaf": ("M5 19C4 10 9 5 19.5 4.5 20 14 15 19.5 7.5 17.5", "M5 19.5C7 15 10 12 14 10"),
    "menu": ("M4 7.5h16", "M4 12.5h16", "M4 17.5h10"),
    "minus": ("M5.5 12h13",),
    "moon": ("M19.5 14.3A8 8 0 0 1 9.7 4.5a8 8 0 1 0 9.8 9.8Z",),
    "plus": ("M5.5 12h13", "M12 5.5v13"),
    "return": ("M9 6 4.5 10.5 9 15", "M4.5 10.5h10a5 5 0 0 1 0 10H11"),
    "search": ("M10.7 4.5a6.2 6.2 0 1 0 0 12.4 6.2 6.2 0 0 0 0-12.4Z", "m15.3 15.3 4.4 4.4"),
    "shop": (
        "M4.5 9.5 6 4.5h12l1.5 5",
        "M4.5 9.5a2.5 2.5 0 0 0 5 0 2.5 2.5 0 0 0 5 0 2.5 2.5 0 0 0 5 0",
        "M6 12v8h12v-8",
    ),
    "sign-out": ("M14 5H5v14h9", "M10 12h10", "m16.5 8.5 3.5 3.5-3.5 3.5"),
    "sliders": ("M4 8h8", "M17 8h3", "M14.5 5.5v5", "M4 16h3", "M12 16h8", "M9.5 13.5v5"),
    "sun": (
        "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z",
        "M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2",
        "m5.3 5.3 1.4 1.4m10.6 10.6 1.4 1.4m0-13.4-1.4 1.4M6.7 17.3l-1.4 1.4",
    ),
    "star": ("m12 4 2.5 5.2 5.7.8-4.1 4 1 5.7L12 17l-5.1 2.7 1-5.7-4.1-4 5.7-.8L12 4Z",),
    "tag": ("M4 4.5h7.5l8.5 8.5-7 7-9-9V4.5Z", "M8 8.4v.1"),
    "trash": ("M4.5 7h15", "M9.5 7V4.5h5V7", "m6.5 7 .8 12.5h9.4L17.5 7"),
    "tree": ("M4 5.5h8", "M10 12h10", "M10 18.5h10", "M5.5 8.5V18.5H7.5", "M5.5 12h2"),
    "truck": (
        "M3 6.5h11v10H3z",
        "M14 10h4l3 3.2v3.3h-7",
        "M7 16.5a1.9 1.9 0 1 0 0 .1M17.5 16.5a1.9 1.9 0 1 0 0 .1",
    ),
    "user": (
        "M12 4.5a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4Z",
        "M4.5 20c.7-4 3.6-5.8 7.5-5.8s6.8 1.8 7.5 5.8",
    ),
}


def icon(name: str, **props: Any) -> rx.Component:
    """A decorative icon; what it stands for is said in text beside it or in the control's label."""
    class_name = props.pop("class_name", "")
    return rx.el.svg(
        *(rx.el.path(d=path) for path in PATHS[name]),
        view_box="0 0 24 24",
        class_name=f"icon {class_name}".strip(),
        aria_hidden=True,
        **props,
    )
