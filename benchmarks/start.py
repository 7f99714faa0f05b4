"""How long a second `make start` takes until the first page answers.

.venv/bin/python benchmarks/start.py [--runs 7]
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
import urllib.request

from servers import running

BAR = 3.0


def once(data: str) -> float:
    """Seconds from the command to a home page that has been fetched."""
    began = time.perf_counter()
    with running(["make", "start", "ARGS=--no-browser --port 0"], KOMMUNE3_DATA=data) as process:
        for line in process.stdout or ():
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                urllib.request.urlopen(found[0], timeout=30).read()
                return time.perf_counter() - began
    raise RuntimeError("the course did not start")


def main() -> int:
    """Print every run and the median, the first start apart; 1 above the bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as data:
        print(f"with an empty data folder: {once(data):.2f} s")
        seconds = [once(data) for _ in range(runs)]
    print("again:", ", ".join(f"{took:.2f}" for took in seconds))
    print(f"median {statistics.median(seconds):.2f} s")
    return 0 if statistics.median(seconds) <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
