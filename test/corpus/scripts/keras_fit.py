"""Keras 3, or Keras 2 on TensorFlow: model.fit with the truth from a callback."""

import argparse
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import keras
from tiny import blobs, pause
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=5)
parser.add_argument("--initial-epoch", type=int, default=0)
parser.add_argument("--verbose", type=int, default=1)
parser.add_argument("--validation", action="store_true")
parser.add_argument("--validation-freq", type=int, default=1)
parser.add_argument("--patience", type=int, help="early stopping")
parser.add_argument("--seconds", type=float, default=0.05, help="wait in each step")
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--evaluate", action="store_true", help="evaluate and predict after it")
parser.add_argument("--generator", action="store_true", help="data without a length")
asked = parser.parse_args()


class Tell(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        truth.epoch(epoch + 1)

    def on_train_batch_end(self, batch, logs=None):
        pause(asked.seconds)
        truth.step(batch + 1)

    def on_test_begin(self, logs=None):
        truth.phase_begin("validation")

    def on_test_end(self, logs=None):
        truth.phase_end()

    def on_test_batch_end(self, batch, logs=None):
        pause(asked.seconds)

    def on_epoch_end(self, epoch, logs=None):
        truth.epoch_end()


def batches():
    for start in range(0, len(x), asked.batch):
        yield x[start : start + asked.batch], y[start : start + asked.batch]


x, y = blobs(400)
steps = -(-320 // asked.batch) if asked.validation else -(-400 // asked.batch)
backend = keras.backend.backend() if hasattr(keras.backend, "backend") else "tensorflow"
truth.plan(
    "keras", keras.__version__, asked.epochs, steps, asked.initial_epoch + 1, notes=f"{backend} backend"
)
model = keras.Sequential(
    [
        keras.layers.Input((16,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(4, activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.summary()
callbacks = [Tell()]
if asked.patience is not None:
    callbacks.append(
        keras.callbacks.EarlyStopping(monitor="loss", min_delta=0.3, patience=asked.patience, verbose=1)
    )
model.fit(
    **({"x": batches()} if asked.generator else {"x": x, "y": y, "batch_size": asked.batch}),
    epochs=asked.epochs,
    initial_epoch=asked.initial_epoch,
    verbose=asked.verbose,
    validation_split=0.2 if asked.validation else 0.0,
    **({"validation_freq": asked.validation_freq} if asked.validation else {}),
    callbacks=callbacks,
)
if asked.evaluate:
    with truth.phase("evaluate"):
        model.evaluate(x, y, batch_size=8)
    with truth.phase("predict"):
        model.predict(x, batch_size=8)
