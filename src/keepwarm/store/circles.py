"""The circles of a space: three to begin with, the user's own from then on."""

from __future__ import annotations

from keepwarm.models import Action, Circle, Space

FIRST = (("Close", 30), ("Regular", 90), ("Yearly", 365))  # days
ARRANGED = "circles"  # Action.what of a change in the settings: who took all circles away wants none


def of(space: Space) -> list[Circle]:
    """In their order; made on first use."""
    held = list(Circle.objects.filter(space=space))
    if held or Action.objects.filter(space=space, what=ARRANGED, undone_at=None).exists():
        return held
    for position, (name, cadence) in enumerate(FIRST):
        # Two tabs that open the list at once make one of each.
        Circle.objects.get_or_create(space=space, name=name, defaults={"cadence": cadence, "position": position})
    return list(Circle.objects.filter(space=space))


def close(space: Space) -> Circle:
    """The circle for those one keeps close: of that name, else the first, else made again."""
    mine = of(space)
    found = next((circle for circle in mine if circle.name.lower() == FIRST[0][0].lower()), None)
    return found or (mine[0] if mine else Circle.objects.create(space=space, name=FIRST[0][0], cadence=FIRST[0][1]))
