"""Figures drawn with matplotlib, as SVG that follows the page's colours and is told in words too."""

from .chart import Chart
from .timeline import timeline

__all__ = ["Chart", "timeline"]
