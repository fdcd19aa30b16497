"""The reading process: a file on stdin, its text or the refusal on stdout, one file a process. Never opens a socket.

python -m tenor.documents.read_child read|inspect|pictures|picture NUMBER TURNED_MDEG < FILE > ANSWER
"""

import logging
import os
import sys
from dataclasses import dataclass

import msgspec

from tenor.documents.confine import confine
from tenor.documents.refusals import ReadingTooExpensive
from tenor.kernel.errors import TenorError
from tenor.kernel.pages import DocumentText


@dataclass(frozen=True, slots=True)
class Answer:
    """Either the text (with the pages' pictures, if asked for) or the code and sentence of why not."""

    text: DocumentText | None = None
    pictures: tuple[bytes, ...] = ()
    code: str = ""
    sentence: str = ""


TOO_EXPENSIVE = ReadingTooExpensive(
    "Reading this file needs more memory or time than an invoice may take. Print it to a new PDF at 200 dpi."
)


def main() -> None:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    logging.disable(logging.CRITICAL)  # parsers complain at length about every odd file
    confine()
    data = sys.stdin.buffer.read()
    sys.stdout.buffer.write(msgspec.msgpack.encode(_answer(data, *sys.argv[1:])))


def _answer(data: bytes, job: str, *page: str) -> Answer:
    try:
        from tenor.documents import pictures, reading  # after the cell is closed: parsers are never loaded outside it

        if job == "picture":
            number, turned_mdeg = map(int, page)
            return Answer(reading.inspect(data), (pictures.picture(data, number, turned_mdeg),))
        text = reading.inspect(data) if job == "inspect" else reading.read(data)
        return Answer(text, pictures.pictures(data, text.pages) if job == "pictures" else ())
    except TenorError as refusal:
        return Answer(code=refusal.code, sentence=str(refusal))
    except (MemoryError, RecursionError):
        return Answer(code=TOO_EXPENSIVE.code, sentence=str(TOO_EXPENSIVE))
    except Exception as error:  # noqa: BLE001
        # Parsers raise anything on a crafted file. It is the file's fault, and its type is all that is told.
        sentence = f"The file cannot be read ({type(error).__name__}). Print it to a new PDF and upload that."
        return Answer(code="file-broken", sentence=sentence)


if __name__ == "__main__":
    main()
