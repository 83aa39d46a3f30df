"""Finding units and people, who may do what where, what a file would change."""

from samkoll.org.queries.access import (
    assignments,
    describe_users,
    may,
    own_units,
    permissions_of,
    roles_of,
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
from samkoll.org.queries.tree import (
    Branch,
    Closed,
    Tree,
    tree,
)

__all__ = [
    "AreaRow",
    "Branch",
    "Closed",
    "Found",
    "PersonCard",
    "PersonRow",
    "RoleRow",
    "Tree",
    "above",
    "assignments",
    "boards",
    "current_boards",
    "describe_users",
    "find",
    "may",
    "municipality",
    "own_units",
    "people",
    "permissions_of",
    "person_card",
    "person_row",
    "preview",
    "roles_of",
    "safety_areas",
    "tree",
    "unit_by_code",
    "units_with",
    "unknown_unit",
    "visible_to",
]
