import pytest
from django.core.files.base import ContentFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents import get_document_model

from learning.serving.ranges import BLOCK, part_of

RECORDING = bytes(range(256)) * 1024  # of several blocks


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-", range(1000)),
        ("bytes=0-0", range(1)),
        ("bytes=500-", range(500, 1000)),
        ("bytes=990-2000", range(990, 1000)),
        ("bytes=-10", range(990, 1000)),
        ("bytes=-2000", range(1000)),
        ("Bytes = 5 - 9", range(5, 10)),
        # no such part
        ("bytes=1000-", range(0)),
        ("bytes=2000-3000", range(0)),
        ("bytes=-0", range(0)),
        # not understood, so the whole file
        ("bytes=9-5", None),
        ("bytes=-", None),
        ("bytes=0-1,5-9", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
        ("bytes=0-" + "9" * 5000, None),
        ("", None),
    ],
)
def test_part(asked, part):
    assert part_of(asked, 1000) == part


@given(size=st.integers(0, 99), first=st.integers(0, 99), last=st.integers(0, 99))
def test_part_is_what_slicing_gives(size, first, last):
    whole = range(size)

    assert first > last or part_of(f"bytes={first}-{last}", size) == whole[first : last + 1]
    assert part_of(f"bytes={first}-", size) == whole[first:]
    assert part_of(f"bytes=-{first}", size) == whole[max(size - first, 0) :]


# --- a recording among the documents ------------------------------------------------------------


@pytest.fixture
def recording(db, settings, tmp_path):
    storage = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": storage, "OPTIONS": {"location": str(tmp_path)}}
    }
    return get_document_model().objects.create(
        title="Talk", file=ContentFile(RECORDING, name="talk.mp3"), file_hash="abc"
    )


def read(response) -> bytes:
    """To the end: one that is closed before takes the connection of the test with it."""
    return response.getvalue()


def ask(client: Client, recording, asked: str, **headers):
    return client.get(recording.url, headers={"range": asked, **headers})


def test_whole_file_says_that_parts_may_be_asked_for(client, recording):
    response = client.get(recording.url, headers={"accept-encoding": "gzip"})

    assert response.getvalue() == RECORDING
    assert (response["Accept-Ranges"], response["Content-Encoding"]) == ("bytes", "identity")
    assert response["Content-Length"] == str(len(RECORDING))


@pytest.mark.parametrize("first", [0, 1000, BLOCK, len(RECORDING) - 1])
def test_rest_of_a_file(client, recording, first):
    response = ask(client, recording, f"bytes={first}-", **{"accept-encoding": "gzip"})

    assert response.status_code == 206
    assert response.getvalue() == RECORDING[first:]
    last, size = len(RECORDING) - 1, len(RECORDING)
    assert response["Content-Range"] == f"bytes {first}-{last}/{size}"
    assert response["Content-Length"] == str(size - first)


def test_part_longer_than_a_block(client, recording):
    response = ask(client, recording, f"bytes=10-{2 * BLOCK + 20}")

    assert response.getvalue() == RECORDING[10 : 2 * BLOCK + 21]


def test_parts_keep_the_protections_of_the_whole(client, recording):
    whole, part = client.get(recording.url), ask(client, recording, "bytes=0-1")

    assert part["Content-Security-Policy"] == "default-src 'none'"
    assert part["X-Content-Type-Options"] == "nosniff"
    assert part["Content-Disposition"] == 'attachment; filename="talk.mp3"'
    same = ("Content-Security-Policy", "Content-Type", "Content-Disposition", "ETag")
    assert [part[name] for name in same] == [whole[name] for name in same]
    read(part)
    read(whole)


def test_part_beyond_the_end(client, recording):
    response = ask(client, recording, f"bytes={len(RECORDING)}-")

    assert (response.status_code, response.content) == (416, b"")
    assert response["Content-Range"] == f"bytes */{len(RECORDING)}"


@pytest.mark.parametrize(
    ("known", "status"), [('"abc"', 206), ('"of before"', 200), ('W/"abc"', 200), ('""', 200)]
)
def test_rest_of_a_file_that_has_changed_is_the_whole(client, recording, known, status):
    response = ask(client, recording, "bytes=5-", **{"if-range": known})

    assert response.status_code == status
    assert response.getvalue() == RECORDING[5 if status == 206 else 0 :]


def test_going_on_by_the_day_of_the_file(client, recording):
    whole = client.get(recording.url)
    read(whole)

    response = ask(client, recording, "bytes=5-9", **{"if-range": whole["Last-Modified"]})
    assert response.getvalue() == RECORDING[5:10]


def test_file_without_a_hash_is_known_by_its_day_alone(client, recording):
    recording.file_hash = ""
    recording.save()

    response = ask(client, recording, "bytes=5-9")
    assert "ETag" not in response
    read(response)


def test_what_is_known_already_is_not_sent_in_parts_either(client, recording):
    assert ask(client, recording, "bytes=5-", **{"if-none-match": '"abc"'}).status_code == 304


def test_only_files_are_sent_in_parts(client, db):
    response = client.get("/", headers={"range": "bytes=0-9"})

    assert response.status_code == 200
    assert "Accept-Ranges" not in response
