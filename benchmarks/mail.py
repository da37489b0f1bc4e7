"""How fast a mailbox is read and with how much memory, beside the standard library, which does nothing with it.

`python -m benchmarks.mail STEP FILE` is one reading in a fresh process: it prints its figures as JSON.
"""

from __future__ import annotations

import base64
import json
import mailbox
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.parser import BytesHeaderParser
from email.utils import format_datetime
from pathlib import Path
from random import Random

from benchmarks import samples
from benchmarks.measure import ROUNDS, Bench, Figure, best

LETTERS = 10_000
LARGE = 2_000_000_000  # bytes
SINCE = datetime(2015, 1, 5, 9, tzinfo=UTC)
TOPICS = (
    "Lunch on Thursday",
    "Re: the plans",
    "Fwd: Invitation",
    "=?utf-8?q?Gr=C3=BC=C3=9Fe_aus_Graz?=",
    "Invoice 4711",
)
RELAY = (
    "Received: from relay{n}.post.example (relay{n}.post.example [192.0.2.{n}])\n"
    "\tby mx.example.net with ESMTPS id {id}\n\t(version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384);\n\t{date}\n"
)
SIGNED = (
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=post.example; s=key;\n"
    "\th=from:to:subject:date;\n\tb={noise}\n"
)


def mail(bench: Bench) -> list[Figure]:
    """The reader alone: from the bytes of a mailbox to exchanges."""
    file, double = bench.folder / "small.mbox", bench.folder / "double.mbox"
    mailboxes = {file: LETTERS, double: 2 * LETTERS}
    for path, count in mailboxes.items():
        write(path, count)
    ours = [bench.run(bench.folder, "mail", "ours", file) for _ in range(ROUNDS)]
    theirs = [bench.run(bench.folder, "mail", "standard_library", file) for _ in range(ROUNDS)]
    bare = [bench.run(bench.folder, "mail", "header_parser", file) for _ in range(ROUNDS)]
    lines = [bench.run(bench.folder, "mail", "lines", file) for _ in range(ROUNDS)]
    peak, twice = min(run.peak for run in ours), bench.run(bench.folder, "mail", "ours", double).peak
    megabytes = file.stat().st_size / 10**6
    return [
        Figure("a mailbox of 10,000 letters", megabytes, "MB"),
        Figure("read into exchanges", best(ours), "s"),
        Figure("letters in a second", LETTERS / best(ours), ""),
        Figure("its headers by the standard library, for nothing", best(theirs), "s"),
        Figure("our rate to that of the standard library", best(theirs) / best(ours), "×", at_least=0.6),
        Figure("its header parser alone, fed by a bare loop over the lines", best(bare), "s"),
        Figure("our rate to that of the bare loop", best(bare) / best(ours), "×", at_least=0.6),
        Figure("its lines alone", best(lines), "s"),
        Figure("peak memory", peak, "MB", at_most=250),
        Figure("peak memory at twice the letters to that", twice / peak, "×", at_most=1.2),
    ]


def mail_2gb(bench: Bench) -> list[Figure]:
    """A mailbox of two gigabytes: only on request, as it fills a disk."""
    file = bench.folder / "large.mbox"
    write(file, LARGE)
    ran = bench.run(bench.folder, "mail", "ours", file)
    return [
        Figure("a mailbox of 2 GB read into exchanges", ran.seconds, "s"),
        Figure("letters in it", ran.said["letters"], ""),
        Figure("peak memory at 2 GB", ran.peak, "MB", at_most=250),
    ]


BENCHMARKS = {"mail": mail}
ON_REQUEST = {"mail_2gb": mail_2gb}


# The mailbox


def write(path: Path, size: int) -> None:
    """So many letters; of a size above LETTERS × 100, so many bytes."""
    dice = Random(12_4_1)
    attached = _attachment(dice)
    with path.open("w", encoding="utf-8", newline="") as file:
        for number, letter in enumerate(_letters(dice)):
            if number == size or file.tell() > size > LETTERS * 100:
                return
            file.write(letter)
            file.write(attached if number % 4 == 0 else "")


def _letters(dice: Random) -> Iterator[str]:
    everyone = list(samples.people(2_000))
    for number in range(sys.maxsize):
        one = dice.choice(everyone)
        to = ", ".join(f'"{p.family}, {p.given}" <{p.slug}@post.example>' for p in dice.sample(everyone, number % 3))
        date = format_datetime(SINCE + timedelta(minutes=37 * number))
        noise = base64.b64encode(dice.randbytes(192)).decode()
        relays = "".join(RELAY.format(n=n, id=noise[n : n + 18], date=date) for n in range(1, 5))
        yield (
            f"From {one.slug}@post.example {SINCE:%a %b %d %H:%M:%S %Y}\n"
            f"X-GM-THRID: {number}\nX-Gmail-Labels: Inbox,Opened\nDelivered-To: ada@example.org\n{relays}"
            f"{SIGNED.format(noise=noise)}From: {one.given} {one.family} <{one.slug}@post.example>\n"
            f"To: Ada Example <ada@example.org>{to and ', '}{to}\nSubject: {dice.choice(TOPICS)}\nDate: {date}\n"
            f"Message-ID: <{number}.{noise[:12]}@post.example>\nMIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=utf-8\n\n"
            f"{(one.note + chr(10)) * 12}\n"
        )


def _attachment(dice: Random) -> str:
    lines = base64.encodebytes(dice.randbytes(60_000)).decode()
    return f"Content-Transfer-Encoding: base64\n\n{lines}\n"


# One reading


def ours(path: str) -> dict[str, float]:
    from keepwarm.formats import mbox  # noqa: PLC0415

    with Path(path).open("rb") as file:
        began = time.perf_counter()
        count = sum(len(batch.exchanges) for batch in mbox.read(file, datetime.now(UTC)))
        return {"seconds": time.perf_counter() - began, "letters": count}


def standard_library(path: str) -> dict[str, float]:
    began = time.perf_counter()
    count = sum(1 for _ in mailbox.mbox(path, factory=BytesHeaderParser().parse, create=False))  # type: ignore[arg-type, misc]
    return {"seconds": time.perf_counter() - began, "letters": count}


def header_parser(path: str) -> dict[str, float]:
    """As quick as the standard library can be made: it knows only one kind of mailbox, and no errors."""
    parser, count = BytesHeaderParser(), 0
    head: list[bytes] = []
    with Path(path).open("rb") as file:
        began = time.perf_counter()
        within = False
        for line in file:
            if line.startswith(b"From "):
                within, head = True, []
            elif within and line == b"\n":
                parser.parsebytes(b"".join(head))
                within, count = False, count + 1
            elif within:
                head.append(line)
        return {"seconds": time.perf_counter() - began, "letters": count}


def lines(path: str) -> dict[str, float]:
    with Path(path).open("rb") as file:
        began = time.perf_counter()
        count = sum(line.startswith(b"From ") for line in file)
        return {"seconds": time.perf_counter() - began, "letters": count}


STEPS: dict[str, Callable[[str], dict[str, float]]] = {
    step.__name__: step for step in (ours, standard_library, header_parser, lines)
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](sys.argv[2])))
