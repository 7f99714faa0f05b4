"""Set the checkout up, then start the course or test it. Needs Python 3.11 and nothing else.

python3 tools/setup.py start [options of kommune3 start]
python3 tools/setup.py test [--only STAGE ...] [-- options of pytest]
python3 tools/setup.py install [service | lab | dev]
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("kommune3 needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])  # noqa: UP031

from bootstrap import environment, launch
from bootstrap.console import SetupError, say

INTERRUPTED = 130


def run(command: str, arguments: list[str]) -> int:
    """Do what the command says; the exit status."""
    if command == "start":
        environment.ensure("service")
        return launch.start(arguments)
    if command == "test":
        from bootstrap import stages  # not read when a learner starts the course

        return stages.main(arguments)
    if command == "install" and arguments in ([], ["service"], ["lab"], ["dev"]):
        level = arguments[0] if arguments else "service"
        environment.ensure("service" if level == "lab" else level)
        if not environment.has(level):
            environment.add(level)
        return 0
    say(__doc__ or "")
    return 0 if command in ("-h", "--help") else 2


def main() -> int:
    """The exit status; what went wrong is told in plain words."""
    try:
        return run(sys.argv[1] if len(sys.argv) > 1 else "", sys.argv[2:])
    except SetupError as error:
        say(f"\n{error}", error=True)
        return 1
    except OSError as error:
        say(
            f"\n{error.filename or ''}: {error.strerror}. Mend that and run the same command again.",
            error=True,
        )
        return 1
    except KeyboardInterrupt:
        say("\nStopped. Run the same command again to go on.", error=True)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
