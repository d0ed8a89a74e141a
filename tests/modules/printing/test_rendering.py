"""A hostile page loads nothing: no request, no file, no attachment. What is ours does load."""

import base64
import contextlib
import io
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML

from modules.printing import rendering
from modules.printing.errors import RenderingFailed
from modules.printing.rendering import (
    FONTS,
    LONGEST_BOOK,
    LONGEST_PAGE,
    OwnFetcher,
    Refused,
    TookTooLong,
    refuse_bomb,
    render,
    render_book,
    render_together,
    time_limit,
)

SECRET = "the secret of this machine"


@pytest.fixture
def listener() -> Iterator[ThreadingHTTPServer]:
    """Answers on the loopback address and notes what was asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.server.asked.append(self.path)
            if self.path == "/redirect":
                self.send_response(302)
                self.send_header("Location", "/after-redirect")
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def data_address(kind: str, content: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content.encode()).decode()}"


def hostile_page(site: str, secret: Path) -> str:
    """Thirteen ways to make a renderer fetch something."""
    svg = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>"
    in_svg = data_address("image/svg+xml", f"{svg}<image href='{site}/in-data-svg'/></svg>")
    return f"""<html><head>
        <link rel=stylesheet href="{site}/link">
        <link rel=attachment href="{site}/attachment">
        <link rel="Attachment icon" href="{secret.as_uri()}">
        <link rel=attachment href="data:,{SECRET}">
        <style>
          @import url({site}/import);
          @font-face {{ font-family: far; src: url({site}/font) }}
          @font-face {{ font-family: near; src: url({secret.as_uri()}) }}
          body {{ background: url({site}/background); font-family: far, near }}
          p::before {{ content: url({site}/content) }}
          li {{ list-style-image: url({site}/marker) }}
        </style></head><body>
        <img src="{site}/image"><img src="{site}/redirect"><img src="{secret.as_uri()}">
        <object data="{site}/object"></object><embed src="{site}/embed">
        {svg}<image href="{site}/svg-image"/><use xlink:href="{site}/svg-use#x"/></svg>
        <img src="{in_svg}">
        <a rel=attachment href="{secret.as_uri()}">take it</a>
        <p>text</p><ul><li>item</li></ul>
        </body></html>"""


def attachments(pdf: bytes) -> list[bytes]:
    """Every embedded file, of the document or of a link in it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = [thing for thing in document.objects if isinstance(thing, pikepdf.Stream)]
        return [one.read_bytes() for one in streams if one.get("/Type") == "/EmbeddedFile"]


@pytest.fixture
def secret(tmp_path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


@pytest.mark.parametrize(
    "render", [render, lambda html, sheet: render_together([(html, sheet)] * 2, "Two")]
)
def test_hostile_page_causes_no_request_and_no_attachment(listener, secret, render):
    site = f"http://127.0.0.1:{listener.server_port}"
    started = time.monotonic()

    pdf = render(hostile_page(site, secret), "")

    assert listener.asked == []
    assert attachments(pdf) == []
    assert SECRET.encode() not in pdf
    assert time.monotonic() - started < 10


def test_the_same_page_leaks_with_the_usual_fetcher(listener, secret):
    """The control: the page above is hostile indeed, and this test can tell."""
    site = f"http://127.0.0.1:{listener.server_port}"

    pdf = HTML(string=hostile_page(site, secret)).write_pdf()

    assert len(set(listener.asked)) >= 10
    assert "/after-redirect" in listener.asked
    assert SECRET.encode() in attachments(pdf)


def test_allowed_picture_and_our_font_do_load():
    red = data_address(
        "image/svg+xml",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><path d='M0 0h1v1z'/></svg>",
    )
    html = f"<html lang=en><title>x</title><p>Text</p><img alt=x src='{red}'></html>"
    with_picture = render(html, "p { font-family: 'Cascade Serif' }")
    without = render(html.replace(red, ""), "p { font-family: 'Cascade Serif' }")

    with pikepdf.open(io.BytesIO(with_picture)) as document:
        fonts = [str(f.BaseFont) for f in document.objects if is_font(f)]
    assert any("Cascade-Serif" in name for name in fonts)
    assert with_picture != without


def is_font(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "https://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        f"{FONTS.as_uri()}/../css/site.css",
        f"{FONTS.as_uri()}/..%2Fcss%2Fsite.css",
        f"{FONTS.as_uri()}/OFL.txt",
        f"file://elsewhere{FONTS}/khmer-400.woff2",
        "file:khmer-400.woff2",
        "javascript:alert(1)",
        "data:" + "x" * 400_000,
    ],
)
def test_fetcher_refuses_everything_else(url):
    with pytest.raises(Refused):
        OwnFetcher().fetch(url)


def test_link_out_of_the_font_folder_is_refused(tmp_path, monkeypatch, secret):
    monkeypatch.setattr(rendering, "FONTS", tmp_path)
    link = tmp_path / "link.woff2"
    link.symlink_to(Path("/etc/passwd"))

    with pytest.raises(Refused):
        OwnFetcher().fetch(link.as_uri())


def test_fetcher_loads_data_and_our_fonts():
    assert OwnFetcher().fetch("data:text/plain,hello").read() == b"hello"
    font = OwnFetcher().fetch(f"{FONTS.as_uri()}/khmer-400.woff2").read()
    assert font == (FONTS / "khmer-400.woff2").read_bytes()


def png(width: int, height: int) -> bytes:
    """A picture of one colour, whatever its size small to send."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * height))
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_picture_that_is_huge_in_memory_is_refused():
    refuse_bomb(png(1000, 1000))
    for width, height in ((4000, 4000), (30_000, 30_000)):
        with pytest.raises(Refused):
            refuse_bomb(png(width, height))


def test_long_page_is_refused():
    with pytest.raises(RenderingFailed, match="characters"):
        render("x" * (LONGEST_PAGE + 1), "")


def test_book_may_be_longer_and_counts_its_pages():
    line = f"<p>{'A line of a long book. ' * 50}</p>"
    html = f"<html lang=en><title>x</title>{line * (LONGEST_PAGE // len(line) + 1)}</html>"

    pdf, pages = render_book(html, "")

    assert len(html) > LONGEST_PAGE
    with pikepdf.open(io.BytesIO(pdf)) as book:
        assert pages == len(book.pages) > 50


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_book_has_a_limit_too(monkeypatch):
    with pytest.raises(RenderingFailed, match=f"{LONGEST_BOOK} characters"):
        render_book("x" * (LONGEST_BOOK + 1), "")
    monkeypatch.setattr(rendering, "SECONDS_OF_BOOK", 0.1)
    with pytest.raises(RenderingFailed, match="longer than"):
        render_book(f"<title>x</title>{'<p>Slow.</p>' * 9000}", "")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_page_that_takes_too_long_is_given_up(monkeypatch):
    slow = "<tr>" + "<td><span>x</span></td>" * 30
    started = time.monotonic()

    with monkeypatch.context() as patch:
        patch.setattr(rendering, "SECONDS", 0.3)
        with pytest.raises(RenderingFailed, match="longer than"):
            render(f"<title>x</title><table>{slow * 300}</table>", "")

    assert time.monotonic() - started < 5
    assert render("<html lang=en><title>x</title>short</html>", "").startswith(b"%PDF")


def test_interruption_that_is_swallowed_comes_again():
    """As by a callback of the garbage collector, which may hide whatever is raised in it."""
    began = time.monotonic()

    with pytest.raises(RenderingFailed):
        hide_one_interruption()

    assert time.monotonic() - began < 3


def hide_one_interruption() -> None:
    with time_limit(0.1):
        with contextlib.suppress(TookTooLong):
            time.sleep(1)
        time.sleep(5)


def test_in_other_threads_pages_are_rendered_too():
    made = []
    thread = threading.Thread(
        target=lambda: made.append(render("<html lang=en><title>x</title>x</html>", ""))
    )
    thread.start()
    thread.join()

    assert made[0].startswith(b"%PDF")
