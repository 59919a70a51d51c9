"""Bar and line charts that say what their axes are and can be read in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)

from qa_checker.reports.cells import Range
from qa_checker.reports.theme import BLUE, GREY, LINE, NAVY

Chart = BarChart | LineChart


@dataclass(frozen=True, slots=True)
class Look:
    """What a chart is called, what its axes are called, and its size in centimetres."""

    title: str
    across: str
    upright: str
    width: float = 14
    height: float = 7
    top: float | None = None
    format: str = "General"
    step: float | None = None


def bars(look: Look, labels: Range, values: Range, *, lying: bool = False) -> BarChart:
    """Return a chart of standing bars, or of lying ones with the first on top."""
    chart = BarChart()
    chart.type = "bar" if lying else "col"
    series = SeriesFactory(str(values), title=look.upright)
    series.graphicalProperties = GraphicalProperties(solidFill=BLUE if lying else NAVY)
    series.dLbls = DataLabelList(showVal=True)
    for extra in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(series.dLbls, extra, False)
    series.dLbls.numFmt = look.format
    chart.series.append(series)
    chart.set_categories(str(labels))
    chart.gapWidth = 40 if lying else 30
    dress(chart, look)
    if lying:
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
    return chart


def trend(look: Look, labels: Range, lines: Sequence[tuple[str, Range]]) -> LineChart:
    """Return a chart of lines over calls, the second and later ones dashed."""
    chart = LineChart()
    for number, (name, values) in enumerate(lines):
        series = SeriesFactory(str(values), title=name)
        paint(series, number)
        chart.series.append(series)
    chart.set_categories(str(labels))
    dress(chart, look)
    chart.legend = Legend(legendPos="b")
    return chart


def paint(series: Series, number: int) -> None:
    """Give a line a weight, a dash and a mark of its own: grey print has no colours."""
    colour = (NAVY, GREY)[number % 2]
    line = LineProperties(solidFill=colour, w=28_000, prstDash=("solid", "sysDash")[number % 2])
    series.graphicalProperties = GraphicalProperties(ln=line)
    marker = Marker("circle", 6, GraphicalProperties(solidFill=colour))
    if number % 2:
        marker.symbol = "diamond"
    series.marker = marker
    series.smooth = False


def dress(chart: Chart, look: Look) -> None:
    """Give a chart its titles, axes and size."""
    chart.title = titled(look.title, 1200)
    chart.x_axis.title, chart.y_axis.title = titled(look.across, 900), titled(look.upright, 900)
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = small()
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=GREY))
    grid = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    chart.y_axis.majorGridlines = ChartLines(spPr=grid)
    chart.y_axis.number_format = look.format
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, look.top
    chart.y_axis.majorUnit = look.step
    chart.width, chart.height = look.width, look.height  # type: ignore[assignment]
    if isinstance(chart, BarChart):
        chart.legend = None


def titled(text: str, size: int) -> Title | None:
    """Return the title of a chart or axis, `size` in hundredths of a point; None for no text."""
    if not text:
        return None
    looks = CharacterProperties(sz=size, b=size > 1000)
    run = RegularTextRun(rPr=looks, t=text)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=looks), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def small() -> RichText:
    """Return the text properties of axis labels."""
    properties = ParagraphProperties(defRPr=CharacterProperties(sz=850))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=CharacterProperties(sz=850))])
