"""What asks servers, in a process of its own, so that the screen never waits.

The child runs ``python -m engage.services.background``, reads one request from its standard input
and writes JSON lines: progress, then the result. What it changes reaches the screen through the
ledger, as any other command's changes do.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engage.domain.changes import Change
from engage.domain.codec import from_doc, to_doc
from engage.errors import Ambiguous, EngageError
from engage.paths import Paths
from engage.services.outcomes import Added, Mentioned, Preview, Progress, Refreshed, Sought

if TYPE_CHECKING:
    from engage.services.desk import Desk
    from engage.services.transfer import Bring

#: Bytes that one line from the child may have: a result names every feed that failed.
LINE_LIMIT = 16 * 2**20

#: How far the child and its one parser stand back, so that a key is answered as if they were not
#: there.
NICENESS = 10


async def refresh_apart(
    paths: Paths,
    progress: Callable[[Progress], None] = lambda _: None,
    *,
    names: Sequence[str] = (),
    again: bool = False,
) -> Refreshed:
    """`services.refresh.refresh` in a child process. Cancelling it keeps what has arrived."""
    request = {"do": "refresh", "names": list(names), "again": again}
    return from_doc(Refreshed, await _ask(paths, request, progress))


async def add_apart(
    paths: Paths,
    targets: Sequence[str],
    progress: Callable[[Progress], None] = lambda _: None,
    *,
    own: bool = False,
) -> Added:
    """`services.follow.add` in a child process."""
    result = await _ask(paths, {"do": "add", "targets": list(targets), "own": own}, progress)
    return from_doc(Added, result)


async def move_apart(paths: Paths, feed: str, url: str | None = None) -> Change | None:
    """`services.move_feed.move` in a child process: the change, None where nothing changed."""
    result = await _ask(paths, {"do": "move", "feed": feed, "url": url}, lambda _: None)
    return from_doc(Change, result["change"]) if result["change"] else None


async def seek_apart(
    paths: Paths, names: Sequence[str], progress: Callable[[Progress], None] = lambda _: None
) -> Sought:
    """`services.seek.seek` in a child process. Cancelling it keeps what was found."""
    result = await _ask(paths, {"do": "seek", "names": list(names)}, progress)
    return from_doc(Sought, result)


async def bring_apart(paths: Paths, asked: Bring) -> Preview:
    """`services.transfer.preview` in a child process: what it reads came from elsewhere."""
    result = await _ask(paths, {"do": "bring", "asked": to_doc(asked)}, lambda _: None)
    return from_doc(Preview, result)


async def webmention_apart(paths: Paths, source: str, target: str | None, **how: bool) -> Mentioned:
    """`services.webmentions.webmention` in a child process; ``how``: its further arguments."""
    request = {"do": "webmention", "source": source, "target": target, "how": how}
    result = await _ask(paths, request, lambda _: None)
    return from_doc(Mentioned, result)


async def _ask(
    paths: Paths, request: Mapping[str, Any], progress: Callable[[Progress], None]
) -> Mapping[str, Any]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "engage.services.background",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LINE_LIMIT,
        start_new_session=True,
    )
    assert child.stdin is not None and child.stdout is not None
    try:
        child.stdin.write(json.dumps({**request, "paths": _paths_doc(paths)}).encode())
        child.stdin.close()
        async for line in child.stdout:
            said = json.loads(line)
            if "progress" in said:
                progress(from_doc(Progress, said["progress"]))
            elif said.get("candidates"):
                raise Ambiguous(said["error"], tuple(said["candidates"]))
            elif "error" in said:
                raise EngageError(said["error"])
            else:
                result: Mapping[str, Any] = said["result"]
                return result
    finally:
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        await child.wait()
    raise EngageError("It ended without an answer; the command of that name says more.")


def _paths_doc(paths: Paths) -> dict[str, str]:
    return {name: str(getattr(paths, name)) for name in ("config", "data", "cache", "state")}


async def _do(
    desk: Desk, request: Mapping[str, Any], tell: Callable[[Progress], None]
) -> Mapping[str, Any]:
    """One request; each imports no more than it needs."""
    if request["do"] == "bring":
        from engage.services.transfer import Bring, preview

        return to_doc(preview(desk, from_doc(Bring, request["asked"])))
    if request["do"] == "add":
        from engage.services.follow import add

        return to_doc(await add(desk, request["targets"], own=request["own"]))
    if request["do"] == "seek":
        from engage.services.seek import seek

        return to_doc(await seek(desk, request["names"], progress=tell))
    if request["do"] == "move":
        from engage.services.move_feed import move

        _, moved = await move(desk, request["feed"], request["url"])
        return {"change": to_doc(moved) if moved else None}
    if request["do"] == "webmention":
        from engage.services.webmentions import webmention

        said = await webmention(desk, request["source"], request["target"], **request["how"])
        return to_doc(said)
    from engage.services.refresh import refresh

    names, again = request["names"], request["again"]
    return to_doc(await refresh(desk, names, again=again, progress=tell, parsers=1))


def main() -> None:
    """The child: one request in, JSON lines out."""
    import os
    import signal
    from pathlib import Path

    from engage.clock import clock_from
    from engage.services.desk import desk_at

    def say(**said: object) -> None:
        print(json.dumps(said), flush=True)

    def tell(progress: Progress) -> None:
        say(progress=to_doc(progress))

    async def work() -> Any:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
        return await _do(desk, request, tell)

    os.nice(NICENESS)
    gc.disable()  # as in `cli.session`: what is read stays
    request = json.load(sys.stdin)
    paths = Paths(**{name: Path(value) for name, value in request["paths"].items()})
    try:
        desk = desk_at(paths, clock_from(os.environ))
        gc.freeze()
        gc.enable()
        with contextlib.closing(desk), contextlib.suppress(asyncio.CancelledError, BrokenPipeError):
            say(result=asyncio.run(work()))
    except Ambiguous as error:
        say(error=str(error), candidates=list(error.candidates))
    except EngageError as error:
        say(error=str(error))


if __name__ == "__main__":
    main()
