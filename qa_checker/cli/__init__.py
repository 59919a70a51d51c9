"""The command line: one file a command, arguments in, exit code out.

Exit codes: 0 done; 1 rules or scores failed; 2 bad rubric, wrong usage or nothing
written; 3 some inputs were set aside; 130 stopped by Ctrl-C or told to end (SIGTERM).
"""

from __future__ import annotations

import ast
import os
import sys
from importlib import import_module
from pkgutil import get_data, iter_modules

import click

from qa_checker import __version__
from qa_checker.problem import BadFile, BadInput
from qa_checker.runs.ctrl_c import told_to_end

DONE, FAILED, BAD, ASIDE, STOPPED = 0, 1, 2, 3, 130


class Commands(click.Group):
    """A group whose commands are the modules of this folder, imported when they are run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted(modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, None if there is none. A near name ends the program."""
        if cmd_name not in modules():
            from difflib import get_close_matches

            near = get_close_matches(cmd_name, modules(), 1)
            if near:
                ctx.fail(f"No such command {cmd_name!r}. Did you mean {near[0]!r}?")
            return None
        command = import_module(f"{__name__}.{modules()[cmd_name]}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command is for, without importing it."""
        told = {name: click.Command(name, help=said_of(file)) for name, file in modules().items()}
        click.Group(commands=told).format_commands(ctx, formatter)


def said_of(module: str) -> str:
    """Return what a command says of itself, as it stands in its file: that takes a tenth of the
    time in which all of them are imported.
    """
    for each in ast.parse(get_data(__name__, f"{module}.py") or b"").body:
        if isinstance(each, ast.FunctionDef) and each.name == "command":
            return ast.get_docstring(each) or ""
    return ""


def modules() -> dict[str, str]:
    """Return the module of each command: import_ holds import, to_xlsx holds to-xlsx."""
    found = [module.name for module in iter_modules(__path__)]
    return {name.rstrip("_").replace("_", "-"): name for name in found if not name.startswith("_")}


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="qa-checker")
def group() -> None:
    """Check call transcripts against lexicons and rubrics. 通话质检：规则即代码。"""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every known error becomes one message and an exit code."""
    # Arrow's own allocator keeps what it has had, and Python cannot use it: 20 MB a process
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    # numpy's threads for large matrices, of which we have none, spin while they wait for work
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    told_to_end()
    try:
        code = group.main(arguments, prog_name="qa-checker", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo(
            "stopped; nothing is half-written, the same command goes on from here"
            " 已中止，没有写了一半的文件，再次运行即可继续",
            err=True,
        )
        code = STOPPED
    except click.ClickException as error:
        error.show()
        in_chinese_too("usage", error.format_message())
        code = error.exit_code
    except BadFile as error:
        click.echo(str(error), err=True)
        for each in error.problems:
            in_chinese_too("unopened", f"{each.path}: {each.message}; {each.help}")
        code = BAD
    except BadInput as error:
        stopped(str(error))
        code = BAD
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115
        code = DONE
    except OSError as error:
        stopped(f"{error.filename or 'output'}: {error.strerror or error}")
        code = BAD
    sys.exit(code if isinstance(code, int) else DONE)


def in_chinese_too(table: str, message: str) -> None:
    """Print the Chinese of a message that has been printed, if a table has it."""
    from qa_checker.reports.remarks import in_chinese

    if told := in_chinese(message, table):
        click.echo(told, err=True)


def stopped(message: str) -> None:
    """Print why a command stops, in both languages."""
    from qa_checker.reports.remarks import in_both

    click.echo(in_both(message), err=True)
