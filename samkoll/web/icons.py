"""The icons of the interface: lines of two units on a 24 x 24 grid, drawn for Samkoll."""

from __future__ import annotations

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

PATHS = {
    "alarm": "M12 8v5l3 2M5 4 2.5 6.5M19 4l2.5 2.5M12 21a8 8 0 1 0 0-16 8 8 0 0 0 0 16",
    "arrow-right": "M4 12h16m-6-6 6 6-6 6",
    "arrow-up": "M12 20V5m-6 6 6-6 6 6",
    "check": "M4.5 12.5 10 18 19.5 7",
    "chevron": "m7 10 5 5 5-5",
    "circle": "M12 18.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13",
    "clock": "M12 7v5.5l3.5 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18",
    "cross": "m6 6 12 12M18 6 6 18",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "download": "M12 3v12m-5-5 5 5 5-5M4 20h16",
    "globe": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M3.5 9h17M3.5 15h17M12 3c5 5.5 5 12.5 0 18"
    "M12 3c-5 5.5-5 12.5 0 18",
    "history": "M4 5v5h5M4.5 10a8.5 8.5 0 1 1-.5 4.5M12 8v4.5l3 2",
    "home": "M4 11.5 12 4l8 7.5M6.5 10v10h11V10M10 20v-5h4v5",
    "import": "M12 3v11m-4.5-4.5L12 14l4.5-4.5M4 14v6h16v-6",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 11v5.5M12 7.5v.1",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "minus": "M5 12h14",
    "pencil": "M4 20l1-4.5L16 4.5l3.5 3.5-11 11zM14 6.5 17.5 10",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20c0-4 2.5-6.5 6.5-6.5"
    "s6.5 2.5 6.5 6.5M15.5 4.5a3.5 3.5 0 0 1 0 6M18 14c2.3 1 3.5 3 3.5 6",
    "plus": "M12 5v14M5 12h14",
    "report": "M12 4 2.5 20h19zM12 10v5M12 17.5v.1",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 20.5 20.5",
    "settings": "M4 7h9m4 0h3M4 17h3m4 0h9M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4M9 19a2 2 0 1 0 0-4 "
    "2 2 0 0 0 0 4",
    "shield": "M12 3 5 6v5.5c0 4.5 3 8 7 9.5 4-1.5 7-5 7-9.5V6zM9 12l2.2 2.2L15 10",
    "statistics": "M4 4v16h16M8 16v-4M12.5 16V8M17 16v-6",
    "stop": "M8.5 3h7L21 8.5v7L15.5 21h-7L3 15.5v-7zM12 7.5v5.5M12 16v.1",
    "target": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8",
    "todo": "M4 6.5 5.5 8 8.5 5M4 13l1.5 1.5 3-3M4 19.5 5.5 21l3-3M12 7h8M12 13.5h8M12 20h8",
    "unit": "M4 21V8l8-4 8 4v13M4 21h16M9 21v-5h6v5M8.5 11.5h.1M12 11.5h.1M15.5 11.5h.1",
    "user": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 21c.5-4.5 3-7 7.5-7s7 2.5 7.5 7",
    "warning": "M12 3.5 2 20.5h20zM12 10v4.5M12 17.3v.1",
    "wheel": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 3v9l6.5 6M12 12 4.5 7.5",
}
"""SVG paths by name."""


@cache
def svg(name: str) -> SafeString:
    """The icon, hidden from screen readers: words stand beside it. Raises: KeyError."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">'
        '<path d="{}"/></svg>',
        PATHS[name],
    )
