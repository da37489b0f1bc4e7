"""A word kept and a thank-you: what the owner said they would do, and what someone did for them."""

from __future__ import annotations

from typing import Final

from keepwarm.core.reconnect.shapes import PROMISE, THANKS, Shape

SHAPES: Final = (
    Shape(
        PROMISE, "promise-keeping-my-word", "I said I would {promise}, so here I am, keeping my word.",
        "How are things[ at {org}| with you]?",
        "If anything is not as you had in mind, just say so. And there is no hurry on your side at all.",
    ),
    Shape(
        PROMISE, "promise-not-forgotten",
        "You may have thought I had forgotten that I said I would {promise}. I had not.",
        "[I hope it still comes in time for you at {org}.|I hope it still comes in time.]",
        "No need to answer. It is good to have done what one said one would do.",
    ),
    Shape(
        PROMISE, "promise-as-i-said", "I told you that I would {promise}, and this is the day for it.",
        "[I hope it is of use to you at {org}.|I hope it is of use to you.]",
        "And if there is anything else that I can do for you, I'd be glad to hear it.",
    ),
    Shape(
        THANKS, "thanks-should-not-go", "Thank you for {door}. It should not go without a proper word, so here it is.",
        "It meant a lot to me[, and I hope they know at {org} whom they have].",
        "No need to answer. If I can do something in turn, I'd be glad to.",
    ),
    Shape(
        THANKS, "thanks-still-thinking", "I am still thinking of {door}, and of your kindness.",
        "Thank you, from the heart[, and all good wishes to you at {org}].",
        "I don't forget such things, and my door is open to you whenever it may be of use.",
    ),
    Shape(
        THANKS, "thanks-note", "This is only a note to say thank you, for {door}.",
        "You did not have to, and you did it all the same[, with everything you have to do at {org}].",
        "Whenever I can return it in any way, I will. Until then, all the best to you.",
    ),
)  # fmt: skip
