"""A training under zeus's power monitor, for GPUs without an energy counter, asked every second."""

import time

from stand_in import now, tell, train, wait_for_the_word


def main():
    from zeus.monitor.power import PowerMonitor

    monitor = PowerMonitor(update_period=1)
    wait_for_the_word()
    start, start_time = now(), time.time()
    train()
    end, end_time = now(), time.time()
    # the trapezoid needs a reading after the end
    time.sleep(1.5)
    energy = monitor.get_energy(start_time, end_time)
    tell(start, end, {"gpu": sum((energy or {}).values())})
    monitor.stop()


if __name__ == "__main__":
    main()
