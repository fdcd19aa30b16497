"""The command `tenor`. A refusal is one sentence and exit code 2; anything else is our defect and shows its trace."""

import os
import sys

import click

from tenor import operations, papers, payouts
from tenor.kernel.errors import TenorError
from tenor.up import commands
from tenor.up.running import running


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tenor")
def tenor() -> None:
    """Invoice finance on Stellar. `tenor COMMAND --help` says everything about a command."""


for command in (*commands.COMMANDS, *operations.COMMANDS, *payouts.COMMANDS, *papers.COMMANDS):
    tenor.add_command(command)
operations.verify.add_command(papers.proof)
commands.keys.add_command(operations.rewrap)


def main() -> None:
    """Settings that the environment does not name are those of what runs from the data folder."""
    try:
        starts = any(name in sys.argv[1:2] for name in ("up", "demo", "down"))
        found = None if starts else running(commands.data_dir())
        for name, value in (found.environment if found else {}).items():
            os.environ.setdefault(name, value)
        tenor()
    except TenorError as refused:
        click.echo(f"tenor: {refused}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
