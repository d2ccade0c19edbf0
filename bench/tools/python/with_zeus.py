"""A training in one window of zeus, or in a window a second where ZEUS_WINDOWS=second."""

import collections
import os

from stand_in import now, tell, train, wait_for_the_word


def main():
    from zeus.monitor import ZeusMonitor

    monitor = ZeusMonitor()
    joules = collections.Counter()

    def begin():
        monitor.begin_window("training", sync_execution=False)

    def end():
        measured = monitor.end_window("training", sync_execution=False)
        joules["package"] += sum((measured.cpu_energy or {}).values())
        joules["dram"] += sum((measured.dram_energy or {}).values())
        joules["gpu"] += sum((measured.gpu_energy or {}).values())

    def next_window():
        end()
        begin()

    # its helper processes start with the first window; they are up before the one that counts
    begin()
    end()
    joules.clear()
    wait_for_the_word()
    start = now()
    begin()
    train(next_window if os.environ.get("ZEUS_WINDOWS") == "second" else None)
    end()
    tell(start, now(), joules)


if __name__ == "__main__":
    main()
