"""What is known of one person, in words that fit a sentence: the facts that a shape may name."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from keepwarm.core import moments
from keepwarm.core.moments import Moment
from keepwarm.core.names import fold, greeting_name, listed
from keepwarm.core.reconnect import Candidate, Gift, Owner, factors, prose
from keepwarm.core.reconnect.reasons import MONTHS, WEEKDAYS, month_year, soon, spell, spell_months, town_of

Known = dict[str, str]  # by the name of the fact; what is not known is not in it

# What each says, for whoever writes a shape; in the order in which they are offered.
FACTS: Final[dict[str, str]] = {
    "name": "what you call them",
    "org": "where they work",
    "title": "what they do there",
    "met": "how you met, as in “at a fair in Leeds”",
    "topic": "what you noted of your last talk",
    "context": "the subject of the last letter",
    "last": "when you were last in touch, as in “April 2026”",
    "gap": "how long it has been, as in “seven months”",
    "since": "since when you know each other, as in “June 2016”",
    "years": "for how many years, as in “ten”",
    "town": "their town, where it is not yours",
    "here": "the town that you are both in",
    "news": "what has happened to them",
    "day": "of a birthday: “today”, “on Sunday”",
    "gift": "the title of what you share, with its site",
    "link": "its address",
    "about": "the words that it shares with them",
    "thought": "your own note on it",
    "promise": "what you said you would do",
    "door": "what they did for you: “the introduction”",
    "met_day": "the day you first met: “yesterday”",
    "me": "your name",
    # Finer ones, which the library uses.
    "shared": "where they work and you once did",
    "left": "the year you left there",
    "there": "since when you know each other, where you worked there then",
    "both": "where you both work now",
    "firm": "where they work and you do not",
    "era": "where you worked when you met",
    "year": "the year since which you know each other",
    "tied": "“met” or “connected”",
    "been": "“known each other” or “been connected”",
    "post": "their new title",
    "place": "the firm of their new job",
    "eve": "of a birthday that is to come: “tomorrow”, “Sunday”",
    "office": "where they work, if that day is a working day",
    "fit": "why what you share suits them",
}
PLAIN: Final = frozenset({"name", "me", "tied", "been"})  # these tell nothing of anyone
MAIN: Final = tuple(FACTS)[: tuple(FACTS).index("shared")]

RELATIONS: Final[dict[str, str]] = {
    "client": "client", "colleague": "someone you worked with", "friend": "friend", "event": "met at an event",
    "mentor": "boss or mentor", "family": "family or neighbour",
}  # fmt: skip
_RELATION_WORDS: Final = (
    ("client", ("client", "customer")),
    ("colleague", ("colleague", "coworker", "co-worker", "supplier", "teammate")),
    ("mentor", ("mentor", "boss", "manager", "teacher", "coach")),
    ("event", ("event", "conference", "met at")),
    ("family", ("family", "neighbour", "neighbor", "cousin", "uncle", "aunt", "brother", "sister")),
    ("friend", ("friend",)),
)


def relation_of(words: str) -> str:
    """Which of `RELATIONS` the owner's own words mean; "" if none."""
    said = fold(words)
    if "friend of" in said:
        return ""
    return next((name for name, signs in _RELATION_WORDS if any(sign in said for sign in signs)), "")


def known_of(c: Candidate, owner: Owner, today: date) -> Known:
    """Only what is recorded and reads well."""
    town, same = prose.town_in_prose(c.place), False
    if c.place and owner.place:
        same = fold(town_of(c.place)) == fold(town_of(owner.place))
    found = {
        "name": greeting_name(c.given, c.name),
        "me": greeting_name("", owner.name) or owner.name.strip(),
        "org": prose.employer_in_prose(c.organisation),
        "title": prose.title_in_prose(c.title),
        "met": prose.story_in_prose(c.how_met),
        "topic": prose.topic_in_prose(c.note_topic),
        "context": prose.subject_in_prose(c.last_context),
        "here" if same else "town": town,
        "promise": prose.deed_in_prose(c.promise),
        "door": c.door,
        "met_day": _back(c.met_on, today) if c.met_on else "",
    }
    found |= _place_in_common(c, owner, found["org"]) | _since(c, owner, found["org"], today) | _silence(c, today)
    return {name: said for name, said in (found | _of_gift(c.gift, found)).items() if said}


def _place_in_common(c: Candidate, owner: Owner, org: str) -> Known:
    shared = factors.shared_employer(c, factors.career(owner.positions)) if org else None
    if shared is None:
        return {"firm": org}
    if not shared.stay.ended:
        return {"both": org}
    there = month_year(c.known_since) if shared.connected_there else ""
    return {"firm": org, "shared": org, "left": str(factors.year_left(shared.stay) or ""), "there": there}


def _since(c: Candidate, owner: Owner, org: str, today: date) -> Known:
    """Since when they know each other, and where the owner was then."""
    if c.known_since is None or c.known_since > today:
        return {}
    stay = factors.era(c, factors.career(owner.positions))
    era = prose.employer_in_prose(stay.position.organisation) if stay else ""
    linked = c.told("known_since")[0] == "linkedin"
    # In the week before the day comes round the years are those to come.
    years = factors.years_known(c, today) or int((today - c.known_since).days / factors.YEAR)
    return {
        "since": month_year(c.known_since),
        "year": str(c.known_since.year),
        "years": spell(years) if years > 1 else "",
        "tied": "connected" if linked else "met",
        "been": "been connected" if linked else "known each other",
        "era": era if era != org else "",  # then they share an employer, which says more
    }


def _silence(c: Candidate, today: date) -> Known:
    """The gap is mentioned only where messages prove it and it is long enough to be one."""
    if c.history is None or (days := factors.silence(c.history, today)) < 90:
        return {}
    return {"gap": spell_months(round(days / 30.44)), "last": month_year(c.history.last)}


# --- what there is to give ---------------------------------------------------------------------------


def _of_gift(gift: Gift | None, found: Known) -> Known:
    """An item of the shelf, and the recorded reason why it suits them."""
    if gift is None or not (title := prose.title_of_gift(gift.title)):
        return {}
    site = prose.site_in_prose(gift.site)
    words = [word for word in gift.words if prose.word_in_prose(word)][:3]
    about = listed(words) if words else ""
    thought = prose.thought_in_prose(gift.note)
    return {
        "gift": f"“{title}”" + (f" ({site})" if site and site.lower() not in title.lower() else ""),
        "link": gift.url if re.match(r"https?://\S+$", gift.url) else "",
        "about": about,
        "fit": _fit(gift, found) if about else "",
        "thought": "" if thought.strip(".!…") == title.strip(".!…") else thought,
    }


def _fit(gift: Gift, found: Known) -> str:
    if gift.said_by == "title" and found["title"]:
        return f"I have you down as {found['title']}"
    if gift.said_by == "organisation" and found["org"]:
        return f"you are at {found['org']}"
    return ""


# --- what has happened -------------------------------------------------------------------------------


def of_news(moment: Moment) -> Known:
    """A new post at a new place as far as both read well; else what happened in a few words."""
    if moment.kind == moments.NEW_JOB:
        at = moments.employer(moment)
        post = prose.title_in_prose(moment.text.removesuffix(f" at {at}")) if " at " in moment.text else ""
        place = prose.employer_in_prose(at)
        return {"place": place, "post": post if place else "", "news": place}
    if moment.kind == moments.NEW_TITLE:
        post = prose.title_in_prose(moment.text)
        return {"post": post, "news": post}
    if moment.kind == moments.PUBLISHED:
        title = prose.title_of_gift(moment.text)
        return {"news": f"“{title}”" if title else ""}
    return {"news": prose.news_in_prose(moment.text)}


def of_day(days: int, today: date) -> Known:
    """A birthday or an anniversary so many days from now."""
    when = today + timedelta(days=days)
    if days == 0:
        return {"day": "today"}
    name = WEEKDAYS[when.weekday()] if days < 7 else f"{when.day} {MONTHS[when.month - 1]}"
    return {"day": soon(when, today), "eve": "tomorrow" if days == 1 else name}


def _back(day: date, today: date) -> str:
    days = (today - day).days
    if days < 2:
        return ("today", "yesterday")[max(days, 0)]
    return f"on {WEEKDAYS[day.weekday()]}" if days < 7 else f"on {day.day} {MONTHS[day.month - 1]}"
