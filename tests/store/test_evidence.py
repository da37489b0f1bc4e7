"""The touches behind a reason: as many as the reason counts, and those."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwarm.core.reconnect import Owner, reasons
from keepwarm.core.reconnect.reasons import EVIDENCE
from keepwarm.models import Person, Touch
from keepwarm.store import evidence, today, touches
from tests.build import network
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 12)
ME = Owner(name="Ada Example", sign_off="Ada")


@pytest.fixture
def ann(cast: Cast) -> Person:
    """Three of four letters answered, the last about the harbour; four wide ones of late."""
    (ann,) = network(cast.home, 1)
    for ago, direction, context in (
        (700, "out", "Old plans"), (698, "in", ""), (500, "out", ""), (499, "in", ""), (400, "out", ""),
        (300, "out", ""), (290, "in", "Harbour plans"),
    ):  # fmt: skip
        at = NOW - timedelta(days=ago)
        touches.log(ann, cast.ada, at, NOW, channel="mail", direction=direction, context=context)
    for ago in (10, 20, 30, 90, 92):
        at = NOW - timedelta(days=ago)
        touches.log(ann, cast.ada, at, NOW, channel="mail", direction="in", context="All of us", ambient=True)
    touches.log(ann, cast.ada, NOW - timedelta(days=800), NOW, channel="call", direction="both", line="Her boat")
    return ann


def behind(ann: Person, kind: str) -> list[Touch]:
    held = Touch.objects.filter(person=ann, deleted_at=None)
    return list(evidence.behind(held, EVIDENCE[kind], DAY).order_by("-at"))


def test_each_reason_opens_as_many_as_it_counts(cast: Cast, ann: Person) -> None:
    who = today.candidates_of([ann.id], cast.home, cast.ada)[ann.id]
    told = {reason.kind: reason for reason in reasons.reasons(who, ME, DAY)}
    answered = behind(ann, reasons.ANSWERS)
    assert told[reasons.ANSWERS].number == sum(touch.direction != "out" for touch in answered) == 4
    assert told[reasons.ANSWERS].of == 5
    assert len(behind(ann, reasons.WIDE)) == told[reasons.WIDE].number == 4
    assert behind(ann, reasons.SILENCE)[0].at.date() == told[reasons.SILENCE].when
    assert len(behind(ann, reasons.WEEKS)) == 8
    assert [touch.context for touch in behind(ann, reasons.CONTEXT)] == [told[reasons.CONTEXT].subject]
    assert [touch.line for touch in behind(ann, reasons.TOPIC)] == [told[reasons.TOPIC].subject]


def test_what_was_about_something_else_long_before_is_not_what_they_last_wrote_about(cast: Cast, ann: Person) -> None:
    touches.log(ann, cast.ada, NOW - timedelta(days=100), NOW, channel="mail", direction="in")
    assert today.candidates_of([ann.id], cast.home, cast.ada)[ann.id].last_context == ""


def test_a_subject_that_another_keeps_private_is_not_told(cast: Cast, ann: Person) -> None:
    Touch.objects.filter(context="Harbour plans").update(private=True)
    known = [today.candidates_of([ann.id], cast.home, viewer)[ann.id].last_context for viewer in (cast.ada, cast.ben)]
    assert known == ["Harbour plans", ""]


def test_the_subject_of_a_hello_of_ours_is_not_picked_up(cast: Cast, ann: Person) -> None:
    at = NOW - timedelta(days=280)
    touches.log(ann, cast.ada, at, NOW, channel="mail", direction="out", context="Hello from Ada", kind="hello")
    assert today.candidates_of([ann.id], cast.home, cast.ada)[ann.id].last_context == "Harbour plans"
