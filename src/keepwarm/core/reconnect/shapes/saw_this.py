"""Saw this, thought of you: something of the shelf for them, or what brought them to mind."""

from __future__ import annotations

from typing import Final

from keepwarm.core.reconnect.shapes import MAIL, SAW_THIS, SHORT, Shape

THERE = "How are things there, and how are you?"
NEWS = "Is there any good news from your end?"
NEW = "What is new with you these days?"

SHAPES: Final = (
    # A gift of the shelf: its link, why it suits them, the owner's own thought.
    Shape(
        SAW_THIS, "gift-shelf", "There is something on my shelf that made me think of you: {gift}.",
        "[It is about {about}, and {fit}. |It touches on {about}, and you came to mind at once. ]"
        "[My own note on it says: “{thought}” ][Here it is: {link}]",
        "No need to answer, and no need to read it at once. It is only a small thing from me to you.",
        subject="Something for you", channel=MAIL,
    ),
    Shape(
        SAW_THIS, "gift-made-me-think", "{gift} made me think of you, so I am passing it on.",
        "[It is about {about}, and {fit}, so I thought you might enjoy it. |"
        "It touches on {about}, which is how you came to mind. ]"
        "[What I wrote beside it: “{thought}” ][This is where it lives: {link}]",
        "Read it when you like, or not at all. I was glad of a reason to write to you.",
        subject="This made me think of you", channel=MAIL,
    ),
    Shape(
        SAW_THIS, "gift-kept", "On my shelf is {gift}, and today I saw that it might suit you.",
        "[It has to do with {about}, and {fit}. |What it says of {about} brought you to mind. ]"
        "[My thought beside it: “{thought}” ][Here is the way to it: {link}]",
        "Nothing needs to come back, I simply thought that it might be of use to you.",
        subject="Kept for you", channel=MAIL,
    ),
    Shape(
        SAW_THIS, "gift-short-saved", "I saved {gift} and thought of you.",
        "[It is about {about}, and {fit}. |It touches on {about}. ][Here it is: {link}]",
        "No need to answer, just enjoy it.",
        channel=SHORT,
    ),
    Shape(
        SAW_THIS, "gift-short-for-you", "This one made me think of you: {gift}.",
        "[It is about {about}, and {fit}. |It touches on {about}. ][{link}]",
        "No rush to read it.",
        channel=SHORT,
    ),
    Shape(
        SAW_THIS, "gift-short-when-you-like", "Here is something to read when you like: {gift}.",
        "[You came to mind because it is about {about}, and {fit}. |You came to mind because it touches on {about}. ]"
        "[{link}]",
        "I hope you like it.",
        channel=SHORT,
    ),
    # Without one: what there is of them.
    Shape(
        SAW_THIS, "saw-firm-saw-the-name", "I saw the name {firm} today and thought of you.", THERE,
        subject="{firm} made me think of you",
    ),
    Shape(SAW_THIS, "saw-firm-on-my-screen", "{firm} was on my screen today, which made me think of you.", NEWS),
    Shape(
        SAW_THIS, "saw-firm-caught-my-eye", "The name {firm} caught my eye today, and you came to mind at once.",
        "What is new there, and what is new with you?",
        subject="You came to mind",
    ),
    Shape(
        SAW_THIS, "saw-topic-reminded",
        "I was reminded of {topic} today and thought of you.", "How are things with you?",
    ),
    Shape(
        SAW_THIS, "saw-topic-brought-up", "Something today brought up {topic}, which made me think of you.", NEWS,
        subject="You came to mind",
    ),
    Shape(
        SAW_THIS, "saw-topic-came-to-mind", "What came to mind today was {topic}, and you with it.", NEW,
        subject="A thought of you",
    ),
    Shape(
        SAW_THIS, "saw-title-saw-the-words",
        'I saw the words "{title}" today and thought of you.', "How are things with you?",
    ),
    Shape(
        SAW_THIS, "saw-title-on-my-screen",
        'The words "{title}" were on my screen today, which made me think of you.', NEWS,
        subject="You came to mind",
    ),
    Shape(
        SAW_THIS, "saw-title-seeing", 'Seeing the words "{title}" today, I thought of you.', NEW,
        subject="A thought of you",
    ),
    Shape(
        SAW_THIS, "saw-met-brought-back", "Something today brought back how we met, {met}, and I thought of you.",
        "How are things with you?",
    ),
    Shape(
        SAW_THIS, "saw-met-reminded", "I was reminded today of how we met, {met}, and thought of you.", NEWS,
        subject="You came to mind",
    ),
    Shape(
        SAW_THIS, "saw-met-caught-my-eye", "What caught my eye today was how we met, {met}, and I thought of you.", NEW,
        subject="A thought of you",
    ),
    Shape(SAW_THIS, "saw-town-saw", "I saw {town} on my screen today and thought of you.", "How are things with you?"),
    Shape(
        SAW_THIS, "saw-town-came-up", "{town} came up today, which made me think of you.", NEWS,
        subject="You came to mind",
    ),
    Shape(
        SAW_THIS, "saw-town-caught-my-eye", "The name {town} caught my eye today, and you came to mind at once.", NEW,
        subject="A thought of you",
    ),
    Shape(
        SAW_THIS, "saw-since-looking",
        "I was looking at the people I have known since {year}, and your name made me stop.",
        "How are things with you?",
    ),
    Shape(
        SAW_THIS, "saw-since-beside",
        "Your name was on my screen today, with {since} beside it, and I thought of you.", NEWS,
        subject="You came to mind",
    ),
    Shape(
        SAW_THIS, "saw-since-came-across",
        "Going back to {since}, when we {tied}, I came across your name and thought of you.", NEW,
        subject="A thought of you",
    ),
)  # fmt: skip
