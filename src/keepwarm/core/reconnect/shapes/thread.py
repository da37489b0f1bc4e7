"""Picking up the thread: what the two last had between them, named, and how it went on."""

from __future__ import annotations

from typing import Final

from keepwarm.core.reconnect.shapes import THREAD, Shape

SHAPES: Final = (
    # What they last spoke or wrote about.
    Shape(THREAD, "topic-wondering", "I was wondering about {topic} today.", "How are things with that now?"),
    Shape(
        THREAD, "topic-made-me-think", "Your name made me think of {topic}.", "Where do things stand these days?",
        subject="Thinking of you",
    ),
    Shape(
        THREAD, "topic-how-is-it-going", "How is it going with {topic}?", "It came back to me today, and so did you.",
        subject="How is it going",
    ),
    Shape(
        THREAD, "context-last-thing", "The last thing between us was “{context}”.", "What became of it in the end?",
        subject="{context}",
    ),
    Shape(
        THREAD, "context-came-across",
        "I came across “{context}”, which is where we left off.", "How did that turn out?",
    ),
    Shape(
        THREAD, "context-left-off", "“{context}” is where we left off.", "How did it go from there?",
        subject="Where we left off",
    ),
    Shape(
        THREAD, "met-from-there", "We met {met}, and I'd enjoy picking up from there.",
        "What have you been doing since?",
        subject="Since we met",
    ),
    Shape(
        THREAD, "met-curious", "Thinking back to how we met, {met}, I'm curious what came next.",
        "What has been the best part?",
        subject="How we met",
    ),
    Shape(
        THREAD, "met-it-was", "It was {met} that we met.", "What has changed most for you since then?",
        subject="Picking up from where we met",
    ),
    Shape(
        THREAD, "lapse-in-touch", "We were last in touch in {last}.", "What has happened in your world since?",
    ),
    Shape(
        THREAD, "lapse-by-my-notes", "Going by my notes, {last} was the last time we were in touch.",
        "What is new with you?",
        subject="Since {last}",
    ),
    Shape(
        THREAD, "lapse-pick-up", "I'd like to pick up where we left off in {last}.", "What are you busy with now?",
        subject="Back in {last}",
    ),
    # A place that both know from within.
    Shape(
        THREAD, "there-moved-on", "When we connected in {there} I was at {shared}. I've moved on since then.",
        "What is it like there now?",
        subject="Days at {shared}",
    ),
    Shape(
        THREAD, "there-have-left", "I have left {shared}, but we connected while I was there, in {there}.",
        "What has changed since?",
        subject="{shared}, then and now",
    ),
    Shape(
        THREAD, "there-back-in", "Back in {there}, when we connected, {shared} was where I spent my days.",
        "How are yours now?",
        subject="Thinking of {shared}",
    ),
    Shape(
        THREAD, "left-from-inside", "We both know {shared} from the inside, though my time there ended in {left}.",
        "What has changed since?",
        subject="Days at {shared}",
    ),
    Shape(
        THREAD, "left-still-curious", "My days at {shared} ended in {left}, and I am still curious about the place.",
        "What is it like now?",
        subject="{shared}, then and now",
    ),
    Shape(
        THREAD, "left-own-time", "I saw {shared} beside your name and thought of my own time there, until {left}.",
        "How is it now?",
        subject="Thinking of {shared}",
    ),
    Shape(
        THREAD, "shared-from-inside", "We both know {shared} from the inside.", "What is it like these days?",
        subject="Days at {shared}",
    ),
    Shape(
        THREAD, "shared-curious", "Having been at {shared} myself, I'm curious about the place.", "How do you find it?",
        subject="{shared}, then and now",
    ),
    Shape(
        THREAD, "shared-own-time", "I saw {shared} beside your name and thought of my own time there.",
        "How is the place these days?",
        subject="Thinking of {shared}",
    ),
    Shape(
        THREAD, "both-compare", "We are both at {both}, so there must be plenty to compare.",
        "What are you working on at the moment?",
        subject="Both at {both}",
    ),
    Shape(
        THREAD, "both-corner", "From one corner of {both} to another:", "what is on your desk at the moment?",
        subject="From another corner of {both}",
    ),
    Shape(
        THREAD, "both-inside", "You and I both know {both} from the inside.",
        "What has been the most interesting part for you lately?",
        subject="Hello across {both}",
    ),
    # Since when they know each other.
    Shape(
        THREAD, "era-taken-you", "When we {tied} in {since} I was at {era}.",
        "What were you doing then, and where has it taken you?",
        subject="Days at {era}",
    ),
    Shape(
        THREAD, "era-my-days",
        "We {tied} in {since}, in my days at {era}.", "What has changed most for you since then?",
        subject="Since {since}",
    ),
    Shape(
        THREAD, "era-moved-on", "I have moved on from {era}, where I was when we {tied} in {since}.",
        "Where has the road taken you?",
        subject="Back in {since}",
    ),
    Shape(
        THREAD, "years-chapters", "We {tied} in {since}, {years} years ago, so I have missed a chapter or two.",
        "Which was the best?",
        subject="Since {since}",
    ),
    Shape(
        THREAD, "years-about", "It is about {years} years since we {tied}, in {since}.",
        "What has changed most for you in that time?",
        subject="Back in {since}",
    ),
    Shape(
        THREAD, "years-now-and-then", "Going back to {since}, when we {tied}, {years} years ago:",
        "what were you working on then, and what is it now?",
        subject="Picking up from {since}",
    ),
    Shape(
        THREAD, "since-how-have", "We {tied} in {since}.", "How have things gone for you since then?",
        subject="Since {since}",
    ),
    Shape(
        THREAD, "since-pick-up", "I'd like to pick up from {since}, when we {tied}.", "What are you working on now?",
        subject="Picking up from {since}",
    ),
    Shape(
        THREAD, "since-going-back", "Going back to {since}, when we {tied}:", "what has been new in your world?",
        subject="Back in {since}",
    ),
    # What the card says.
    Shape(
        THREAD, "post-how-much", "I have you down as {title} at {org}.", "How much of that is still true?",
        subject="Checking my address book",
    ),
    Shape(
        THREAD, "post-last-i-knew", "The last I knew, you were {title} at {org}.",
        "Is that still so, and do you enjoy it?",
        subject="News of you",
    ),
    Shape(
        THREAD, "post-address-book", "In my address book you are {title} at {org}.", "Is my book up to date?",
        subject="You and {org}",
    ),
    Shape(
        THREAD, "org-your-days", "I have you down at {org}.", "Is that still where you spend your days?",
        subject="Checking my address book",
    ),
    Shape(
        THREAD, "org-last-i-knew", "The last I knew, you were at {org}.", "Is that still so, and do you enjoy it?",
        subject="News of you",
    ),
    Shape(
        THREAD, "org-address-book", "In my address book you are at {org}.", "Is my book up to date?",
        subject="You and {org}",
    ),
    Shape(
        THREAD, "worked-from-there", "We have worked together, and I'd enjoy picking up from there.",
        "What are you working on now?",
        relation=("client", "colleague"),
    ),
    Shape(
        THREAD, "worked-wondered", "Thinking of our work together, I wondered what came next for you.",
        "What are you busy with?",
        relation=("client", "colleague"),
    ),
    Shape(
        THREAD, "worked-news", "Having worked together, we should know more of each other's news.",
        "What is the best of yours?",
        relation=("client", "colleague"),
    ),
    Shape(
        THREAD, "here-compare", "We are both in {here}, so there must be something to compare.",
        "What are you working on these days?",
    ),
    Shape(
        THREAD, "here-corner", "From one corner of {here} to another:", "what is on your desk at the moment?",
    ),
    Shape(
        THREAD, "here-both-know", "You and I both know {here}.", "What has been new in your part of it?",
    ),
)  # fmt: skip
