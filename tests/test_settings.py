"""`config.toml`: what it sets, and what is said of what it sets wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.settings import KEYS, Settings, load_settings, shown


def load(tmp_path: Path, text: str | bytes) -> Settings:
    file = tmp_path / "config.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_settings(file)


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "config.toml") == Settings()


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("welcome_per_day = 0", "welcome_per_day", 0),
        ("welcome_per_day = 50", "welcome_per_day", 50),
        ("minutes_per_day = 1440", "minutes_per_day", 1440),
        ("age_out_days = 1", "age_out_days", 1),
        ('names = ["Ines Ferro", " I. \\n Ferro "]', "names", ("Ines Ferro", "I. Ferro")),
        ('sites = ["https://ines.example/"]', "sites", ("https://ines.example/",)),
        ('theme = "paper"', "theme", "paper"),
        ('notes_name = "GGGG/[Week] W"', "notes_name", "GGGG/[Week] W"),
        ("[circles]\n1 = 7\n5 = 400", "circles", (7, 30, 90, 180, 400)),
        ('[keys]\ndone = "x"\nquit = false', "keys", {"done": "x", "quit": False}),
        ('[hooks]\nafter_refresh = ["say", "it"]', "hooks", {"after_refresh": ("say", "it")}),
    ],
)
def test_a_key_sets_its_value(tmp_path: Path, line: str, name: str, value: object) -> None:
    settings = load(tmp_path, line)
    assert getattr(settings, name) == value
    assert settings.findings == ()


@pytest.mark.parametrize(
    ("line", "key", "wanted"),
    [
        ("welcome_per_day = -1", "welcome_per_day", "a whole number from 0 to 50"),
        ("welcome_per_day = 51", "welcome_per_day", "not 51"),
        ("welcome_per_day = true", "welcome_per_day", "not True"),
        ('minutes_per_day = "20"', "minutes_per_day", "from 1 to 1440"),
        ("minutes_per_day = 20.0", "minutes_per_day", "not 20.0"),
        ("age_out_days = 0", "age_out_days", "from 1 to 3650"),
        ('names = "Ines"', "names", "a list of texts"),
        ("sites = [1]", "sites", "a list of texts"),
        ('theme = ""', "theme", "a text"),
        ('notes_name = "gggg-[W]ww"', "notes_name", "a name for each week"),
        ("notes_name = 3", "notes_name", "a text"),
        ("circles = 3", "circles", "a table, [circles]"),
        ("[circles]\n1 = 0", "circles.1", "from 1 to 3650"),
        ("[keys]\ndone = true", "keys.done", "or false for none"),
        ("[keys]\ndone = 3", "keys.done", "not 3"),
        ('[hooks]\nafter = "say it"', "hooks.after", "a program and its arguments"),
        ("[hooks]\nafter = []", "hooks.after", "a program and its arguments"),
    ],
)
def test_a_wrong_value_is_a_finding_and_the_default_holds(
    tmp_path: Path, line: str, key: str, wanted: str
) -> None:
    settings = load(tmp_path, line)
    (finding,) = settings.findings
    assert finding.startswith(f"{tmp_path / 'config.toml'}: {key} must be ")
    assert wanted in finding
    assert settings == Settings(findings=settings.findings)


@pytest.mark.parametrize(
    ("line", "nearest"),
    [
        ("welcome_pre_day = 3", "welcome_per_day"),
        ("minutes = 3", "minutes_per_day"),
        ("[circle]\n1 = 3", "circles"),
        ("[circles]\n6 = 3", "circles."),
        ("zzz = 3", ""),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest(tmp_path: Path, line: str, nearest: str) -> None:
    (finding,) = load(tmp_path, line).findings
    assert "there is no key" in finding
    assert f"the nearest is {nearest}" in finding


def test_each_finding_leaves_the_others_in_force(tmp_path: Path) -> None:
    settings = load(tmp_path, "welcome_per_day = 99\nminutes_per_day = 30\nfoo = 1\n")
    assert settings.minutes_per_day == 30
    assert settings.welcome_per_day == 3
    assert len(settings.findings) == 2
    assert settings.given == {"minutes_per_day"}


@pytest.mark.parametrize(
    "source",
    [b"welcome_per_day = = 3", b"\xff\xfe\x00", b"welcome_per_day = 4\nwelcome_per_day = 5\n"],
    ids=["not TOML", "not UTF-8", "a key twice"],
)
def test_an_unreadable_file_is_one_finding(tmp_path: Path, source: bytes) -> None:
    settings = load(tmp_path, source)
    assert len(settings.findings) == 1
    assert "\n" not in settings.findings[0]
    assert settings == Settings(findings=settings.findings)


def test_a_folder_in_its_place_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    assert len(load_settings(tmp_path / "config.toml").findings) == 1


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    assert load(tmp_path, b"\xef\xbb\xbfwelcome_per_day = 5\n").welcome_per_day == 5


def test_a_finding_holds_no_control_character(tmp_path: Path) -> None:
    (finding,) = load(tmp_path, 'theme = 1\n"\\u001b[2J" = 1'.replace("theme = 1\n", "")).findings
    assert finding.isprintable()


def test_what_is_shown_names_every_key(tmp_path: Path) -> None:
    settings = load(tmp_path, '[keys]\ndone = "x"\n[hooks]\nafter = ["a"]')
    names = [name for name, _ in shown(settings)]
    assert names == [
        *(key.name for key in KEYS),
        *(f"circles.{circle}" for circle in range(1, 6)),
        "keys.done",
        "hooks.after",
    ]
    assert settings.given == {"keys.done", "hooks.after"}


def test_the_rules_follow_the_settings(tmp_path: Path) -> None:
    rules = load(tmp_path, "age_out_days = 9\n[circles]\n2 = 21").rules
    assert (rules.age_out_days, rules.cadences) == (9, (14, 21, 90, 180, 365))
