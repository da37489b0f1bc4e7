"""The sentences that letters are put together from, by the fact they rest on; `drafts` picks and fills.

A sentence may state only what is recorded and what is true at the moment of writing: the owner is
looking at the card, so "your name caught my eye today" holds. No talk, no reading and no memory is
claimed. Three to each fact, each with its own first words, so that the day's three never open alike.
"""

from __future__ import annotations

from typing import Final

Sentences = tuple[str, ...]

# {met} "at a conference in Leeds" · {org} {era} {town} {topic} {title} · {since} "June 2016" · {left} 2018
# {context} "Harbour plans", a subject or title
# {news} an employer and {post} a title of a moment
# {tied} "connected" or "met" · {been} "been connected" or "known each other" · {years} {gap} {last}

HELLO: Final[dict[str, Sentences]] = {
    "met": (
        "I was thinking about how we met, {met}, and it made me want to write.",
        "We met {met}, and that seemed a good enough reason to say hello.",
        "Today I was reminded of how we met, {met}, so here's a simple hello.",
    ),
    "lapse": (
        "It has been {gap} since we were last in touch, and I'd like to change that.",
        "We were last in touch in {last}, and you came to mind today.",
        "You were on my mind today, and I noticed that our last exchange was in {last}.",
    ),
    "past_met": (
        "We connected in {since}, while I was at {org}, and I still have you down there.",
        "{org} came to mind today, and so did you: we connected in {since}, when I was there too.",
        "Looking back at my {org_days} days, I found your name. We connected in {since}, while I was there.",
    ),
    "past_left": (
        "We have {org} in common, as I was there until {left}, and that seemed a good reason for a hello.",
        "I left {org} in {left}, and seeing the name next to yours made me want to say hello.",
        "Seeing {org} beside your name took me back, as I was there until {left}.",
    ),
    "past": (
        "We have {org} in common, which seemed a good enough reason for a hello.",
        "I have been at {org} too, and seeing the name next to yours made me want to write.",
        "Seeing {org} beside your name took me back, as I have been there too.",
    ),
    "now": (
        "We are both at {org}, and a proper hello costs nothing, so here's mine.",
        "Being at {org} together is as good a reason as any to say hello.",
        "Since we both have {org} on our cards, I thought I'd say hello.",
    ),
    "era": (
        "I was still at {era} when we {tied} in {since}, and it is good to see your name again.",
        "Looking back at my time at {era}, I came across your name. We {tied} in {since}, while I was there.",
        "My {era_days} days came to mind, and so did you, as we {tied} back then, in {since}.",
    ),
    "place": (
        "As we are both in {town}, it seems a pity not to say hello now and then.",
        "You came to mind today, as one of the people I know in {town}.",
        "Being in the same town is a fine excuse, so hello from another corner of {town}.",
    ),
    "worked": (
        "I was thinking about the people I have worked with, and you came to mind.",
        "Of the people I have worked with, you are one I'd like to stay in touch with.",
        "We have worked together, and I'd like to know what came next for you.",
    ),
    "since": (
        "We have {been} since {since}, and a hello seemed in order.",
        "Your name caught my eye today, and I saw that we have {been} since {since}.",
        "When I saw that we {tied} in {since}, I thought I'd write and say hello.",
    ),
    "friend": (
        "Between friends a hello needs no reason, so here's one without.",
        "You came to mind today, my friend, so I'm writing instead of only meaning to.",
        "This is just a hello from a friend, because I thought of you today.",
    ),
    "plain": (
        "You came to mind today, and I wanted to say hello.",
        "I was going through the people I know, and I stopped at your name.",
        "This is just a hello, because your name came up today and I was glad to see it.",
    ),
}

# What to ask after a hello or a "saw this"; by what the letter has said about their work so far.
HOW_ARE_YOU: Final[dict[str, Sentences]] = {
    "org": (
        "How are things at {org}, and what are you working on these days?",
        "I have you down at {org}. Is that still right, and are you enjoying it?",
        "Are you still at {org}? I'd be glad to hear what fills your days.",
    ),
    "post": (
        "How are things at {org}, and what are you working on these days?",
        "I have you down as {title} at {org}. Is that still right, and are you enjoying it?",
        "Are you still {title} at {org}? I'd be glad to hear what fills your days.",
    ),
    "there": (
        "How is it there these days, and how are you?",
        "Are you still there, and what are you working on?",
        "What is it like there now, and are you well?",
    ),
    "title": (
        "How is work, and am I right to have you down as {title}?",
        "I have you down as {title}. Is that still right, and are you enjoying it?",
        "I have you down as {title}. Is that how you still spend your days?",
    ),
    "town": (
        "How is life in {town}, and what keeps you busy?",
        "Are you still in {town}, and what are you working on?",
        "Is {town} still home, and is it treating you well?",
    ),
    "topic": (
        "How are you, and how are things with {topic}?",
        "How is everything your end, and where do things stand with {topic}?",
        "How are you, and what is new with {topic}?",
    ),
    "plain": (
        "How are you, and what are you working on these days?",
        "How is everything your end, and what keeps you busy?",
        "What has been keeping you busy, and are you enjoying it?",
    ),
}

THREAD: Final[dict[str, Sentences]] = {
    "topic": (
        "I was wondering about {topic} today. How are things with that now?",
        "Your name made me think of {topic}. Where do things stand these days?",
        "How is it going with {topic}? It came back to me today, and so did you.",
    ),
    "context": (
        "The last thing between us was “{context}”. What became of it in the end?",
        "I came across “{context}”, which is where we left off. How did that turn out?",
        "“{context}” is where we left off. How did it go from there?",
    ),
    "met": (
        "We met {met}, and I'd enjoy picking up from there. What have you been doing since?",
        "Thinking back to how we met, {met}, I'm curious what came next. What has been the best part?",
        "It was {met} that we met. What has changed most for you since then?",
    ),
    "lapse": (
        "We were last in touch in {last}. What has happened in your world since?",
        "Going by my notes, {last} was the last time we were in touch. What is new with you?",
        "I'd like to pick up where we left off in {last}. What are you busy with now?",
    ),
    "past_met": (
        "When we connected in {since} I was at {org}. I've moved on since then. What is it like there now?",
        "I have left {org}, but we connected while I was there, in {since}. What has changed since?",
        "Back in {since}, when we connected, {org} was where I spent my days. How are yours now?",
    ),
    "past_left": (
        "We both know {org} from the inside, though my time there ended in {left}. What has changed since?",
        "My days at {org} ended in {left}, and I am still curious about the place. What is it like now?",
        "I saw {org} beside your name and thought of my own time there, until {left}. How is it now?",
    ),
    "past": (
        "We both know {org} from the inside. What is it like these days?",
        "Having been at {org} myself, I'm curious about the place. How do you find it?",
        "I saw {org} beside your name and thought of my own time there. How is the place these days?",
    ),
    "now": (
        "We are both at {org}, so there must be plenty to compare. What are you working on at the moment?",
        "From one corner of {org} to another: what is on your desk at the moment?",
        "You and I both know {org} from the inside. What has been the most interesting part for you lately?",
    ),
    "era": (
        "When we {tied} in {since} I was at {era}. What were you doing then, and where has it taken you?",
        "We {tied} in {since}, in my {era_days} days. What has changed most for you since then?",
        "I have moved on from {era}, where I was when we {tied} in {since}. Where has the road taken you?",
    ),
    "since_long": (
        "We {tied} in {since}, {years} years ago, so I have missed a chapter or two. Which was the best?",
        "It is about {years} years since we {tied}. What has changed most for you in that time?",
        "Going back to {since}, when we {tied}: what were you working on then, and what is it now?",
    ),
    "since": (
        "We {tied} in {since}. How have things gone for you since then?",
        "I'd like to pick up from {since}, when we {tied}. What are you working on now?",
        "Going back to {since}, when we {tied}: what has been new in your world?",
    ),
    "post": (
        "I have you down as {title} at {org}. How much of that is still true?",
        "The last I knew, you were {title} at {org}. Is that still so, and do you enjoy it?",
        "In my address book you are {title} at {org}. Is my book up to date?",
    ),
    "org": (
        "I have you down at {org}. Is that still where you spend your days?",
        "The last I knew, you were at {org}. Is that still so, and do you enjoy it?",
        "In my address book you are at {org}. Is my book up to date?",
    ),
    "worked": (
        "We have worked together, and I'd enjoy picking up from there. What are you working on now?",
        "Thinking of our work together, I wondered what came next for you. What are you busy with?",
        "Having worked together, we should know more of each other's news. What is the best of yours?",
    ),
    "place": (
        "We are both in {town}, so there must be something to compare. What are you working on these days?",
        "From one corner of {town} to another: what is on your desk at the moment?",
        "You and I both know {town}. What has been new in your part of it?",
    ),
}

SAW_THIS: Final[dict[str, Sentences]] = {
    "org": (
        "I saw the name {org} today and thought of you.",
        "{org} was on my screen today, which made me think of you.",
        "The name {org} caught my eye today, and you came to mind at once.",
    ),
    "topic": (
        "I was reminded of {topic} today and thought of you.",
        "Something today brought up {topic}, which made me think of you.",
        "What came to mind today was {topic}, and you with it.",
    ),
    "title": (
        'I saw the words "{title}" today and thought of you.',
        'The words "{title}" were on my screen today, which made me think of you.',
        'Seeing the words "{title}" today, I thought of you.',
    ),
    "met": (
        "Something today brought back how we met, {met}, and I thought of you.",
        "I was reminded today of how we met, {met}, and thought of you.",
        "What caught my eye today was how we met, {met}, and I thought of you.",
    ),
    "town": (
        "I saw {town} on my screen today and thought of you.",
        "{town} came up today, which made me think of you.",
        "The name {town} caught my eye today, and you came to mind at once.",
    ),
    "since": (
        "I was looking at the people I have known since {year}, and your name made me stop.",
        "Your name was on my screen today, with {since} beside it, and I thought of you.",
        "Going back to {since}, when we {tied}, I came across your name and thought of you.",
    ),
}
SAW_THERE: Final[Sentences] = (
    "How are things there, and how are you?",
    "Is there any good news from your end?",
    "What is new there, and what is new with you?",
)
SAW_ELSE: Final[Sentences] = (
    "How are things with you?",
    "Is there any good news from your end?",
    "What is new with you these days?",
)

BIRTHDAY_TODAY: Final[Sentences] = (
    "Happy birthday! I hope the day holds good company, something sweet and nothing urgent.",
    "Many happy returns of the day! I hope there is cake, and someone to share it with.",
    "A very happy birthday to you! May the year ahead be kind and full of things you enjoy.",
)
BIRTHDAY_SOON: Final[Sentences] = (
    "Happy birthday for {day}! I hope it holds good company, something sweet and nothing urgent.",
    "A little early, but many happy returns for {day}! I hope there is cake, and someone to share it with.",
    "I see that your birthday is {on_day}, so here are my good wishes. May the year ahead be kind to you.",
)
ANNIVERSARY_TODAY: Final[Sentences] = (
    "Happy anniversary! I hope you find the time to celebrate it properly.",
    "Warm wishes on your anniversary! I hope the day is a good one from start to end.",
    "I see that it is your anniversary today, so here are my good wishes. Enjoy every bit of it.",
)
ANNIVERSARY_SOON: Final[Sentences] = (
    "Happy anniversary for {day}! I hope you find the time to celebrate it properly.",
    "A little early, but warm wishes for your anniversary {on_day}! I hope it is a good one.",
    "I see that your anniversary is {on_day}, so here are my good wishes. Enjoy every bit of it.",
)
NEW_JOB: Final[Sentences] = (
    "I see that you are at {news} now. Congratulations, and I hope that it is all you wished for.",
    "Congratulations on {news}! I was glad to read it, and I hope the start is a kind one.",
    "So it is {news} now: well done, and I hope you are among good people there.",
)
NEW_JOB_AS: Final[Sentences] = (
    "I see that you are {post} at {news} now. Congratulations, and I hope that it is all you wished for.",
    "{post} at {news}: congratulations! I was glad to read it, and I hope the start is a kind one.",
    "So it is {post} at {news} now: well done, and I hope you are among good people there.",
)
NEW_TITLE: Final[Sentences] = (
    "I see that you are {post} now. Congratulations, that is well earned.",
    "{post}: congratulations! I was glad to read it, and they are lucky to have you.",
    "So it is {post} now: well done, and I hope that you enjoy every part of it.",
)
NEWS: Final[Sentences] = (
    "I was glad to see your good news. Congratulations, and I hope that it is all you wished for.",
    "Congratulations on your good news! I hope the start is a kind one.",
    "Your good news reached me: well done, and enjoy it.",
)
NEWS_END: Final[Sentences] = (
    "No need to answer, I only wanted to say so.",
    "Enjoy the first weeks.",
    "All my best wishes for it.",
)
CONGRATULATE_ORG: Final[Sentences] = (
    "I hope {org} can spare you for an hour of it.",
    "And I hope they know at {org} what day it is.",
    "I hope they treat you well at {org}, that day most of all.",
)
CONGRATULATE_END: Final[Sentences] = (
    "No need to answer, just enjoy it.",
    "Enjoy every minute.",
    "Have a lovely day.",
)

WARM: Final[Sentences] = (
    "I hope things are good with you, at work and away from it.",
    "I hope life is treating you well, and that there's something on your desk you enjoy.",
    "I hope you are well, and not run off your feet.",
)
WARM_ORG: Final[Sentences] = (
    "As far as I know you are at {org} now. I hope it's a good place to be.",
    "I have you down at {org} these days, and I hope it suits you.",
    "If I have it right you are at {org} now, and I hope they look after you.",
)
END_MAIL: Final[Sentences] = (
    "No need for a long answer, or any answer at all if the week is full. I just wanted to say hello.",
    "There's nothing behind this and no hurry to reply. It would simply be nice to have news of you.",
    "A line is plenty, and only when it suits you. I mainly wanted you to know that I thought of you.",
    "Please don't feel you have to answer. I just like the idea of us staying in touch.",
)
END_SHORT: Final[Sentences] = (
    "No rush to reply.",
    "A line is plenty, whenever it suits.",
    "No need to answer if the week is full.",
    "Only if you have a moment, of course.",
)

SUBJECTS: Final[dict[str, Sentences]] = {
    "hello": ("A quick hello", "A short hello", "Just saying hello"),
    "hello_signed": ("Hello from {me}", "A quick hello", "A line from {me}"),
    "topic": ("Picking up a thread", "Thinking of you", "How is it going"),
    "context": ("{context}", "Picking up the thread", "Where we left off"),
    "met": ("Since we met", "How we met", "Picking up from where we met"),
    "lapse": ("Picking up the thread", "Since {last}", "Back in {last}"),
    "shared": ("{org_days} days", "{org}, then and now", "Thinking of {org}"),
    "now": ("From another corner of {org}", "Hello across {org}", "Both at {org}"),
    "era": ("{era_days} days", "Since {since}", "Back in {since}"),
    "since": ("Since {since}", "Back in {since}", "Picking up from {since}"),
    "org": ("Checking my address book", "News of you", "You and {org}"),
    "saw_org": ("{org} made me think of you", "Thought of you today", "You came to mind"),
    "saw": ("Thought of you today", "You came to mind", "A thought of you"),
}
