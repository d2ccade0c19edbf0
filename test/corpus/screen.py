"""`python3 screen.py NAME [SECONDS]` prints a recording's screen as it was then, or at the end; needs pyte."""

import gzip
import json
import os
import sys

import pyte

RECORDINGS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recordings")


def read_cast(name):
    with gzip.open(os.path.join(RECORDINGS, name + ".cast.gz"), "rt", encoding="utf-8") as file:
        return json.loads(file.readline()), [json.loads(line) for line in file]


def screen_at(name, until):
    header, events = read_cast(name)
    screen = pyte.HistoryScreen(header["width"], header["height"], history=1000)
    # Without a terminal nothing turns \n into \r\n.
    screen.set_mode(pyte.modes.LNM)
    stream = pyte.Stream(screen)
    for seconds, _, text in events:
        if seconds > until:
            break
        stream.feed(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    above = ["".join(row[column].data for column in range(screen.columns)) for row in screen.history.top]
    return [line.rstrip() for line in above + list(screen.display)]


if __name__ == "__main__":
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else float("inf")
    print("\n".join(screen_at(sys.argv[1], seconds)).rstrip())
