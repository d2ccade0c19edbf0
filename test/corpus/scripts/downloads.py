"""What comes before a training: a real pip download, a dataset's map, a model's shards; then a short training."""

import argparse
import http.server
import os
import subprocess
import sys
import threading
import time
import zipfile

import torch
from tiny_torch import Training
from truth import truth

WHEEL = "bigmodel-1.0-py3-none-any.whl"


class Slow(http.server.SimpleHTTPRequestHandler):
    """A server on loopback that sends slowly enough for a bar to be seen."""

    def copyfile(self, source, outputfile):
        while block := source.read(150_000):
            outputfile.write(block)
            time.sleep(0.05)

    def log_message(self, *arguments):
        pass


def pip_download():
    with zipfile.ZipFile(WHEEL, "w") as wheel:
        wheel.writestr("bigmodel/weights.bin", os.urandom(6_000_000))
        wheel.writestr(
            "bigmodel-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: bigmodel\nVersion: 1.0\n"
        )
        wheel.writestr(
            "bigmodel-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\nGenerator: own\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr("bigmodel-1.0.dist-info/RECORD", "")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 8765), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:8765/{WHEEL}"
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--disable-pip-version-check",
        "--no-cache-dir",
        "--no-deps",
        "-d",
        "wheels",
        url,
    ]
    subprocess.run(command, check=True)
    server.shutdown()


def dataset():
    from datasets import Dataset

    data = Dataset.from_dict({"text": [f"line {number}" for number in range(3000)]})
    data = data.map(lambda row: {"length": time.sleep(0.0007) or len(row["text"])})
    data.filter(lambda row: row["length"] > 3).save_to_disk("saved")


def shards():
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=500, hidden_size=64, num_hidden_layers=4, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained("model", max_shard_size="200KB")
    BertModel.from_pretrained("model")


def train(epochs=4, steps=25):
    truth.stage("train", epochs, steps)
    training = Training()
    for epoch in range(1, epochs + 1):
        truth.epoch(epoch)
        for _ in range(steps):
            training.step()
            truth.step()
        truth.epoch_end()
        print(f"Epoch {epoch}/{epochs} loss={training.average():.4f}")


BEFORE = {"pip": (pip_download, "download"), "dataset": (dataset, "dataset"), "shards": (shards, "loading")}
parser = argparse.ArgumentParser()
parser.add_argument("--before", choices=BEFORE, required=True)
asked = parser.parse_args()
first, name = BEFORE[asked.before]
truth.plan(
    "own loop", torch.__version__, steps_of="epoch", notes=f"{asked.before} output before the training"
)
with truth.phase(name):
    first()
train()
