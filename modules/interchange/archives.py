"""Archives that strangers packed, read in memory: nothing is ever unpacked to disk. Pure.

What an archive says of itself is looked at first, and then not believed: each member is read up to
what it said, and no further.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from modules.interchange.drafts import Refusal

ZIP = b"PK\x03\x04"
MOST_MEMBERS = 3_000
LARGEST = 50 * 1024 * 1024  # bytes of all members together
MOST_TIMES = 200  # so many times larger than packed is more than text ever is
SMALL = 1024 * 1024  # below this the ratio says nothing
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError)


class Archive(Mapping[str, bytes]):
    """The members of an archive by their paths; raises `Refusal` for one that is not harmless."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = [info for info in self._zip.infolist() if not info.is_dir()]
        except (*BROKEN, NotImplementedError):
            raise Refusal("archive_broken") from None
        check_size(infos)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            check_path(info)
            if info.filename in self._infos:
                raise Refusal("archive_twice", path=info.filename[:120])
            self._infos[info.filename] = info

    def __getitem__(self, path: str) -> bytes:
        info = self._infos[path]
        try:
            with self._zip.open(info) as member:
                data = member.read(info.file_size + 1)
        except (*BROKEN, NotImplementedError):
            raise Refusal("archive_broken", file=path) from None
        if len(data) > info.file_size:
            raise Refusal("archive_broken", file=path)
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self._infos)

    def __len__(self) -> int:
        return len(self._infos)


def check_size(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_MEMBERS:
        raise Refusal("archive_members", most=str(MOST_MEMBERS))
    size = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if size > LARGEST or (size > SMALL and size > MOST_TIMES * max(packed, 1)):
        raise Refusal("archive_size", most=str(LARGEST // SMALL))


def check_path(info: zipfile.ZipInfo) -> None:
    """Raises `Refusal` for a path that leads out, and for links."""
    path = info.orig_filename
    parts = path.replace("\\", "/").split("/")
    leads_out = path.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in path
    if leads_out or stat.S_ISLNK(info.external_attr >> 16):
        raise Refusal("archive_path", path=path.replace("\0", "")[:120])


def packed(members: Mapping[str, bytes]) -> bytes:
    """An archive of these members, the same for the same members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in members.items():
            archive.writestr(
                zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED
            )
    return file.getvalue()
