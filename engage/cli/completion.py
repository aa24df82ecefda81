"""Completion scripts for bash, zsh and fish, made from the table of commands."""

from __future__ import annotations

from collections.abc import Callable

from engage.cli.command import Command
from engage.cli.table import COMMANDS


def script(shell: str) -> str:
    """The completion script for a shell."""
    makers: dict[str, Callable[[], str]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    return makers[shell]()


def _words(command: Command) -> list[str]:
    """What may follow a command and is known beforehand: its options and fixed words."""
    options = [flag for argument in command.arguments for flag in argument.flags if flag[0] == "-"]
    fixed = [
        word
        for argument in command.arguments
        if argument.flags[0][0] != "-"
        for word in argument.words
    ]
    return [*fixed, *options, "--help"]


def _values() -> dict[str, tuple[str, ...]]:
    """The options that take one of a few words."""
    return {
        argument.flags[0]: argument.words
        for command in COMMANDS.values()
        for argument in command.arguments
        if argument.flags[0].startswith("-") and argument.words
    }


def _takes_path(command: Command) -> bool:
    return any(
        argument.options.get("metavar") in ("FILE", "PATH", "DIR") for argument in command.arguments
    )


def _bash() -> str:
    cases = "\n".join(
        f'    {name}) words="{" ".join(_words(command))}"; files={int(_takes_path(command))} ;;'
        for name, command in COMMANDS.items()
    )
    values = "\n".join(
        f'    {flag}) COMPREPLY=($(compgen -W "{" ".join(words)}" -- "$current")); return ;;'
        for flag, words in _values().items()
    )
    return f"""\
# bash completion of engage; put it where your shell reads it, or: eval "$(engage completion bash)"
_engage() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" words files=0
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{" ".join(COMMANDS)} --help --version" -- "$current"))
    return
  fi
  case "${{COMP_WORDS[COMP_CWORD-1]}}" in
{values}
  esac
  case "${{COMP_WORDS[1]}}" in
{cases}
    *) return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ "$files" = 1 ]; then COMPREPLY+=($(compgen -f -- "$current")); fi
}}
complete -F _engage engage
"""


def _zsh() -> str:
    commands = "\n".join(
        f"    '{name}:{_quoted(command.sentence)}'" for name, command in COMMANDS.items()
    )
    cases = "\n".join(
        f"    {name}) compadd -- {' '.join(_words(command))}{'; _files' * _takes_path(command)} ;;"
        for name, command in COMMANDS.items()
    )
    values = "\n".join(
        f"    {flag}) compadd -- {' '.join(words)}; return ;;" for flag, words in _values().items()
    )
    return f"""\
#compdef engage
# zsh completion of engage; save it as _engage in a folder of $fpath
_engage() {{
  local -a commands=(
{commands}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    compadd -- --help --version
    return
  fi
  case $words[CURRENT-1] in
{values}
  esac
  case $words[2] in
{cases}
  esac
}}
if [ "$funcstack[1]" = _engage ]; then _engage "$@"; else compdef _engage engage; fi
"""


def _fish() -> str:
    lines = [
        "# fish completion of engage; save it as ~/.config/fish/completions/engage.fish",
        "complete -c engage -f",
        "complete -c engage -n __fish_use_subcommand -l version -d 'which engage this is'",
        "complete -c engage -l help -d 'how to call it'",
    ]
    for name, command in COMMANDS.items():
        sentence = _quoted(command.sentence)
        lines.append(f"complete -c engage -n __fish_use_subcommand -a {name} -d '{sentence}'")
        here = f"complete -c engage -n '__fish_seen_subcommand_from {name}'"
        for argument in command.arguments:
            flag, sentence = argument.flags[0], _quoted(str(argument.options.get("help", "")))
            words = f" -x -a '{' '.join(argument.words)}'" if argument.words else ""
            if flag.startswith("--"):
                takes = " -r" if "metavar" in argument.options and not words else ""
                lines.append(f"{here} -l {flag[2:]}{takes}{words} -d '{sentence}'")
            elif words:
                lines.append(f"{here}{words}")
        if _takes_path(command):
            lines.append(f"{here} -F")
    return "\n".join(lines) + "\n"


def _quoted(sentence: str) -> str:
    """Fit to stand between single quotes, in each of the three shells."""
    return sentence.replace("'", "’").replace(":", " -")
