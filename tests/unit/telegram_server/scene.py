"""What the fixtures set up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scene:
    """The ids of the people and of the group."""

    anna: int
    sam: int
    desk: int
