"""One epoch under carbontracker, by its API, looked at every second."""

from stand_in import JOULES_PER_KWH, now, tell, train, wait_for_the_word


def main():
    from carbontracker.tracker import CarbonTracker

    tracker = CarbonTracker(epochs=1, monitor_epochs=-1, update_interval=1, verbose=0)
    wait_for_the_word()
    start = now()
    tracker.epoch_start()
    train()
    thread = tracker.tracker
    tracker.epoch_end()
    end = now()
    # what it prints is the sum of these times its PUE
    joules = {
        {"cpu": "package+dram"}.get(part.name, part.name): float(sum(part.energy_usage(thread.epoch_times))) * JOULES_PER_KWH
        for part in thread.components
    }
    tell(start, end, joules)


if __name__ == "__main__":
    main()
