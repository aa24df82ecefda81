"""What the writer says, and what is said back."""

from __future__ import annotations

import pytest

from .conftest import Ran, Run, people, person


class TestSayingThings:
    """circle, cadence, friend, leave, next, note, rename, forget, log, wrote, undo."""

    def test_a_circle_gives_a_cadence(self, engage: Run, mara: str) -> None:
        assert engage("circle", "Mara Quill", "2").status == 0
        found = person(engage, mara)["person"]
        assert (found["circle"], found["cadence_days"]) == (2, 30)
        assert found["due"] == "2026-12-22"
        assert engage("circle", mara, "none").status == 0
        assert person(engage, mara)["person"]["circle"] is None

    def test_a_cadence_needs_a_circle(self, engage: Run, mara: str) -> None:
        ran = engage("cadence", mara, "9")
        assert (ran.status, ran.out) == (1, "")
        assert "circle" in ran.err
        engage("circle", mara, "1")
        assert engage("cadence", mara, "9").status == 0
        assert person(engage, mara)["person"]["cadence_days"] == 9

    def test_friend_and_no_longer(self, engage: Run, mara: str) -> None:
        engage("friend", mara)
        assert person(engage, mara)["person"]["stage"] == "Friend"
        engage("friend", mara, "--not")
        assert person(engage, mara)["person"]["stage"] != "Friend"

    def test_left_in_peace_and_no_longer(self, engage: Run, mara: str) -> None:
        assert engage("leave", mara, "--until", "2w").status == 0
        assert person(engage, mara)["person"]["left"] is True
        assert engage("leave", mara, "--not").status == 0
        assert person(engage, mara)["person"]["left"] is False

    def test_the_next_time_is_set_once(self, engage: Run, mara: str) -> None:
        engage("circle", mara, "1")
        assert engage("next", mara, "2026-12-24", "ask", "about the letter").status == 0
        assert person(engage, mara)["person"]["due"] == "2026-12-24"
        assert "ask about the letter" in engage("person", mara).out

    def test_a_next_time_on_a_day_that_has_passed_is_due_since_then(
        self, engage: Run, mara: str
    ) -> None:
        assert engage("next", mara, "2026-11-15").status == 0
        assert "due since 2026-11-15" in engage("person", mara).out
        (task,) = [
            each for each in engage("inbox", "--json").json["tasks"] if each["kind"] == "reconnect"
        ]
        assert (task["due"], task["reason"]) == ("2026-11-15", 4)

    def test_a_next_time_that_has_passed_is_not_shown(
        self, engage: Run, mara: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        engage("next", mara, "3d", "ask about the letter")
        monkeypatch.setenv("ENGAGE_NOW", "2026-11-23T10:00:00+01:00")
        engage("log", mara, "letter")
        assert "ask about the letter" not in engage("person", mara).out

    def test_notes_add_up(self, engage: Run, mara: str) -> None:
        engage("note", mara, "lives in", "Lisbon")
        engage("note", mara, "weaves")
        assert person(engage, mara)["person"]["notes"] == "lives in Lisbon\nweaves"

    def test_a_new_name_and_the_old_one_still_finds_them(self, engage: Run, mara: str) -> None:
        assert engage("rename", mara, "Mara\x1b[2J Quill-Lund").status == 0
        assert person(engage, mara)["person"]["name"] == "Mara[2J Quill-Lund"
        assert person(engage, "Mara Quill")["person"]["id"] == mara

    def test_forgotten_and_brought_back(self, engage: Run, mara: str) -> None:
        engage("log", mara, "letter")
        before = person(engage, mara)
        assert engage("forget", mara).status == 0
        assert engage("person", mara).status == 1
        assert engage("undo").status == 0
        assert person(engage, mara) == before

    def test_a_touch_is_logged(self, engage: Run, mara: str) -> None:
        words = ("log", mara, "comment", "--note", "on looms", "--at", "2026-11-20", "--json")
        logged = engage(*words).json
        assert logged["touch"]["at"] == "2026-11-20T00:00:00+01:00"
        assert logged["person"] == {"id": mara, "name": "Mara Quill"}
        (event,) = person(engage, mara)["timeline"]
        assert event["direction"] == "out"
        assert (event["kind"], event["how_known"], event["note"]) == ("comment", "said", "on looms")

    def test_what_comes_in_is_owed(self, engage: Run, mara: str) -> None:
        assert engage("log", mara, "--in").status == 0
        assert person(engage, mara)["person"]["owed"] is True
        (task,) = [t for t in engage("inbox", "--json").json["tasks"] if t["kind"] == "reply"]
        assert (task["person"]["id"], task["reason"]) == (mara, 1)

    def test_an_address_makes_a_person(self, engage: Run) -> None:
        logged = engage("log", "https://medium.com/@tomasz_z", "--json").json
        assert logged["made"] is True
        assert len(people(engage)) == 1

    def test_a_day_is_marked_as_written(self, engage: Run) -> None:
        assert engage("wrote", "three", "pages", "--at", "friday").status == 0
        week = engage("week", "--json").json
        assert (week["days_written"], week["written"]) == (1, ["2026-11-20"])

    def test_undo_lists_and_takes_back(self, engage: Run, mara: str) -> None:
        engage("circle", mara, "3")
        listed = engage("undo", "--list")
        assert listed.status == 0
        assert listed.out.splitlines()[0].startswith("2026-11-22 10:00  circle 3: Mara Quill")
        assert "circle 3: Mara Quill" in engage("undo").out
        assert person(engage, mara)["person"]["circle"] is None

    def test_with_nothing_to_undo_it_says_so(self, engage: Run) -> None:
        assert engage("undo") == Ran(1, "", "There is nothing to take back.\n")

    @pytest.mark.parametrize("words", [("circle", "2"), ("friend",), ("cadence", "none")])
    def test_saying_it_twice_changes_nothing(
        self, engage: Run, mara: str, words: tuple[str, ...]
    ) -> None:
        first, *rest = words
        engage(first, mara, *rest)
        again = engage(first, mara, *rest)
        assert (again.status, again.out) == (0, "")
        assert again.err == "It is so already.\n"


class TestRefusals:
    """What could not be done is said on stderr, a sentence each; the rest is done."""

    @pytest.mark.parametrize(
        "words",
        [
            ("person", "Nobody Atall"),
            ("circle", "Nobody Atall", "2"),
            ("forget", "Nobody Atall"),
            ("log", "Nobody Atall"),
            ("done", "Nobody Atall"),
            ("remove", "Nobody Atall"),
            ("pause", "Nobody Atall"),
            ("refresh", "Nobody Atall"),
        ],
        ids=lambda words: words[0],
    )
    def test_an_unknown_name_is_repeated(self, engage: Run, words: tuple[str, ...]) -> None:
        ran = engage(*words)
        assert (ran.status, ran.out) == (1, "")
        assert "Nobody Atall" in ran.err
        assert ran.err.count("\n") == 1

    @pytest.mark.parametrize("words", [("person", "mara"), ("circle", "mara", "2")])
    def test_an_ambiguous_name_lists_all(
        self, engage: Run, mara: str, words: tuple[str, ...]
    ) -> None:
        ran = engage(*words)
        assert (ran.status, ran.out) == (1, "")
        assert "Mara Quill" in ran.err and "Mara Lund" in ran.err and mara in ran.err

    @pytest.mark.parametrize(
        ("words", "listed"),
        [
            (("person", "Nobody Atall"), "errors"),
            (("refresh", "Nobody Atall"), "errors"),
            (("log", "Nobody Atall"), "errors"),
            (("import", "nobody.opml"), "errors"),
        ],
        ids=lambda value: value[0] if isinstance(value, tuple) else None,
    )
    def test_with_json_the_form_holds_its_errors(
        self, engage: Run, words: tuple[str, ...], listed: str
    ) -> None:
        ran = engage(*words, "--json")
        assert ran.status == 1
        (error,) = ran.json[listed]
        assert error["target"] == words[1]
        assert words[1] in error["message"]

    @pytest.mark.usefixtures("full_home")
    def test_the_rest_is_done(self, engage: Run) -> None:
        first, second, *_ = engage("inbox", "--json").json["tasks"]
        ran = engage("drop", first["id"], "Nobody Atall", second["id"][:8])
        assert ran.status == 1
        assert "Nobody Atall" in ran.err
        left = [task["id"] for task in engage("inbox", "--json").json["tasks"]]
        assert first["id"] not in left and second["id"] not in left
