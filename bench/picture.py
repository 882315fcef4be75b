"""The results of a benchmark as a picture: processor time per request as bars, one group for each workload."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from statistics import median

from bench.contest import Heard
from bench.figures import OURS, Measured
from bench.workloads import ABOUT

COLOURS = {OURS: "#1f7a4d", "reference": "#8a8f98", "plain": "#a187b8", "json_agg": "#d9a441", "constant": "#6d8fc9"}
OTHERS = "#c07a7a"
WIDTH, NAMES, BARS = 760, 110, 450
LINE, GAP = 20, 34
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#24292f}.head{font-weight:600}.page{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.page{fill:#0d1117}}"
)
LEGEND = (
    "Milliseconds of processor for one request: of the answering process, and lighter of PostgreSQL. Less is better."
)


@dataclass(frozen=True, slots=True)
class Bar:
    """What somebody spends on a request, in milliseconds."""

    name: str
    own: float
    database: float

    @classmethod
    def of(cls, name: str, heard: Sequence[Heard]) -> "Bar":
        """The medians over the rounds."""
        return cls(name, median(each.cpu_ms for each in heard), median(each.database_ms for each in heard))

    @property
    def whole(self) -> float:
        """Both together."""
        return self.own + self.database


def picture(measured: Measured) -> str:
    """An SVG that can be read without anything beside it."""
    parts: list[str] = []
    top = 48
    for load in dict.fromkeys(load for load, _ in measured):
        bars = [Bar.of(name, heard) for (other, name), heard in measured.items() if other == load]
        parts.append(f'<text class="head" x="12" y="{top}">{load}: {escape(ABOUT[load])}</text>')
        parts += _group(bars, top + 8)
        top += 8 + LINE * len(bars) + GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top - GAP + 12}" role="img">'
        f"<title>{LEGEND}</title><style>{STYLE}</style>"
        f'<rect class="page" width="{WIDTH}" height="{top}"/><text x="12" y="20">{LEGEND}</text>'
        + "".join(parts)
        + "</svg>\n"
    )


def _group(bars: Sequence[Bar], top: float) -> Iterator[str]:
    """One bar a line, the longest filling the width."""
    longest = max(bar.whole for bar in bars) or 1
    for place, bar in enumerate(bars):
        y, own, rest = top + place * LINE, BARS * bar.own / longest, BARS * bar.database / longest
        fill = f'height="{LINE - 4}" fill="{COLOURS.get(bar.name, OTHERS)}"'
        yield f'<text x="{NAMES}" y="{y + 13}" text-anchor="end">{escape(bar.name)}</text>'
        yield f'<rect x="{NAMES + 8}" y="{y + 1}" width="{own:.1f}" {fill}/>'
        yield f'<rect x="{NAMES + 8 + own:.1f}" y="{y + 1}" width="{rest:.1f}" {fill} fill-opacity="0.4"/>'
        spent = f"{_written(bar.own)} + {_written(bar.database)} ms"
        yield f'<text x="{NAMES + 14 + own + rest:.1f}" y="{y + 13}">{spent}</text>'


def _written(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.1f}"
