"""Finding the look of a unit's documents: its own, or that of the nearest unit above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samkoll.documents.content import Document
from samkoll.documents.word import filling
from samkoll.documents.writers.look import PLAIN, Look
from samkoll.files import storage
from samkoll.files.models import StoredFile
from samkoll.org.models import UnitPath
from samkoll.reports.models import UnitLook


@dataclass(frozen=True, slots=True)
class Chosen:
    """The files of a look as they were uploaded; each may come from another unit."""

    template: StoredFile | None = None
    logo: StoredFile | None = None

    def of(self, document: Document) -> Look:
        """The look with the template's fields filled for one document.

        Raises: BadWordTemplate.
        """
        if self.template is None and self.logo is None:
            return PLAIN
        template = filling.filled(_content(self.template), document) if self.template else None
        return Look(template=template, logo=_content(self.logo) if self.logo else None)


def _content(file: StoredFile) -> bytes:
    return storage.path_of(file.sha256).read_bytes()


def chosen(units: Iterable[int]) -> dict[int, Chosen]:
    """What applies to each of these units. Two queries, however many."""
    wanted = {*units}
    looks = {
        look.unit_id: look
        for look in UnitLook.objects.filter(ended_at=None).select_related("template", "logo")
    }
    if not looks:
        return dict.fromkeys(wanted, Chosen())
    above: dict[int, list[int]] = {unit: [] for unit in wanted}
    paths = UnitPath.objects.filter(descendant__in=wanted, ancestor__in=looks).order_by("depth")
    for descendant, ancestor in paths.values_list("descendant_id", "ancestor_id"):
        above[descendant].append(ancestor)
    return {unit: _nearest([looks[each] for each in ways]) for unit, ways in above.items()}


def _nearest(looks: list[UnitLook]) -> Chosen:
    template = next((look.template for look in looks if look.template), None)
    return Chosen(template, next((look.logo for look in looks if look.logo), None))
