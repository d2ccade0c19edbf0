"""A training under codecarbon's offline tracker, measured every second."""

import tempfile

from stand_in import JOULES_PER_KWH, tell, train, wait_for_the_word


def main():
    from codecarbon import OfflineEmissionsTracker

    tracker = OfflineEmissionsTracker(
        country_iso_code="DNK",
        measure_power_secs=1,
        tracking_mode="machine",
        allow_multiple_runs=True,
        output_dir=tempfile.mkdtemp(),
        log_level="error",
    )
    wait_for_the_word()
    tracker.start()
    # it looks for the hardware first; its own clock, from when it measures, is CLOCK_MONOTONIC, too
    start = tracker._start_time
    train()
    tracker.stop()
    data = tracker.final_emissions_data
    joules = {"package": data.cpu_energy * JOULES_PER_KWH, "gpu": data.gpu_energy * JOULES_PER_KWH}
    tell(start, start + data.duration, joules)


if __name__ == "__main__":
    main()
