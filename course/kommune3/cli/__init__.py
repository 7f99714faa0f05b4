"""The command line. Each command calls one function; heavy imports wait until a command needs them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from .console import complain, utf8_console
from .parser import build_parser

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code: 0 done, 1 not done, 2 wrongly called."""
    utf8_console()
    # jsonschema, which reads notebooks, would make a parser for IRIs: that takes seconds, and none has one
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    arguments = build_parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has had enough; the interpreter must not try to flush the rest
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return complain(error)
    return code
