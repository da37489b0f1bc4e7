"""The library of message shapes: what a letter may say, for whom and at which moment.

A shape is one record. To add one, write one entry beside those it is like: shapes that stand together and need the
same facts take turns, so keep three of them, each with its own first words. What stands higher is tried first. A
shape states only what is recorded or true as it is written: no talk, no reading and no memory is claimed.
"""

from __future__ import annotations

from typing import Final, NamedTuple

HELLO, THREAD, SAW_THIS, CONGRATULATE = "hello", "thread", "saw_this", "congratulate"
THANKS, PROMISE, JUST_MET, LONG_GAP = "thanks", "promise", "just_met", "long_gap"
REASONS: Final[dict[str, str]] = {
    CONGRATULATE: "Congratulations",
    PROMISE: "A promise kept",
    THANKS: "Thanks",
    JUST_MET: "The first weeks after you met",
    THREAD: "Pick up the thread",
    LONG_GAP: "A hello after a year or more",
    HELLO: "A hello",
    SAW_THIS: "Something to share",
}
MAIL, SHORT = "mail", "short"  # short: LinkedIn, WhatsApp, a text message


class Shape(NamedTuple):
    """One way to say something. The words are as `grammar` has them, the facts as in `known.FACTS`."""

    reason: str
    name: str  # its own, for good: what was sent to whom is remembered by it
    opening: str
    body: str = ""
    close: str = ""  # "": one of `ends`
    subject: str = ""  # of a mail; "": the one of its reason
    relation: tuple[str, ...] = ()  # of known.RELATIONS; (): anyone
    channel: str = ""  # mail, short or ""
    when: str = ""  # congratulate: the kind of moment; just_met: the step; "": any
    label: str = ""  # of the user's own: what they call it
