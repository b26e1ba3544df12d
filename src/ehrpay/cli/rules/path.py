"""`ehrpay rules path`: the folders the rules are read from."""

from __future__ import annotations

from ehrpay import shipped
from ehrpay.cli import options
from ehrpay.cli.main import write


def command(
    rules: list[str] | None = options.RULES,
    json: bool = options.flag("--json", "As one JSON object."),
) -> None:
    """Print the folders of rules in use: shipped, then overlays.

    \b
    Examples:
      ehrpay rules path
      ehrpay rules path --rules my-rules --json

    Overlays come from your configuration folder, then EHRPAY_RULES, then --rules. The last one wins.
    """
    from ehrpay.rules import folder
    from ehrpay.text import clean

    used = [folder.Named(str(shipped.folder()), "shipped")]
    used += [one for one in folder.named(rules or ()) if folder.overlays([one])]
    if json:
        from json import dumps

        rules_used = [one._asdict() for one in used]
        write(dumps({"schema": "ehrpay/rules-path/1", "rules": rules_used, "warnings": []}, indent=2) + "\n")
        return
    write("".join(f"{clean(one.path)}\t{one.by}\n" for one in used))
