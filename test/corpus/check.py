"""Checks that recordings, truths and recipes agree: prints what doesn't, and then exits with 1."""

import bisect
import gzip
import json
import os
import re
import sys

from manifest import set_of
from recipes import RECIPES

RECORDINGS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recordings")


def read(name):
    with gzip.open(os.path.join(RECORDINGS, name + ".cast.gz"), "rt", encoding="utf-8") as file:
        header, *events = [json.loads(line) for line in file]
    with open(os.path.join(RECORDINGS, name + ".truth.json"), encoding="utf-8") as file:
        return header, events, json.load(file)


def is_sorted(times):
    return all(earlier <= later for earlier, later in zip(times, times[1:]))


def shown_steps(output, total):
    """(seconds, N) for each "N/total" in the output."""
    for seconds, _, text in output:
        for number, of in re.findall(r"(?<![\d./])(\d+)/(\d+)(?![\d.])", text):
            if int(of) == total:
                yield seconds, int(number)


def share_far_off(output, truth):
    """Of the steps shown as N/total, the share that is not what was true within the second before."""
    times = [event["timeSeconds"] for event in truth["events"]]
    shown = list(shown_steps(output, truth["totalSteps"]))
    off = 0
    for seconds, number in shown:
        first, last = (
            bisect.bisect_right(times, seconds - 1) - 1,
            bisect.bisect_right(times, seconds + 0.05) + 1,
        )
        steps = [event["step"] for event in truth["events"][max(first, 0) : last]]
        off += not min(steps, default=0) - 1 <= number <= max(steps, default=0) + 1
    return off / len(shown) if shown else 0


def faults(recipe):
    header, output, truth = read(recipe.name)
    stages, ends, events = truth["stages"], truth["epochEnds"], truth["events"]
    last = truth["durationSeconds"]
    times = [entry["timeSeconds"] for entry in events]
    begun = [event for event in events if event["step"] == 0 or event["epoch"] is not None]
    yield not output and not truth["notes"], "prints nothing"
    yield not truth["framework"], "names no framework"
    yield not stages, "has no stage"
    yield not events, "has no events"
    yield not is_sorted(times) or not is_sorted([seconds for seconds, _, _ in output]), "goes back in time"
    yield any(not 0 <= seconds <= last for seconds in times), "has events outside of the recording"
    yield output and output[-1][0] > last, "has output after its end"
    yield header["command"] != recipe.command or truth["command"] != recipe.command, "has another command"
    yield (header["width"], header["height"]) != (recipe.columns, recipe.rows), "has another size"
    yield truth["exitCode"] != recipe.exit_code, "has another exit code"
    yield len(ends) != truth["epochsCompleted"], "miscounts its epochs"
    yield ends and not begun, "ends an epoch that never began"
    full = [stage["totalSteps"] for stage in stages if stage["totalSteps"]]
    yield full and max(event["step"] for event in events) > max(full), "has more steps than planned"
    epochs = [stage["totalEpochs"] for stage in stages if stage["totalEpochs"]]
    yield (
        epochs and max(event["epoch"] or 0 for event in events) > max(epochs),
        "has more epochs than planned",
    )
    shows = any(phase["endSeconds"] < phase["startSeconds"] for phase in truth["phases"])
    yield shows, "has a phase that ends before it begins"
    yield (
        "buffered" not in recipe.tags and share_far_off(output, truth) > 0.1,
        "shows other steps than the true ones",
    )


def main():
    found = 0
    missing = [
        recipe.name
        for recipe in RECIPES
        if not os.path.exists(os.path.join(RECORDINGS, recipe.name + ".truth.json"))
    ]
    kept = [recipe for recipe in RECIPES if recipe.name not in missing]
    for recipe in kept:
        for is_wrong, what in faults(recipe):
            if is_wrong:
                print(f"{recipe.name} {what}")
                found += 1
    held_out = sum(set_of(recipe.name) == "held-out" for recipe in kept)
    print(
        f"{len(kept)} recordings, {held_out} held out, {found} faults; missing: {' '.join(missing) or 'none'}"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
