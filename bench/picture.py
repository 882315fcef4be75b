"""The results of a benchmark as a picture: processor time per request as bars, one group for each workload."""

from collections.abc import Iterator
from html import escape
from statistics import median

from bench.figures import OURS, Measured
from bench.workloads import ABOUT

COLOURS = {OURS: "#1f7a4d", "reference": "#8a8f98", "plain": "#b9a3c9", "json_agg": "#d9a441", "constant": "#6d8fc9"}
OTHERS = "#c98f8f"
WIDTH, NAMES, BARS = 720, 110, 470
LINE, GAP = 20, 34
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#24292f}.head{font-weight:600}.page{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.page{fill:#0d1117}}"
)


def picture(measured: Measured) -> str:
    """An SVG that can be read without anything beside it."""
    parts: list[str] = []
    top = 24
    for load in dict.fromkeys(load for load, _ in measured):
        bars = [
            (name, median(each.cpu_ms for each in heard)) for (other, name), heard in measured.items() if other == load
        ]
        bars = [(name, value) for name, value in bars if value]
        if not bars:
            continue
        parts.append(f'<text class="head" x="12" y="{top}">{load}: {escape(ABOUT[load])}</text>')
        parts += _group(bars, top + 8)
        top += 8 + LINE * len(bars) + GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top - 8}" role="img">'
        f"<title>Milliseconds of processor time per request</title><style>{STYLE}</style>"
        f'<rect class="page" width="{WIDTH}" height="{top}"/>'
        + "".join(parts)
        + f'<text x="12" y="{top - 18}">Milliseconds of the answering process for one request.</text></svg>\n'
    )


def _group(bars: list[tuple[str, float]], top: float) -> Iterator[str]:
    """One bar a line, the longest filling the width; how many times ours, behind the value."""
    longest = max(value for _, value in bars)
    ours = dict(bars).get(OURS)
    for place, (name, value) in enumerate(bars):
        y, width = top + place * LINE, max(1.0, BARS * value / longest)
        times = f" ({value / ours:.1f}x)" if ours and name != OURS else ""
        yield f'<text x="{NAMES}" y="{y + 13}" text-anchor="end">{escape(name)}</text>'
        colour, size = COLOURS.get(name, OTHERS), f'width="{width:.1f}" height="{LINE - 4}"'
        yield f'<rect x="{NAMES + 8}" y="{y + 1}" {size} rx="2" fill="{colour}"/>'
        yield f'<text x="{NAMES + 14 + width:.1f}" y="{y + 13}">{_written(value)}{times}</text>'


def _written(value: float) -> str:
    return f"{value:.3f} ms" if value < 1 else f"{value:.1f} ms"
