"""Days as people say them in English: "last Tuesday", "two weeks ago", "by the 3rd of May", "12/5"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple


class Said(NamedTuple):
    """One day spoken of: from where to where in the text, and which day that is."""

    start: int
    end: int
    day: date
    sure: bool  # the words can mean nothing but the past (or, looking ahead, nothing but the future)


class _Calendar(NamedTuple):
    today: date
    first_weekday: int  # 0 is Monday
    month_first: bool  # 12/5 is the fifth of December
    ahead: bool  # looking for a day to come

    @property
    def week(self) -> date:
        """The first day of this week."""
        return self.today - timedelta((self.today.weekday() - self.first_weekday) % 7)


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SMALL = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "a couple of": 2, "couple of": 2, "a few": 3, "few": 3, "several": 4,
    "half a": 0,
}  # fmt: skip
_NUMBER = r"(?P<n>\d{1,3}|a couple of|couple of|a few|few|half a|several|an?|" + "|".join(list(_SMALL)[2:12]) + ")"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?"
_FULL_DAY = "|".join(_DAYS)
# Sat, sun, wed and mon are words and names too: alone they mean a day only after "on", "last" and the like.
_WEEKDAY = rf"(?P<weekday>{_FULL_DAY}|mon|tues?|weds?|thur?s?|fri|sat|sun)"
_CLEAR_DAY = rf"(?P<weekday>{_FULL_DAY}|tues?|weds|thur?s?|fri)"
_PART = r"(?: (?:morning|lunchtime|afternoon|evening|night))?"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
_YEAR = r"(?:,? (?P<year>\d{4})\b|,? ['’](?P<short>\d\d)\b)?"
_BEFORE_DATE = rf"(?:on )?(?:(?:{_FULL_DAY}|mon|tue|wed|thu|fri|sat|sun),? )?(?:the )?"


def past(text: str, today: date, first_weekday: int = 0, *, month_first: bool = False) -> list[Said]:
    """Days up to today that the text speaks of, in order; what reads as still to come is left out."""
    calendar = _Calendar(today, first_weekday, month_first, ahead=False)
    return [said for said in _all(text, calendar, _PAST) if said.sure or not _to_come(text, said.start)]


def ahead(text: str, today: date, first_weekday: int = 0, *, month_first: bool = False) -> Said | None:
    """The first day from today on that the text speaks of."""
    return next(iter(_all(text, _Calendar(today, first_weekday, month_first, ahead=True), _AHEAD)), None)


def _all(text: str, calendar: _Calendar, rules: tuple[_Rule, ...]) -> list[Said]:
    """Earlier rules win where two read the same words."""
    found: list[Said] = []
    for rule in rules:
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            day = rule.day(match, calendar)
            if day and not any(start < other.end and other.start < end for other in found):
                found.append(Said(start, end, day, rule.sure))
    return sorted(found)


_STILL = re.compile(
    r"\b(?:by|before|until|till|from|since|next|for|due)\s*$"
    r"|(?:\b(?:will|won['’]t|going to|plans? to|wants? to|hopes? to|would like to|let['’]s|due|deadline|starts?|begins?"
    r"|leaves|moves|opens|launch(?:es|ing)|(?:is|are|am) \w+ing)\b|['’](?:ll|s \w+ing|re \w+ing|m \w+ing)\b)[^,;.!?]*$",
    re.IGNORECASE,
)


def _to_come(text: str, start: int) -> bool:
    """The words before say that the day is a plan: "she starts on Monday", "free until Friday"."""
    return bool(_STILL.search(text[:start]))


# --- which day the words mean -------------------------------------------------------------------------


def _weekday(match: re.Match[str]) -> int:
    return next(n for n, name in enumerate(_DAYS) if name.startswith(match["weekday"].lower()[:3]))


def _nearest_weekday(match: re.Match[str], calendar: _Calendar) -> date:
    """The last such day before today, or the first after it: for today people say today."""
    if calendar.ahead:
        return calendar.today + timedelta((_weekday(match) - calendar.today.weekday() - 1) % 7 + 1)
    return calendar.today - timedelta((calendar.today.weekday() - _weekday(match) - 1) % 7 + 1)


def _in_week(match: re.Match[str], calendar: _Calendar, weeks: int) -> date:
    """That weekday of the week so many weeks from this one."""
    return calendar.week + timedelta((_weekday(match) - calendar.first_weekday) % 7 + 7 * weeks)


def _this_weekday(match: re.Match[str], calendar: _Calendar) -> date | None:
    day = _in_week(match, calendar, 0)
    return day if (day >= calendar.today if calendar.ahead else day <= calendar.today) else None


def _months_from(day: date, months: int) -> date:
    """The same day of another month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def _days_in(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day


def _span_of_time(match: re.Match[str], calendar: _Calendar) -> date | None:
    """So many days, weeks or months away."""
    said = match["n"].lower()
    number, unit = int(said) if said.isdecimal() else _SMALL[said], match["unit"].lower()
    sign = 1 if calendar.ahead else -1
    if said == "half a":
        return _months_from(calendar.today, 6 * sign) if unit == "year" else None
    if unit in ("month", "year"):
        return _months_from(calendar.today, sign * number * (12 if unit == "year" else 1)) if number < 240 else None
    return calendar.today + timedelta(sign * number * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _weekend(match: re.Match[str], calendar: _Calendar) -> date:
    """Its Saturday. On a Sunday "the weekend" is this one and "last weekend" the one before."""
    saturday = calendar.today - timedelta((calendar.today.weekday() - 5) % 7)
    is_now = calendar.today.weekday() >= 5
    return saturday - timedelta(7) if is_now and match[0].lower().startswith("last") else saturday


def _dated(match: re.Match[str], calendar: _Calendar) -> date | None:
    """A day of a month in words, with or without a year."""
    month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"].lower().rstrip(".")[:3]))
    year = match["year"] or (f"20{match['short']}" if match["short"] else "")
    return _on(int(match["day"]), month, int(year) if year else None, calendar)


def _numbers(match: re.Match[str], calendar: _Calendar) -> date | None:
    """12/5 and 12.5.: the day first or the month first as the user writes it, unless only one can be."""
    first, second = int(match["first"]), int(match["second"])
    if match[0].strip() == "24/7":
        return None
    day, month = (second, first) if calendar.month_first and "." not in match[0] else (first, second)
    if month > 12 >= day:
        day, month = month, day
    year = int(match["year"]) if match["year"] else None
    return _on(day, month, 2000 + year if year is not None and year < 100 else year, calendar)


def _iso(match: re.Match[str], calendar: _Calendar) -> date | None:
    return _on(int(match["day"]), int(match["month"]), int(match["year"]), calendar)


def _on(day: int, month: int, year: int | None, calendar: _Calendar) -> date | None:
    """That date; without a year the nearest one in the direction one looks."""
    step = 1 if calendar.ahead else -1
    near = calendar.today.year
    for tried in [year] if year is not None else range(near, near + 9 * step, step):
        try:
            found = date(tried, month, day)
        except ValueError:
            continue
        if found == calendar.today or (found > calendar.today) == calendar.ahead:
            return found
    return None


def _day_of_month(match: re.Match[str], calendar: _Calendar) -> date | None:
    """ "On the 3rd": of this month, else of the one before or after."""
    step = 1 if calendar.ahead else -1
    for months in range(0, 3 * step, step):
        first = _months_from(calendar.today.replace(day=1), months)
        if found := _on(int(match["day"]), first.month, first.year, calendar):
            return found
    return None


def _month_alone(match: re.Match[str], calendar: _Calendar) -> date | None:
    """ "In March": its middle, for want of better, but never a day that has not been."""
    month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"].lower().rstrip(".")[:3]))
    year = int(match["year"]) if match["year"] else None
    if (year, month) == (calendar.today.year, calendar.today.month):
        return calendar.today if calendar.ahead else min(calendar.today, calendar.today.replace(day=15))
    return _on(15, month, year, calendar)


def _end_of_week(match: re.Match[str], calendar: _Calendar) -> date:
    """Its Friday, or its last day where Friday is over."""
    weeks = 1 if "next" in match[0].lower() else 0
    friday = calendar.week + timedelta((4 - calendar.first_weekday) % 7 + 7 * weeks)
    return friday if friday >= calendar.today else calendar.week + timedelta(6 + 7 * weeks)


def _end_of_month(match: re.Match[str], calendar: _Calendar) -> date:
    month = _months_from(calendar.today.replace(day=1), 1 if "next" in match[0].lower() else 0)
    return month.replace(day=_days_in(month.year, month.month))


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    day: Callable[[re.Match[str], _Calendar], date | None]
    sure: bool = True


def _rule(pattern: str, day: Callable[[re.Match[str], _Calendar], date | None], *, sure: bool = True) -> _Rule:
    return _Rule(re.compile(rf"(?<![\w/.-])(?:{pattern})(?![\w/-])", re.IGNORECASE), day, sure)


def _away(days: int) -> Callable[[re.Match[str], _Calendar], date]:
    return lambda _, calendar: calendar.today + timedelta(days)


_DATES = (
    _rule(r"(?:on )?(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", _iso, sure=False),
    _rule(rf"{_BEFORE_DATE}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}{_YEAR}", _dated, sure=False),
    _rule(rf"{_BEFORE_DATE}{_MONTH} (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_YEAR}", _dated, sure=False),
    _rule(r"(?:on )?(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?", _numbers, sure=False),
    _rule(r"(?:on )?(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.(?P<year>\d{4}|\d{2})?", _numbers, sure=False),
)
_PAST = (
    _rule(r"(?:earlier )?today|tonight|this (?:morning|afternoon|evening|lunchtime)|just now", _away(0)),
    _rule(r"(?:the )?day before yesterday", _away(-2)),
    _rule(rf"yesterday{_PART}|last night", _away(-1)),
    _rule(rf"(?:about |some |over |almost |nearly )?{_NUMBER} {_UNIT} ago", _span_of_time),
    _rule(rf"(?:a )?week last {_WEEKDAY}", lambda m, c: _nearest_weekday(m, c) - timedelta(7)),
    _rule(rf"(?:on )?{_WEEKDAY},? (?:of )?last week", lambda m, c: _in_week(m, c, -1)),
    _rule(rf"last week,? (?:on )?{_WEEKDAY}", lambda m, c: _in_week(m, c, -1)),
    _rule(rf"(?:on )?{_WEEKDAY} (?:of )?this week", _this_weekday),
    *_DATES,
    _rule(rf"(?:last|this past|past) {_WEEKDAY}{_PART}", _nearest_weekday),
    _rule(rf"this {_WEEKDAY}{_PART}", _this_weekday, sure=False),
    _rule(rf"on {_WEEKDAY}{_PART}", _nearest_weekday, sure=False),
    _rule(rf"{_CLEAR_DAY}{_PART}", _nearest_weekday, sure=False),
    _rule(r"the week before last", _away(-14)),
    _rule(r"last weekend|(?:at|over|on|during|this) (?:the )?weekend", _weekend, sure=False),
    _rule(r"last week", _away(-7)),
    _rule(r"last month", lambda _, c: _months_from(c.today, -1)),
    _rule(r"on the (?P<day>\d{1,2})(?:st|nd|rd|th)(?! floor)", _day_of_month, sure=False),
    _rule(rf"(?:back in|in|last) (?:early |mid |late )?{_MONTH}(?: (?P<year>\d{{4}}))?", _month_alone, sure=False),
)
_UNTIL = r"(?:by|before|until|till|on|this|from) (?:the )?"
_AHEAD = (
    _rule(r"(?:by |later )?(?:today|tonight|this (?:morning|afternoon|evening))", _away(0)),
    _rule(rf"(?:by )?tomorrow{_PART}", _away(1)),
    _rule(rf"(?:with)?in (?:the next )?{_NUMBER} {_UNIT}", _span_of_time),
    _rule(
        r"(?:by |at |before )?(?:the )?end of (?:the |this |next )?week|(?:later )?this week|next week", _end_of_week
    ),
    _rule(r"(?:by |at |before )?(?:the )?end of (?:the |this |next )?month|(?:later )?this month", _end_of_month),
    _rule(r"next month", lambda _, c: _months_from(c.today, 1)),
    _rule(rf"(?:by |on |before )?next {_WEEKDAY}{_PART}", lambda m, c: _in_week(m, c, 1)),
    *(_Rule(re.compile(rf"(?:\b(?:{_UNTIL}))?{rule.pattern.pattern}", re.IGNORECASE), rule.day) for rule in _DATES),
    _rule(rf"(?:{_UNTIL}){_WEEKDAY}{_PART}", _nearest_weekday),
    _rule(rf"{_CLEAR_DAY}{_PART}", _nearest_weekday),
    _rule(r"(?:by|on|before) the (?P<day>\d{1,2})(?:st|nd|rd|th)", _day_of_month),
    _rule(rf"(?:by|in|before|around|next)(?: early| mid| late)? {_MONTH}(?: (?P<year>\d{{4}}))?", _month_alone),
)
