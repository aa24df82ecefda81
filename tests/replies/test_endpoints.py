"""Finding webmention endpoints: the discovery tests of webmention.rocks (1 to 23), as data."""

from __future__ import annotations

import pytest

from engage.replies.endpoints import endpoint_in_header, page_links

PAGE = "https://rocks.example/test/1"
END = "https://rocks.example/test/1/wm"
WRONG = "https://rocks.example/wrong"


def found(header: str, html: str, url: str = PAGE) -> str | None:
    return endpoint_in_header(header, url) or page_links(html, url).endpoint


ROCKS = {
    "1 Link header, relative, unquoted": ("</test/1/wm>; rel=webmention", "", END),
    "2 Link header, absolute": (f"<{END}>; rel=webmention", "", END),
    "3 link, relative": ("", '<link rel="webmention" href="/test/1/wm">', END),
    "4 link, absolute": ("", f'<link rel="webmention" href="{END}">', END),
    "5 a, relative": ("", '<p><a rel="webmention" href="/test/1/wm">x</a>', END),
    "6 a, absolute": ("", f'<a rel="webmention" href="{END}">x</a>', END),
    "7 Link header in odd case": (f"<{END}>; REL=WebMention", "", END),
    "8 Link header, quoted": (f'<{END}>; rel="webmention"', "", END),
    "9 several relations, link": ("", f'<link rel="other webmention x" href="{END}">', END),
    "10 several relations, header": (f'<{END}>; rel="webmention somethingelse"', "", END),
    "11 the header wins": (
        f"<{END}>; rel=webmention",
        f'<link rel="webmention" href="{WRONG}"><a rel="webmention" href="{WRONG}">',
        END,
    ),
    "12 a relation that only begins so": (
        "",
        f'<link rel="not-webmention" href="{WRONG}"><link rel="webmention" href="{END}">',
        END,
    ),
    "13 in a comment": (
        "",
        f'<!-- <a rel="webmention" href="{WRONG}"> --><a rel="webmention" href="{END}">',
        END,
    ),
    "14 escaped": (
        "",
        f'<code>&lt;a rel="webmention" href="{WRONG}"&gt;</code><a rel=webmention href="{END}">',
        END,
    ),
    "15 an empty address is the page": ("", '<link rel="webmention" href="">', PAGE),
    "16 a before link": (
        "",
        f'<a rel="webmention" href="{END}">x</a><link rel="webmention" href="{WRONG}">',
        END,
    ),
    "17 link before a": (
        "",
        f'<link rel="webmention" href="{END}"><a rel="webmention" href="{WRONG}">x</a>',
        END,
    ),
    "18 several Link headers": (f'<{WRONG}>; rel="other", <{END}>; rel="webmention"', "", END),
    "19 one header with several values": (
        f'<{WRONG}>; rel="other"; title="a, b", <{END}>; rel="webmention"',
        "",
        END,
    ),
    "20 a link without address": (
        "",
        f'<link rel="webmention"><a rel="webmention" href="{END}">x</a>',
        END,
    ),
    "21 a query is kept": (
        "",
        f'<link rel="webmention" href="{END}?a=1&amp;b=2">',
        f"{END}?a=1&b=2",
    ),
    "22 relative to the page": ("", '<link rel="webmention" href="1/wm">', END),
    "no endpoint": ("", '<a href="/x">x</a>', None),
    "in a script": ("", f'<script>"<link rel=webmention href={WRONG}>"</script>', None),
    "no address of the web": ("", '<link rel="webmention" href="file:///etc/passwd">', None),
    "a broken header": ("<; rel=webmention, ;;<>", "", None),
    "relative to a base": ("", '<base href="/test/"><a rel=webmention href="1/wm">', END),
}


@pytest.mark.parametrize(("header", "html", "end"), ROCKS.values(), ids=ROCKS.keys())
def test_discovery(header: str, html: str, end: str | None) -> None:
    assert found(header, html) == end


def test_23_the_address_after_redirects_counts() -> None:
    assert found("", "<a rel=webmention href=wm>", "https://rocks.example/page/23/x") == (
        "https://rocks.example/page/23/wm"
    )


def test_what_a_page_links_to() -> None:
    said = page_links(
        '<a class="u-in-reply-to other" href="/theirs">x</a><a href="https://a.example/?b=1&amp;c">y'
        '</a><a href="javascript:x()">z</a><link rel="stylesheet" href="/s.css">',
        PAGE,
    )
    assert said.answers == ["https://rocks.example/theirs"]
    assert said.links == ["https://rocks.example/theirs", "https://a.example/?b=1&c"]
