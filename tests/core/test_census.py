"""Whose letters these are."""

from __future__ import annotations

from datetime import UTC, datetime

from keepwarm.core.census import Census, Proposal
from keepwarm.core.exchanges import Owner, owner
from keepwarm.core.touches import Exchange, Party

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def letter(sender: str, *others: str, mine: bool | None = None, automatic: str = "") -> Exchange:
    return Exchange(
        1, "x", AT, "mail", _party(sender), tuple(map(_party, others)), mine=mine, automatic=automatic
    )  # fmt: skip


def _party(said: str) -> Party:
    """ "Ann Lee <ann@example.org>", an address or a name."""
    name, _, rest = said.partition(" <")
    if rest:
        return Party(f"e:{rest[:-1]}", name)
    return Party(f"e:{name}") if "@" in name else Party("", name)


def census(*letters: Exchange, known: Owner | None = None) -> Census:
    counted = Census(known or Owner())
    for one in letters:
        counted.see(one)
    return counted


ME = "me@example.com"


def test_who_is_in_every_letter() -> None:
    found = census(letter("ann@example.org", ME), letter(ME, "bob@example.org"), letter("cat@example.org", ME))
    assert found.proposals()[0] == Proposal(f"e:{ME}", "", 3, sure=True)
    assert [one.sure for one in found.proposals()] == [True, False, False, False]
    assert not found.is_open()


def test_who_sent_what_lies_in_sent() -> None:
    sent = [letter(ME, f"p{n}@example.org", mine=True) for n in range(3)]
    other = [letter("work@example.net", f"q{n}@example.org", mine=True) for n in range(2)]
    assert {one.key for one in census(*sent, *other).proposals() if one.sure} == {f"e:{ME}", "e:work@example.net"}


def test_whoever_writes_under_the_owners_name_is_not_ticked() -> None:
    known = owner([("email", ME), ("name", "Ada Byron")])
    false, true = "Ada Byron <prize@example.org>", "Ada Byron <ada@example.net>"
    found = census(letter(false, ME), letter(true, ME), letter("bob@example.org", true), known=known).proposals()
    assert {one.key: one.sure for one in found[:2]} == {"e:ada@example.net": True, "e:prize@example.org": False}


def test_one_who_writes_daily_is_not_the_owner() -> None:
    daily = [letter("ann@example.org", ME)] * 90
    few = [letter(f"p{n}@example.org", ME) for n in range(4)]
    assert [one.key for one in census(*daily, *few).proposals() if one.sure] == [f"e:{ME}"]


def test_two_alone_cannot_be_told_apart() -> None:
    found = census(*[letter("Ann", "Ada")] * 9)
    assert [one.sure for one in found.proposals()] == [False, False]
    assert found.is_open()


def test_the_name_in_every_chat() -> None:
    found = census(letter("Ann", "Ada B"), letter("Ada B", "Bob"), letter("Bob", "Ada B"), letter("Cat", "Ada B"))
    assert found.proposals()[0] == Proposal("w:ada b", "Ada B", 4, sure=True)


def test_another_address_under_the_same_name() -> None:
    old = letter("Dan <dan@example.org>", "Ada Byron <old@example.net>")
    sent = [letter(f"Ada Byron <{ME}>", f"p{n}@example.org", mine=True) for n in range(4)]
    assert {one.key for one in census(old, *sent).proposals() if one.sure} == {f"e:{ME}", "e:old@example.net"}


def test_who_is_known_is_not_proposed() -> None:
    known = owner([("email", ME)])
    found = census(letter("ann@example.org", ME), letter(ME, "bob@example.org"), known=known)
    assert not found.is_open()
    assert not any(one.sure for one in found.proposals())
    assert f"e:{ME}" not in {one.key for one in found.proposals()}


def test_a_mailbox_that_is_not_of_who_is_known() -> None:
    found = census(*[letter("ann@example.org", "bob@example.org")] * 3, known=owner([("email", ME)]))
    assert found.is_open()


def test_lists_and_machines_are_nobody() -> None:
    found = census(
        letter("noreply@example.org", ME), letter("noreply@example.org", "x@example.org"),
        letter("ann@example.org", "talk@lists.example.org", automatic="list"), letter("cat@example.org", ME),
    )  # fmt: skip
    assert {one.key for one in found.proposals()} == {f"e:{ME}", "e:x@example.org", "e:cat@example.org"}
