from __future__ import annotations

import pytest

from index.out_of_sight import is_out_of_sight, pixels


def style(text: str) -> dict[str, str]:
    declared = (part.partition(":") for part in text.split(";"))
    return {name.strip(): value.strip().lower() for name, _, value in declared}


@pytest.mark.parametrize(
    "hidden",
    [
        "position: absolute; left: -100vw",
        "position: fixed; top: -200vh",
        "position: absolute; left: -150%",
        "position: absolute; left: 9999px",
        "position: absolute; left: calc(-1 * 9999px)",
        "position: absolute; inset: 0 auto auto -9999px",
        "margin: 0 0 0 -9999px",
        "transform: translateX(-200%)",
        "transform: translate(0, -9999px)",
        "transform: scale(0.001)",
        "transform: scaleY(0)",
        "transform: matrix(0, 0, 0, 0, 0, 0)",
        "transform: rotateX(90deg)",
        "transform: rotateY(.25turn)",
        "transform: rotate3d(1, 0, 0, 90deg)",
        "transform: rotate3d(1, 1, 0, 100grad)",
        "transform: rotatex(1.5708rad)",
        "rotate: y 270deg",
        "rotate: 1 0 0 -90deg",
        "transform: scale(0%)",
        "transform: scale3d(0, 0, 1)",
        "transform: scale(calc(0 * 1))",
        "transform: matrix3d(0,0,0,0, 0,0,0,0, 0,0,1,0, 0,0,0,1)",
        "scale: 1%",
        "scale: 1 0",
        "clip-path: polygon(0 0, 0 0, 0 0)",
        "clip-path: polygon(-200% 0, -100% 0, -100% 100%)",
        "clip-path: polygon(evenodd, 100% 0, 200% 0, 150% 100%)",
        "clip-path: polygon(0 -9px, 50% -9px, 50% 0px)",
        "-webkit-clip-path: polygon(50% 0, 50% 100%, 50% 50%)",
        "opacity: 0; animation: pulse 2s infinite",
        "opacity: 0; animation-name: pulse; animation-iteration-count: infinite",
        "opacity: 0; animation: fade 1s paused",
        "opacity: 0; animation: fade 1s 99999s",
        "opacity: 0; animation: none; transition: none",
        "translate: -9999px 0",
        "scale: 0",
        "text-indent: 100%; white-space: nowrap; overflow: hidden",
        "clip-path: inset(0 0 100% 0)",
        "clip-path: inset(50%)",
        "clip-path: circle(0)",
        "block-size: 0; overflow: hidden",
        "height: 0; contain: paint",
        "mask-image: linear-gradient(transparent, transparent)",
        "filter: opacity(0)",
        "filter: blur(40px)",
        "opacity: 0.01",
    ],
)
def test_out_of_sight(hidden: str) -> None:
    assert is_out_of_sight(style(hidden))


@pytest.mark.parametrize(
    "shown",
    [
        "position: absolute; left: -20px; top: 100%",
        "position: relative; left: calc(50% - 800px)",
        "left: -9999px",  # of what is not placed it says nothing
        "margin: 0 0 40px -20px",
        "margin-left: -100%",
        "margin: -1.5em calc(50% - 50vw)",
        "transform: translate(-50%, -50%)",
        "transform: scale(1.05) rotate(90deg)",
        "transform: matrix(1, 0, 0, 1, 0, 0)",
        "transform: none; translate: none",
        "scale: 1",
        "text-indent: 2em; overflow: hidden",
        "clip-path: inset(0 10% 0 10%)",
        "clip-path: circle(0.5em)",
        "height: 0",
        "max-height: 40em; overflow: hidden",
        "mask-image: linear-gradient(#000, transparent)",
        "filter: blur(0)",
        "opacity: 0; transition: opacity 1s",
        "opacity: 0; animation: fade-in 400ms ease 1s forwards",
        "opacity: .9; animation: pulse 2s infinite",
        "transform: rotate3d(0, 0, 1, 90deg)",
        "transform: rotateX(45deg) scale(100%)",
        "transform: scaleZ(0)",
        "transform: matrix3d(1,0,0,0, 0,1,0,0, 0,0,1,0, 0,0,0,1)",
        "rotate: 90deg",
        "rotate: z 90deg",
        "clip-path: polygon(0 0, 100% 0, 100% 90%, 0 100%)",
        "clip-path: polygon(0 0, 100px 0, 100px 100px)",
        "clip-path: polygon(50% 0%, 0% 100%, 100% 100%)",
        "opacity: .9; zoom: 1",
    ],
)
def test_in_sight(shown: str) -> None:
    assert not is_out_of_sight(style(shown))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12px", 12),
        ("-2em", -32),
        ("calc(-1 * 9999px)", -9999),
        ("calc(10px - 4px)", 6),
        ("calc(50% - 4px)", 7),
        ("calc(var(--a) * 2)", 7),
        ("min(0px, 3px)", 0),
        ("clamp(1px, 2vw, 20px)", 20),
        ("auto", 7),
    ],
)
def test_a_length_in_pixels(value: str, expected: float) -> None:
    assert pixels(value, 7) == pytest.approx(expected)
