"""The chopping board and the bread on it."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, clipped, curve, ellipse, path, place, resting, speckle, stroke
from sandbox.artwork.palette import INK, Tones, lifted

CRUST: Final = "#B9773A"
CRUMB: Final = "#F0DDB6"
_BOARD: Final = (
    "M-206 -520Q-208 -556 -170 -560H-60Q-44 -566 -42 -590V-664Q-38 -706 0 -706T42 -664V-590"
    "Q44 -566 60 -560H170"
    "Q208 -556 206 -520L212 -40Q212 0 172 2H-172Q-212 0 -212 -40Z"
)
_GRAIN: Final = (
    "M-150 -556Q-166 -300 -150 0M-92 -558Q-120 -380 -96 -240T-104 0M-20 -590Q-60 -360 -20 -200T-34 0"
    "M34 -570Q70 -400 36 -220T56 0M110 -558Q90 -300 122 0M168 -558Q180 -300 164 0"
)


def chopping_board(t: Tones) -> str:
    """A handled board standing on end, 424 wide and 710 high, with a juice groove and a leather loop."""
    return (
        path(_BOARD, t.shade)
        + place(path(_BOARD, t.base), -9, -3)
        + clipped(
            _BOARD,
            stroke(_GRAIN, t.shade, 5, opacity=0.75),
            stroke(
                "M-60 -330Q-20 -366 14 -330Q26 -290 -6 -266Q-46 -282 -60 -330ZM-34 -322Q-16 -336 -4 -318",
                t.deep,
                4,
                opacity=0.5,
            ),
            path("M120 -560H220V10H150Q180 -300 120 -560Z", t.shade, opacity=0.45),
            path("M-206 -540Q-190 -556 -150 -552Q-180 -300 -168 -10H-212Z", t.light, opacity=0.8),
        )
        + ellipse(-4, -652, 17, 18, t.deep)
        + stroke("M-4 -654Q-58 -742 -20 -748T-2 -660", "#7A4B30", 8)
    )


def _board_front(t: Tones) -> str:
    lean = path("M210 850L236 290H640L700 850Z", INK, opacity=0.09)
    return lean + resting(chopping_board(t), 392, 870, 210, scale=1.06)


def loaf(x: float, y: float, scale: float = 1) -> str:
    """A round loaf seen from above, 300 wide before scaling, slashed and floured."""
    crust = curve(
        (-150, 0),
        (-120, -96),
        (-20, -128),
        (96, -112),
        (152, -20),
        (120, 90),
        (20, 122),
        (-92, 100),
        closed=True,
    )
    return place(
        place(path(crust, INK, opacity=0.18), 14, 18)
        + path(crust, CRUST)
        + path("M-60 112Q100 90 140 -60Q160 60 100 104Q20 136 -60 112Z", lifted(CRUST, -0.09))
        + path("M-120 -60Q-60 -120 40 -110Q-60 -80 -108 10Q-132 -20 -120 -60Z", lifted(CRUST, 0.08))
        + stroke("M-84 -56Q0 -70 60 -20M-92 6Q-10 -10 60 46M-50 -96Q40 -100 100 -50", CRUMB, 13)
        + speckle(2, 14, (-90, -90, 80, 80), "#F6EAD2", 3.4),
        x,
        y,
        scale=scale,
    )


def _slice(x: float, y: float, turn: float) -> str:
    shape = "M-84 60Q-110 -20 -84 -62Q0 -112 84 -62Q110 -20 84 60Q0 76 -84 60Z"
    return place(
        place(path(shape, INK, opacity=0.15), 8, 12)
        + path(shape, CRUST)
        + place(path(shape, CRUMB), 0, 1, scale=0.86)
        + speckle(9, 9, (-50, -50, 50, 40), "#DDBF8B", 5),
        x,
        y,
        turn=turn,
    )


def _board_with_bread(t: Tones) -> str:
    """From above, at work: a loaf, two slices and crumbs."""
    board = place(_BOARD, 0, 0)
    turned_board = place(path(board, INK, opacity=0.17), 420, 860, turn=8, scale=1.08)
    return (
        turned_board
        + place(
            path(board, t.base)
            + clipped(
                board,
                stroke(_GRAIN, t.shade, 5, opacity=0.75),
                path("M120 -560H220V10H150Q180 -300 120 -560Z", t.shade, opacity=0.45),
            )
            + stroke("M-176 -526H176Q182 -300 180 -32H-180Q-184 -300 -176 -526Z", t.deep, 6, opacity=0.45)
            + ellipse(0, -652, 17, 18, t.deep),
            402,
            838,
            turn=8,
            scale=1.08,
        )
        + loaf(440, 410, 1.0)
        + _slice(350, 616, -14)
        + _slice(474, 690, 12)
        + speckle(6, 12, (270, 560, 600, 780), CRUST, 5)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "chopping_board": Drawing(_board_front, _board_with_bread),
}
