"""The first weeks after meeting someone: a hello within two days, then a word after one, four and twelve weeks."""

from __future__ import annotations

from typing import Final

from keepwarm.core.just_met import HELLO, MONTH, QUARTER, WEEK
from keepwarm.core.reconnect.shapes import JUST_MET, Shape

SHAPES: Final = (
    Shape(
        JUST_MET, "first-good-to-meet", "It was good to meet you {met_day}[, {met}].",
        "[I liked hearing about {topic}, and I'd be glad to hear how it goes on.|"
        "I'd be glad to hear more of what you do[ at {org}] one of these days.]",
        "No need to answer. I just wanted to say hello before the week runs away with us.", when=HELLO,
    ),
    Shape(
        JUST_MET, "first-glad-we-met", "I am glad that we met {met_day}[, {met}].",
        "[What stayed with me is {topic}.|It is good to have a face to the name.] I hope that you got home well.",
        "This is only so that each of us has the other's address. Until soon, I hope.", when=HELLO,
    ),
    Shape(
        JUST_MET, "first-before-the-week", "Before the week is over: thank you for your company {met_day}[, {met}].",
        "[I have made a note of {topic}, as I'd like to hear how it turns out.|"
        "I hope that it was a good day for you as well.]",
        "No need to write back, I only wanted to say so while it is fresh.", when=HELLO,
    ),
    Shape(
        JUST_MET, "week-back-at-the-desk",
        "It has been about a week since we met[, {met}], and you came to mind at my desk today.",
        "[How is it going with {topic}?|How are things[ at {org}| with you]?]", when=WEEK,
    ),
    Shape(
        JUST_MET, "week-seven-days",
        "A week has gone by since we met[, {met}], and I did not want to leave it at one hello.",
        "[Where do things stand with {topic}?|What has your week been like[ at {org}]?]", when=WEEK,
    ),
    Shape(
        JUST_MET, "week-still-glad", "I am still glad that we met last week[, {met}].",
        "[Is there any news of {topic}?|What are you working on these days[ at {org}]?]", when=WEEK,
    ),
    Shape(
        JUST_MET, "month-already", "It is about a month since we met[, {met}], and I'd like to know how you have been.",
        "[What became of {topic}?|How are things[ at {org}| with you]?]", when=MONTH,
    ),
    Shape(
        JUST_MET, "month-thinking-of",
        "I was going through the people I have met of late, and your name made me stop[: we met {met}].",
        "[How is {topic} coming along?|What has kept you busy these weeks[ at {org}]?]", when=MONTH,
    ),
    Shape(
        JUST_MET, "month-not-fade",
        "A month is when new acquaintances tend to fade, so here is a word against it[, from someone you met {met}].",
        "[How did it go with {topic}?|What is new with you[ at {org}]?]", when=MONTH,
    ),
    Shape(
        JUST_MET, "quarter-season", "A whole season has passed since we met[, {met}].",
        "[Did {topic} turn out well?|How has it been for you[ at {org}]?]", when=QUARTER,
    ),
    Shape(
        JUST_MET, "quarter-three-months",
        "About three months ago we met[, {met}], and I'd still like to hear your news.",
        "[How is it with {topic} now?|What has been the best of it[ at {org}]?]", when=QUARTER,
    ),
    Shape(
        JUST_MET, "quarter-no-stranger",
        "I'd like us not to become strangers again after meeting[ {met}] this season, so hello.",
        "[Is {topic} still on your mind?|How are you, and how are things[ at {org}]?]", when=QUARTER,
    ),
)  # fmt: skip
