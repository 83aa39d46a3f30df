"""Everything that changes the organisation.

What a page calls takes ``today`` and asks for the permission first; the command line has it,
because it is the server's own operator.
"""

from samkoll.org.services.files import (
    ChangedMeanwhile,
    FileRefused,
    confirm_file,
    import_organisation,
    store_file,
)
from samkoll.org.services.people import (
    UnknownRole,
    UnknownUnit,
    add_person,
    add_safety_area,
    appoint,
    assign_role,
    end_role,
    give_role_to_user,
    leave,
    link_user,
)
from samkoll.org.services.units import (
    BadPeriod,
    Opening,
    close_unit,
    open_board,
    open_unit,
    open_units,
    rename_unit,
    serve_board,
    succeed,
)

__all__ = [
    "BadPeriod",
    "ChangedMeanwhile",
    "FileRefused",
    "Opening",
    "UnknownRole",
    "UnknownUnit",
    "add_person",
    "add_safety_area",
    "appoint",
    "assign_role",
    "close_unit",
    "confirm_file",
    "end_role",
    "give_role_to_user",
    "import_organisation",
    "leave",
    "link_user",
    "open_board",
    "open_unit",
    "open_units",
    "rename_unit",
    "serve_board",
    "store_file",
    "succeed",
]
