"""Whether the file of a workbook, which is a zip file, is whole and holds nothing else."""

from __future__ import annotations

import zlib
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

BEGINNING, END = b"PK\x03\x04", b"PK\x05\x06"
END_SIZE = 22  # of the record that a zip file ends with, before its comment


def is_whole(file: BinaryIO) -> bool:
    """Tell whether a workbook can be unpacked, every part of it."""
    try:
        with ZipFile(file) as book:
            return book.testzip() is None
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        return False


def is_alone(file: BinaryIO) -> bool:
    """Tell whether nothing stands before or after a workbook in its file."""
    with ZipFile(file) as book:
        comment = len(book.comment)
    file.seek(0)
    first = file.read(len(BEGINNING))
    file.seek(-END_SIZE - comment, 2)
    return first == BEGINNING and file.read(len(END)) == END
