"""How letters end, and what a short mail may add: what any shape without words of its own for it shares."""

from __future__ import annotations

from typing import Final

from keepwarm.core.reconnect.shapes import CONGRATULATE, HELLO, JUST_MET, LONG_GAP, PROMISE, SAW_THIS, THANKS, THREAD

MAIL_ENDS: Final = (
    "No need for a long answer, or any answer at all if the week is full. I just wanted to say hello.",
    "There's nothing behind this and no hurry to reply. It would simply be nice to have news of you.",
    "A line is plenty, and only when it suits you. I mainly wanted you to know that I thought of you.",
    "Please don't feel you have to answer. I just like the idea of us staying in touch.",
)
SHORT_ENDS: Final = (
    "No rush to reply.",
    "A line is plenty, whenever it suits.",
    "No need to answer if the week is full.",
    "Only if you have a moment, of course.",
)
# Where a mail would read curt, or has not named where they work.
WARM: Final = (
    "[As far as I know you are at {org} now. I hope it's a good place to be.|"
    "I hope things are good with you, at work and away from it.]",
    "[I have you down at {org} these days, and I hope it suits you.|"
    "I hope life is treating you well, and that there's something on your desk you enjoy.]",
    "[If I have it right you are at {org} now, and I hope they look after you.|"
    "I hope you are well, and not run off your feet.]",
)
SUBJECTS: Final[dict[str, str]] = {
    HELLO: "[Hello from {me}|A quick hello]",
    LONG_GAP: "[Hello from {me}|A quick hello]",
    THREAD: "Picking up the thread",
    SAW_THIS: "Thought of you today",
    CONGRATULATE: "Congratulations",
    THANKS: "Thank you",
    PROMISE: "As promised",
    JUST_MET: "Good to meet you",
}
