"""PyTorch loops that print their lines as well-known training scripts do: `--style` picks whose.

The lines follow the public formats of torchvision's references, PyTorch's examples and timm's train.py; the code
is our own.
"""

import argparse
import logging
import time

import torch
from tiny_torch import Training
from truth import truth

EPOCHS, STEPS, EVERY = 4, 60, 10
training = Training()


def clock(seconds):
    return f"{int(seconds) // 3600}:{int(seconds) // 60 % 60:02d}:{int(seconds) % 60:02d}"


def torchvision(epoch):
    begun = time.time()
    for step in range(STEPS):
        loss = training.step()
        truth.step()
        if step % EVERY == 0:
            each = (time.time() - begun) / (step + 1)
            print(
                f"Epoch: [{epoch}]  [{step:2d}/{STEPS}]  eta: {clock(each * (STEPS - step))}  lr: 0.01  "
                f"img/s: {16 / each:.4f}  loss: {loss:.4f} ({training.average():.4f})  acc1: 62.5000 (58.3333)  "
                f"time: {each:.4f}  data: 0.0001  max mem: 0"
            )
    print(f"Epoch: [{epoch}] Total time: {clock(time.time() - begun)}")
    truth.epoch_end()
    with truth.phase("test"):
        for step in range(0, 20, 10):
            loss = [training.evaluate() for _ in range(10)][-1]
            print(
                f"Test:   [{step:2d}/20]  eta: 0:00:00  loss: {loss:.4f} ({loss:.4f})  time: 0.0300  data: 0.0001"
            )
        print("Test:  Acc@1 61.250 Acc@5 100.000")


def imagenet(epoch):
    for step in range(1, STEPS + 1):
        loss = training.step()
        truth.step()
        if step % EVERY == 0:
            print(
                f"Epoch: [{epoch}][{step:3d}/{STEPS}]\tTime  0.031 ( 0.033)\tData  0.000 ( 0.001)\t"
                f"Loss {loss:.4e} ({training.average():.4e})\tAcc@1  56.25 ( 51.88)\tAcc@5 100.00 (100.00)"
            )
    truth.epoch_end()
    with truth.phase("test"):
        for step in (10, 20):
            loss = [training.evaluate() for _ in range(10)][-1]
            print(
                f"Test: [{step:2d}/20]\tTime  0.031 ( 0.033)\tLoss {loss:.4e} ({loss:.4e})\tAcc@1  62.50 ( 60.00)"
            )
        print(" *   Acc@1 60.000 Acc@5 100.000")


def mnist(epoch):
    samples = STEPS * 16
    for step in range(STEPS):
        loss = training.step()
        truth.step()
        if step % EVERY == 0:
            print(
                f"Train Epoch: {epoch + 1} [{step * 16}/{samples} ({100.0 * step / STEPS:.0f}%)]\tLoss: {loss:.6f}"
            )
    truth.epoch_end()
    with truth.phase("test"):
        loss = [training.evaluate() for _ in range(20)][-1]
        print(f"\nTest set: Average loss: {loss:.4f}, Accuracy: 196/320 (61%)\n")


def timm(epoch):
    for step in range(STEPS):
        loss = training.step()
        truth.step()
        if step % EVERY == 0 or step == STEPS - 1:
            logging.info(
                f"Train: {epoch} [{step:>4d}/{STEPS} ({100.0 * step / (STEPS - 1):>3.0f}%)]  Loss: {loss:#.3g} "
                f"({training.average():#.3g})  Time: 0.031s,  512.20/s  (0.033s,  498.12/s)  LR: 1.000e-02  "
                "Data: 0.001 (0.001)"
            )
    truth.epoch_end()
    with truth.phase("test"):
        for step in (0, 10, 19):
            loss = [training.evaluate() for _ in range(7)][-1]
            logging.info(
                f"Test: [{step:>4d}/19]  Time: 0.031 (0.031)  Loss: {loss:>7.3f} ({loss:>6.3f})  "
                "Acc@1:  62.500 ( 60.000)  Acc@5: 100.000 (100.000)"
            )
    logging.info("Current checkpoints:\n ('./output/train/checkpoint-0.pth.tar', 60.0)\n")


STYLES = {
    "torchvision": (torchvision, "torchvision's references"),
    "imagenet": (imagenet, "PyTorch's ImageNet example"),
    "mnist": (mnist, "PyTorch's MNIST example"),
    "timm": (timm, "timm's train.py"),
}
parser = argparse.ArgumentParser()
parser.add_argument("--style", choices=STYLES, required=True)
run, whose = STYLES[parser.parse_args().style]
logging.basicConfig(level=logging.INFO, format="%(message)s")
truth.plan(f"own loop in the format of {whose}", torch.__version__, EPOCHS, STEPS)
for number in range(EPOCHS):
    truth.epoch(number + 1)
    run(number)
