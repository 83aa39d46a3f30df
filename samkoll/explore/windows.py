"""The windows of figures: rolling twelve months, a month, the year and the third of it so far."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.core.months import Month, Window
from samkoll.web.page import Words

Frame = Literal["r12", "manad", "ar", "tertial"]
"""Rolling twelve months, one month, the calendar year so far, the third of it so far."""
YEAR, THIRD = 12, 4
FRAMES: dict[Frame, Words] = {
    "r12": gettext_lazy("Tolv månader (R12)"),
    "manad": gettext_lazy("En månad"),
    "ar": gettext_lazy("Kalenderåret hittills"),
    "tertial": gettext_lazy("Tertialet hittills"),
}


def window_of(frame: Frame, last: Month) -> Window:
    """The months of a frame that end with ``last``."""
    lengths: dict[Frame, int] = {
        "r12": YEAR,
        "manad": 1,
        "ar": last.month,
        "tertial": (last.month - 1) % THIRD + 1,
    }
    return Window.rolling(last, lengths[frame])


def words(frame: Frame, last: Month) -> str:
    """``R12 2024-04``, ``2023``, ``2024 T1``; the months of a year or third that is not whole."""
    whole = {"ar": last.month == YEAR, "tertial": last.month % THIRD == 0}
    if not whole.get(frame):
        return str(window_of(frame, last))
    if frame == "ar":
        return str(last.year)
    return _("%(year)d T%(third)d") % {"year": last.year, "third": last.month // THIRD}
