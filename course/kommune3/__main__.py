"""``python -m kommune3`` does all that the ``kommune3`` command does."""

import sys

from kommune3.cli import main

if __name__ == "__main__":
    sys.exit(main())
