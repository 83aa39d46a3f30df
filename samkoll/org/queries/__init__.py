"""Finding units and people, who may do what where, what a file would change."""

from samkoll.org.queries.access import (
    Standpoint,
    describe_users,
    may,
    own_units,
    permissions_of,
    roles_of,
    standpoint,
    units_with,
    visible_to,
)
from samkoll.org.queries.file import (
    preview,
)
from samkoll.org.queries.finding import (
    Found,
    above,
    boards,
    current_boards,
    find,
    municipality,
    unit_by_code,
    unknown_unit,
)
from samkoll.org.queries.leading import (
    carried_on_by,
    in_charge,
    manager_of,
    managers,
    manages,
    working_here,
)
from samkoll.org.queries.people import (
    AreaRow,
    PersonCard,
    PersonRow,
    RoleRow,
    people,
    person_card,
    person_row,
    safety_areas,
)
from samkoll.org.queries.places import Places, keep_for_request, places_of
from samkoll.org.queries.tree import (
    Branch,
    Closed,
    Tree,
    tree,
)
from samkoll.org.roles import roles_with

__all__ = [
    "AreaRow",
    "Branch",
    "Closed",
    "Found",
    "PersonCard",
    "PersonRow",
    "Places",
    "RoleRow",
    "Standpoint",
    "Tree",
    "above",
    "boards",
    "carried_on_by",
    "current_boards",
    "describe_users",
    "find",
    "in_charge",
    "keep_for_request",
    "manager_of",
    "managers",
    "manages",
    "may",
    "municipality",
    "own_units",
    "people",
    "permissions_of",
    "person_card",
    "person_row",
    "places_of",
    "preview",
    "roles_of",
    "roles_with",
    "safety_areas",
    "standpoint",
    "tree",
    "unit_by_code",
    "units_with",
    "unknown_unit",
    "visible_to",
    "working_here",
]
