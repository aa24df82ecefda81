"""Text from outside: what stays, what goes, and that nothing gets through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engage.text import _REMOVED, MARKS, URL_LIMIT, clean, clip, fold, one_line, safe_url

BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
ANYTHING = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("a \t\r\n\x1b\x85\u0301\u200d\u202e\u2028\ud800\ufe0f\U000e0041"),
    )
)


def test_nothing_unsafe_counts_as_printable_but_what_is_looked_for() -> None:
    codes = {code for first, last in _REMOVED for code in range(first, last + 1)}
    printable = {chr(code) for code in codes if chr(code).isprintable()}
    assert printable == {"\u3164", "\uffa0"}


def unsafe(text: str) -> list[str]:
    """The characters of a text that must never leave `clean`."""
    return [
        character
        for character in text
        if (unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") and character not in "\n\t")
        or ord(character) in BIDI
        or 0xE0000 <= ord(character) <= 0xE007F
    ]


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        pytest.param("plain", "plain", id="plain text is left alone"),
        pytest.param("a\n\tb", "a\n\tb", id="line feed and tab stay"),
        pytest.param("a\r\nb\rc", "a\nb\nc", id="CRLF and CR become line feeds"),
        pytest.param("a\u2028b\u2029c\x85d\x0be\x0cf", "a\nb\nc\nd\ne\nf", id="other line breaks"),
        pytest.param("\x1b]52;c;aGk=\x07hi\x1b\\", "]52;c;aGk=hi\\", id="OSC 52 loses its escape"),
        pytest.param("\x9b2Jx\x7f\x00", "2Jx", id="C1, DEL and NUL go"),
        pytest.param("ab\u202egnp.exe\u2069", "abgnp.exe", id="bidi overrides and isolates go"),
        pytest.param("\ufeffa\u200bb\u00adc\u2060d", "abcd", id="invisible characters go"),
        pytest.param("hi\U000e0041\U000e007f", "hi", id="tag characters go"),
        pytest.param("a\ud800b", "a\ufffdb", id="a lone surrogate is shown as unknown"),
        pytest.param("👩‍💻 ❤️ می‌خواهم", "👩‍💻 ❤️ می‌خواهم", id="joiners and selectors stay"),
        pytest.param("न्क्ष्म्य นี้ שָׁלוֹם", "न्क्ष्म्य นี้ שָׁלוֹם", id="marks that scripts need stay"),
        pytest.param("a" + "\u0301" * 50 + "b", "a" + "\u0301" * MARKS + "b", id="stacks are cut"),
        pytest.param("—" * 30, "—" * 30, id="a long rule of dashes is no stack"),
        pytest.param(
            "a" + "\u0301\u200d" * 50, "a" + "\u0301\u200d" * (MARKS // 2), id="joiners do not help"
        ),
        pytest.param("[/b] [@click=app.quit]x[/]", "[/b] [@click=app.quit]x[/]", id="markup stays"),
    ],
)
def test_clean(given_text: str, expected: str) -> None:
    assert clean(given_text) == expected


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        pytest.param("  a \n b\t\tc ", "a b c", id="white space is collapsed and trimmed"),
        pytest.param("a\u2028b\u2029c\x85d\u00a0e\u3000f", "a b c d e f", id="unusual spaces"),
        pytest.param("\u200d \u200c", "", id="nothing that can be seen is nothing"),
        pytest.param("Mara\r\nQuill\x1b[31m", "Mara Quill[31m", id="a name on two lines"),
    ],
)
def test_one_line(given_text: str, expected: str) -> None:
    assert one_line(given_text) == expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        pytest.param("abc", 3, "abc", id="just fits"),
        pytest.param("abcd", 3, "ab…", id="cut"),
        pytest.param("ab cd", 4, "ab…", id="no space before the ellipsis"),
        pytest.param("abcd", 1, "…", id="one cell"),
        pytest.param("abcd", 0, "", id="none"),
        pytest.param("abcd", -5, "", id="less than none"),
    ],
)
def test_clip(text: str, limit: int, expected: str) -> None:
    assert clip(text, limit) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("https://a.example/x?y=1#z", "https://a.example/x?y=1#z", id="https"),
        pytest.param("HTTP://a.example", "HTTP://a.example", id="the scheme in capitals"),
        pytest.param(" https://a.example/\n", "https://a.example/", id="spaces around"),
        pytest.param("https://bücher.example/ü", "https://bücher.example/ü", id="international"),
        pytest.param("http://127.0.0.1:8080/", "http://127.0.0.1:8080/", id="loopback"),
        pytest.param("javascript:alert(1)", None, id="javascript"),
        pytest.param("file:///etc/passwd", None, id="file"),
        pytest.param("https:///x", None, id="no host"),
        pytest.param("//a.example/x", None, id="no scheme"),
        pytest.param("https://a.example/a b", None, id="a space"),
        pytest.param("https://a.example/\x1b]8;;", None, id="an escape"),
        pytest.param("https://a.example/\u202egnp", None, id="a bidi override"),
        pytest.param("https://a.example\\@b.example/", None, id="a backslash"),
        pytest.param("https://[::1/", None, id="half an IPv6 address"),
        pytest.param("https://a.example:99999999/", None, id="no such port"),
        pytest.param("https://a.example:65536/", None, id="no such port either"),
        pytest.param("https://a.example:65535/", "https://a.example:65535/", id="the last port"),
        pytest.param("https://m@a.example/", "https://a.example/", id="a name before the host"),
        pytest.param("https://a.example/" + "x" * URL_LIMIT, None, id="too long"),
        pytest.param("https://u:p@a.example/x@y", "https://a.example/x@y", id="a password"),
        pytest.param("https://u@p@a.example:8080", "https://a.example:8080", id="a name with @"),
        pytest.param("https://u:p@/x", None, id="a password and no host"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_safe_url(text: str, expected: str | None) -> None:
    assert safe_url(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Mara", "mara"), ("JOSÉ", "jose"), ("Straße", "strasse"), ("ﬁn", "fin"), ("Łódź", "łodz")],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(ANYTHING)
@example("\r\x00\n")
@example("a" + "\u0301" * 9 + "\x00" + "\u0301" * 9)
def test_clean_is_safe_and_idempotent(text: str) -> None:
    cleaned = clean(text)
    assert not unsafe(cleaned)
    assert clean(cleaned) == cleaned
    cleaned.encode()


@given(ANYTHING)
def test_one_line_is_one_line_and_idempotent(text: str) -> None:
    line = one_line(text)
    assert not unsafe(line)
    assert len(line.splitlines()) <= 1
    assert "\t" not in line
    assert line == line.strip()
    assert one_line(line) == line


@given(ANYTHING, st.integers(-3, 40))
def test_clip_never_exceeds_its_limit(text: str, limit: int) -> None:
    short = clip(text, limit)
    assert len(short) <= max(limit, 0)
    assert short == text or short.endswith("…") or not short


@given(st.one_of(ANYTHING, ANYTHING.map(lambda rest: "https://" + rest)))
def test_a_safe_url_stays_safe(text: str) -> None:
    url = safe_url(text)
    if url is not None:
        assert safe_url(url) == url
        assert url.isprintable() or not unsafe(url)
        assert len(url) <= URL_LIMIT
        assert not set(url) & set(" \t\n\r\\")
