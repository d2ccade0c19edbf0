"""A stand-in for a training under a tool: it gets ready, waits for the word, trains and tells what was measured.

Its arguments are the seconds to train and, where it shall train something, a command to run instead of sleeping; or
`inside FILE`: then training.py is run in this very process, as those who use such tools do it.
What it says goes to file descriptor 3, a JSON object a line, because tools print to the others.
"""

import json
import os
import subprocess
import sys
import time

JOULES_PER_KWH = 3.6e6


def now():
    """Seconds of the clock by which the true energy is known."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def wait_for_the_word():
    _say({"ready": True})
    sys.stdin.readline()


def train(each_second=None):
    """Sleeps or trains; meanwhile calls what is to be called each second."""
    command = sys.argv[2:]
    if command[:1] == ["inside"]:
        _train_inside(command[1])
        return
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL) if command else None
    if child and not each_second:
        child.wait()
        return
    start = now()
    seconds = float(sys.argv[1])
    while (elapsed := now() - start) < seconds:
        time.sleep(min(1 if each_second else seconds, seconds - elapsed))
        if each_second:
            each_second()
    if child:
        child.wait()


def _train_inside(file):
    import training

    sys.argv[1:] = [file]
    training.main()


def tell(start, end, joules):
    """Joules of each component between two seconds of the clock."""
    _say({"startSeconds": start, "endSeconds": end, "joules": joules})


def _say(facts):
    os.write(3, (json.dumps(facts) + "\n").encode())
