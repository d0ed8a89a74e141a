"""The key of certificates: read strictly, made up for demos alone, and never needed to start."""

import pytest

from learning.certificates.keys import parse_public_keys, parse_seed, public_key_of, to_text
from tests.learning.serving.test_environment import start

SEED = bytes(range(32))
SECRET_KEY = "only-for-this-test-" + "x" * 40


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIGNING_KEY", "short"),
        ("SIGNING_KEY", "ä" * 43),
        ("FORMER_PUBLIC_KEYS", f"{to_text(SEED)},short"),
    ],
)
def test_wrong_key_stops_the_start_with_one_line(tmp_path, name, value):
    result = start(tmp_path, **{name: value})

    assert result.returncode == 1
    assert result.stderr.startswith(f"cascade: {name}: expected ")
    assert result.stderr.count("\n") == 1


def test_site_starts_without_a_key_and_makes_none_up(tmp_path):
    result = start(tmp_path, DEMO="0", SECRET_KEY=SECRET_KEY)

    assert result.returncode == 0, result.stderr
    assert not (tmp_path / "signing_key.demo").exists()


def test_demo_keeps_its_key_between_starts_and_private(tmp_path):
    start(tmp_path)
    kept = (tmp_path / "signing_key.demo").read_text()

    start(tmp_path)

    assert (tmp_path / "signing_key.demo").read_text() == kept
    assert (tmp_path / "signing_key.demo").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("raw", [to_text(SEED), to_text(SEED) + "=", f" {to_text(SEED)} "])
def test_key_in_either_alphabet_with_or_without_padding(raw):
    assert parse_seed(raw) == SEED
    assert parse_seed(raw.replace("-", "+").replace("_", "/")) == SEED
    assert parse_seed("") is None


def test_list_of_former_keys():
    public = to_text(public_key_of(SEED))

    assert parse_public_keys(f"{public}, {public},") == [public_key_of(SEED)] * 2
    assert parse_public_keys("") == []
