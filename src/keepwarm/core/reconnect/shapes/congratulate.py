"""Congratulations: the moment named, a good wish, and nothing to answer."""

from __future__ import annotations

from typing import Final

from keepwarm.core import moments
from keepwarm.core.reconnect.shapes import CONGRATULATE, Shape

BIRTHDAY, ANNIVERSARY, ROUND_YEARS = moments.BIRTHDAY, moments.ANNIVERSARY, "round_years"
THE_DAY, AHEAD, ANY_NEWS = "_today", "_soon", "news"
NEW_JOB, NEW_TITLE, PUBLISHED, OTHER = moments.NEW_JOB, moments.NEW_TITLE, moments.PUBLISHED, moments.OTHER

SHAPES: Final = (
    Shape(
        CONGRATULATE, "birthday-soon-good-company",
        "Happy birthday for {eve}! I hope it holds good company, something sweet and nothing urgent.",
        "[I hope {office} can spare you for an hour of it.]", "No need to answer, just enjoy it.",
        subject="Happy birthday", when=BIRTHDAY + AHEAD,
    ),
    Shape(
        CONGRATULATE, "birthday-soon-early",
        "A little early, but many happy returns for {eve}! I hope there is cake, and someone to share it with.",
        "[And I hope they know at {office} what day it is.]", "Enjoy every minute.",
        subject="Happy birthday", when=BIRTHDAY + AHEAD,
    ),
    Shape(
        CONGRATULATE, "birthday-soon-see",
        "Before {eve} comes: my good wishes for your birthday, and may the year ahead be kind to you.",
        "[I hope they treat you well at {office}, that day most of all.]", "Have a lovely day.",
        subject="Happy birthday", when=BIRTHDAY + AHEAD,
    ),
    Shape(
        CONGRATULATE, "birthday-good-company",
        "Happy birthday! I hope the day holds good company, something sweet and nothing urgent.",
        "[I hope {office} can spare you for an hour of it.]", "No need to answer, just enjoy it.",
        subject="Happy birthday", when=BIRTHDAY + THE_DAY,
    ),
    Shape(
        CONGRATULATE, "birthday-returns",
        "Many happy returns of the day! I hope there is cake, and someone to share it with.",
        "[And I hope they know at {office} what day it is.]", "Enjoy every minute.",
        subject="Happy birthday", when=BIRTHDAY + THE_DAY,
    ),
    Shape(
        CONGRATULATE, "birthday-very-happy",
        "A very happy birthday to you! May the year ahead be kind and full of things you enjoy.",
        "[I hope they treat you well at {office}, this day most of all.]", "Have a lovely day.",
        subject="Happy birthday", when=BIRTHDAY + THE_DAY,
    ),
    Shape(
        CONGRATULATE, "anniversary-soon-celebrate",
        "Happy anniversary for {eve}! I hope you find the time to celebrate it properly.",
        close="No need to answer, just enjoy it.", subject="Happy anniversary", when=ANNIVERSARY + AHEAD,
    ),
    Shape(
        CONGRATULATE, "anniversary-soon-early",
        "Warm wishes for your anniversary, a little early! I hope {eve} is a good day from start to end.",
        close="Enjoy every minute.", subject="Happy anniversary", when=ANNIVERSARY + AHEAD,
    ),
    Shape(
        CONGRATULATE, "anniversary-soon-see",
        "Before {eve} comes: my good wishes for your anniversary. Enjoy every bit of it.",
        close="Have a lovely day.", subject="Happy anniversary", when=ANNIVERSARY + AHEAD,
    ),
    Shape(
        CONGRATULATE, "anniversary-celebrate", "Happy anniversary! I hope you find the time to celebrate it properly.",
        close="No need to answer, just enjoy it.", subject="Happy anniversary", when=ANNIVERSARY + THE_DAY,
    ),
    Shape(
        CONGRATULATE, "anniversary-warm",
        "Warm wishes on your anniversary! I hope the day is a good one from start to end.",
        close="Enjoy every minute.", subject="Happy anniversary", when=ANNIVERSARY + THE_DAY,
    ),
    Shape(
        CONGRATULATE, "anniversary-see",
        "I see that it is your anniversary today, so here are my good wishes. Enjoy every bit of it.",
        close="Have a lovely day.", subject="Happy anniversary", when=ANNIVERSARY + THE_DAY,
    ),
    Shape(
        CONGRATULATE, "job-at-now",
        "I see that you are[ {post}] at {place} now. Congratulations, and I hope that it is all you wished for.",
        close="No need to answer, I only wanted to say so.", when=NEW_JOB,
    ),
    Shape(
        CONGRATULATE, "job-glad",
        "Congratulations on {place}[, and on being {post} there]! I was glad to see it, and I hope the start is kind.",
        close="Enjoy the first weeks.", when=NEW_JOB,
    ),
    Shape(
        CONGRATULATE, "job-well-done",
        "So it is[ {post} at] {place} now: well done, and I hope you are among good people there.",
        close="All my best wishes for it.", when=NEW_JOB,
    ),
    Shape(
        CONGRATULATE, "title-earned", "I see that you are {post} now. Congratulations, that is well earned.",
        "[They are lucky to have you at {org}.]", "No need to answer, I only wanted to say so.", when=NEW_TITLE,
    ),
    Shape(
        CONGRATULATE, "title-lucky", "{post}: congratulations! I was glad to see it, and they are lucky to have you.",
        close="Enjoy the first weeks.", when=NEW_TITLE,
    ),
    Shape(
        CONGRATULATE, "title-well-done",
        "So it is {post} now: well done, and I hope that you enjoy every part of it.",
        close="All my best wishes for it.", when=NEW_TITLE,
    ),
    Shape(
        CONGRATULATE, "published-out", "I saw that {news} is out, and I am glad for you. Congratulations!",
        close="No need to answer, I only wanted to say so.", when=PUBLISHED,
    ),
    Shape(
        CONGRATULATE, "published-there",
        "Congratulations on {news}! It is no small thing to get one's words out there.",
        close="I hope it finds the readers you had in mind.", when=PUBLISHED,
    ),
    Shape(
        CONGRATULATE, "published-well-done", "So {news} is out in the world: well done, and may it travel far.",
        close="No need to answer, just enjoy having it done.", when=PUBLISHED,
    ),
    Shape(
        CONGRATULATE, "news-heard", "I heard about {news}. Congratulations, and I hope that you celebrate it well.",
        close="No need to answer, I only wanted to say so.", when=OTHER,
    ),
    Shape(
        CONGRATULATE, "news-on", "Congratulations on {news}! I was glad to hear of it.",
        close="I hope that you take an evening just to enjoy it.", when=OTHER,
    ),
    Shape(
        CONGRATULATE, "news-reached-me", "Word of {news} has reached me: well done, and enjoy every bit of it.",
        close="All my best wishes for what comes next.", when=OTHER,
    ),
    Shape(
        CONGRATULATE, "years-this-week", "It is {years} years this week since we {tied}, and I am glad that we did.",
        "[That was in {since}, in my days at {era}.|That was in {since}.]", "Here's to the next ones.",
        subject="{years} years this week", when=ROUND_YEARS,
    ),
    Shape(
        CONGRATULATE, "years-small-anniversary",
        "A small anniversary: {years} years ago this week we {tied}. Thank you for all of them.",
        "[I hope that {org} is treating you well.]", "No need to answer, I only wanted to mark the day.",
        subject="A small anniversary", when=ROUND_YEARS,
    ),
    Shape(
        CONGRATULATE, "years-counted",
        "I counted, and this week makes it {years} years since we {tied}. That seemed worth a line.",
        "[It was {met}, as I have it.|It was in {since}, as I have it.]", "May the coming years be good to you.",
        subject="{years} years", when=ROUND_YEARS,
    ),
    # Where the news itself does not read well.
    Shape(
        CONGRATULATE, "good-news-glad",
        "I was glad to see your good news. Congratulations, and I hope that it is all you wished for.",
        close="No need to answer, I only wanted to say so.", when=ANY_NEWS,
    ),
    Shape(
        CONGRATULATE, "good-news-on",
        "Congratulations on your good news! I hope that it brings you all you wished for.",
        close="Enjoy the first weeks of it.", when=ANY_NEWS,
    ),
    Shape(
        CONGRATULATE, "good-news-reached-me", "Your good news reached me: well done, and enjoy it.",
        close="All my best wishes for what comes next.", when=ANY_NEWS,
    ),
)  # fmt: skip
