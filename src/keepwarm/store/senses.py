"""What the words of people and items mean, where the extra `match` is installed: kept as bytes, compared in memory.

The vectors come with the package wordllama; nothing is ever fetched. Without it every question here has no answer,
and matching goes by words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from keepwarm.models import Sense, Space
from keepwarm.store import bulk
from keepwarm.store.bulk import Among

if TYPE_CHECKING:
    from keepwarm.core.senses import Vector

MODEL = "wordllama 256"
ITEMS = 30  # of a person, that are named for their sense alone
KEPT_WORDS = 50_000
KEPT_SPACES = 4  # of which all vectors are held
OUT_OF_TURN = 500  # rows: who writes at the same time as another may be seen after it
By = Mapping[UUID, Mapping[str, float]]
Likeness = dict[UUID, dict[UUID, float]]


def installed() -> bool:
    return find_spec("wordllama") is not None and find_spec("numpy") is not None


def wake() -> None:
    """Read the vectors now, a second's work, and not while somebody waits."""
    if installed():
        _model()


@cache
def _model() -> Any:
    import wordllama  # noqa: PLC0415  # an extra, and slow to import

    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)


_words: dict[str, Vector] = {}


def of_words(words: Iterable[str]) -> dict[str, Vector]:
    """Each word's own vector, at length 1."""
    from keepwarm.core import senses  # noqa: PLC0415  # wants numpy

    wanted = list(dict.fromkeys(words))
    if fresh := [word for word in wanted if word not in _words]:
        if len(_words) + len(fresh) > KEPT_WORDS:
            _words.clear()
            fresh = wanted
        _words.update(zip(fresh, senses.unit(_model().embed(fresh)), strict=True))
    return {word: _words[word] for word in wanted}


# Keep in step


def write_people(rows: Sequence[tuple[UUID, UUID, Mapping[str, float]]]) -> None:
    """What is known of each: space, person and words. To be called within a transaction."""
    _write("person_id", rows)


def write_items(rows: Sequence[tuple[UUID, UUID, Mapping[str, float]]]) -> None:
    """Likewise of items."""
    _write("item_id", rows)


def _write(column: str, rows: Sequence[tuple[UUID, UUID, Mapping[str, float]]]) -> None:
    if not installed():
        return
    from keepwarm.core import senses  # noqa: PLC0415

    words = of_words(word for *_, told in rows for word in told)
    cells = [
        (bulk.parameter(space), bulk.parameter(id), MODEL, senses.pack(senses.sense(told, words)))
        for space, id, told in rows
    ]
    Sense.objects.filter(Among(F(column), [id for _, id, _ in rows]))._raw_delete(connection.alias)
    bulk.insert(Sense, ("space_id", column, "model", "vector"), cells)


def missing(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of people or items those of which nothing is kept; none where nothing would be."""
    return rows.exclude(senses__model=MODEL) if installed() else rows.none()


# Ask


def people_alike(space: Space, said: By, also: Mapping[UUID, Iterable[UUID]], most: int) -> Likeness:
    """How near the people nearest to each item are, and those whom it has found by its words."""
    return _alike("person_id", space, said, also, most)


def items_alike(space: Space, told: By, also: Mapping[UUID, Iterable[UUID]]) -> Likeness:
    """How near the items nearest to each person are, and those found by their words."""
    return _alike("item_id", space, told, also, ITEMS)


def _alike(column: str, space: Space, asked: By, also: Mapping[UUID, Iterable[UUID]], most: int) -> Likeness:
    if not installed() or not asked:
        return {}
    import numpy as np  # noqa: PLC0415

    from keepwarm.core import senses  # noqa: PLC0415

    words = of_words(word for weights in asked.values() for word in weights)
    vectors = np.stack([senses.sense(weights, words) for weights in asked.values()])
    held = _held(column, space)
    near = senses.alike(held.rows, vectors)
    found: Likeness = {}
    for place, id in enumerate(asked):
        of = near[:, place]
        first = np.argpartition(-of, most)[:most] if len(of) > most else np.arange(len(of))
        wanted = {held.ids[n]: float(of[n]) for n in first if of[n] > 0}
        places = {other: held.places.get(other, len(of)) for other in also[id]}
        found[id] = wanted | {other: float(of[at]) for other, at in places.items() if at < len(of)}
    return found


def likeness(said: Mapping[str, float], told: Mapping[str, float]) -> float | None:
    """Of one person and one item; None without the extra."""
    if not installed():
        return None
    from keepwarm.core import senses  # noqa: PLC0415

    words = of_words([*said, *told])
    return float(senses.sense(said, words) @ senses.sense(told, words))


def nearest(said: Mapping[str, float], told: Mapping[str, float]) -> list[tuple[str, str, float]]:
    """The words of a person that are nearest to an item's; none without the extra."""
    if not installed():
        return []
    from keepwarm.core import senses  # noqa: PLC0415

    return senses.nearest(said, told, of_words([*said, *told]))


class Held:
    """The vectors of one space in memory, a byte to each number: 13 MB for 50,000 people."""

    def __init__(self, column: str, space: UUID) -> None:
        import numpy as np  # noqa: PLC0415

        from keepwarm.core.senses import SIZE  # noqa: PLC0415

        self.column, self.space, self.last = column, space, 0
        self.ids: list[UUID] = []
        self.places: dict[UUID, int] = {}
        self._rows = np.empty((0, SIZE), dtype=np.int8)
        self._lock = Lock()

    @property
    def rows(self) -> Any:
        return self._rows[: len(self.ids)]

    def catch_up(self) -> Held:
        """Read what has been written since the last question."""
        turn = OUT_OF_TURN if connection.vendor == "postgresql" else 0
        with self._lock:
            new = Sense.objects.filter(space=self.space, model=MODEL, id__gt=self.last - turn)
            new = new.filter(**{f"{self.column}__isnull": False}).order_by("id")
            self._take_in(bulk.fetch(new.values_list("id", self.column, "vector")))
        return self

    def _take_in(self, new: Sequence[bulk.Row]) -> None:
        import numpy as np  # noqa: PLC0415

        from keepwarm.core import senses  # noqa: PLC0415

        if not new:
            return
        fresh = {id if isinstance(id, UUID) else UUID(id): bytes(vector) for _, id, vector in new}
        for id in fresh:
            if id not in self.places:
                self.places[id] = len(self.ids)
                self.ids.append(id)
        if len(self.ids) > len(self._rows):
            room = np.empty((len(self.ids) * 9 // 8 + 64, senses.SIZE), dtype=np.int8)
            room[: len(self._rows)] = self._rows
            self._rows = room
        self._rows[[self.places[id] for id in fresh]] = senses.unpack(list(fresh.values()))
        self.last = new[-1][0]


_spaces: dict[tuple[str, UUID], Held] = {}
_lock = Lock()


def _held(column: str, space: Space) -> Held:
    with _lock:
        key = column, space.id
        held = _spaces.pop(key, None) or Held(column, space.id)
        _spaces[key] = held  # the last asked for at the end
        while len(_spaces) > 2 * KEPT_SPACES:
            _spaces.pop(next(iter(_spaces)))
    return held.catch_up()
