"""Whether a letter was written by a human being to the owner: told by the headers that machines are asked to set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

LOOKED_AT = 1000  # letters of a header
Headers = Mapping[str, str]  # by name in lower case: the first of each


class Rule(NamedTuple):
    """`field` matches `pattern`: the letter is `kind`. The first rule that holds decides."""

    kind: str  # bounce, auto, list, bulk
    field: str
    pattern: re.Pattern[str]


def _rule(kind: str, field: str, pattern: str = r"\S") -> Rule:
    return Rule(kind, field, re.compile(pattern, re.IGNORECASE))


RULES = (
    # A letter that could not be delivered: RFC 3464 and 6522; older servers only sign so.
    _rule("bounce", "content-type", r"^\s*multipart/report\b(?!.*disposition-notification)"),
    _rule("bounce", "x-failed-recipients"),
    _rule("bounce", "from", r"\b(?:mailer-daemon|postmaster)@|^\s*\"?(?:mail delivery (?:sub)?system|mailer-daemon)\b"),
    # "No mail system should answer this": RFC 3834, and 5321 4.5.5 for the empty return path; receipts are RFC 8098.
    _rule("auto", "auto-submitted", r"^\s*(?!no\b)\S"),
    _rule("auto", "return-path", r"^\s*<\s*>"),
    _rule(
        "auto", "content-type", r"multipart/report\b|disposition-notification|text/calendar\b.*method=\"?(?!request)"
    ),
    # Not from a standard: Exchange [MS-OXCMAIL 2.2.3.2.14], cPanel and Exim, vacation programs, web forms.
    _rule("auto", "x-auto-response-suppress", r"\b(?:all|oof|autoreply)\b"),
    _rule("auto", "x-autoreply", r"^\s*(?!no\b)\S"),
    _rule("auto", "x-autorespond", r"^\s*(?!no\b)\S"),
    _rule("auto", "precedence", r"^\s*auto[_-]?reply"),
    _rule("auto", "sender", r"calendar-notification@google\.com"),
    _rule("auto", "x-mailer", r"phpmailer|wordpress|microsoft cdo|nagios|jenkins|jira|swiftmailer|blat v|laravel"),
    # A list on which people write to each other: it can be written to (RFC 2369), or a program for such lists runs it.
    _rule("list", "list-post", r"mailto:|https?:"),
    _rule("list", "x-beenthere"),
    _rule("list", "x-mailman-version"),
    _rule("list", "x-google-group-id"),
    _rule("list", "mailing-list"),
    _rule("list", "x-mailing-list"),
    _rule("list", "x-list"),
    _rule("list", "precedence", r"^\s*list\b"),
    # One to many: RFC 2919 and 2369 without the way to write, RFC 2076, Google's feedback loop; and who sends such.
    _rule("bulk", "list-id"),
    _rule("bulk", "list-unsubscribe"),
    _rule("bulk", "precedence", r"^\s*(?:bulk|junk)\b"),
    _rule("bulk", "feedback-id"),
    _rule("bulk", "x-campaign-id"),
    _rule("bulk", "x-campaignid"),
    _rule("bulk", "x-mc-user"),
    _rule("bulk", "x-csa-complaints"),
    _rule("bulk", "x-mailer", r"mailchimp|mailjet|sendinblue|brevo|cleverreach|campaign|newsletter|phplist|listserv"),
)
FIELDS = frozenset(rule.field for rule in RULES)


def automatic(headers: Headers) -> str:
    """bounce, auto, list or bulk; "" for a letter. A human being's answer over a list is of the list."""
    for rule in RULES:
        said = headers.get(rule.field)
        if said and rule.pattern.search(said, 0, LOOKED_AT):
            return rule.kind
    return ""
