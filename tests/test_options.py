"""What the variables of the environment may say, and the sentence for what they may not."""

from __future__ import annotations

import pytest

from keepwarm import options


def read(name: str, text: str) -> object:
    return options.read({name: text})[name]


def test_it_works() -> None:
    values = options.read({})
    assert set(values) == {option.name for option in options.OPTIONS}
    assert values["KEEPWARM_UPLOAD_LIMIT"] == 2 * 10**9


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("KEEPWARM_URL", "https://Keepwarm.example.org/", "https://keepwarm.example.org"),
        ("KEEPWARM_URL", "http://[::1]:8080", "http://[::1]:8080"),
        ("KEEPWARM_HOSTS", "nas, keepwarm.example.org", ("nas", "keepwarm.example.org")),
        ("KEEPWARM_UPLOAD_LIMIT", "0.5 GB", 5 * 10**8),
        ("KEEPWARM_DATABASE_URL", "postgres:///keepwarm", "postgres:///keepwarm"),
        ("KEEPWARM_SECRET_KEY", "k" * 32, "k" * 32),
    ],
)
def test_what_can_be_meant(name: str, text: str, value: object) -> None:
    assert read(name, text) == value


def test_an_empty_folder_is_the_default_and_not_where_one_happens_to_be() -> None:
    assert read("KEEPWARM_DATA", "") == options.read({})["KEEPWARM_DATA"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("KEEPWARM_URL", "https://[::1"),
        ("KEEPWARM_URL", "https://*"),
        ("KEEPWARM_URL", "https://ada@keepwarm.example.org"),
        ("KEEPWARM_URL", "https://keepwarm.example.org/people"),
        ("KEEPWARM_URL", "https://keepwarm.example.org?x"),
        ("KEEPWARM_URL", "https://keepwarm.example.org#x"),
        ("KEEPWARM_URL", "https://keepwarm.example.org:99999"),
        ("KEEPWARM_HOSTS", "*"),
        ("KEEPWARM_HOSTS", ".example.org"),
        ("KEEPWARM_HOSTS", "keepwarm.example.org:8321"),
        ("KEEPWARM_HOSTS", "https://keepwarm.example.org"),
        ("KEEPWARM_UPLOAD_LIMIT", "0"),
        ("KEEPWARM_UPLOAD_LIMIT", "9" * 400 + " TB"),
        ("KEEPWARM_PORT", "9" * 5000),
        ("KEEPWARM_DATABASE_URL", "postgres://"),
        ("KEEPWARM_DATABASE_URL", "postgres://ada:secret@host"),
        ("KEEPWARM_DATABASE_URL", "postgres://ada:secret@host:x/name"),
        ("KEEPWARM_DATABASE_URL", "postgres://ada:secret@[::1/name"),
        ("KEEPWARM_SECRET_KEY", "secret"),
        ("KEEPWARM_DATA", "~nobody-of-that-name/x"),
    ],
)
def test_what_cannot_is_said_in_a_sentence(name: str, text: str) -> None:
    with pytest.raises(options.BadOption) as wrong:
        read(name, text)
    said = str(wrong.value)
    assert name in said
    assert said.endswith(".")
    assert "should be" in said
    assert len(said) < 250
    assert "secret" not in said
