"""The edge of the start page: pages, the unit page, and what the frame asks for."""
