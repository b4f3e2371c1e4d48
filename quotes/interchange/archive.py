"""Zip archives: written the same each time, read from strangers without harm."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping

from quotes.interchange.records import ImportRefusedError

MOST_BYTES = 200_000_000
MOST_UNPACKED = 500_000_000
MOST_FILES = 20_000
# Text compresses to a tenth or a twentieth; a bomb to a thousandth. Small files may be regular.
MOST_RATIO = 200
SMALL = 1_000_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
# What zipfile lets through of a broken archive.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of the files in the order given, without times or owners."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the files of an archive by name, read into memory, never onto the disk.

    Raises ImportRefusedError for what is no archive or broken, encrypted, too large or suspiciously
    small for what it holds, and for names that point elsewhere.
    """
    if len(data) > MOST_BYTES:
        raise ImportRefusedError(f"more than {MOST_BYTES} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _refuse(infos)
            files: dict[str, bytes] = {}
            left = MOST_UNPACKED
            for info in infos:
                files[info.filename] = _read(archive, info, left)
                left -= len(files[info.filename])
    except ImportRefusedError:
        raise
    except _BROKEN as error:
        raise ImportRefusedError(f"not a sound zip archive: {error}") from error
    return files


def _refuse(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_FILES:
        raise ImportRefusedError(f"more than {MOST_FILES} files in the archive")
    names: set[str] = set()
    for info in infos:
        name = info.filename
        parts = name.split("/")
        if name.startswith("/") or "\\" in name or ":" in name or {"", ".", ".."} & set(parts):
            raise ImportRefusedError(f"“{name}” points out of the archive")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise ImportRefusedError(f"“{name}” is a link")
        if info.flag_bits & 1:
            raise ImportRefusedError(f"“{name}” is encrypted")
        if name.casefold() in names:
            raise ImportRefusedError(f"“{name}” is there twice")
        names.add(name.casefold())


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """Read a file, by what comes out and not by what the archive says of its size."""
    allowed = min(left, max(SMALL, info.compress_size * MOST_RATIO))
    with archive.open(info) as source:
        data = source.read(allowed + 1)
    if len(data) > allowed:
        raise ImportRefusedError(
            f"“{info.filename}” unpacks to more than {allowed} bytes from {info.compress_size}"
        )
    return data
