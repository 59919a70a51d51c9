"""Bar and line charts that say what their axes are and can be read in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

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
    chart.legend.position = "b"
    return chart


def paint(series: Series, number: int) -> None:
    """Give a line a weight, a dash and a mark of its own: grey print has no colours."""
    colour = (NAVY, GREY)[number % 2]
    series.graphicalProperties = GraphicalProperties(
        ln=LineProperties(solidFill=colour, w=28_000, prstDash=("solid", "sysDash")[number % 2])
    )
    series.marker.symbol = ("circle", "diamond")[number % 2]
    series.marker.size = 6
    series.marker.graphicalProperties = GraphicalProperties(solidFill=colour)
    series.smooth = False


def dress(chart: Chart, look: Look) -> None:
    """Give a chart its titles, axes and size."""
    chart.title, chart.x_axis.title, chart.y_axis.title = look.title, look.across, look.upright
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = small()
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=GREY))
    for title, size in ((chart.title, 1200), (chart.x_axis.title, 900), (chart.y_axis.title, 900)):
        properties = CharacterProperties(sz=size, b=size > 1000)
        for paragraph in title.tx.rich.p:
            paragraph.pPr = ParagraphProperties(defRPr=properties)
            for run in paragraph.r:
                run.rPr = properties
    chart.title.overlay = False
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    chart.y_axis.number_format = look.format
    chart.y_axis.scaling.min = 0
    chart.y_axis.scaling.max = look.top
    chart.width, chart.height = look.width, look.height
    if isinstance(chart, BarChart):
        chart.legend = None


def small() -> RichText:
    """Return the text properties of axis labels."""
    properties = ParagraphProperties(defRPr=CharacterProperties(sz=850))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=CharacterProperties(sz=850))])
