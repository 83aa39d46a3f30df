"""The organisation over time: units, boards, people, roles, safety areas.

A unit never moves. A merge, split or move closes the unit and opens a successor, so ``parent`` is
a plain key and the closure table ``UnitPath`` is only ever added to. A rename is a dated name.
Boards (nämnder) are a dimension of their own, because an administration may serve two.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samkoll.core.fields import period_order, swedish_order, valid_on


class UnitKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("kommun")
    ADMINISTRATION = "administration", _("förvaltning")
    DEPARTMENT = "department", _("avdelning")
    UNIT = "unit", _("enhet")


class UnitQuerySet(models.QuerySet["Unit"]):
    """Filters on our own columns and paths; what a user may see lives in ``queries``."""

    def valid(self, day: date) -> Self:
        """Units that exist on that day, first and last day included."""
        return self.filter(valid_on(day))

    def below(self, unit: Unit) -> Self:
        """The unit itself and everything under it, of all times."""
        return self.filter(ancestor_paths__ancestor=unit)


class Unit(models.Model):
    """A part of the organisation, from its first to its last day."""

    code = models.CharField(_("kod"), max_length=20)
    name = models.CharField(_("namn"), max_length=120)
    name_order = swedish_order("name")
    kind = models.CharField(_("typ"), max_length=14, choices=UnitKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till"), null=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("enhet"), _("enheter")
        constraints = [
            period_order("unit_period"),
            models.CheckConstraint(condition=Q(kind__in=UnitKind), name="unit_kind"),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(kind=UnitKind.MUNICIPALITY), name="unit_top"
            ),
            models.UniqueConstraint("code", condition=Q(valid_to=None), name="unit_code_now"),
            models.UniqueConstraint("code", "valid_from", name="unit_code_from"),
        ]
        indexes = [models.Index("name_order", name="unit_name_order")]

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """What a unit was called from a day on. ``Unit.name`` repeats the newest."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = models.CharField(_("namn"), max_length=120)
    valid_from = models.DateField(_("från"))

    class Meta:
        constraints = [models.UniqueConstraint("unit", "valid_from", name="unit_name_from")]

    def __str__(self) -> str:
        return self.name


class UnitPath(models.Model):
    """The closure of the tree: every ancestor of every unit, itself at depth 0."""

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="descendant_paths")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="ancestor_paths")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("descendant", "ancestor", name="unit_path_once")]
        indexes = [models.Index("ancestor", "descendant", name="unit_path_down")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"


class Succession(models.Model):
    """A unit that ended and the unit that carries on (merge, split or move)."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="precessions")
    on = models.DateField(_("dag"))

    class Meta:
        constraints = [
            models.UniqueConstraint("predecessor", "successor", name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("successor")), name="succession_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} > {self.successor}"


class Board(models.Model):
    """A political board (nämnd). The executive board (kommunstyrelsen) is one of them."""

    code = models.CharField(_("kod"), max_length=20)
    name = models.CharField(_("namn"), max_length=120)
    name_order = swedish_order("name")
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("nämnd"), _("nämnder")
        constraints = [
            period_order("board_period"),
            models.UniqueConstraint("code", condition=Q(valid_to=None), name="board_code_now"),
        ]

    def __str__(self) -> str:
        return self.name


class BoardUnit(models.Model):
    """A unit and all below it serve a board during a period; the nearest one upward decides."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="board_units")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="board_units")
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till"), null=True)

    class Meta:
        constraints = [
            period_order("board_unit_period"),
            models.UniqueConstraint("unit", condition=Q(valid_to=None), name="board_unit_now"),
            models.UniqueConstraint("unit", "valid_from", name="board_unit_from"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.board}"


class Person(models.Model):
    """Somebody who holds positions or roles. Has a user only when signing in."""

    name = models.CharField(_("namn"), max_length=120)
    name_order = swedish_order("name")
    email = models.EmailField(_("e-postadress"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="person"
    )

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("personer")
        indexes = [models.Index("name_order", name="person_name_order")]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A person's place in a unit during a period, and whether it leads the unit."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="positions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions")
    title = models.CharField(_("befattning"), max_length=120)
    is_manager = models.BooleanField(_("chef för enheten"), default=False)
    valid_from = models.DateField(_("från"))
    valid_to = models.DateField(_("till"), null=True)

    class Meta:
        constraints = [
            period_order("position_period"),
            models.UniqueConstraint(
                "unit", condition=Q(is_manager=True, valid_to=None), name="one_manager_now"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"


class SafetyArea(models.Model):
    """A safety area (skyddsområde): the units that a safety representative acts within."""

    name = models.CharField(_("namn"), max_length=120)
    units = models.ManyToManyField(Unit, related_name="safety_areas")
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("skyddsområde"), _("skyddsområden")
        constraints = [period_order("safety_area_period")]

    def __str__(self) -> str:
        return self.name


class RoleAssignment(models.Model):
    """Person x role x place x period. The place is a unit (with or without all below it) or a
    safety area, whose units always count with all below them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    role = models.CharField(_("roll"), max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="assignments")
    with_subtree = models.BooleanField(_("även enheter under"), default=True)
    safety_area = models.ForeignKey(
        SafetyArea, models.PROTECT, null=True, related_name="assignments"
    )
    valid_from = models.DateField(_("från"))
    valid_to = models.DateField(_("till"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("rolltilldelning"), _("rolltilldelningar")
        constraints = [
            period_order("assignment_period"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) ^ Q(safety_area__isnull=False),
                name="assignment_place",
            ),
        ]
        indexes = [models.Index("person", "role", name="assignment_person_role")]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class OrganisationFile(models.Model):
    """An uploaded organisation file whose preview waits for a yes. Deleted then, or after a day."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("fil"), max_length=200)
    content = models.BinaryField()
    day = models.DateField(_("ändringarna gäller från"))
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("organisationsfil"), _("organisationsfiler")

    def __str__(self) -> str:
        return self.name
