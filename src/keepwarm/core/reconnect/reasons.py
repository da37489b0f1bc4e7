"""Why this person, why now: recorded facts, strongest first, and the one place where they become words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from keepwarm.core import moments, promises
from keepwarm.core.names import greeting_name, organisation_key, organisation_name
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Candidate, History, Owner, factors
from keepwarm.core.reconnect.factors import Career

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
SOURCES = {"linkedin": "on LinkedIn", "vcard": "in your address book", "user": "as you noted"}
OVER = 1.25  # times a rhythm: from then on it is worth saying
CROWD = 3  # from so many people at one place it is worth saying

BIRTHDAY, ANNIVERSARY, YEARS, MET, TOPIC = "birthday", "anniversary", "years_known", "how_met", "topic"
MARK, RELATION, PAST_EMPLOYER, SAME_EMPLOYER, ERA = "mark", "relation", "shared_past", "shared_now", "era"
TRUST = "trust"
PLACE, CLUSTER, SOLE, SINCE, ROLE = "place", "cluster", "sole_link", "known_since", "role"
SILENCE, RHYTHM, NOTHING_YET, WANTED, WISH = "silence", "rhythm", "nothing_yet", "wanted", "wish"
CONTEXT, WIDE, ANSWERS, WEEKS = "context", "wide", "answers", "weeks"
NEW_JOB, NEW_TITLE, NEW_NAME = moments.NEW_JOB, moments.NEW_TITLE, moments.NEW_NAME
LEFT, PUBLISHED, HAPPENED = moments.LEFT_LINKEDIN, moments.PUBLISHED, moments.OTHER

# Which touches stand behind a reason, as a timeline can show them alone.
DIRECT, ANSWERED, TO_MANY, LAST, LINES = "direct", "answered", "to_many", "last", "lines"
EVIDENCE = {
    SILENCE: DIRECT, RHYTHM: DIRECT, WEEKS: DIRECT, ANSWERS: ANSWERED, WIDE: TO_MANY, CONTEXT: LAST, TOPIC: LINES,
}  # fmt: skip


class Reason(NamedTuple):
    """One recorded fact. No words, so that any language or face can say it."""

    kind: str
    strength: float  # 0..1, only to order a person's reasons
    source: str  # linkedin, vcard, user, messages
    date: dt.date | None  # when the source said so; the fact's own date is `when`
    when: dt.date | None = None
    number: int = 0  # years, people, months, answers: as the kind has it
    of: int = 0  # out of how many
    subject: str = ""  # an employer, a place, the owner's own words
    today: dt.date | None = None  # for kinds whose words depend on the day
    after: dt.date | None = None  # of what happened between two days: the first; `when` is the second


def reasons(candidate: Candidate, owner: Owner, today: dt.date) -> list[Reason]:
    """Strongest first; never empty: "nothing noted yet" closes the list of a person without history."""
    return reasons_of(candidate, owner, factors.career(owner.positions), today)


def reasons_of(candidate: Candidate, owner: Owner, path: Career, today: dt.date) -> list[Reason]:
    """The same with the owner's path already built: for hundreds of people at once."""
    found = [
        *_moments(candidate, today),
        *_own_words(candidate, today),
        *_from_messages(candidate, today),
        *_shared(candidate, owner, path),
        *_from_card(candidate),
    ]
    if not any(reason.when == candidate.known_since for reason in found):
        found += _since_when(candidate, today)  # else that day is told already, and better
    found.sort(key=lambda reason: -reason.strength)
    if candidate.history is None:
        found.append(Reason(NOTHING_YET, 0.0, "user", candidate.source_date))
    return found


def _moments(c: Candidate, today: dt.date) -> list[Reason]:
    found = _news(c, today)
    for kind, day, strength in ((BIRTHDAY, c.birthday, 1.0), (ANNIVERSARY, c.anniversary, 0.6)):
        if day and (days := factors.days_until(day, today)) is not None and days <= factors.SOON:
            turn = today + dt.timedelta(days=days)
            found.append(Reason(kind, strength, *c.told(kind), turn, days, today=today))
    if years := factors.years_known(c, today):
        strength = 0.45 if years % factors.ROUND else 0.78
        found.append(Reason(YEARS, strength, *c.told("known_since"), c.known_since, years))
    return found


def _news(c: Candidate, today: dt.date) -> list[Reason]:
    """What has happened to them of late: on its first days before all but the owner's own wish."""
    found = []
    for moment in c.moments:
        if (opening := moments.opening(moment, today)) > 0:
            subject = moments.employer(moment) if moment.kind == NEW_JOB else moment.text
            strength, told = 0.5 + 0.43 * opening, (moment.source, moment.found_on)
            found.append(
                Reason(moment.kind, strength, *told, moment.on, subject=subject, today=today, after=moment.after_on)
            )
    return found


def of_moment(moment: moments.Moment, today: dt.date) -> str:
    """What has happened as one sentence with its days, also where it has faded."""
    subject = moments.employer(moment) if moment.kind == NEW_JOB else moment.text
    reason = Reason(
        moment.kind, 0, moment.source, moment.found_on, moment.on, subject=subject, today=today, after=moment.after_on
    )
    return _WORDS[moment.kind](reason, "")


def _own_words(c: Candidate, today: dt.date) -> list[Reason]:
    """What the owner has said about the person. It has no file, so no date but the one of their own entry."""
    noted = c.source_date if c.source == "user" else None
    found = []
    if c.wish and factors.reminded(c, today):
        found.append(Reason(WISH, 0.96, "user", c.wish.said_on, c.wish.on, subject=c.wish.text))
    elif c.wanted and factors.wished(c, today):
        found.append(Reason(WANTED, 0.95, "user", c.wanted, c.wanted))
    if c.how_met:
        found.append(Reason(MET, 0.85, "user", noted, c.known_since, subject=c.how_met))
    if c.note_topic:
        found.append(Reason(TOPIC, 0.82, "user", noted, subject=c.note_topic))
    if c.important > 0:
        found.append(Reason(MARK, 0.5 + 0.1 * min(c.important, 3), "user", noted, number=c.important))
    if c.trust in TRUSTED:
        found.append(Reason(TRUST, 0.58, "user", noted, subject=c.trust))
    if c.relation:
        found.append(Reason(RELATION, 0.6, "user", noted, subject=c.relation))
    return found


def _from_messages(c: Candidate, today: dt.date) -> list[Reason]:
    found = []
    if c.last_context:
        found.append(Reason(CONTEXT, 0.81, "messages", c.last_context_on, c.last_context_on, subject=c.last_context))
    if c.history is not None:
        found += [*_quiet(c, c.history, today), *_so_far(c.history)]
    return found


def _quiet(c: Candidate, history: History, today: dt.date) -> list[Reason]:
    """How long it has been, and against what rhythm: the owner's word, else the pair's own. With a rhythm it says more
    than how the two met."""
    days = factors.silence(history, today)
    months = round(days / 30.44)

    def quiet(kind: str, strength: float, rhythm: float = 0) -> list[Reason]:
        usual = str(round(rhythm)) if rhythm else ""
        return [Reason(kind, strength, "messages", history.last, history.last, months, subject=usual)]

    if months < 1:
        return quiet(SILENCE, 0.1)
    if c.cadence and days >= OVER * c.cadence:
        return quiet(RHYTHM, 0.87, c.cadence)
    if history.typical_gap and days >= OVER * history.typical_gap:
        return quiet(SILENCE, 0.86, history.typical_gap)
    return quiet(SILENCE, 0.75)


def _so_far(history: History) -> list[Reason]:
    """What the messages tell but for the silence."""
    found = []
    if history.ambient90 >= factors.TELLING:
        found.append(Reason(WIDE, 0.72, "messages", None, number=history.ambient90))
    if factors.answering(history) in ("often", "usually"):
        found.append(Reason(ANSWERS, 0.71, "messages", None, None, history.answers, history.sent))
    if history.weeks >= factors.TELLING:
        found.append(Reason(WEEKS, 0.64, "messages", history.last, history.first, history.weeks))
    return found


def _shared(c: Candidate, owner: Owner, path: Career) -> list[Reason]:
    """What person and owner have in common by their two records."""
    found = []
    if shared := factors.shared_employer(c, path):
        name = organisation_name(c.organisation)
        there = c.known_since if shared.connected_there else None
        if not shared.stay.ended:
            found.append(Reason(SAME_EMPLOYER, 0.4, *c.told("organisation"), there, subject=name))
        else:
            year = factors.year_left(shared.stay)
            strength = 0.8 if there else 0.7
            found.append(Reason(PAST_EMPLOYER, strength, *c.told("organisation"), there, year, subject=name))
    elif stay := factors.era(c, path):
        name = organisation_name(stay.position.organisation)
        found.append(Reason(ERA, 0.5, *c.told("known_since"), c.known_since, subject=name))
    if c.place and owner.place and (town := town_of(c.place)) == town_of(owner.place):
        found.append(Reason(PLACE, 0.48, *c.told("address"), subject=town))
    return found


def _from_card(c: Candidate) -> list[Reason]:
    found = []
    if name := organisation_name(c.organisation):
        if c.cluster >= CROWD:
            found.append(Reason(CLUSTER, 0.42, *c.told("organisation"), number=c.cluster, subject=name))
        elif c.cluster == 1:
            found.append(Reason(SOLE, 0.38, *c.told("organisation"), subject=name))
    if work := work_line(c):
        found.append(Reason(ROLE, 0.25, *c.told("title"), subject=work))
    return found


def _since_when(c: Candidate, today: dt.date) -> list[Reason]:
    if c.known_since is None or c.known_since > today:
        return []
    years = int((today - c.known_since).days / factors.YEAR)
    return [Reason(SINCE, 0.3 + 0.01 * min(years, 15), *c.told("known_since"), c.known_since, years)]


# --- words -------------------------------------------------------------------------------------------


def words(reason: Reason, candidate: Candidate) -> str:
    """One sentence for the card. It states what is recorded and says nothing else."""
    return _WORDS[reason.kind](reason, called(candidate))


def short(reason: Reason) -> str:
    """A few words for the line of a closed card."""
    return _SHORT[reason.kind](reason)


def facts(candidate: Candidate, owner: Owner, today: dt.date) -> list[tuple[str, str]]:
    """(label, text) for the open card, only what is known; the last line says when nothing is between you."""
    c = candidate
    lines = [
        ("Work", work_line(c)),
        ("How you met", _sentence(c.how_met)),
        ("Known since", f"{month_year(c.known_since)}, {_where(c.told('known_since')[0])}" if c.known_since else ""),
        ("In common", _in_common(c, owner)),
        ("You noted", _sentence(c.note_topic)),
        ("Relation", _sentence(c.relation)),
        ("Place", c.place),
        ("Birthday", day_and_month(c.birthday)),
        ("Between you", _between(c, today)),
        ("Answers", answers(c.history)),
    ]
    return [(label, text) for label, text in lines if text]


def _in_common(c: Candidate, owner: Owner) -> str:
    path = factors.career(owner.positions)
    if shared := factors.shared_employer(c, path):
        year = factors.year_left(shared.stay)
        return organisation_name(c.organisation) + (f", you until {year}" if year else "")
    stay = factors.era(c, path)
    return f"You were at {organisation_name(stay.position.organisation)} when you connected" if stay else ""


def _between(c: Candidate, today: dt.date) -> str:
    if c.history is None:
        return "Nothing noted yet"
    ago = spell_months(round(factors.silence(c.history, today) / 30.44))
    return f"Last in touch in {month_year(c.history.last)}" + (f", {ago} ago" if ago else "")


def answers(history: History | None) -> str:
    """ "Usually, seven of nine times"; never a bare share, and nothing while there is little to go by."""
    if history is None or not (band := factors.answering(history)):
        return ""
    return f"{band.capitalize()}, {spell(history.answers)} of {spell(history.sent)} times"


def _birthday(r: Reason, _: str) -> str:
    return f"Birthday {soon(r.when, r.today)}."


def _anniversary(r: Reason, _: str) -> str:
    return f"An anniversary {soon(r.when, r.today)}."


def _new_job(r: Reason, _: str) -> str:
    return f"{_started(r)}."


def _started(r: Reason) -> str:
    return " ".join(filter(None, (f"Started at {r.subject}", _between_days(r))))


def _new_title(r: Reason, _: str) -> str:
    return " ".join(filter(None, (f"Became {_clipped(r.subject)}", _between_days(r)))) + "."


def _new_name(r: Reason, _: str) -> str:
    return " ".join(filter(None, (f"Is called {r.subject}", f"since {when}" if (when := _last_day(r)) else ""))) + "."


def _left(r: Reason, _: str) -> str:
    return " ".join(filter(None, ("Left your connections on LinkedIn", _between_days(r)))) + "."


def _published(r: Reason, _: str) -> str:
    return " ".join(filter(None, (f"Published “{_clipped(r.subject)}”", _between_days(r)))) + "."


def _happened(r: Reason, _: str) -> str:
    return f"{_sentence(r.subject)}" + (f", {said}." if (said := _between_days(r)) else ".")


def _between_days(r: Reason) -> str:
    return between(r.after, r.when, r.today)


def _last_day(r: Reason) -> str:
    return between(None, r.when, r.today).removeprefix("on ")


def _years(r: Reason, _: str) -> str:
    verb = "connected on LinkedIn" if r.source == "linkedin" else "met"
    return f"It is {spell(r.number)} year{'s' * (r.number != 1)} this week since you {verb}."


def _met(r: Reason, _: str) -> str:
    return f"How you met: {_sentence(r.subject)}."


def _topic(r: Reason, _: str) -> str:
    return f"You noted: {_sentence(r.subject)}."


def _mark(r: Reason, who: str) -> str:
    return f"You marked {who} as {('someone to keep', 'important', 'very important')[min(r.number, 3) - 1]}."


TRUSTED = {"trusts": "someone who trusts you", "opens": "someone who opens doors"}


def _trust(r: Reason, who: str) -> str:
    return f"You marked {who} as {TRUSTED[r.subject]}."


def _relation(r: Reason, who: str) -> str:
    return f"You noted {who} as: {r.subject.strip().rstrip('.').lower()}."


def _past_employer(r: Reason, _: str) -> str:
    if r.when:
        return f"You connected in {month_year(r.when)}, in your own time at {r.subject}."
    return f"You have both been at {r.subject}" + (f"; you until {r.number}." if r.number else ".")


def _same_employer(r: Reason, _: str) -> str:
    return f"You are both at {r.subject}."


def _era(r: Reason, _: str) -> str:
    return f"You connected in {month_year(r.when)}, when you were at {r.subject}."


def _place(r: Reason, _: str) -> str:
    return f"You are both in {r.subject}."


def _cluster(r: Reason, _: str) -> str:
    return f"One of {spell(r.number)} people you know at {r.subject}."


def _sole(r: Reason, _: str) -> str:
    return f"The only person you know at {r.subject}."


def _since(r: Reason, _: str) -> str:
    return f"You have known each other since {month_year(r.when)}, {_where(r.source)}."


def _role(r: Reason, _: str) -> str:
    return f"{r.subject}."


def _silence(r: Reason, _: str) -> str:
    if not r.number:
        return f"You were last in touch in {month_year(r.when)}."
    gap = f"it has been {spell_months(r.number)}"
    if not r.subject:
        return f"You were last in touch in {month_year(r.when)}; {gap}."
    return f"You are usually in touch every {every(int(r.subject))}; {gap}."


def _rhythm(r: Reason, _: str) -> str:
    return f"You like to be in touch every {every(int(r.subject))}; it has been {spell_months(r.number)}."


def _context(r: Reason, _: str) -> str:
    return f"You were last in touch about “{_clipped(bare_subject(r.subject))}”."


def _wide(r: Reason, _: str) -> str:
    return f"You were both on {spell(r.number)} wide letters or meetings in the last three months."


def _answers(r: Reason, who: str) -> str:
    return f"{who} {_band(r)} answers: {spell(r.number)} of {spell(r.of)} times."


def _band(r: Reason) -> str:
    return factors.band(r.number, r.of)


def _weeks(r: Reason, _: str) -> str:
    return f"You have been in touch in {spell(r.number)} different weeks since {month_year(r.when)}."


def _wanted(r: Reason, _: str) -> str:
    return "You wanted to say hello."


def _wish(r: Reason, who: str) -> str:
    asked = f" on {r.date.day} {MONTHS[r.date.month - 1]}" if r.date else ""
    about = f": {promises.to_you(_clipped(r.subject))}" if r.subject else ""
    return f"You asked{asked} to be reminded of {who}{about}."


def _nothing(r: Reason, _: str) -> str:
    return "Nothing noted between you yet."


_WORDS: dict[str, Callable[[Reason, str], str]] = {
    BIRTHDAY: _birthday, ANNIVERSARY: _anniversary, YEARS: _years, MET: _met, TOPIC: _topic, MARK: _mark, TRUST: _trust,
    RELATION: _relation, PAST_EMPLOYER: _past_employer, SAME_EMPLOYER: _same_employer, ERA: _era,
    PLACE: _place, CLUSTER: _cluster, SOLE: _sole, SINCE: _since, ROLE: _role, SILENCE: _silence,
    NOTHING_YET: _nothing, WANTED: _wanted, WISH: _wish, RHYTHM: _rhythm, CONTEXT: _context, WIDE: _wide,
    ANSWERS: _answers, WEEKS: _weeks, NEW_JOB: _new_job, NEW_TITLE: _new_title, NEW_NAME: _new_name, LEFT: _left,
    PUBLISHED: _published, HAPPENED: _happened,
}  # fmt: skip
_SHORT: dict[str, Callable[[Reason], str]] = {
    BIRTHDAY: lambda r: f"Birthday {soon(r.when, r.today)}",
    ANNIVERSARY: lambda r: f"Anniversary {soon(r.when, r.today)}",
    YEARS: lambda r: f"{spell(r.number).capitalize()} year{'s' * (r.number != 1)} this week",
    MET: lambda r: f"Met: {_clipped(r.subject)}",
    TOPIC: lambda r: f"You noted: {_clipped(r.subject)}",
    MARK: lambda r: "You marked as important" if r.number > 1 else "Someone to keep",
    TRUST: lambda r: "Opens doors for you" if r.subject == "opens" else "Trusts you",
    RELATION: lambda r: _clipped(_sentence(r.subject)),
    PAST_EMPLOYER: lambda r: f"Both of {r.subject}",
    SAME_EMPLOYER: lambda r: f"Both at {r.subject}",
    ERA: lambda r: f"From your days at {r.subject}",
    PLACE: lambda r: f"Both in {r.subject}",
    CLUSTER: lambda r: f"One of {spell(r.number)} at {r.subject}",
    SOLE: lambda r: f"The only one you know at {r.subject}",
    SINCE: lambda r: f"Known since {month_year(r.when)}",
    ROLE: lambda r: r.subject,
    SILENCE: lambda r: f"{spell_months(r.number).capitalize()} of quiet" if r.number else "In touch of late",
    NOTHING_YET: lambda r: "Nothing noted yet",
    WANTED: lambda r: "You wanted to say hello",
    WISH: lambda r: f"Remind me: {_clipped(r.subject)}" if r.subject else "You wanted to be reminded",
    RHYTHM: lambda r: f"{spell_months(r.number).capitalize()} of quiet",
    CONTEXT: lambda r: f"Last about: {_clipped(bare_subject(r.subject))}",
    WIDE: lambda r: f"{spell(r.number).capitalize()} wide letters of late",
    ANSWERS: lambda r: f"{_band(r).capitalize()} answers",
    WEEKS: lambda r: f"In touch in {spell(r.number)} weeks",
    NEW_JOB: lambda r: f"New at {r.subject}",
    NEW_TITLE: lambda r: f"Now {_clipped(r.subject)}",
    NEW_NAME: lambda r: f"Now {r.subject}",
    LEFT: lambda r: "Left your LinkedIn connections",
    PUBLISHED: lambda r: f"Published: {_clipped(r.subject)}",
    HAPPENED: lambda r: _clipped(_sentence(r.subject)),
}


def called(candidate: Candidate) -> str:
    return greeting_name(candidate.given, candidate.name) or candidate.name


def work_line(candidate: Candidate) -> str:
    """ "Head of Insight, Brightwater Foods", or the half that is known."""
    title = " ".join(candidate.title.split()).strip(" ,.;|")
    organisation = organisation_name(candidate.organisation)
    if organisation and organisation_key(organisation) in organisation_key(title):
        return title  # "Founder at Kolejka Labs" says both
    return ", ".join(part for part in (title, organisation) if part)


def town_of(place: str) -> str:
    """The first part of a place as an address book has it: Leeds, West Yorkshire, England."""
    town = place.partition(",")[0].strip()
    for noise in ("Greater ", "City of "):
        town = town.removeprefix(noise)
    return town.removesuffix(" Area").removesuffix(" Metropolitan").strip()


def month_year(day: dt.date | None) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}" if day else ""


def day_and_month(day: PartialDate | None) -> str:
    if day is None or not day.month:
        return ""
    return f"{day.day} {MONTHS[day.month - 1]}" if day.day else MONTHS[day.month - 1]


def soon(when: dt.date | None, today: dt.date | None) -> str:
    """today, tomorrow, on Sunday within the week, else on 3 December."""
    if when is None or today is None:
        return "soon"
    days = (when - today).days
    if days < 2:
        return ("today", "tomorrow")[max(days, 0)]
    return f"on {WEEKDAYS[when.weekday()]}" if days < 7 else f"on {when.day} {MONTHS[when.month - 1]}"


def between(after: dt.date | None, on: dt.date | None, today: dt.date | None) -> str:
    """ "between 3 March and 9 November", "on 9 November", "" where nobody knows; with the year where it is another."""
    this_year = today.year if today else 0
    if on is None:
        return ""
    if after is None or after >= on:
        return f"on {_day_of(on, this_year)}"
    if after.year == on.year:
        return f"between {_day_of(after, on.year)} and {_day_of(on, this_year)}"
    return f"between {_day_of(after, 0)} and {_day_of(on, 0)}"


def _day_of(day: dt.date, year: int) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != year else "")


def spell(number: int) -> str:
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def spell_months(months: int) -> str:
    """seven months, over a year, three years."""
    if months < 12:
        return f"{spell(months)} month{'s' * (months != 1)}" if months > 0 else ""
    years = months // 12
    return "over a year" if years == 1 else f"{spell(years)} years"


def every(days: int) -> str:
    """A rhythm as people say it: week, three weeks, two months, year."""
    if 350 <= days <= 380:
        return "year"
    if days >= 55:
        return f"{spell(round(days / 30.44))} months"
    if 26 <= days <= 35:
        return "month"
    if days >= 11:
        return f"{spell(round(days / 7))} weeks"
    return "week" if days >= 6 else f"{spell(max(days, 2))} days"


_PREFIXES = re.compile(r"^(?:(?:re|fwd?|aw|wg|sv|tr|rv)\s*:\s*)+", re.IGNORECASE)


def bare_subject(subject: str) -> str:
    """Without the Re: and Fwd: of mail programs."""
    return _PREFIXES.sub("", subject.strip())


def _where(source: str) -> str:
    return SOURCES.get(source, "in your records")


def _clipped(text: str) -> str:
    """One line of at most sixty letters."""
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= 60 else line[:59].rsplit(" ", 1)[0] + "…"


def _sentence(text: str) -> str:
    text = " ".join(text.split()).rstrip(".")
    return text[:1].upper() + text[1:]
