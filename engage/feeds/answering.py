"""The line by which a comments feed of WordPress says what a comment answers.

RSS has no element for it. Since version 5.4 WordPress begins the text of such a comment with "In
reply to", in the site's language, and a link to the comment that is answered (get_comment_text).
"""

from __future__ import annotations

import re
from dataclasses import replace

from engage.domain.addresses import normalise
from engage.domain.posts import Entry

#: The longest "In reply to" of any language, in characters.
_LONGEST = 60
_COMMENT = re.compile(r"comment-\d+")
#: What ends the line; without paragraphs (in a description) the comment's words follow it.
_END = re.compile(r"\s*\.\s*")


def with_what_it_answers(entry: Entry) -> Entry:
    """The comment with what it answers; the line itself goes where it says nothing else."""
    at = _link_at(entry)
    if at is None:
        return entry
    first, *others = entry.blocks
    href = first.spans[at].href
    assert href is not None
    entry = replace(entry, answers=entry.answers or (href,))
    after = first.spans[at + 1 :]
    tail = _END.match(after[0].text) if after else None
    if at == 0 or tail is None:
        return entry
    line, said = after[0].text[: tail.end()], after[0].text[tail.end() :]
    spans = (*((after[0]._replace(text=said),) if said else ()), *after[1:])
    gone = [line, *(span.text for span in first.spans[: at + 1])]
    return replace(
        entry,
        blocks=(*((first._replace(spans=spans),) if spans else ()), *others),
        links=tuple(link for link in entry.links if link != href),
        words=max(0, entry.words - sum(len(text.split()) for text in gone)),
    )


def _link_at(entry: Entry) -> int | None:
    """Where the link is with which the text begins, after a few words at most, if it leads to
    another comment on the same page."""
    if entry.url is None or not entry.blocks or entry.blocks[0].kind != "p":
        return None
    page, _, own = entry.url.partition("#")
    for at, span in enumerate(entry.blocks[0].spans[:2]):
        if span.href is not None:
            there, _, comment = span.href.partition("#")
            other = _COMMENT.fullmatch(comment) is not None and comment != own
            return at if other and normalise(there) == normalise(page) else None
        if len(span.text) > _LONGEST:
            return None
    return None
