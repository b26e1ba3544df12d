"""The smallest Typer command with one option: what any Typer program pays before it does anything."""

from typing import Annotated

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def hello(name: Annotated[str, typer.Option(help="Whom to greet.")] = "world") -> None:
    """Greet somebody."""
    typer.echo(f"hello {name}")


if __name__ == "__main__":
    app()
