"""click in Bahasa Indonesia: headings of the help, messages of wrong usage, what commands share."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from pilar.checks import reports
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, StoppedError, WrongUsageError, cause, suggestion
from pilar.model.problem import shown as shown_name
from pilar.model.rule import Severity

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


_RANGE = re.compile(r" *\[[^\[\]]*x[^\[\]]*[<>][^\[\]]*\]|\[[^\[\]]*[<>]=?x[^\[\]]*\]")
"""How click writes which numbers an option takes."""
_EXTRA = re.compile(r"Got unexpected extra arguments? \((?P<extra>.*)\)", re.S)


class Command(click.Command):
    """A command whose help is Indonesian."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Pemakaian: ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Translate the placeholders."""
        names = {"[OPTIONS]": "[OPSI]", "COMMAND [ARGS]...": "PERINTAH [ARGUMEN]..."}
        return [names.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options below an Indonesian heading."""
        options = (p for p in self.get_params(ctx) if isinstance(p, click.Option))
        rows = [
            (names, _RANGE.sub("", text).replace("[required]", "[wajib]").rstrip())
            for option in options
            for names, text in filter(None, [option.get_help_record(ctx)])
        ]
        if rows:
            with formatter.section("Opsi"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Describe --help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Tampilkan bantuan ini."
        return option


class Group(Command, click.Group):
    """A group of commands whose help is Indonesian."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options, then commands."""
        Command.format_options(self, ctx, formatter)
        commands = sorted(self.commands.items())
        rows = [(name, command.get_short_help_str(limit=80)) for name, command in commands]
        with formatter.section("Perintah"):
            formatter.write_dl(rows)


def message(error: click.UsageError) -> str:
    """What is wrong with the call, in Indonesian."""
    param = getattr(error, "param", None)
    name = param.opts[0] if isinstance(param, click.Option) else getattr(param, "metavar", "")
    match error:
        case click.NoSuchCommand(ctx=click.Context(command=click.Group(commands=known))):
            hint = suggestion(error.command_name, known)
            return f"perintah `{error.command_name}` tidak dikenal. {hint}."
        case click.NoSuchOption():
            hint = suggestion(error.option_name, error.possibilities or ())
            return f"opsi `{error.option_name}` tidak dikenal. {hint}.".removesuffix(" .")
        case click.MissingParameter():
            return f"`{name}` harus disebut."
        case click.BadParameter() if param is not None:
            return f"nilai untuk `{name}` {_wanted(param.type, error)}."
        case click.BadOptionUsage():
            takes = "memerlukan" if "requires" in error.message else "tidak memakai"
            return f"opsi `{error.option_name}` {takes} nilai."
        case click.UsageError() if extra := _EXTRA.fullmatch(error.message):
            return f"`{shown_name(extra['extra'])}` berlebih; hapus, atau lihat bantuannya."
    return error.format_message()


def _wanted(kind: click.ParamType[Any], error: click.BadParameter) -> str:
    """What a value has to be."""
    match kind:
        case click.Choice():
            return f"harus salah satu dari: {', '.join(map(str, kind.choices))}"
        case click.IntRange() if kind.min is not None:
            return f"harus bilangan bulat, paling kecil {kind.min}"
        case click.Path() if "does not exist" in error.message:
            return "harus berkas atau folder yang ada"
        case click.Path() if not kind.file_okay:
            return "harus folder, bukan berkas"
    return "tidak sesuai"


def run(group: click.Command, **extra: Any) -> None:
    """Run the command line. The one place where errors become words and exit codes: problems of
    the content 1, wrong usage 2, an interruption 130.
    """
    # As Ctrl+C does, so that what lies about is cleared away.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = group.main(standalone_mode=False, **extra)
    except ContentError as error:
        click.echo(reports.text(list(error.problems), paint=paint))
        sys.exit(1)
    except WrongUsageError as error:
        click.echo(f"Salah pakai: {error}", err=True)
        sys.exit(2)
    except StoppedError as error:
        click.echo(f"{error} Hasil yang lama tetap ada.", err=True)
        sys.exit(1)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.UsageError as error:
        if error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
            click.echo(f"Bantuan: {error.ctx.command_path} --help\n", err=True)
        click.echo(f"Salah pakai: {message(error)}", err=True)
        sys.exit(2)
    except OSError as error:
        # Nothing of it is the author's or the program's fault: permissions, a full disk.
        place = error.filename2 or error.filename
        click.echo(
            f"Tidak dapat membaca atau menulis{f' `{shown_name(str(place))}`' if place else ''}: "
            f"{cause(error)}. Hasil yang lama tetap ada.",
            err=True,
        )
        sys.exit(1)
    except click.Abort:
        click.echo("Dihentikan. Hasil yang lama tetap ada.", err=True)
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)


def paint(words: str, severity: Severity) -> str:
    """Words in the colour of a severity, unless the user wants none (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return words
    return click.style(words, fg="red" if severity is Severity.ERROR else "yellow", bold=True)


def out_option(usual: str) -> Callable[[Decorated], Decorated]:
    """--out, with the folder that is `usual` without it."""
    return click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        help=f"Folder hasil.  [bawaan: {usual}]",
    )


def edition_option(words: str, default: str | None = None) -> Callable[[Decorated], Decorated]:
    """--edition, explained with `words`."""
    return click.option(
        "--edition",
        type=click.Choice([edition.value for edition in Edition]),
        default=default,
        help=words + (f"  [bawaan: {default}]" if default else ""),
    )


def alone(ctx: click.Context, *names: str) -> bool:
    """Whether nothing but these parameters was given on the command line."""
    given = {n for n in ctx.params if ctx.get_parameter_source(n) is ParameterSource.COMMANDLINE}
    return given <= set(names)


def output_folder(root: Path, out: Path | None, usual: str) -> Path:
    """The folder that --out names, or the `usual` one of the project; never one of content."""
    from pilar.content.files import CONTENT

    folder = (out or root / usual).absolute()
    if any(folder.resolve().is_relative_to(root / name) for name in CONTENT):
        raise click.UsageError("--out tidak boleh di dalam modules/ atau runs/.")
    return folder


def project_root(start: Path | None = None) -> Path:
    """The project of the working folder (or of `start`); wrong usage where there is none."""
    from pilar.project.folder import find_root, left_out
    from pilar.versions.opened import unusable

    here = Path.cwd()
    root = find_root(here) or (find_root(start.resolve()) if start else None)
    if root is None and (closed := unusable(here)):
        raise ContentError([closed.error])  # it may be what holds the project
    if root is None:
        raise click.UsageError(
            f"tidak ada folder modules/ di {here} atau di atasnya. "
            "Jalankan pilar dari dalam folder proyek."
        )
    if repository := left_out(root):
        click.echo(
            f"Folder modules/ tidak ada di {root}; isinya diambil dari komit "
            f"{repository.head[:12]}.",
            err=True,
        )
    return root


def shown(path: Path) -> str:
    """A path as the user would type it in a shell."""
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))
