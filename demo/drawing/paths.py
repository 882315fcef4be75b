"""Outlines: lists of points, in a square of 1000 by 1000 with the origin at the top left."""

import math
from collections.abc import Sequence

Point = tuple[float, float]
Path = list[Point]
STEPS = 14


def points(text: str) -> Path:
    """Points as they are written down: `"100,200 150,240"`."""
    return [(float(x), float(y)) for x, _, y in (pair.partition(",") for pair in text.split())]


def mirrored(half: Sequence[Point], axis: float = 500) -> Path:
    """A closed outline from its left half, given from top to bottom."""
    return [*half, *((2 * axis - x, y) for x, y in reversed(half))]


def rounded(corners: Sequence[Point], radius: float = 20) -> Path:
    """A polygon with its corners rounded."""
    path: Path = []
    for before, corner, after in zip((corners[-1], *corners[:-1]), corners, (*corners[1:], corners[0]), strict=True):
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        path += [_bend(start, corner, end, step / STEPS) for step in range(STEPS + 1)]
    return path


def smooth(points: Sequence[Point], *, closed: bool = True) -> Path:
    """A curve through all the points."""
    ring = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    path: Path = []
    for before, start, end, after in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        path += [_curve(before, start, end, after, step / STEPS) for step in range(STEPS)]
    return path if closed else [*path, points[-1]]


def box(left: float, top: float, right: float, bottom: float, radius: float = 20) -> Path:
    """A rectangle with rounded corners."""
    return rounded([(left, top), (right, top), (right, bottom), (left, bottom)], radius)


def ellipse(x: float, y: float, across: float, down: float) -> Path:
    """An ellipse around a middle, by its half axes."""
    turns = [2 * math.pi * step / 96 for step in range(96)]
    return [(x + across * math.cos(turn), y + down * math.sin(turn)) for turn in turns]


def arc(x: float, y: float, across: float, down: float, start: float, end: float) -> Path:
    """Part of an ellipse, from one angle to another, in degrees clockwise from the right."""
    turns = [math.radians(start + (end - start) * step / 48) for step in range(49)]
    return [(x + across * math.cos(turn), y + down * math.sin(turn)) for turn in turns]


def lathe(profile: Sequence[Point], axis: float = 500) -> Path:
    """A turned body from its profile: (height, half width) from top to bottom, the bottom a shallow curve."""
    side = smooth([(axis - half, y) for y, half in profile], closed=False)
    low, half = profile[-1]
    foot = [(axis + half * math.cos(turn), low + half * 0.16 * math.sin(turn)) for turn in _half_turn()]
    return [*side, *foot, *((2 * axis - x, y) for x, y in reversed(side))]


def turned(path: Sequence[Point], degrees: float, around: Point = (500, 500)) -> Path:
    """The outline, turned clockwise."""
    angle, (x0, y0) = math.radians(degrees), around
    sine, cosine = math.sin(angle), math.cos(angle)
    return [(x0 + (x - x0) * cosine - (y - y0) * sine, y0 + (x - x0) * sine + (y - y0) * cosine) for x, y in path]


def moved(path: Sequence[Point], across: float, down: float) -> Path:
    """The outline, elsewhere."""
    return [(x + across, y + down) for x, y in path]


def _half_turn() -> list[float]:
    return [math.pi - math.pi * step / 32 for step in range(1, 32)]


def _towards(start: Point, goal: Point, distance: float) -> Point:
    length = math.dist(start, goal) or 1
    share = min(distance, length / 2) / length
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share


def _bend(start: Point, corner: Point, end: Point, t: float) -> Point:
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return a * start[0] + b * corner[0] + c * end[0], a * start[1] + b * corner[1] + c * end[1]


def _curve(before: Point, start: Point, end: Point, after: Point, t: float) -> Point:
    x, y = (
        0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3)
        for p, q, r, s in zip(before, start, end, after, strict=True)
    )
    return x, y
