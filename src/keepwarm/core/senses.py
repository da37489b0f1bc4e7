"""What words mean, as vectors of 256 numbers: near each other where they are used alike. Wants numpy (extra `match`).

What a text means is the mean of its telling words, each by its weight saturated as x / (x + 1), brought to length 1.
So the words that bring an item and a person together can be named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

SIZE = 256
FINE = 127  # a number is kept in one byte
TOGETHER = 1024  # rows to one multiplication: they stay in the processor's cache
CLOSE = 0.2  # two words that are said to be near each other
NAMED = 2  # words of a person that say so

Vector = NDArray[np.float32]
Senses = Mapping[str, Vector]


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), dtype=np.float32)


def sense(words: Mapping[str, float], senses: Senses) -> Vector:
    """All zero where it has no word."""
    total = np.zeros(SIZE, dtype=np.float32)
    for word, weight in words.items():
        total += weight / (weight + 1) * senses[word]
    return unit(total)


def pack(vector: Vector) -> bytes:
    return np.round(vector * FINE).astype(np.int8).tobytes()


def unpack(rows: Sequence[bytes]) -> NDArray[np.int8]:
    return np.frombuffer(b"".join(rows), dtype=np.int8).reshape(len(rows), SIZE)


def alike(rows: NDArray[np.int8], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of each row, how near it is to each of these vectors: 1 the same, 0 nothing to do with it."""
    found = np.empty((len(rows), len(vectors)), dtype=np.float32)
    for at in range(0, len(rows), TOGETHER):
        some = rows[at : at + TOGETHER]
        np.matmul(some.astype(np.float32), vectors.T, out=found[at : at + len(some)])
    found /= FINE
    return found


def nearest(said: Mapping[str, float], told: Mapping[str, float], senses: Senses) -> list[tuple[str, str, float]]:
    """The words of a person that are nearest to words of an item, each with that word and how near; best first."""
    here, there = list(told), list(said)
    if not here or not there:
        return []
    near = np.stack([senses[word] for word in here]) @ np.stack([senses[word] for word in there]).T
    weight = np.outer([told[w] / (told[w] + 1) for w in here], [said[w] / (said[w] + 1) for w in there])
    pairs = []
    for place, word in enumerate(here):
        best = int(np.argmax(near[place] * weight[place]))
        if near[place, best] >= CLOSE:
            pairs.append((float(near[place, best] * weight[place, best]), word, there[best]))
    return [(word, other, score) for score, word, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1]))[:NAMED]]
