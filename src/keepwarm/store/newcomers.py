"""Exchanges with people who are not here: put aside until it can be told who has become a person, and who waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from django.utils import timezone

from keepwarm.core import strangers
from keepwarm.core.exchanges import MACHINES, folded, full_key
from keepwarm.core.strangers import Tally
from keepwarm.core.touches import Exchange, TouchRecord
from keepwarm.models import ImportRun, Stranger
from keepwarm.store import records
from keepwarm.store import strangers as waiting
from keepwarm.store.finder import GONE, Finder
from keepwarm.store.records import Kind
from keepwarm.store.spool import Spool

TOGETHER = 500  # strangers decided about at once
HELD_AT_ONCE = 50_000  # exchanges of theirs in memory
Give = Callable[[str, str, TouchRecord], None]  # of a source, to a person, an exchange


class Newcomers:
    """Whoever one run tells of and nobody has as a person: counted, and in the end decided about.

    It can be told only when all has been read, as a letter of January may be answered in the last file.
    """

    def __init__(self, run: ImportRun, finder: Finder, country: str, give: Give, *, writing: bool) -> None:
        self.counts: Counter[str] = Counter()
        self._run, self._finder, self._country, self._give, self._writing = run, finder, country, give, writing
        self._tallies: dict[str, Tally] = {}
        self._aside = Spool()
        self._held: dict[str, list[waiting.Held]] = {}
        self._held_count = 0
        self._recorders: dict[str, records.Recorder] = {}

    def see(self, exchange: Exchange, touch: TouchRecord, source: str) -> None:
        """Count one exchange. Who was merely on the same wide letter is no one to ask about."""
        if touch.ambient and not self._is_sender(exchange, touch):
            return
        if key := strangers.key(touch):
            self._tally(key, source).see(touch, timezone.localtime(touch.at).date(), automatic=bool(exchange.automatic))

    def _is_sender(self, exchange: Exchange, touch: TouchRecord) -> bool:
        sender = exchange.sender
        return sender is not None and (full_key(sender.key, self._country), sender.name) == (touch.person, touch.name)

    def see_machines(self, told: Iterable[Exchange], source: str) -> None:
        """Count what nobody wrote, by its sender."""
        for one in told:
            if one.automatic in MACHINES and one.sender and one.sender.key:
                touch = TouchRecord(one.where, "", one.sender.key, one.sender.name, one.at, one.channel, "in")
                self._tally(touch.person, source).see(touch, timezone.localtime(one.at).date(), automatic=True)

    def put_aside(self, source: str, touch: TouchRecord, *, passed: bool) -> None:
        """`passed`: between parties; else only told of a person, and counted as left out while nobody is found."""
        self._aside.put((source, passed, *touch))
        if not passed:
            self.counts["strangers"] += 1

    def _tally(self, key: str, source: str) -> Tally:
        if key not in self._tallies:
            self._tallies[key] = Tally(source=source)
        return self._tallies[key]

    def settle(self) -> Iterator[int]:
        """Decide about all of them, some at a time; yields how many people each step has made."""
        order = sorted(self._tallies, key=lambda key: (folded(self._tallies[key].name), key))
        for at in range(0, len(order), TOGETHER):
            yield self._decide(order[at : at + TOGETHER])
        for rows in self._aside.read():
            for source, passed, *touch in rows:
                self._place(source, TouchRecord(*touch), passed=passed)
            yield 0
        left = [key for key in order if key not in self._finder.settled]
        for at in range(0, len(left), TOGETHER):
            self._keep(left[at : at + TOGETHER])
            yield 0
        self._tallies.clear()
        self._aside.clear()

    # Who they are

    def _decide(self, keys: list[str]) -> int:
        """Find who is known after all, and who is a person now; returns how many are new."""
        before = waiting.known(self._run.space_id, keys)
        told = {key: waiting.joined(self._tallies[key], before.get(key)) for key in keys}
        self._finder.look_up_keys(set(keys))
        self._finder.look_up_names({one.name for one in told.values()})
        unknown = [key for key in keys if not self._is_settled(key, told[key], before.get(key))]
        namesakes = {key: person for key in unknown if (person := self._namesake(key, told[key]))}
        people = [key for key in unknown if key in namesakes or _is_person(key, told[key])]
        made = sum(
            self._make(source, [*some], told, namesakes)
            for source, some in groupby(sorted(people, key=lambda key: told[key].source), lambda key: told[key].source)
        )
        self._give_held([before[key] for key in people if key in before])
        return made

    def _is_settled(self, key: str, tally: Tally, row: Stranger | None) -> bool:
        found = self._finder.holder("" if key.startswith(strangers.NAMED) else key, tally.name)
        if not found and row and row.verdict != waiting.Verdict.WAITING:
            found = row.person_id.hex if row.person_id and row.verdict == waiting.Verdict.PERSON else GONE
        if found:
            self._finder.settled[key] = found
        return bool(found)

    def _namesake(self, key: str, tally: Tally) -> str:
        """Anyone can write under any name: an address is the namesake’s once the owner has written to it."""
        claimed = key.startswith("e:") and not tally.sent
        return "" if claimed or strangers.why(key, tally) else self._finder.namesake(key, tally.name)

    def _make(self, source: str, keys: list[str], told: dict[str, Tally], namesakes: dict[str, str]) -> int:
        """People of these keys, new or one that is here and has their name."""
        cards = {strangers.MET + key: key for key in keys}
        recorder = self._recorder(source)
        planned = recorder.plan(
            [strangers.record(key, told[key].name) for key in keys],
            keep=not self._writing,
            theirs={strangers.MET + key: namesakes[key] for key in keys if key in namesakes},
        )
        if self._writing:
            recorder.write(planned)
        for plan in planned:
            gone = plan.kind is Kind.LEFT_OUT
            self._finder.settled[cards[plan.external_id]] = GONE if gone else plan.origin or plan.person
            if plan.known is None:
                self.counts[plan.kind.value] += 1
        people = {cards[plan.external_id]: plan.person for plan in planned if plan.kind is not Kind.LEFT_OUT}
        if self._writing:
            waiting.become(self._run, people, told)
        return sum(plan.kind is Kind.NEW for plan in planned)

    def _recorder(self, source: str) -> records.Recorder:
        if source not in self._recorders:
            run = self._run
            self._recorders[source] = records.Recorder(run.space, source, run.id, run.made_at, self._country)
        return self._recorders[source]

    def _give_held(self, rows: Iterable[Stranger]) -> None:
        """What was held for those who are people now is theirs."""
        for row in rows:
            if (person := self._finder.settled.get(row.key, GONE)) != GONE:
                for source, touch in waiting.told(row):
                    self._give(source, person, touch)

    # What is theirs

    def _place(self, source: str, touch: TouchRecord, *, passed: bool) -> None:
        key = strangers.key(touch)
        person = self._finder.settled.get(key, "")
        if person and person != GONE:
            self._give(source, person, touch)
            self.counts["strangers"] -= not passed
        elif not person and not touch.ambient and key in self._tallies:
            self._hold(key, waiting.kept(touch, source))

    def _hold(self, key: str, told: waiting.Held) -> None:
        self._held.setdefault(key, []).append(told)
        self._held_count += 1
        if self._held_count == HELD_AT_ONCE:
            self._keep(list(self._held))

    def _keep(self, keys: list[str]) -> None:
        """Have these wait, with the exchanges that are in memory."""
        held = {key: self._held.pop(key, []) for key in keys}
        self._held_count -= sum(map(len, held.values()))
        if self._writing:
            waiting.keep(self._run, {key: self._tallies[key] for key in keys}, held)
        else:
            self.counts["waiting"] += sum(not strangers.why(key, self._tallies[key]) for key in keys)


def _is_person(key: str, tally: Tally) -> bool:
    return strangers.both_ways(tally) and not strangers.why(key, tally)
