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


def once(folder: str) -> float:
    """Seconds from the command to a home page that has been fetched; data and cache lie in the folder."""
    began = time.perf_counter()
    places = {"KOMMUNE3_DATA": f"{folder}/data", "KOMMUNE3_CACHE": f"{folder}/cache"}
    with running(["make", "start", "ARGS=--no-browser --port 0"], **places) as process:
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
    with tempfile.TemporaryDirectory() as folder:
        print(f"with nothing made before: {once(folder):.2f} s")
        seconds = [once(folder) for _ in range(runs)]
    print("again:", ", ".join(f"{took:.2f}" for took in seconds))
    print(f"median {statistics.median(seconds):.2f} s")
    return 0 if statistics.median(seconds) <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
