"""Just hello: no occasion, no thread, only that someone came to mind."""

from __future__ import annotations

from typing import Final

from keepwarm.core.reconnect.shapes import HELLO, LONG_GAP, MAIL, SHORT, Shape

CLIENT, COLLEAGUE, WORK = ("client",), ("colleague",), ("client", "colleague")
FRIEND, EVENT, MENTOR, FAMILY = ("friend",), ("event",), ("mentor",), ("family",)

SHAPES: Final = (
    # After a year or more.
    Shape(
        LONG_GAP, "long-chapter",
        "It has been {gap} since we were in touch, so each of us has missed a chapter of the other's news.",
        "What is the best of yours[, at {org} or away from it]?",
        subject="After {gap}",
    ),
    Shape(
        LONG_GAP, "long-better-than-never",
        "A hello after {gap} is better than none at all, so here is mine.",
        "How are you, and [is {org} still where you spend your days|what fills your days now]?",
        subject="A hello after {gap}",
    ),
    Shape(
        LONG_GAP, "long-by-my-notes",
        "By my notes we were last in touch in {last}, and today I would like that to change.",
        "How has life been since[, and how are things at {org}]?",
        subject="Since {last}",
    ),
    # By what they are to the owner.
    Shape(
        HELLO, "client-hate-to-lose", "Of all the clients I have had, you are one I'd hate to lose sight of.",
        "[It has been quiet between us since {last}, so how|How] are you, and how are things[ at {org}]?",
        relation=CLIENT,
    ),
    Shape(
        HELLO, "client-worked-for", "I was thinking about the people I have worked for, and you came to mind at once.",
        "[We were last in touch in {last}. ]What are you working on these days[ at {org}], and do you enjoy it?",
        relation=CLIENT,
    ),
    Shape(
        HELLO, "client-no-reason", "A good client is worth a hello without a reason, so here is one.",
        "[How is everything at {org}|How is everything your end], and what has been keeping you busy[ since {last}]?",
        relation=CLIENT,
    ),
    Shape(
        HELLO, "colleague-stay-in-touch",
        "Of the people I have worked with, you are one I'd like to stay in touch with.",
        "How are things[ at {org}], and what are you working on these days?",
        relation=COLLEAGUE,
    ),
    Shape(
        HELLO, "colleague-came-to-mind", "I was thinking about the people I have worked with, and you came to mind.",
        "[I have you down as {title}[ at {org}]. Is that still right|What are you up to now], and are you enjoying it?",
        relation=COLLEAGUE,
    ),
    Shape(
        HELLO, "colleague-what-next", "We have worked together, and I'd like to know what came next for you.",
        "[Are you still at {org}? I'd be glad to hear what fills your days.|What fills your days now?]",
        relation=COLLEAGUE,
    ),
    Shape(
        HELLO, "friend-wave", "A small wave from a friend, with nothing behind it.",
        "How are you[, and how is life in {town}]?",
        relation=FRIEND, channel=SHORT,
    ),
    Shape(
        HELLO, "friend-three-lines", "Three lines are better than a long letter I never write, my friend.",
        "How are you[, and how are things at {org}]?",
        relation=FRIEND, channel=SHORT,
    ),
    Shape(
        HELLO, "friend-crossed-my-mind", "You crossed my mind just now, my friend, so I am saying so.",
        "[It has been {gap}! ]How is everything?",
        relation=FRIEND, channel=SHORT,
    ),
    Shape(
        HELLO, "friend-no-reason", "Between friends a hello needs no reason, so here's one without.",
        "How are you, and [how is life in {town}|what is the best thing that happened of late]?",
        relation=FRIEND, channel=MAIL,
    ),
    Shape(
        HELLO, "friend-instead-of-meaning-to",
        "You came to mind today, my friend, so I'm writing instead of only meaning to.",
        "[We were last in touch in {last}. ]What has been keeping you busy[ at {org}], and are you enjoying it?",
        relation=FRIEND, channel=MAIL,
    ),
    Shape(
        HELLO, "friend-just-a-hello", "This is just a hello from a friend, because I thought of you today.",
        "How is everything your end[, and is {town} treating you well]?",
        relation=FRIEND, channel=MAIL,
    ),
    Shape(
        HELLO, "event-pity", "It would be a pity if the day we met[, {met},|, at an event,] had been all there was.",
        "What are you working on these days[ at {org}]?",
        relation=EVENT,
    ),
    Shape(
        HELLO, "event-quieter", "An event is a noisy place to get to know anyone, so here's a quieter hello.",
        "[It was {met} that we met. ]How are things with you[ at {org}]?",
        relation=EVENT,
    ),
    Shape(
        HELLO, "event-since-then", "Since we met[, {met},|, at an event,] you have had many days I know nothing about.",
        "What has been the best of them[, at {org} or elsewhere]?",
        relation=EVENT,
    ),
    Shape(
        HELLO, "mentor-learned-from",
        "I was thinking about the people I have learned from, and you came to mind first.",
        "How are you, and what are you working on these days[ at {org}]?",
        relation=MENTOR,
    ),
    Shape(
        HELLO, "mentor-not-often-enough",
        "You are one of the people I have learned most from, and I don't say that often enough.",
        "[How is everything at {org}|How is everything your end][, and how is life in {town}]?",
        relation=MENTOR,
    ),
    Shape(
        HELLO, "mentor-five-minutes",
        "A hello to someone I have learned a lot from seemed a good way to spend five minutes.",
        "[We were last in touch in {last}. ]What has been on your mind of late?",
        relation=MENTOR,
    ),
    Shape(
        HELLO, "family-leave-it", "You crossed my mind today, and I did not want to leave it at that.",
        "How are you[, and how is everything in {town}|, and how are things at {org}]?",
        relation=FAMILY,
    ),
    Shape(
        HELLO, "family-wave", "This is a wave from me to you, in the middle of an ordinary day.",
        "How are you all, and what is new[ in {town}| at {org}| since {last}]?",
        relation=FAMILY,
    ),
    Shape(
        HELLO, "family-no-occasion", "There is no occasion at all, I only wanted to hear how things are with you.",
        "[We were last in touch in {last}. ]How have you been[, and how is life in {town}|, and how is {org}]?",
        relation=FAMILY,
    ),
    # By what there is between them, the richest first.
    Shape(
        HELLO, "lapse-change-that", "It has been {gap} since we were last in touch, and I'd like to change that.",
        "How are things[ at {org}| with you], and what are you working on these days?",
    ),
    Shape(
        HELLO, "lapse-last-in", "We were last in touch in {last}, and you came to mind today.",
        "[I have you down[ as {title}] at {org}. Is that still right|How is everything your end], and are you well?",
    ),
    Shape(
        HELLO, "lapse-noticed", "You were on my mind today, and I noticed that our last exchange was in {last}.",
        "[Are you still at {org}? I'd be glad to hear what fills your days.|What keeps you busy, and do you enjoy it?]",
    ),
    Shape(
        HELLO, "met-thinking", "I was thinking about how we met, {met}, and it made me want to write.",
        "How are things[ at {org}| with you], and what are you working on these days?",
    ),
    Shape(
        HELLO, "met-reason-enough", "We met {met}, and that seemed a good enough reason to say hello.",
        "[I have you down[ as {title}] at {org}. Is that still right|How is everything your end], and are you well?",
    ),
    Shape(
        HELLO, "met-reminded", "Today I was reminded of how we met, {met}, so here's a simple hello.",
        "[Are you still at {org}? I'd be glad to hear what fills your days.|What keeps you busy, and do you enjoy it?]",
    ),
    Shape(
        HELLO, "there-still-down", "We connected in {there}, while I was at {shared}, and I still have you down there.",
        "How is it there these days, and how are you?",
    ),
    Shape(
        HELLO, "there-both-came",
        "{shared} came to mind today, and so did you: we connected in {there}, when I was there too.",
        "Are you still there, and what are you working on?",
    ),
    Shape(
        HELLO, "there-looking-back",
        "Looking back at my days at {shared}, I found your name. We connected in {there}, while I was there.",
        "What is it like there now, and are you well?",
    ),
    Shape(
        HELLO, "left-in-common",
        "We have {shared} in common, as I was there until {left}, and that seemed a good reason for a hello.",
        "How is it there these days, and how are you?",
    ),
    Shape(
        HELLO, "left-next-to-yours",
        "I left {shared} in {left}, and seeing the name next to yours made me want to say hello.",
        "Are you still there, and what are you working on?",
    ),
    Shape(
        HELLO, "left-took-me-back", "Seeing {shared} beside your name took me back, as I was there until {left}.",
        "What is it like there now, and are you well?",
    ),
    Shape(
        HELLO, "shared-in-common", "We have {shared} in common, which seemed a good enough reason for a hello.",
        "How is it there these days, and how are you?",
    ),
    Shape(
        HELLO, "shared-next-to-yours",
        "I have been at {shared} too, and seeing the name next to yours made me want to write.",
        "Are you still there, and what are you working on?",
    ),
    Shape(
        HELLO, "shared-took-me-back", "Seeing {shared} beside your name took me back, as I have been there too.",
        "What is it like there now, and are you well?",
    ),
    Shape(
        HELLO, "both-costs-nothing", "We are both at {both}, and a proper hello costs nothing, so here's mine.",
        "How is it in your corner these days, and how are you?",
    ),
    Shape(
        HELLO, "both-as-good", "Being at {both} together is as good a reason as any to say hello.",
        "What are you working on, and are you well?",
    ),
    Shape(
        HELLO, "both-on-our-cards", "Since we both have {both} on our cards, I thought I'd say hello.",
        "What keeps you busy there, and do you enjoy it?",
    ),
    Shape(
        HELLO, "era-still-at", "I was still at {era} when we {tied} in {since}, and it is good to see your name again.",
        "How are things[ at {org}| with you], and what are you working on these days?",
    ),
    Shape(
        HELLO, "era-looking-back",
        "Looking back at my time at {era}, I came across your name. We {tied} in {since}, while I was there.",
        "[I have you down[ as {title}] at {org}. Is that still right|How is everything your end], and are you well?",
    ),
    Shape(
        HELLO, "era-days", "My days at {era} came to mind, and so did you, as we {tied} back then, in {since}.",
        "[Are you still at {org}? I'd be glad to hear what fills your days.|What keeps you busy, and do you enjoy it?]",
    ),
    Shape(
        HELLO, "here-pity", "As we are both in {here}, it seems a pity not to say hello now and then.",
        "How are things[ at {org}| with you], and what are you working on these days?",
    ),
    Shape(
        HELLO, "here-people-i-know", "You came to mind today, as one of the people I know in {here}.",
        "[I have you down[ as {title}] at {org}. Is that still right|How is everything your end], and are you well?",
    ),
    Shape(
        HELLO, "here-excuse", "Being in the same town is a fine excuse, so hello from another corner of {here}.",
        "[Are you still at {org}? I'd be glad to hear what fills your days.|What keeps you busy, and do you enjoy it?]",
    ),
    Shape(
        HELLO, "since-in-order", "We have {been} since {since}, and a hello seemed in order.",
        "How are things[ at {org}| with you], and what are you working on these days?",
    ),
    Shape(
        HELLO, "since-caught-my-eye", "Your name caught my eye today, and I saw that we have {been} since {since}.",
        "[I have you down[ as {title}] at {org}. Is that still right|How is everything your end], and are you well?",
    ),
    Shape(
        HELLO, "since-thought-id-write", "When I saw that we {tied} in {since}, I thought I'd write and say hello.",
        "[Are you still at {org}? I'd be glad to hear what fills your days.|What keeps you busy, and do you enjoy it?]",
    ),
    # With little to go by; the question takes what there is.
    Shape(
        HELLO, "plain-came-to-mind", "You came to mind today, and I wanted to say hello.",
        "[How are things at {org}|How is work, and am I right to have you down as {title}|How is life in {town}|"
        "How are things with {topic}|How are you], and what are you working on these days?",
    ),
    Shape(
        HELLO, "plain-stopped", "I was going through the people I know, and I stopped at your name.",
        "[I have you down as {title}[ at {org}]. Is that still right|I have you down at {org}. Is that still right|"
        "Is {town} still home|How is everything your end, where do things stand with {topic}|"
        "How is everything your end], and are you well?",
    ),
    Shape(
        HELLO, "plain-came-up", "This is just a hello, because your name came up today and I was glad to see it.",
        "[Are you still[ {title}] at {org}? I'd be glad to hear what fills your days.|"
        "I have you down as {title}. Is that how you still spend your days?|Are you still in {town}, and are you well?|"
        "How are you, and what is new with {topic}?|What keeps you busy, and do you enjoy it?]",
    ),
)  # fmt: skip
