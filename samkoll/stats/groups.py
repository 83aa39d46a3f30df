"""Groups of people by name: staff groups, age bands and forms of employment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.core.text import MISSING, PROTECTED, number
from samkoll.stats.engine.breakdown import AGE_BANDS, FORMS, Dimension, Group
from samkoll.web.page import Words

DIMENSION_WORDS: dict[Dimension, Words] = {
    "staff_group": gettext_lazy("Personalgrupp"),
    "age_band": gettext_lazy("Ålder"),
    "form": gettext_lazy("Anställningsform"),
}
"""What people can be told apart by, besides unit and sex."""

_VALUES: dict[Dimension, dict[str, Words]] = {
    "staff_group": {},
    "age_band": dict(
        zip(
            AGE_BANDS,
            (
                gettext_lazy("Högst 29 år"),
                gettext_lazy("30–49 år"),
                gettext_lazy("50 år och äldre"),
            ),
            strict=True,
        )
    ),
    "form": dict(
        zip(
            FORMS,
            (
                gettext_lazy("Tillsvidareanställda"),
                gettext_lazy("Visstidsanställda"),
                gettext_lazy("Timavlönade"),
            ),
            strict=True,
        )
    ),
}


@dataclass(frozen=True, slots=True)
class Share:
    """A share of women in per cent, rounded as printed; ``value`` None where it is not shown."""

    state: str
    value: Decimal | None

    @property
    def text(self) -> str:
        """As printed: ``75``, ``..`` when protected, ``–`` when there is nothing."""
        if self.state == "protected":
            return PROTECTED
        return MISSING if self.value is None else number(self.value)


def group_label(group: Group) -> str:
    """The group's name: the staff group as the payroll system writes it."""
    known = _VALUES[group.dimension].get(group.value)
    return str(known) if known else group.value or _("Personalgrupp saknas")


def in_order(dimension: Dimension, values: tuple[str, ...]) -> list[str]:
    """Bands by age, forms as permanent, temporary and hourly, staff groups by name."""
    order = list(_VALUES[dimension])
    return [v for v in order if v in values] if order else sorted(values, key=str.casefold)
