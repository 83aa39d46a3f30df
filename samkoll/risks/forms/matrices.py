"""The form in which a matrix is written: axes, values, bands, and what is proposed as serious."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samkoll.risks import matrix
from samkoll.risks.matrix import AXES, KEYS, Fault

Content = dict[str, Any]
_HIGHEST = 999


class MatrixForm(forms.Form):
    """All of one matrix; the fields follow the size that ``sizes`` names."""

    def __init__(
        self, *args: Any, content: Content, sizes: tuple[int, int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.sizes, self.content = sizes, content
        for axis, size, word in zip(AXES, sizes, _axis_words(), strict=True):
            for step in range(1, size + 1):
                self._step(axis, step, word)
        for key, word in zip(KEYS, _band_words(), strict=True):
            self._band(key, word)
        grid = _resized(content, sizes)
        for r in range(1, sizes[0] + 1):
            for c in range(1, sizes[1] + 1):
                label = _("Värde för sannolikhet %(p)s, konsekvens %(c)s") % {"p": r, "c": c}
                self._number(f"cell-{r}-{c}", label, grid[r - 1][c - 1])
        level, worst = _("Föreslå allvarlig från nivå"), _("Föreslå allvarlig från konsekvens")
        self._number("serious_from_level", level, content["serious_from_level"])
        self._number("serious_from_consequence", worst, content["serious_from_consequence"])

    def written(self) -> Content:
        """The content as typed; ``matrix.faults`` says what it lacks."""
        data = self.cleaned_data
        rows, columns = self.sizes
        return {
            **{axis: self._steps(axis, size) for axis, size in zip(AXES, self.sizes, strict=True)},
            "grid": [
                [data.get(f"cell-{r}-{c}") for c in range(1, columns + 1)]
                for r in range(1, rows + 1)
            ],
            "bands": [
                {"key": key, "from": data[f"from-{key}"], "label": self._words(f"band-{key}")}
                for key in KEYS
                if data.get(f"from-{key}")
            ],
            "serious_from_level": data.get("serious_from_level") or 0,
            "serious_from_consequence": data.get("serious_from_consequence") or 0,
        }

    def show(self, faults: list[Fault]) -> None:
        """Put each fault as a sentence on the field that it is about."""
        for fault in faults:
            name, sentence = _sentence(fault)
            self.add_error(name if name in self.fields else None, sentence)

    def axis_fields(self) -> list[tuple[str, list[list[forms.BoundField]]]]:
        """The fields of each axis, under its word, step by step."""
        return [
            (word, [self._row(f"{axis}-{step}-") for step in range(1, size + 1)])
            for axis, word, size in zip(AXES, _axis_words(), self.sizes, strict=True)
        ]

    def band_fields(self) -> list[list[forms.BoundField]]:
        """The fields of each band, and last of what is proposed as serious."""
        bands = [[*self._row(f"band-{key}-"), self[f"from-{key}"]] for key in KEYS]
        return [*bands, self._row("serious")]

    def _row(self, start: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(start)]

    def grid_fields(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The values, the highest probability first, as the picture shows them."""
        rows, columns = self.sizes
        return [
            (r, [self[f"cell-{r}-{c}"] for c in range(1, columns + 1)]) for r in range(rows, 0, -1)
        ]

    def _step(self, axis: str, step: int, word: str) -> None:
        known = self.content[axis]
        item = known[step - 1] if step <= len(known) else {"label": {}, "help": {}}
        for part, name in (("label", _("ord")), ("help", _("när steget väljs"))):
            for language, ending in (("sv", ""), ("en", _(" på engelska"))):
                self.fields[f"{axis}-{step}-{part}-{language}"] = forms.CharField(
                    label=f"{word} {step}: {name}{ending}",
                    max_length=80,
                    required=(part, language) == ("label", "sv"),
                    initial=item.get(part, {}).get(language, ""),
                )

    def _band(self, key: str, word: str) -> None:
        item: Content = next((b for b in self.content["bands"] if b["key"] == key), {"label": {}})
        for language, ending in (("sv", ""), ("en", _(" på engelska"))):
            self.fields[f"band-{key}-{language}"] = forms.CharField(
                label=_("Bandet %(band)s: ord%(ending)s") % {"band": word, "ending": ending},
                max_length=40,
                required=False,
                initial=item["label"].get(language, ""),
            )
        label = _("Bandet %(band)s: från nivå") % {"band": word}
        self._number(f"from-{key}", label, item.get("from"), required=key == KEYS[0])

    def _number(self, name: str, label: str, value: Any, *, required: bool = True) -> None:
        self.fields[name] = forms.IntegerField(
            label=label, min_value=1, max_value=_HIGHEST, initial=value, required=required
        )

    def _steps(self, axis: str, size: int) -> list[Content]:
        return [
            {part: self._words(f"{axis}-{n}-{part}") for part in ("label", "help")}
            for n in range(1, size + 1)
        ]

    def _words(self, name: str) -> dict[str, str]:
        typed = {lang: self.cleaned_data.get(f"{name}-{lang}", "") for lang in ("sv", "en")}
        return {language: word for language, word in typed.items() if word}


def _resized(content: Content, sizes: tuple[int, int]) -> list[list[int]]:
    """The grid as it is, or the product for a matrix of another size."""
    same = (len(content["probability"]), len(content["consequence"])) == sizes
    grid: list[list[int]] = content["grid"]
    return grid if same else matrix.product(*sizes)


def _axis_words() -> tuple[str, str]:
    return _("Sannolikhet"), _("Konsekvens")


def _band_words() -> tuple[str, ...]:
    return _("lågt"), _("medel"), _("högt"), _("mycket högt")


def _sentence(fault: Fault) -> tuple[str, str]:
    """The field that a fault is about and what to do."""
    axis = AXES[1 if fault.row == 2 else 0]
    place = {"p": fault.row, "c": fault.column}
    cell = f"cell-{fault.row}-{fault.column}"
    return {
        "size": ("", _("En axel ska ha tre till sex steg.")),
        "label": (
            f"{axis}-{fault.column}-label-sv",
            _("Skriv ett ord för steget."),
        ),
        "value": (cell, _("Skriv ett värde för sannolikhet %(p)s, konsekvens %(c)s.") % place),
        "falls": (
            cell,
            _("Värdet får inte vara lägre än i rutan under eller till vänster."),
        ),
        "no_low": ("from-low", _("Det låga bandet ska börja vid eller under det lägsta värdet.")),
        "bands": ("from-medium", _("Varje band ska ha ett ord och börja högre än det före.")),
        "serious": ("serious_from_consequence", _("Välj en konsekvens som matrisen har.")),
    }[fault.kind]
