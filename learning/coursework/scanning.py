"""The virus scanner: a command or a clamd that this site names in `VIRUS_SCANNER`.

Until it has answered, nobody but the person herself opens a file. What it finds infected is
deleted at once, and she is told; what it did not answer to is tried again later. A site without a
scanner offers files with a warning.
"""

import logging
import shlex
import socket
import struct
import subprocess
import tempfile
from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.tasks import task

from learning.coursework.models import HandedFile, Work, WorkFact
from learning.coursework.telling import tell

logger = logging.getLogger(__name__)

PATIENCE = 120  # seconds for one file
PIECE = 64 * 1024  # bytes
CLAMD = "clamd"


class Verdict(StrEnum):
    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"


def state_at_first() -> HandedFile.Scan:
    """Of a file that has just arrived."""
    return HandedFile.Scan.WAITING if settings.VIRUS_SCANNER else HandedFile.Scan.UNSCANNED


def scan_after_commit(file: HandedFile) -> None:
    if file.scan == HandedFile.Scan.WAITING:
        transaction.on_commit(partial(scan_in_background.enqueue, file.pk))


@task
def scan_in_background(pk: int) -> None:
    file = HandedFile.objects.filter(pk=pk).select_related("work").first()
    if file is not None:
        scan(file)


def scan_again() -> int:
    """What the scanner has not answered to, or nobody asked it about; returns how many."""
    unsure = (HandedFile.Scan.WAITING, HandedFile.Scan.FAILED)
    if not settings.VIRUS_SCANNER:
        return 0
    files = list(HandedFile.objects.filter(scan__in=unsure).select_related("work"))
    for file in files:
        scan(file)
    return len(files)


def scan(file: HandedFile) -> None:
    """Ask the scanner, and keep or delete the file; a file that is gone by now is passed over."""
    with file.file.open("rb") as opened:
        verdict = verdict_of(iter(partial(opened.read, PIECE), b""))
    if verdict == Verdict.INFECTED:
        refuse(file)
    else:
        HandedFile.objects.filter(pk=file.pk).update(scan=HandedFile.Scan(verdict))


@transaction.atomic
def refuse(file: HandedFile) -> None:
    """Delete an infected file; the work is a draft again, and its person is told."""
    work = Work.objects.select_for_update().get(pk=file.work_id)
    if not HandedFile.objects.filter(pk=file.pk).delete()[0]:
        return
    WorkFact.objects.create(work=work, what=WorkFact.What.FILE_REFUSED, sha256=file.sha256)
    work.handed_in_at = None
    work.save(update_fields=["handed_in_at"])
    logger.warning("A file of coursework was infected and is deleted (%s).", file.uuid)
    tell(work, WorkFact.What.FILE_REFUSED, file.uuid.hex[:16])


def verdict_of(pieces: Iterable[bytes]) -> Verdict:
    """What the scanner says of a content; whatever goes wrong is `FAILED`, never clean."""
    try:
        if settings.VIRUS_SCANNER.startswith(f"{CLAMD}:"):
            return _ask_clamd(settings.VIRUS_SCANNER, pieces)
        return _ask_command(shlex.split(settings.VIRUS_SCANNER), pieces)
    except (OSError, subprocess.SubprocessError) as error:
        logger.error("The virus scanner did not answer (%s).", type(error).__name__)
        return Verdict.FAILED


def _ask_command(command: list[str], pieces: Iterable[bytes]) -> Verdict:
    """Gives it the path of a copy; 0 means clean and 1 infected, as all such commands agree."""
    with tempfile.NamedTemporaryFile(prefix="coursework-") as copy:
        for piece in pieces:
            copy.write(piece)
        copy.flush()
        done = subprocess.run(  # noqa: S603 (the command of whoever runs this site)
            [*command, copy.name], capture_output=True, timeout=PATIENCE, check=False
        )
    known = {0: Verdict.CLEAN, 1: Verdict.INFECTED}
    return known.get(done.returncode, Verdict.FAILED)


def _ask_clamd(address: str, pieces: Iterable[bytes]) -> Verdict:
    """By its INSTREAM command: pieces with their lengths, and an empty one at the end."""
    with _connected(address) as clamd:
        clamd.settimeout(PATIENCE)
        clamd.sendall(b"zINSTREAM\0")
        for piece in pieces:
            clamd.sendall(struct.pack("!L", len(piece)) + piece)
        clamd.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := clamd.recv(PIECE)):
            answer += more
    words = answer.rstrip(b"\0\n ")
    if words.endswith(b"OK"):
        return Verdict.CLEAN
    return Verdict.INFECTED if words.endswith(b"FOUND") else Verdict.FAILED


def _connected(address: str) -> socket.socket:
    """`clamd:/path/of/a/socket` or `clamd://host:port`."""
    parts = urlsplit(address)
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=PATIENCE)
    clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    clamd.settimeout(PATIENCE)
    try:
        clamd.connect(parts.path)
    except OSError:
        clamd.close()
        raise
    return clamd
