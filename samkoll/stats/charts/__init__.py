"""Charts for pages and documents: values in, one picture out. No Django here.

Other packages enter here: describe a ``Chart``, then ``inline(chart)`` for a page or
``draw(chart)`` for a document.
"""

from __future__ import annotations

from samkoll.stats.charts.model import Chart, Point, Role, Series
from samkoll.stats.charts.picture import FONTS, Picture, draw, inline
from samkoll.stats.charts.standalone import standalone
from samkoll.stats.charts.uncertain import ControlChart, Dot, Edge, Fan, Funnel, Step

__all__ = [
    "FONTS",
    "Chart",
    "ControlChart",
    "Dot",
    "Edge",
    "Fan",
    "Funnel",
    "Picture",
    "Point",
    "Role",
    "Series",
    "Step",
    "draw",
    "inline",
    "standalone",
]
