"""Ultralytics YOLO: a tiny detector, from scratch, on images made here; the truth from its callbacks."""

import os

import numpy as np
import ultralytics
from PIL import Image
from truth import truth
from ultralytics import YOLO

EPOCHS, IMAGES, BATCH = 3, 48, 4
# A few layers instead of a whole YOLO: backbone and one detection head, in Ultralytics' own model syntax.
MODEL = """
nc: 2
backbone:
  - [-1, 1, Conv, [8, 3, 2]]
  - [-1, 1, Conv, [16, 3, 2]]
  - [-1, 1, Conv, [32, 3, 2]]
head:
  - [[2], 1, Detect, [nc]]
"""


def make_images(folder, count, seed):
    rng = np.random.default_rng(seed)
    os.makedirs(f"data/images/{folder}")
    os.makedirs(f"data/labels/{folder}")
    for number in range(count):
        pixels = rng.integers(0, 90, (64, 64, 3), dtype=np.uint8)
        left, top, label = *rng.integers(0, 40, 2), int(rng.integers(2))
        pixels[top : top + 20, left : left + 20, label] = 250
        Image.fromarray(pixels).save(f"data/images/{folder}/{number}.png")
        with open(f"data/labels/{folder}/{number}.txt", "w", encoding="utf-8") as file:
            file.write(f"{label} {(left + 10) / 64} {(top + 10) / 64} {20 / 64} {20 / 64}\n")


truth.plan("ultralytics", ultralytics.__version__, EPOCHS, IMAGES // BATCH)
with truth.phase("data"):
    make_images("train", IMAGES, 1)
    make_images("val", 16, 2)
with open("tiny.yaml", "w", encoding="utf-8") as file:
    file.write(MODEL)
with open("data.yaml", "w", encoding="utf-8") as file:
    file.write(
        f"path: {os.path.abspath('data')}\ntrain: images/train\nval: images/val\nnames: [red, green]\n"
    )
model = YOLO("tiny.yaml")
model.add_callback("on_train_epoch_start", lambda trainer: truth.epoch(trainer.epoch + 1))
model.add_callback("on_train_batch_end", lambda trainer: truth.step())
model.add_callback("on_val_start", lambda validator: truth.phase_begin("validation"))
model.add_callback("on_val_end", lambda validator: truth.phase_end())
model.add_callback("on_train_epoch_end", lambda trainer: truth.epoch_end())
model.train(
    data="data.yaml",
    epochs=EPOCHS,
    imgsz=64,
    batch=BATCH,
    workers=0,
    device="cpu",
    plots=False,
    optimizer="SGD",
    amp=False,
)
