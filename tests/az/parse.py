"""Parses `az` command lines as the Azure CLI does; runs none of them.

Reads JSON Lines {"command": …}; prints for each what the CLI says against it (a JSON string), or null.
Run it with the Python that the Azure CLI is installed for, and with AZURE_CONFIG_DIR set to an empty folder.
"""

import contextlib
import io
import json
import logging
import shlex
import sys

from azure.cli.core import get_default_cli
from knack.events import EVENT_INVOKER_POST_PARSE_ARGS


class Parsed(BaseException):
    """The line was accepted: stop before it runs. Not an Exception, which the CLI would catch."""


def stop(*_args, **_kwargs):
    raise Parsed


class Said(logging.Handler):
    """Keeps the errors that the CLI logs."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


def refusal(words):
    """What the CLI says against the words, or None."""
    cli = get_default_cli()
    cli.register_event(EVENT_INVOKER_POST_PARSE_ARGS, stop)
    said = Said()
    try:
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            logging.getLogger("cli").addHandler(said)
            cli.invoke(words)
    except Parsed:
        return None
    except SystemExit as end:
        if not end.code:  # it showed a help page
            return None
    finally:
        logging.getLogger("cli").removeHandler(said)
    return said.lines[0] if said.lines else "refused without a word"


def answer(line):
    try:
        return refusal(shlex.split(line)[1:])
    except ValueError as odd:
        return f"not a line of shell: {odd}"


def main():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line)["command"])), flush=True)


main()
