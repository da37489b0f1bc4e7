"""The shelf: saved to give, read, put away; and given, once to each person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef

from keepwarm.core import search, shelf
from keepwarm.core.people import KeptItem
from keepwarm.core.shelf import Saved
from keepwarm.models import Action, ImportRun, Item, ItemText, Moment, Person, Share, Space, Touch, User
from keepwarm.models.ids import new_id
from keepwarm.models.shelf import ItemQuerySet
from keepwarm.store import interests, touches
from keepwarm.store.bulk import Among

SAW_THIS = "saw_this"  # Touch.kind, as the draft's shape
CHANGED = "item"  # Action.what of an item that was edited
LONGEST_TITLE, LONGEST_NOTE = 500, 10_000
LOOKED_IN = 3_000  # characters of a page in which words are looked for, of the list
PARTS = ("shelf", "given", "away")
SAYING = {"title", "note", "summary", "words"}  # what an item is about


class Page(NamedTuple):
    """What was read on the page of an item."""

    title: str = ""
    written_by: str = ""
    site: str = ""
    summary: str = ""
    words: str = ""
    published_on: date | None = None


# Onto the shelf


@transaction.atomic
def save(space: Space, user: User | None, link_or_thought: Saved, now: datetime) -> tuple[Item, bool]:
    """Put it on the shelf; True where it is new. A page that is there already, or was put away, is the same one:
    it is on the shelf again, with what was noted this time. ValueError where there is nothing to save.

    What others keep to themselves is nobody else's: the same page saved by two of them is two items.
    """
    said = _tidied(link_or_thought)
    keys = _keys(user, said.url, private=said.private)
    held = Item.objects.of(space).seen_by(user).select_for_update().filter(key__in=keys).order_by("private").first()
    if held is not None:
        return _again(held, said), False
    id = new_id()
    item, new = Item.objects.get_or_create(
        space=space, key=keys[0] if keys else str(id), defaults={"id": id, **_facts(user, said, now)}
    )
    if new:
        _index(item)
        not_for_its_authors(item, now)
        interests.index_items([item.id])
    return item, new


@transaction.atomic
def save_letter(space: Space, user: User | None, said: Saved, letter: str, now: datetime) -> Item | None:
    """What someone has sent to themselves, once by the letter's Message-ID; None where it came before, or is empty."""
    if Item.objects.of(space).filter(external_id=letter).exists():
        return None
    try:
        item, _ = save(space, user, said, now)
    except ValueError:
        return None
    if not item.external_id:
        _set(item, external_id=letter[:200])
    return item


def letters(space: Space, ids: Iterable[str]) -> set[str]:
    """Which of these letters have come onto the shelf."""
    held = Item.objects.of(space).filter(external_id__in=list(ids)).exclude(external_id="")
    return set(held.values_list("external_id", flat=True))


def _tidied(said: Saved) -> Saved:
    url, note = shelf.address(said.url), shelf.writable(said.note).strip()[:LONGEST_NOTE]
    title = " ".join(shelf.writable(said.title).split())
    if not url:
        note = "\n".join(part for part in (shelf.writable(said.url).strip(), note) if part)
    if not url and not note and not title:
        raise ValueError("neither a link nor a thought")
    named = title or (shelf.named(url) if url else shelf.first_sentence(note))
    return said._replace(url=url, note=note, title=named[:LONGEST_TITLE])


def _keys(user: User | None, url: str, *, private: bool) -> list[str]:
    """By which it would be known; first the one that it gets. A thought is always a new one.

    What someone keeps to themselves never joins what all may see: its note would be read by all.
    """
    if not url:
        return []
    everybodys, mine = shelf.key(url), shelf.key(f"{url}#!{user.pk if user else ''}")
    return [mine] if private else [everybodys, mine]


def _facts(user: User | None, said: Saved, now: datetime) -> dict[str, Any]:
    return {
        "author": user, "private": said.private, "url": said.url, "title": said.title, "note": said.note,
        "site": said.site[:200], "published_on": said.published_on, "source": said.source, "made_at": now,
        "state": Item.State.WAITING if said.url else Item.State.READ,
    }  # fmt: skip


def _again(item: Item, said: Saved) -> Item:
    _set(item, put_away_at=None, note=shelf.both(item.note, said.note)[:LONGEST_NOTE])
    _index(item)
    return item


def not_for_its_authors(item: Item, now: datetime) -> None:
    """Nobody is given what they have published themselves."""
    if not item.url:
        return
    published = Moment.objects.filter(
        space=item.space_id, kind=Moment.Kind.PUBLISHED, url__icontains=shelf.host(item.url)
    )
    key = shelf.key(item.url)
    wrote = {person for person, url in published.values_list("person_id", "url") if shelf.key(url) == key}
    Share.objects.bulk_create(
        [Share(space_id=item.space_id, item=item, person_id=person, made_at=now) for person in sorted(wrote)],
        ignore_conflicts=True,
    )


def written_by(person: UUID, space: UUID, urls: Iterable[str], now: datetime) -> None:
    """They have just published these: what of it is on the shelf is not for them."""
    keys = {shelf.key(url) for url in urls if url}
    held = Item.objects.filter(Among(F("key"), list(keys)), space=space) if keys else []
    Share.objects.bulk_create(
        [Share(space_id=space, item=item, person_id=person, made_at=now) for item in held], ignore_conflicts=True
    )


# Its page


@transaction.atomic
def read_in(item: Item, page: Page) -> None:
    """Keep what its page says. A title that somebody gave it stays. What was forgotten meanwhile stays forgotten."""
    held = Item.objects.select_for_update().filter(id=item.id).first()
    if held is None:
        return
    title = held.title if held.title != shelf.named(held.url) else page.title or held.title
    _set(
        item, title=title[:LONGEST_TITLE], written_by=page.written_by[:300], site=(page.site or held.site)[:200],
        summary=shelf.cut(page.summary), words=page.words[: shelf.LONGEST_WORDS], state=Item.State.READ,
        published_on=page.published_on or held.published_on, trouble="", fix="",
    )  # fmt: skip
    _index(item)


def unreadable(item: Item, trouble: str, fix: str) -> None:
    """It stays on the shelf and can be given all the same; what was read before stays too."""
    _set(item, state=Item.State.UNREADABLE, trouble=trouble, fix=fix)


def wait(item: Item) -> None:
    """To be read anew."""
    _set(item, state=Item.State.WAITING, trouble="", fix="")


# Put right, put away


@transaction.atomic
def edit(item: Item, by: User | None, now: datetime, *, title: str, note: str, private: bool) -> bool:
    """Change what is said of it; False where that is said already. `edit_back` undoes it."""
    named = " ".join(title.split()) or shelf.first_sentence(note) or item.title
    said = {"title": named[:LONGEST_TITLE], "note": note.strip()[:LONGEST_NOTE], "private": private}
    before = {name: getattr(item, name) for name in said}
    if before == said:
        return False
    told = {"item": str(item.id), "values": before}
    Action.objects.create(space_id=item.space_id, user=by, what=CHANGED, before=told, made_at=now)
    if private and item.author is None:  # of nobody, it would be seen by nobody
        _set(item, author=by)
    _say(item, said)
    return True


@transaction.atomic
def edit_back(item: Item, by: User | None, now: datetime) -> bool:
    """Undo this user's last change of it; False where there is none left."""
    changes = Action.objects.filter(space=item.space_id, user=by, what=CHANGED, undone_at=None)
    last = changes.filter(before__item=str(item.id)).order_by("-made_at", "-id").first()
    if last is None:
        return False
    _say(item, last.before["values"])
    last.undone_at = now
    last.save(update_fields=["undone_at"])
    return True


def _say(item: Item, values: Mapping[str, Any]) -> None:
    if values["private"] != item.private:
        _set(item, key=_free_key(item, private=values["private"]))
    _set(item, **values)
    _index(item)


def _free_key(item: Item, *, private: bool) -> str:
    """Whoever else saves this page must not come upon what is private now."""
    wanted = next(iter(_keys(item.author, item.url, private=private)), str(item.id))
    return str(item.id) if Item.objects.of(item.space).filter(key=wanted).exclude(id=item.id).exists() else wanted


def put_away(item: Item, now: datetime) -> None:
    _set(item, put_away_at=now)


def put_back(item: Item) -> None:
    _set(item, put_away_at=None)


def forget(item: Item) -> None:
    """For good, with what undoes its edits. That it was given to people stays in their history."""
    Action.objects.filter(space=item.space_id, what=CHANGED, before__item=str(item.id)).delete()
    item.delete()


def _index(item: Item) -> None:
    """Write the words by which it is found."""
    told = (item.title, item.written_by, item.site, shelf.host(item.url), item.note, item.summary)
    text = " ".join((*told, item.words[:LOOKED_IN]))
    ItemText.objects.update_or_create(item=item, defaults={"space_id": item.space_id, "words": search.spaced(text)})


def _set(item: Item, **values: Any) -> None:
    Item.objects.filter(id=item.id).update(**values)
    for name, value in values.items():
        setattr(item, name, value)
    if SAYING & values.keys():
        interests.index_items([item.id])


# Given


@transaction.atomic
def give(
    item: Item, person: Person, user: User | None, now: datetime, *, channel: str, subject: str = "", name: str = ""
) -> Share | None:
    """Write down that they were given it; None where they have had it before: nobody gets the same thing twice.
    `name` is the shape by which the letter was made."""
    share = _share(item, person, user, now)
    if not Share.objects.filter(id=share.id, given_at=None).update(given_at=now, user=user):
        return None
    touch = touches.log(
        person, user, now, now, channel=channel, direction="out", balance="give", kind=SAW_THIS, shape=name,
        context=(subject or item.title)[:500], private=item.private,
    )  # fmt: skip
    share.given_at, share.user, share.touch = now, user, touch
    share.save(update_fields=["touch"])
    return share


def given_with(item: Item, touch: Touch, now: datetime) -> Share | None:
    """They were given it in a letter that is written down already; None where they had it before. Of what its author
    keeps to themselves the letter tells nobody else either."""
    if item.private and not touch.private:
        touch.private = True
        touch.save(update_fields=["private"])
    share = _share(item, touch.person, touch.author, now)
    mine = Share.objects.filter(id=share.id, given_at=None)
    return share if mine.update(given_at=now, user=touch.author, touch=touch) else None


def not_for(item: Item, person: Person, user: User | None, now: datetime) -> Share | None:
    """It is not to be proposed for them again; None where they have had it."""
    share = _share(item, person, user, now)
    return share if share.given_at is None else None


def _share(item: Item, person: Person, user: User | None, now: datetime) -> Share:
    return Share.objects.get_or_create(
        space_id=item.space_id, item=item, person=person, defaults={"user": user, "made_at": now}
    )[0]


@transaction.atomic
def take_back(share: Share, now: datetime) -> None:
    """As if it had been neither given nor said not to be for them."""
    touch = share.touch
    share.delete()
    if touch is not None:
        touches.forget(touch, now)


def last_given(space: Space, people: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of them was last given something from the shelf."""
    given = Share.objects.filter(Among(F("person"), list(people)), space=space, given_at__isnull=False)
    found = given.values_list("person").annotate(Max("given_at")).order_by()
    return {person: at for person, at in found if at}


# The list


class Listed(NamedTuple):
    """A page of the list, the newest first, without the words of their pages; and how many there are of each part."""

    items: list[Item]
    total: int
    counts: dict[str, int]


def listed(
    space: Space, user: User | None, *, part: str = "shelf", words: str = "", start: int = 0, count: int = 20
) -> Listed:
    """`part`: what is on the shelf, what was given to anyone, or what was put away. `words`: beginnings of words."""
    found = Item.objects.of(space).seen_by(user)
    for word in search.asked(words):
        found = found.filter(text__words__contains=f" {word}")
    parts = {name: _part(found, name) for name in PARTS}
    rows = parts[part].order_by("-made_at", "id").defer("words")
    counts = {name: rows.count() for name, rows in parts.items()}
    return Listed(list(rows[start : start + count]), counts[part], counts)


def _part(items: ItemQuerySet, name: str) -> ItemQuerySet:
    if name == "given":
        return items.filter(Exists(Share.objects.filter(item=OuterRef("id"), given_at__isnull=False)))
    return items.exclude(put_away_at=None) if name == "away" else items.on_the_shelf()


def shares_of(items: Iterable[Item]) -> dict[UUID, list[Share]]:
    """By item who was given it, the last one first, then for whom it is not."""
    held = Share.objects.filter(item__in=list(items), person__deleted_at=None).select_related("person", "touch")
    found: dict[UUID, list[Share]] = {}
    for share in held.order_by(F("given_at").desc(nulls_last=True), "id"):
        found.setdefault(share.item_id, []).append(share)
    return found


def waiting(space: Space) -> list[UUID]:
    """Items whose page is still to be read."""
    return list(Item.objects.of(space).filter(state=Item.State.WAITING).values_list("id", flat=True))


# From an export of ours


def restore(run: ImportRun, kept: Iterable[KeptItem], now: datetime) -> int:
    """Put back what is not here yet; returns how much. The same export twice changes nothing."""
    told = {_key_here(item): item for item in kept}
    held = set(Item.objects.of(run.space).filter(Among(F("key"), list(told))).values_list("key", flat=True))
    fresh = [
        Item(space_id=run.space_id, author_id=run.user_id, run=run, **item._replace(key=key)._asdict())
        for key, item in told.items()
        if key not in held
    ]
    Item.objects.bulk_create(fresh, batch_size=100, ignore_conflicts=True)
    for item in fresh:
        _index(item)
    return len(fresh)


def _key_here(item: KeptItem) -> str:
    """A page that all may see is known by its address, whatever the file says."""
    return shelf.key(item.url) if item.url and not item.private else item.key


def let_go(run: ImportRun) -> None:
    """Undo of that, but for what has been given since."""
    since = Share.objects.filter(item=OuterRef("id"), made_at__gt=run.made_at, given_at__isnull=False)
    Item.objects.filter(~Exists(since), space=run.space_id, run=run).delete()
