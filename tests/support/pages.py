"""A web page and a PDF, made here."""

from __future__ import annotations

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
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for n, page in enumerate(pages):
        lines = " ".join(f"({line}) Tj T*" for line in page.split("\n"))
        stream = f"BT /F1 12 Tf 14 TL 50 750 Td {lines} ET".encode()
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {resources} /Contents {5 + 2 * n} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    data, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, at)
    return bytes(data)
