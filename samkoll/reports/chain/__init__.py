"""The chain from a unit's part to the executive board: steps, who takes them, what they need.

``steps`` is the pure machine, ``policies`` asks who may, ``services`` does it and writes events,
``queries`` tell what is missing and from whom.
"""
