"""The commands by name, each imported only when it is run."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

import typer
from typer._click.exceptions import MissingParameter, NoSuchOption
from typer._click.exceptions import UsageError as ClickError
from typer.core import TyperCommand, TyperGroup

from ehrpay.cli import kept
from ehrpay.errors import UsageError, nearest, shown, unknown

if TYPE_CHECKING:
    # The command classes take click's own context, which typer carries inside.
    from typer._click import Context, HelpFormatter

COMMANDS = {
    "estimate": "commands.estimate",
    "compare": "commands.compare",
    "whatif": "commands.whatif",
    "ladder": "commands.ladder",
    "report": "commands.report",
    "batch": "commands.batch",
    "backtest": "commands.backtest",
    "list": "commands.listing",
    "where": "commands.where",
    "rules": "rules",
    "config": "commands.config",
    "completion": "shell.completion",
}
"""Command to the module in `ehrpay.cli` that holds its `command` function, or its `group` of commands."""

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Strict(TyperCommand):
    """A command that refuses an option given twice and names the option, or variable, of a bad value."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse, after a check that no single-valued option is given twice."""
        single = {opt: p.opts[0] for p in self.params if not getattr(p, "multiple", False) for opt in p.opts}
        seen: set[str] = set()
        for arg in args[: args.index("--")] if "--" in args else args:
            name = single.get(arg.split("=", 1)[0])
            if name in seen:
                raise UsageError(f"{name} is given twice; use it once")
            seen |= {name} if name else set()
        # Only where an answer can say that it used them.
        asks = ctx.resilient_parsing or {*args} & {*SETTINGS["help_option_names"]}
        if single.keys() & {"--quiet", "--as-of"} and not asks:
            ctx.default_map = kept.defaults()
        try:
            rest = super().parse_args(ctx, args)
        except NoSuchOption as error:
            raise UsageError(self._unknown(ctx, error.option_name)) from error
        except MissingParameter as error:
            raise UsageError(_missing(error)) from error
        except ClickError as error:
            raise UsageError(self._extra(ctx, error)) from error
        kept.give_way(ctx)
        return rest

    def _unknown(self, ctx: Context, option: str) -> str:
        program = str(ctx.find_root().info_name)
        path = ctx.command_path.removeprefix(program).strip()
        words = {opt.lstrip("-"): opt for param in self.params for opt in param.opts if opt.startswith("--")}
        near = [repr(words[word]) for word in nearest(option.lstrip("-"), words)]
        meant = f"; did you mean {' or '.join(near)}?" if near else ";"
        return f"unknown option {shown(option)}{meant} 'ehrpay help {path}' lists them all"

    def _extra(self, ctx: Context, error: ClickError) -> str:
        """The sentence for words that belong to no option; any other of click's own is kept."""
        if not error.message.startswith("Got unexpected extra"):
            raise error
        path = ctx.command_path.removeprefix(str(ctx.find_root().info_name)).strip()
        words = error.message.partition(" (")[2].removesuffix(")")
        return (
            f"unexpected {shown(words)}; put a value with a space in quotes, and name its option:"
            f" 'ehrpay help {path}' lists them all"
        )

    def invoke(self, ctx: Context) -> Any:
        """Run; a UsageError that knows its field gets the name the user typed in front."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise kept.blamed(ctx, error) or UsageError(_named(ctx, error)) from error
        except EOFError as error:
            # From a module whose bytecode is cut short, as a full disk leaves it; typer would end with "Aborted!".
            raise ImportError(str(error)) from error


def _missing(error: MissingParameter) -> str:
    """The sentence for an argument or option that is needed, with what it takes."""
    param: Any = error.param
    return f"{param.make_metavar(error.ctx)} is missing: {param.help}"


def _named(ctx: Context, error: UsageError) -> str:
    param = next((p for p in ctx.command.params if p.name == error.field), None)
    if param is None:
        return str(error)
    name = param.opts[0]
    if kept.source(ctx, error.field) == "ENVIRONMENT":
        name = str(getattr(param, "envvar", None) or name)
    return str(error) if name in str(error) else f"{name}: {error}"


class Lazy(TyperGroup):
    """A group whose commands are modules."""

    modules: ClassVar[dict[str, str]]

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order people meet them."""
        return list(self.modules)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Each command with the first sentence of its help, whole."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.summaries(ctx).items()))

    def summaries(self, ctx: Context) -> dict[str, str]:
        """The commands, each with the first sentence of its help."""
        return {name: first_sentence(self.get_command(ctx, name).help or "") for name in self.modules}

    def get_command(self, ctx: Context, cmd_name: str) -> Any:  # noqa: ARG002 - click's signature
        """The command, imported now; None for an unknown name."""
        if cmd_name not in self.modules:
            return None
        return _made(cmd_name, self.modules[cmd_name])

    def resolve_command(self, ctx: Context, args: list[str]) -> Any:
        """The command named first; an unknown one is an error with the nearest."""
        if args and not args[0].startswith("-") and args[0] not in self.modules:
            raise UsageError(unknown("command", args[0], self.modules))
        return super().resolve_command(ctx, args)


@cache
def _made(name: str, module: str) -> Any:
    """The command of a module, made once however often it is run."""
    try:
        found = import_module(f"ehrpay.cli.{module}")
    except EOFError as error:
        raise ImportError(str(error)) from error
    if hasattr(found, "group"):
        return typer.main.get_command(found.group)
    own = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    own.command(name, cls=Strict, context_settings=SETTINGS)(found.command)
    return typer.main.get_command(own)


def first_sentence(text: str) -> str:
    """The summary of a command's help."""
    return " ".join(text.partition("\n\n")[0].split()).partition(". ")[0].rstrip(".") + "."


def group(modules: dict[str, str], name: str | None = None) -> typer.Typer:
    """A group of commands: its help when no command is given, plain help, no completion code."""
    return typer.Typer(
        name=name,
        cls=type("Commands", (Lazy,), {"modules": modules}),
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=SETTINGS,
    )


app = group(COMMANDS)


FIRST = """\b
Explained pay ranges for health-records jobs. For example:
  ehrpay estimate --agency va --years 5 --cert rhit
"""


@app.callback(help=FIRST)
def root(
    version: bool = typer.Option(False, "--version", help="Show the version and exit."),
    install_completion: bool = typer.Option(
        False, "--install-completion", hidden=True, help="Same as ehrpay completion --install."
    ),
    no_config: bool = typer.Option(
        False, "--no-config", help="Ignore your configuration folder (after a command too)."
    ),
) -> None:
    """Options before any command."""
