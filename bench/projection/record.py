"""Trains what RECIPES lists, for real, and packs what came when into recorded.json.gz: one JSON line a training.

  python record.py NEW TF [NAME...]   NEW, TF: a Python with torch, jax, lightgbm and numpy; one with tensorflow 2.15

Made on a machine with 2 virtual CPUs, in use by others at the same time, so that the times are as uneven as life.
The `busy` ones had three to six others beside them all along. Each training runs at nice 10 on one thread. `throttle` stops and continues it 50 times a second from a given second
on, as cpulimit does, so that it keeps the given share of the processor.
"""

import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PACKED = os.path.join(HERE, "recorded.json.gz")
SLICE_SECONDS = 0.02


def recipe(name, kind, shape, throttle=None, epochs_are_seen=True, **options):
    return {"name": name, "kind": kind, "shape": shape, "throttle": throttle, "epochsAreSeen": epochs_are_seen, "options": options}


RECIPES = [
    recipe("busy-cnn", "cnn", "noisy", epochs=12, steps=60),
    recipe("busy-cnn-wide", "cnn", "noisy", epochs=8, steps=40, width=384),
    recipe("busy-lstm", "lstm", "noisy", epochs=15, steps=30),
    recipe("busy-lstm-small", "lstm", "noisy", epochs=20, steps=50, width=96),
    recipe("busy-transformer", "transformer", "noisy", epochs=10, steps=20),
    recipe("busy-transformer-small", "transformer", "noisy", epochs=12, steps=40, width=96),
    recipe("busy-mlp", "mlp", "noisy", epochs=12, steps=300, width=512, batch=256, every=6),
    recipe("busy-numpy", "numpy", "noisy", epochs=25, steps=60, width=512, batch=128, every=3),
    recipe("busy-keras", "keras", "noisy", epochs=15, steps=80, validate=0, every=4),
    recipe("busy-jax", "jax", "noisy", epochs=10, steps=200, width=768, batch=256, every=10, validate=0),
    recipe("busy-long-cnn", "cnn", "noisy", epochs=40, steps=40),
    recipe("steady-cnn", "cnn", "steady", epochs=12, steps=60),
    recipe("steady-cnn-wide", "cnn", "steady", epochs=8, steps=40, width=384),
    recipe("steady-lstm", "lstm", "steady", epochs=15, steps=30),
    recipe("steady-lstm-small", "lstm", "steady", epochs=20, steps=50, width=96),
    recipe("steady-transformer", "transformer", "steady", epochs=10, steps=20),
    recipe("steady-transformer-small", "transformer", "steady", epochs=12, steps=40, width=96),
    recipe("steady-mlp", "mlp", "steady", epochs=12, steps=300, width=512, batch=256, every=6),
    recipe("steady-numpy", "numpy", "steady", epochs=25, steps=60, width=512, batch=128, every=3),
    recipe("steady-keras", "keras", "steady", epochs=15, steps=80, validate=0, every=4),
    recipe("steady-jax", "jax", "steady", epochs=10, steps=200, width=768, batch=256, every=10, validate=0),
    recipe("steady-long-cnn", "cnn", "steady", epochs=40, steps=40),
    recipe("warm-compile-mlp", "mlp", "warm-up", epochs=8, steps=60, width=1024, batch=256, compile=True),
    recipe("warm-compile-cnn", "cnn", "warm-up", epochs=10, steps=50, compile=True),
    recipe("warm-compile-transformer", "transformer", "warm-up", epochs=12, steps=20, width=128, compile=True),
    recipe("warm-jax", "jax", "warm-up", epochs=20, steps=40, width=1024, batch=256, every=2),
    recipe("warm-jax-small", "jax", "warm-up", epochs=12, steps=80, width=512, batch=128, every=4),
    recipe("warm-keras", "keras", "warm-up", epochs=20, steps=30),
    recipe("warm-keras-wide", "keras", "warm-up", epochs=8, steps=40, width=512),
    recipe("validate-5-cnn", "cnn", "validation", epochs=20, steps=30, validate=5, validation_steps=40),
    recipe("validate-5-lstm", "lstm", "validation", epochs=20, steps=24, validate=5, validation_steps=40),
    recipe("validate-5-keras", "keras", "validation", epochs=20, steps=40, validate=5, validation_steps=80, every=2),
    recipe("validate-5-transformer", "transformer", "validation", epochs=15, steps=14, validate=5, validation_steps=24),
    recipe("validate-4-numpy", "numpy", "validation", epochs=24, steps=50, validate=4, validation_steps=120, width=512, batch=128, every=2),
    recipe("validate-save-mlp", "mlp", "validation", epochs=18, steps=80, width=768, batch=256, validate=3, save=6, every=2),
    recipe("stop-mlp", "mlp", "early stopping", epochs=40, steps=150, width=512, batch=256, patience=3, every=10),
    recipe("stop-cnn", "cnn", "early stopping", epochs=30, steps=40, patience=3, every=2),
    recipe("stop-lstm", "lstm", "early stopping", epochs=30, steps=25, patience=2),
    recipe("stop-keras", "keras", "early stopping", epochs=30, steps=60, patience=2, every=4),
    recipe("throttle-cnn", "cnn", "throttling", throttle=[9, 0.7], epochs=14, steps=40),
    recipe("throttle-lstm", "lstm", "throttling", throttle=[7, 0.75], epochs=15, steps=25),
    recipe("throttle-numpy", "numpy", "throttling", throttle=[6, 0.6], epochs=24, steps=50, width=512, batch=128, every=2),
    recipe("throttle-keras", "keras", "throttling", throttle=[8, 0.8], epochs=14, steps=60, every=2),
    recipe("grow-mlp", "mlp", "growing batch", epochs=12, steps=80, width=768, batch=128, grow=4, every=2),
    recipe("lengthen-transformer", "transformer", "growing batch", epochs=14, steps=20, width=96, lengthen=1),
    recipe("noisy-cnn", "cnn", "noisy", epochs=14, steps=40, burn=[8, 16]),
    recipe("noisy-lstm", "lstm", "noisy", epochs=15, steps=25, burn=[5, 14]),
    recipe("noisy-transformer", "transformer", "noisy", epochs=10, steps=18, burn=[10, 20]),
    recipe("noisy-mlp", "mlp", "noisy", epochs=10, steps=250, width=512, batch=256, burn=[4, 9], every=10),
    recipe("short-cnn", "cnn", "short epochs", epochs=80, steps=6, validation_steps=2),
    recipe("short-mlp", "mlp", "short epochs", epochs=120, steps=20, width=512, batch=256, validation_steps=3, every=5),
    recipe("short-numpy", "numpy", "short epochs", epochs=150, steps=10, width=512, batch=128, validation_steps=2, every=5),
    recipe("rounds-lightgbm", "lightgbm", "short epochs", epochs=120, width=63, batch=600),
    recipe("rounds-lightgbm-wide", "lightgbm", "short epochs", epochs=60, width=255, batch=800),
    recipe("one-cnn", "cnn", "one long epoch", epochs=1, steps=600, validation_steps=80, every=2),
    recipe("one-lstm", "lstm", "one long epoch", epochs=1, steps=450, validation_steps=60),
    recipe("one-keras", "keras", "one long epoch", epochs=1, steps=1200, validation_steps=200, every=4),
    recipe("steps-transformer", "transformer", "no epochs", epochs_are_seen=False, epochs=1, steps=200, validate=0),
    recipe("steps-mlp", "mlp", "no epochs", epochs_are_seen=False, epochs=1, steps=4000, width=512, batch=256, validate=0, every=20),
    recipe("steps-jax", "jax", "no epochs", epochs_are_seen=False, epochs=1, steps=1500, width=768, batch=256, validate=0, every=10),
    recipe("steps-cnn", "cnn", "no epochs", epochs_are_seen=False, epochs=1, steps=700, validate=0, every=5),
]


def slow_down(process, start, throttle):
    """Leaves the process the given share of its time, from the given second on."""
    begin, share = throttle
    while process.poll() is None:
        if time.monotonic() - start < begin:
            time.sleep(SLICE_SECONDS)
            continue
        process.send_signal(signal.SIGSTOP)
        time.sleep(SLICE_SECONDS * (1 - share))
        process.send_signal(signal.SIGCONT)
        time.sleep(SLICE_SECONDS * share)


def record(recipe, python):
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "recording.json")
        start = time.monotonic()
        env = {**os.environ, "RECORDING": file, "STARTED": str(start), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        env.update(TORCHINDUCTOR_CACHE_DIR=folder, TORCHINDUCTOR_COMPILE_THREADS="1", PYTHONDONTWRITEBYTECODE="1")
        command = ["nice", "-n", "10", python, os.path.join(HERE, "trainings.py"), recipe["kind"], json.dumps(recipe["options"])]
        process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        if recipe["throttle"]:
            slow_down(process, start, recipe["throttle"])
        errors = process.communicate()[1]
        if process.returncode != 0:
            print(f"{recipe['name']} failed with {process.returncode}:", errors.decode()[-2000:], flush=True)
            return None
        end = time.monotonic() - start
        with open(file, encoding="utf-8") as written:
            recording = json.load(written)
    print(f"{recipe['name']}: {end:.1f} s, {len(recording['kinds'])} events", flush=True)
    kept = {key: recipe[key] for key in ("name", "kind", "shape", "throttle", "epochsAreSeen", "options")}
    return {**kept, **recording}


def read_packed():
    if not os.path.exists(PACKED):
        return {}
    with gzip.open(PACKED, "rt", encoding="utf-8") as file:
        return {entry["name"]: entry for entry in map(json.loads, file)}


def write_packed(entries):
    text = "".join(json.dumps(entries[name], separators=(",", ":")) + "\n" for name in sorted(entries))
    with open(PACKED, "wb") as file:
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
            packed.write(text.encode())


def main():
    new, tf, *names = sys.argv[1:]
    entries = read_packed()
    for each in RECIPES:
        if each["name"] in entries if not names else each["name"] not in names:
            continue
        entry = record(each, tf if each["kind"] == "keras" else new)
        if entry:
            entries[each["name"]] = entry
            write_packed(entries)


main()
