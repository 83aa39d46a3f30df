"""Finding actions. The only way to an action for a page is ``visible_to``."""

from samkoll.actions.queries.access import leads, led_by, standing, visible_to, worked_on_by
from samkoll.actions.queries.people import Candidate, candidates, find_people, title_of

__all__ = [
    "Candidate",
    "candidates",
    "find_people",
    "leads",
    "led_by",
    "standing",
    "title_of",
    "visible_to",
    "worked_on_by",
]
