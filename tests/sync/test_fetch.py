"""The guard of every fetch, against a real server that behaves badly, and names that lead where they should not."""

from __future__ import annotations

import gzip
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from keepwarm.core.networks import is_open, is_open_or_at_home
from keepwarm.sync import fetch
from keepwarm.sync.fetch import Fetcher, Limits, Mark, Unfetched
from tests.sync.site import BODY, HERE, Act, Site, leads, local, names, sends


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.close()


def get(url: str, mark: Mark = fetch.NONE, **made: Any) -> tuple[fetch.Answer, bytes]:
    into = io.BytesIO(b"what was there before, and is longer than what comes")
    answer = Fetcher(**{"allowed": local, "resolve": names(), **made}).fetch(url, into, mark)
    return answer, into.read()


def refused(url: str, **made: Any) -> Unfetched:
    with pytest.raises(Unfetched) as caught:
        get(url, **made)
    assert caught.value.message.endswith(".")
    assert caught.value.fix.endswith(".")
    return caught.value


def test_it_works(site: Site) -> None:
    site.acts["/cal.ics?key=1%20a"] = sends(BODY, Content_Type="text/calendar; charset=utf-8", ETag='"1"')
    answer, body = get(site.url("/cal.ics?key=1 a"))
    assert body == BODY
    assert answer == (True, Mark('"1"'), "text/calendar")
    assert site.asked[0][1]["Host"] == f"{HERE}:{site.port}"


def test_a_name_in_other_letters(site: Site) -> None:
    get(site.url(host="münchen.example"), resolve=names(**{"xn--mnchen-3ya.example": "127.0.0.1"}))
    assert site.asked[0][1]["Host"] == f"xn--mnchen-3ya.example:{site.port}"


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.acts["/"] = sends(b"", 304)
    mark = Mark('"1"', "Thu, 12 Nov 2026 09:00:00 GMT")
    answer, _ = get(site.url(), mark)
    assert answer == (False, mark, "")
    headers = site.asked[0][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == mark


# Where it may not go


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3"),
        *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "168.63.129.16", "::1", "::", "fe80::1"),
        *("fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "2001:0:7f00:1::", "fec0::1", "64:ff9b:1::1"),
        *("::127.0.0.1", "::ffff:0:127.0.0.1", "192.0.0.192", "192.88.99.1", "3fff::1"),
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_internet(address: str) -> None:
    assert not is_open(ipaddress.ip_address(address))
    assert "open internet" in refused("https://x.example/", resolve=names(x_example=address), allowed=is_open).message


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_that_are(address: str) -> None:
    assert is_open(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("address", "may"),
    [("192.168.1.9", True), ("127.0.0.1", True), ("fd12::1", True), ("::ffff:10.0.0.1", True), ("100.64.0.9", True)]
    + [("169.254.169.254", False), ("100.100.100.200", False), ("0.0.0.0", False), ("224.0.0.1", False)]
    + [("fd00:ec2::254", False), ("fd20:ce::254", False), ("fe80::1", False), ("::127.0.0.1", False)],
)
def test_a_server_at_home_where_it_is_allowed(address: str, may: bool) -> None:
    assert is_open_or_at_home(ipaddress.ip_address(address)) is may


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0177.0.0.1", "0x7f000001", "127.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0"],
)
def test_this_machine_by_all_its_names(site: Site, host: str) -> None:
    refused(site.url(host=host), allowed=is_open)
    assert site.asked == []


def test_a_name_with_one_bad_address_of_two_is_refused_whole(site: Site) -> None:
    refused(site.url(host="two.example"), resolve=names(two_example="1.1.1.1 10.0.0.1"))


def test_a_name_that_answers_differently_the_second_time(site: Site) -> None:
    """The name is asked once, and the connection goes where that answer says."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    get(site.url(), resolve=lambda host, port: answers.pop(0))
    assert answers == [["10.0.0.1"]]


@pytest.mark.parametrize(
    "there", ["http://127.0.0.1:{port}/", "http://2130706433:{port}/", "http://inside.example:{port}/"]
)
def test_a_redirect_is_checked_like_any_address(site: Site, there: str) -> None:
    site.acts["/"] = leads(there.format(port=site.port))
    said = refused(
        site.url(), resolve=names(inside_example="10.0.0.1"), allowed=lambda a: local(a) and site_is_open(site)
    )
    assert "open internet" in said.message
    assert len(site.asked) == 1


def site_is_open(site: Site) -> bool:
    """Only until it has been asked: what it leads on to is judged as it really is."""
    return not site.asked


def test_redirects_are_followed_a_few_times(site: Site) -> None:
    site.acts |= {f"/{n}": leads(f"/{n + 1}", 301 + n % 2) for n in range(9)} | {"/5": sends(BODY)}
    assert get(site.url("/0"))[1] == BODY
    site.acts["/5"] = leads("/6")
    assert "circles" in refused(site.url("/0")).message


def test_a_second_address_is_tried_where_the_first_is_not_there(site: Site) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.2", 0))  # nobody listens there
        found = names(two_example="127.0.0.2 127.0.0.1")
        assert get(site.url(host="two.example"), resolve=found, allowed=lambda _: True)[1] == BODY


@pytest.mark.parametrize(
    "url",
    [
        *(
            "file:///etc/passwd",
            "ftp://example.com/",
            "gopher://example.com/",
            "calendar.ics",
            "",
            "https://",
            "http://",
        ),
        *("https://ann:secret@example.com/", "https://example.com:99999/", "https://example.com:0/", "https://[::1/"),
        *("https://exa mple.com/", "https://a\r\nHost: b/", "https://" + "a" * 400 + ".com/", "https://a..example/"),
    ],
)
def test_what_is_no_address_of_the_web(url: str) -> None:
    assert "secret" not in refused(url).message


def test_nothing_can_be_slipped_into_the_request(site: Site) -> None:
    site.acts["/a%0D%0AX:%201"] = sends(BODY)
    with pytest.raises(Unfetched):  # urlsplit takes line ends away; what is left is another path, which is not there
        get(site.url("/a\r\nX: 1") + "\0")


# What comes


def test_more_than_the_limit(site: Site) -> None:
    small = Limits(size=1000)
    site.acts |= {"/told": sends(b"x" * 1001), "/fine": sends(b"x" * 1000), "/packed": packed(b"x" * 1001)}
    assert get(site.url("/fine"), limits=small)[1] == b"x" * 1000
    assert "more than" in refused(site.url("/told"), limits=small).message
    assert "more than" in refused(site.url("/packed"), limits=small).message


def packed(body: bytes) -> Act:
    return sends(gzip.compress(body), Content_Encoding="gzip")


def test_what_comes_packed_is_unpacked(site: Site) -> None:
    site.acts["/"] = packed(BODY * 10_000)
    assert get(site.url())[1] == BODY * 10_000


def test_a_bomb_is_counted_before_it_goes_off(site: Site) -> None:
    class Counted(io.BytesIO):
        largest = 0

        def write(self, data: Any) -> int:
            self.largest = max(self.largest, len(data))
            return super().write(data)

    site.acts["/"] = packed(bytes(200_000_000))  # 200 kB on the wire
    into = Counted()
    with pytest.raises(Unfetched, match="more than 1 MB"):
        Fetcher(allowed=local, resolve=names(), limits=Limits(size=2**20)).fetch(site.url(), into)
    assert into.largest <= fetch.PIECE


def endless(to: BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.end_headers()
    while True:
        to.wfile.write(b"x" * 10_000)


def drips_its_head(to: BaseHTTPRequestHandler) -> None:
    while True:
        to.wfile.write(b"H")
        time.sleep(0.02)


def drips_its_body(to: BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.end_headers()
    while True:
        to.wfile.write(b"x")
        time.sleep(0.02)


def says_nothing(to: BaseHTTPRequestHandler) -> None:
    time.sleep(5)


def test_a_body_without_end(site: Site) -> None:
    site.acts["/"] = endless
    assert "more than" in refused(site.url(), limits=Limits(size=2**20)).message


@pytest.mark.parametrize("act", [drips_its_head, drips_its_body, says_nothing])
def test_a_server_that_takes_its_time(site: Site, act: Act) -> None:
    site.acts["/"] = act
    began = time.monotonic()
    said = refused(site.url(), limits=Limits(seconds=0.5, silence=2))
    assert time.monotonic() - began < 1.5
    assert "too long" in said.message
    assert not said.lasting


def test_silence(site: Site) -> None:
    site.acts["/"] = says_nothing
    assert "too long" in refused(site.url(), limits=Limits(silence=0.2)).message


@pytest.mark.parametrize(
    "act",
    [
        sends(BODY, Content_Length="999"),
        sends(gzip.compress(BODY)[:-9], Content_Encoding="gzip"),
        sends(b"no gzip", Content_Encoding="gzip"),
        sends(BODY, Content_Encoding="br"),
        lambda to: to.wfile.write(b"what?\r\n\r\n"),
        lambda to: to.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nshort"),
    ],
)
def test_what_is_broken_or_cut_short(site: Site, act: Act) -> None:
    site.acts["/"] = act
    assert "did not answer as a web server does" in refused(site.url()).message


@pytest.mark.parametrize(
    ("status", "lasting"), [(401, False), (403, False), (404, False), (410, True), (429, False), (503, False)]
)
def test_a_server_that_says_no(site: Site, status: int, lasting: bool) -> None:
    site.acts["/secret"] = sends(b"", status)
    said = refused(site.url("/secret"))
    assert (str(status) in said.message, said.lasting) == (True, lasting)
    assert "secret" not in said.message


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        said = refused(f"http://{HERE}:{free.getsockname()[1]}/")
    assert (said.message, said.lasting) == (f"No server answers at {HERE}.", False)
    assert "no server called" in refused("https://nowhere.invalid/", resolve=unknown).message


def unknown(host: str, port: int) -> list[str]:
    raise socket.gaierror


# Encrypted


@pytest.fixture
def certified(tmp_path: Path) -> Iterator[tuple[Site, ssl.SSLContext]]:
    """A server whose certificate is for `calendar.example.com`, and whom to trust for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HERE)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HERE)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (tmp_path / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    served = Site(context)
    yield served, ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    served.close()


def test_encrypted_to_the_address_that_was_checked(certified: tuple[Site, ssl.SSLContext]) -> None:
    site, trust = certified
    assert get(site.url(), trust=trust)[1] == BODY


def test_a_certificate_that_nobody_knows(certified: tuple[Site, ssl.SSLContext]) -> None:
    assert "certificate" in refused(certified[0].url()).message
    assert certified[0].asked == []


def test_a_certificate_of_another_name(certified: tuple[Site, ssl.SSLContext]) -> None:
    site, trust = certified
    found = names(other_example="127.0.0.1")
    assert "certificate" in refused(site.url(host="other.example"), trust=trust, resolve=found).message


def test_it_never_leads_from_encrypted_to_plain(certified: tuple[Site, ssl.SSLContext], site: Site) -> None:
    safe, trust = certified
    safe.acts["/"] = leads(site.url())
    assert "not encrypted" in refused(safe.url(), trust=trust).message
    assert site.asked == []
