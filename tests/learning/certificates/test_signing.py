"""What is signed verifies in other hands, and nothing else does."""

import datetime as dt
import json
import secrets

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from learning.certificates.addressing import certificate_address
from learning.certificates.errors import CannotIssue
from learning.certificates.keys import from_text, key_id, public_key_of, seed_of, to_text
from learning.certificates.models import Grade
from learning.certificates.signing import (
    LONGEST_CODE,
    SigningKeyMissing,
    Statement,
    code_text,
    is_genuine,
    name_hash,
    normal_name,
    public_keys,
    sign,
)
from tests.learning.certificates.conftest import SEED
from tests.learning.certificates.ed25519 import verifies

TOKEN = "x" * 24
DAY = dt.date(2026, 11, 21)

# RFC 8032, section 7.1: seed, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


def statement(**changes) -> Statement:
    facts = {
        "serial": "PK-CASC-COOR-2026-000123-Y",
        "name_hash": name_hash(TOKEN, "Lubna Learner"),
        "course": "coordination",
        "version": "1.0",
        "grade": Grade.ACHIEVEMENT,
        "first_day": DAY,
        "last_day": DAY,
        "issued_on": DAY,
    }
    return Statement(**facts | changes)


@pytest.mark.parametrize(("seed", "public", "message", "signature"), VECTORS)
def test_known_answers_of_rfc_8032(seed, public, message, signature):
    seed, public, message, signature = map(bytes.fromhex, (seed, public, message, signature))

    assert public_key_of(seed) == public
    assert Ed25519PrivateKey.from_private_bytes(seed).sign(message) == signature
    assert verifies(public, message, signature)
    assert not verifies(public, message + b".", signature)


def test_statement_is_one_readable_line():
    line, _signature, key = sign(TOKEN, statement())

    assert line == (
        f"C1~{key}~PK-CASC-COOR-2026-000123-Y~{name_hash(TOKEN, 'Lubna Learner')}"
        "~coordination~1.0~A~20261121~20261121~20261121"
    )


def test_signature_verifies_in_other_hands():
    line, signature, key = sign(TOKEN, statement())
    public = public_key_of(SEED)

    assert key == key_id(public)
    assert verifies(public, f"{TOKEN}~{line}".encode(), from_text(signature))
    assert is_genuine(TOKEN, line, signature)


def test_no_flipped_bit_of_statement_signature_or_token_is_accepted():
    line, signature, _key = sign(TOKEN, statement())
    whole = "~".join((TOKEN, line, to_text(from_text(signature)))).encode()
    accepted = []
    for place in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[place // 8] ^= 1 << place % 8
        parts = changed.decode("latin-1").split("~")
        if is_genuine(parts[0], "~".join(parts[1:-1]), parts[-1]):
            accepted.append(place)

    assert accepted == []
    assert is_genuine(TOKEN, line, signature)


def test_no_signature_by_chance_is_accepted():
    line, _signature, _key = sign(TOKEN, statement())

    assert not any(is_genuine(TOKEN, line, to_text(secrets.token_bytes(64))) for _ in range(2000))


@pytest.mark.parametrize("line", ["", "C1", "C1~", "C2~a~b", "C1~unknown-~x", "~~~~"])
def test_what_is_no_statement_is_refused(line):
    assert not is_genuine(TOKEN, line, "")
    assert not is_genuine(TOKEN, line, to_text(bytes(64)))


def test_statement_of_another_certificate_is_refused():
    line, signature, _key = sign(TOKEN, statement())

    assert not is_genuine("y" * 24, line, signature)


def test_signatures_outlive_a_change_of_keys(settings):
    line, signature, _key = sign(TOKEN, statement())
    settings.SIGNING_KEY = seed_of("another")
    assert not is_genuine(TOKEN, line, signature)

    settings.FORMER_PUBLIC_KEYS = [public_key_of(SEED)]

    assert is_genuine(TOKEN, line, signature)
    assert [key.current for key in public_keys()] == [True, False]


def test_without_a_key_the_message_names_the_setting(settings):
    settings.SIGNING_KEY = None

    with pytest.raises(SigningKeyMissing, match="SIGNING_KEY is not set"):
        sign(TOKEN, statement())


@pytest.mark.parametrize("course", ["a~b", "", "a b", "ا", "a#b"])
def test_field_that_could_be_misread_is_not_signed(course):
    with pytest.raises(CannotIssue):
        sign(TOKEN, statement(course=course))


def test_code_fits_for_long_names_of_course_and_site(settings):
    settings.SITE_URL = "https://learning.social-security.institution.example.gov.pk"
    long = statement(course="c" * 40, version="10.11.12-rc1", serial="PK-" + "A" * 32)
    line, signature, _key = sign(TOKEN, long)

    assert len(code_text(certificate_address(TOKEN), line, signature)) <= LONGEST_CODE


def test_code_that_telephones_cannot_read_is_refused():
    with pytest.raises(CannotIssue, match="SITE_URL"):
        code_text("https://" + "x" * 400, "C1", "x")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lubna  Learner ", "lubna learner"),
        ("Ｌubna Learner", "Lubna Learner"),
        ("نسرين گل", "نسرین گل"),
        ("សុខ\u200bសាន្ត", "សុខសាន្ត"),
    ],
)
def test_names_written_differently_are_the_same(one, other):
    assert normal_name(one) == normal_name(other)
    assert name_hash(TOKEN, one) == name_hash(TOKEN, other)
    assert name_hash(TOKEN, one) != name_hash("y" * 24, other)


@pytest.mark.parametrize("text", ["AA", "AB", "A", "=", "A=", "A+", "a b", "ä"])
def test_bytes_have_one_spelling(text):
    try:
        data = from_text(text)
    except ValueError:
        return
    assert to_text(data) == text


def test_published_keys_are_those_that_verify(client, settings):
    settings.FORMER_PUBLIC_KEYS = [public_key_of(seed_of("of before"))]

    response = client.get("/certificates/keys.json")

    keys = json.loads(response.content)["keys"]
    assert [key["kid"] for key in keys] == [key.name for key in public_keys()]
    assert keys[0] == {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": "EdDSA",
        "use": "sig",
        "kid": key_id(public_key_of(SEED)),
        "x": to_text(public_key_of(SEED)),
    }
