"""A web page and PDFs, made here, and broken here."""

from __future__ import annotations

import random
from collections.abc import Sequence

PAGE = """<!doctype html>
<html lang="en"><head><title>Mill burns in Kent</title>
<meta name="author" content="Ann Writer"><meta property="article:published_time" content="2024-03-05">
<script>alert("no")</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Mill burns in Kent</h1>
<p>Fire crews were called to the old mill in Kent on Friday. Chief Ann Lee said that 12 engines fought the blaze for six hours.</p>
<p>Four people were hurt. The mill, built in 1890, employs 250 workers, and the café beside it was closed.</p>
<p>Owner Bob Hall said that it would be rebuilt within two years. Police are investigating the cause of the fire.</p>
</article><footer>© 2024 The Kent Paper, 99 Fleet Street</footer></body></html>"""


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text a row, written by hand."""
    contents = []
    for page in pages:
        lines = " ".join(f"({line}) Tj T*" for line in page.split("\n"))
        contents.append(f"BT /F1 12 Tf 14 TL 50 750 Td {lines} ET".encode())
    return pdf_of(contents)


def placed_pdf(*pages: list[tuple[float, float, str]], more: str = "", size: int = 10) -> bytes:
    """A PDF with each text at its place, in points from the lower left corner of the page."""
    return pdf_of(
        [
            b"BT /F1 %d Tf " % size
            + " ".join(f"1 0 0 1 {x} {y} Tm ({text}) Tj" for x, y, text in page).encode("cp1252")
            + b" ET"
            for page in pages
        ],
        more=more,
    )


def pdf_of(contents: list[bytes], *, more: str = "", stream: str = "") -> bytes:
    """A PDF with these content streams; `more` goes into each page, `stream` into each stream."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(contents)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for n, content in enumerate(contents):
        page = "/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]"
        page += f" /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * n} 0 R {more}"
        objects.append(f"<< {page} >>".encode())
        head = f"<< /Length {len(content)} {stream} >>".encode()
        objects.append(head + b"\nstream\n" + content + b"\nendstream")
    data, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, at)
    return bytes(data)


def mutated(data: bytes, chance: random.Random, pieces: Sequence[bytes] = (b"\0",)) -> bytes:
    """Some bytes changed, cut out and doubled, and some pieces put in."""
    broken = bytearray(data)
    for _ in range(chance.choice([1, 3, 10, 50])):
        at = chance.randrange(len(broken) + 1)
        match chance.randrange(5):
            case 0:
                broken[at : at + 1] = chance.randbytes(1)
            case 1:
                del broken[at : at + chance.randrange(40)]
            case 2:
                broken[at:at] = chance.randbytes(chance.randrange(20))
            case 3:
                broken[at:at] = chance.choice(pieces)
            case _:
                broken[at:at] = broken[max(0, at - 100) : at]
    return bytes(broken)
