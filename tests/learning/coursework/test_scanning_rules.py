"""What the scanner says, and that nothing but its own word makes a file clean."""

import socket
import struct
import threading
from pathlib import Path

import pytest

from learning.coursework.scanning import verdict_of

PIECES = [b"one ", b"two"]


@pytest.mark.parametrize(
    ("command", "verdict"),
    [
        ("true", "clean"),
        ("false", "infected"),
        ("sh -c 'exit 2'", "failed"),
        ("/no/such/scanner", "failed"),
        ("grep -q 'one two'", "clean"),  # the path of a copy is its last word
        ("grep -q three", "infected"),
    ],
)
def test_a_command_answers_by_its_exit_code(settings, command, verdict):
    settings.VIRUS_SCANNER = command

    assert verdict_of(PIECES) == verdict


def serve(listening: socket.socket, answer: bytes, heard: list[bytes]) -> None:
    client, _address = listening.accept()
    with client, client.makefile("rb") as stream:
        heard.append(stream.read(len(b"zINSTREAM\0")))
        while size := struct.unpack("!L", stream.read(4))[0]:
            heard.append(stream.read(size))
        client.sendall(answer)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK\0", "clean"),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", "infected"),
        (b"INSTREAM size limit exceeded. ERROR\0", "failed"),
        (b"", "failed"),
    ],
)
def test_clamd_hears_all_pieces_and_its_words_count(settings, tmp_path: Path, answer, verdict):
    path = tmp_path / "clamd"
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(path))
        listening.listen()
        clamd = threading.Thread(target=serve, args=(listening, answer, heard))
        clamd.start()
        settings.VIRUS_SCANNER = f"clamd:{path}"

        assert verdict_of(PIECES) == verdict
        clamd.join()
    assert heard == [b"zINSTREAM\0", *PIECES]


def test_a_scanner_that_is_not_there_finds_nothing_clean(settings, tmp_path):
    settings.VIRUS_SCANNER = f"clamd:{tmp_path}/none"

    assert verdict_of(PIECES) == "failed"
