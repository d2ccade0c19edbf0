"""Keras in the shapes that trainings have: `--form` picks one."""

import argparse
import logging

import keras
import numpy as np
from tiny import blobs, pause
from truth import truth

EPOCHS, STEPS = 3, 16


class Tells(keras.callbacks.Callback):
    def __init__(self, seconds=0.03):
        super().__init__()
        self.seconds = seconds

    def on_epoch_begin(self, epoch, logs=None):
        truth.epoch(epoch + 1)

    def on_train_batch_end(self, batch, logs=None):
        pause(self.seconds)
        truth.step()

    def on_test_batch_end(self, batch, logs=None):
        pause(self.seconds)

    def on_epoch_end(self, epoch, logs=None):
        truth.epoch_end()


class Says(keras.callbacks.Callback):
    """What people print themselves with verbose=0."""

    def on_epoch_end(self, epoch, logs=None):
        values = " - ".join(f"{key}: {value:.4f}" for key, value in logs.items())
        logging.info("epoch %03d/%03d - %s", epoch + 1, EPOCHS, values)


def model():
    made = keras.Sequential([keras.Input((16,)), keras.layers.Dense(16, "relu"), keras.layers.Dense(4)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    made.compile("sgd", loss, metrics=["accuracy"])
    return made


def data(batches=STEPS):
    return blobs(16 * batches)


def plan(steps=STEPS):
    truth.plan("keras", keras.__version__, EPOCHS, steps)


def callbacks(_):
    """Callbacks that print lines of their own between bars."""
    plan()
    said = [
        keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True, verbose=1),
        keras.callbacks.ReduceLROnPlateau(patience=1, min_delta=10, verbose=1),
        keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.9, verbose=1),
    ]
    model().fit(*data(), batch_size=16, epochs=EPOCHS, validation_data=data(5), callbacks=[Tells(), *said])


def folds(verbose):
    """Cross-validation: a new model and a new fit for each fold, then its evaluation."""
    truth.plan("keras", keras.__version__, steps_of="epoch")
    for fold in range(3):
        print(f"Fold {fold + 1}")
        truth.stage(f"fold {fold + 1}", EPOCHS, STEPS)
        made = model()
        made.fit(*data(), batch_size=16, epochs=EPOCHS, verbose=verbose, callbacks=[Tells()])
        with truth.phase("evaluation"):
            loss, accuracy = made.evaluate(*data(4), batch_size=16, verbose=verbose)
        print(f"> {loss:.4f} {accuracy:.4f}")


def progbar(_):
    """A loop of one's own with Keras' bar."""
    plan()
    made = model()
    x, y = data()
    for epoch in range(EPOCHS):
        truth.epoch(epoch + 1)
        print(f"\nepoch {epoch + 1}/{EPOCHS}")
        bar = keras.utils.Progbar(STEPS, stateful_metrics=["accuracy"])
        for step in range(STEPS):
            rows = slice(16 * step, 16 * step + 16)
            loss, accuracy = made.train_on_batch(x[rows], y[rows])
            pause(0.03)
            truth.step()
            bar.update(step + 1, values=[("loss", float(loss)), ("accuracy", float(accuracy))])
        truth.epoch_end()


def silent(_):
    """verbose=0, and lines from a callback."""
    plan()
    model().fit(*data(), batch_size=16, epochs=EPOCHS, verbose=0, callbacks=[Tells(), Says()])


def before(verbose):
    """predict and evaluate before the fit, and a restored best model after it."""
    plan()
    made = model()
    with truth.phase("predict"):
        made.predict(data(8)[0], batch_size=16, callbacks=[], verbose=verbose)
        made.evaluate(*data(8), batch_size=16, verbose=verbose)
    stop = keras.callbacks.EarlyStopping("loss", patience=5, restore_best_weights=True, verbose=1)
    made.fit(*data(), batch_size=16, epochs=EPOCHS, verbose=verbose, callbacks=[Tells(), stop])
    with truth.phase("predict"):
        made.predict(data()[0], batch_size=16, verbose=verbose)


def two(verbose):
    """Transfer learning: a fit of the head, then one of all that goes on with `initial_epoch`."""
    truth.plan("keras", keras.__version__, 5, STEPS)
    made = model()
    for first, last in ((0, 2), (2, 5)):
        made.fit(
            *data(), batch_size=16, epochs=last, initial_epoch=first, verbose=verbose, callbacks=[Tells()]
        )


FORMS = {"callbacks": callbacks, "folds": folds, "progbar": progbar, "silent": silent, "before": before, "two": two}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--form", choices=FORMS, required=True)
    parser.add_argument("--verbose", type=int, default=1)
    logging.basicConfig(level=logging.INFO, format="[%(asctime)s][%(levelname)s] %(message)s")
    np.random.seed(0)
    asked = parser.parse_args()
    FORMS[asked.form](asked.verbose)
