"""A training of argv[1] processes for argv[2] seconds: most sleep, every twentieth works a little."""

import os
import signal
import sys
import time


def work_a_little():
    """A hundredth of a core."""
    while True:
        end = time.process_time() + 0.002
        while time.process_time() < end:
            pass
        time.sleep(0.2)


def main():
    children = []

    def end(*_):
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
        sys.exit()

    for number in range(int(sys.argv[1])):
        child = os.fork()
        if child == 0:
            if number % 20 == 0:
                work_a_little()
            signal.pause()
        children.append(child)
    signal.signal(signal.SIGTERM, end)
    time.sleep(float(sys.argv[2]))
    end()


main()
