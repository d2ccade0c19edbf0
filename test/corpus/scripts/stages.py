"""Trainings whose epochs begin anew: `--form` picks folds, stages, a sweep, or what surrounds a training."""

import argparse

import torch
from tiny import pause
from tiny_torch import Training
from tqdm import tqdm
from truth import truth


def epochs(count, line, steps=20):
    training = Training()
    for epoch in range(1, count + 1):
        truth.epoch(epoch)
        for _ in range(steps):
            training.step()
            truth.step()
        truth.epoch_end()
        print(line(epoch, training.average()))


def folds():
    for fold in range(1, 4):
        print(f"========== Fold {fold}/3 ==========")
        truth.stage(f"fold {fold}", 4, 20)
        epochs(4, lambda epoch, loss: f"Epoch {epoch}/4 | train loss {loss:.4f}")
        print(f"Fold {fold} AUC: 0.91{fold}")


def two_stages():
    print("Stage 1: training the head")
    truth.stage("head", 3, 20)
    epochs(3, lambda epoch, loss: f"Epoch {epoch}/3 - loss {loss:.4f}")
    print("Stage 2: fine-tuning all layers")
    truth.stage("all layers", 6, 20)
    epochs(6, lambda epoch, loss: f"Epoch {epoch}/6 - loss {loss:.4f}")


def same_length():
    for name in ("baseline", "dropout", "augment"):
        truth.stage(name, 5, 20)
        print(f"Running experiment {name}")
        epochs(5, lambda epoch, loss: f"epoch {epoch}: loss={loss:.3f}")


def surrounded():
    training = Training()
    with truth.phase("dataset"):
        for _ in tqdm(range(60), desc="Preprocessing dataset", unit=" examples"):
            pause(0.02)
        for _ in tqdm(range(4), desc="Loading checkpoint shards"):
            pause(0.3)
    truth.stage("train", 3, 40)
    for epoch in range(3):
        truth.epoch(epoch + 1)
        bar = tqdm(range(40), desc=f"Train epoch {epoch + 1}")
        for _ in bar:
            bar.set_postfix(loss=f"{training.step():.3f}")
            truth.step()
        truth.epoch_end()
        with truth.phase("validation"):
            for _ in tqdm(range(15), desc=f"Val epoch {epoch + 1}", leave=False):
                training.evaluate()
    with truth.phase("test"):
        for _ in tqdm(range(30), desc="Testing"):
            training.evaluate()
        for _ in tqdm(range(50), desc="Exporting predictions"):
            pause(0.02)


FORMS = {
    "folds": (folds, "Three folds"),
    "two": (two_stages, "Two stages of different length"),
    "same": (same_length, "Three experiments of the same length; no total printed"),
    "surrounded": (surrounded, "Bars that are no training before, between and after"),
}
parser = argparse.ArgumentParser()
parser.add_argument("--form", choices=FORMS, required=True)
run, notes = FORMS[parser.parse_args().form]
truth.plan("own loop", torch.__version__, steps_of="epoch", notes=notes)
run()
