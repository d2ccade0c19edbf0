"""Keras 3, Keras 2 and TensorFlow's estimators in further settings of theirs: `--form` picks one."""

import os
import signal
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import keras
import numpy as np
from tiny import blobs, chosen, pause
from truth import truth


class Tells(keras.callbacks.Callback):
    def __init__(self, seconds=0.04, epoch=None):
        super().__init__()
        self.seconds, self.outer = seconds, epoch

    def on_epoch_begin(self, epoch, logs=None):
        truth.epoch(self.outer or epoch + 1)

    def on_train_batch_end(self, batch, logs=None):
        pause(self.seconds)
        truth.step()

    def on_test_begin(self, logs=None):
        truth.phase_begin("validation")

    def on_test_batch_end(self, batch, logs=None):
        pause(self.seconds / 2)

    def on_test_end(self, logs=None):
        truth.phase_end()

    def on_epoch_end(self, epoch, logs=None):
        truth.epoch_end()


def model():
    made = keras.Sequential([keras.layers.Input((16,)), keras.layers.Dense(24, "relu"), keras.layers.Dense(4)])
    made.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return made


def data(batches, size=16):
    return blobs(size * batches)


def endless():
    while True:
        yield blobs(16)


def plan(epochs, steps):
    truth.plan("keras", keras.__version__, epochs, steps)


def steps_per_epoch():
    """A generator without end: steps_per_epoch and validation_steps; a checkpoint's and a plateau's lines."""
    plan(6, 35)
    said = [
        keras.callbacks.ReduceLROnPlateau("val_loss", patience=1, min_delta=0.5, verbose=1),
        keras.callbacks.EarlyStopping("val_loss", patience=4, min_delta=0.2, restore_best_weights=True, verbose=1),
    ]
    model().fit(endless(), steps_per_epoch=35, validation_data=endless(), validation_steps=8, epochs=6, callbacks=[Tells(), *said])


def tqdm_callback():
    """tqdm.keras' TqdmCallback in place of Keras' own bar: one of the epochs, one of the batches."""
    from tqdm.keras import TqdmCallback

    plan(7, 22)
    model().fit(*data(22), batch_size=16, epochs=7, verbose=0, validation_data=data(5), callbacks=[Tells(), TqdmCallback(verbose=1)])


def stateful():
    """A fit of one epoch in a loop of one's own, as stateful LSTMs are trained."""
    plan(6, 30)
    made = model()
    for epoch in range(6):
        truth.epoch(epoch + 1)
        print(f"Epoch {epoch + 1}/6")
        made.fit(*data(30), batch_size=16, epochs=1, shuffle=False, callbacks=[Tells(epoch=epoch + 1)])
        made.reset_states()


def multi_output():
    """Two heads: metrics so many that the bar's line is longer than the terminal."""
    plan(5, 25)
    given = keras.layers.Input((16,))
    hidden = keras.layers.Dense(24, "relu")(given)
    made = keras.Model(given, {"colour": keras.layers.Dense(4, name="colour")(hidden), "shape": keras.layers.Dense(4, name="shape")(hidden)})
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    made.compile("adam", {"colour": loss, "shape": loss}, metrics={"colour": ["accuracy"], "shape": ["accuracy"]})
    x, y = data(25)
    xv, yv = data(6)
    validation = (xv, {"colour": yv, "shape": yv})
    made.fit(x, {"colour": y, "shape": y}, batch_size=16, epochs=5, validation_data=validation, callbacks=[Tells()])


def interrupt():
    """Ctrl-C in the third of ten epochs."""
    plan(10, 24)

    class Stops(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            if self.epoch == 2 and batch == 13:
                os.kill(os.getpid(), signal.SIGINT)

        def on_epoch_begin(self, epoch, logs=None):
            self.epoch = epoch

    model().fit(*data(24), batch_size=16, epochs=10, validation_split=0.0, callbacks=[Tells(), Stops()])


def models():
    """Three architectures one after another, each with a summary, a fit and a predict; scikit-learn's report."""
    truth.plan("keras", keras.__version__, steps_of="epoch")
    x, y = data(20)
    for number, width in enumerate((8, 32, 64), 1):
        print(f"\n=== Model {number}: {width} units ===")
        truth.stage(f"model {number}", 4, 18)
        made = keras.Sequential([keras.layers.Input((16,)), keras.layers.Dense(width, "relu"), keras.layers.Dense(4)])
        made.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
        made.summary()
        made.fit(x, y, batch_size=16, epochs=4, validation_split=0.1, callbacks=[Tells()])
        with truth.phase("predict"):
            found = made.predict(x[:128], batch_size=8).argmax(1)
        print(f"test accuracy: {(found == y[:128]).mean():.4f}")


def gradient_tape():
    """The loop of Keras' guide: steps and epochs from 0, samples counted, the time of each epoch."""
    import tensorflow as tf

    epochs, steps = 4, 60
    plan(epochs, steps)
    made, optimizer = model(), tf.keras.optimizers.Adam(1e-3)
    loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    accuracy = tf.keras.metrics.SparseCategoricalAccuracy()
    batches = tf.data.Dataset.from_tensor_slices(data(steps)).batch(16)
    for epoch in range(epochs):
        truth.epoch(epoch + 1)
        print("\nStart of epoch %d" % (epoch,))
        started = time.time()
        for step, (x, y) in enumerate(batches):
            with tf.GradientTape() as tape:
                scores = made(x, training=True)
                loss = loss_of(y, scores)
            optimizer.apply_gradients(zip(tape.gradient(loss, made.trainable_weights), made.trainable_weights))
            accuracy.update_state(y, scores)
            pause(0.04)
            truth.step()
            if step % 20 == 0:
                print("Training loss (for one batch) at step %d: %.4f" % (step, float(loss)))
                print("Seen so far: %d samples" % ((step + 1) * 16))
        truth.epoch_end()
        print("Training acc over epoch: %.4f" % (float(accuracy.result()),))
        accuracy.reset_states()
        with truth.phase("validation"):
            pause(0.6)
        print("Validation acc: %.4f" % (0.7 + 0.03 * epoch,))
        print("Time taken: %.2fs" % (time.time() - started))


def epoch_dots():
    """TensorFlow's regression tutorial: a dot an epoch, a line of metrics each hundred (tfdocs.EpochDots)."""
    plan(500, 1)

    class EpochDots(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs):
            if epoch % 100 == 0:
                print()
                print("Epoch: {:d}, ".format(epoch), end="")
                for name, value in sorted(logs.items()):
                    print("{}:{:0.4f}".format(name, value), end=",  ")
                print()
            print(".", end="", flush=True)

    model().fit(*blobs(16), epochs=500, verbose=0, callbacks=[Tells(0.003), EpochDots()])
    print()


def estimator():
    """A canned estimator of TensorFlow's with train_and_evaluate: steps, checkpoints, evaluations."""
    import tensorflow as tf
    from tensorflow.python.util import deprecation

    tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.INFO)
    truth.plan("tensorflow", tf.__version__, steps=1500)

    deprecation._PRINT_DEPRECATION_WARNINGS = False

    class Counts(tf.estimator.SessionRunHook):
        def after_run(self, context, values):
            pause(0.006)
            truth.step()

    class Checks(tf.estimator.SessionRunHook):
        def begin(self):
            truth.phase_begin("evaluation")

        def after_run(self, context, values):
            pause(0.06)

        def end(self, session):
            truth.phase_end()

    def batches(count=None):
        x, y = blobs(320)
        made = tf.data.Dataset.from_tensor_slices(({"x": x}, y))
        return (made.repeat() if count is None else made).batch(16)

    config = tf.estimator.RunConfig("model", save_checkpoints_steps=500, log_step_count_steps=100)
    columns = [tf.feature_column.numeric_column("x", (16,))]
    tf.estimator.train_and_evaluate(
        tf.estimator.DNNClassifier([16], columns, n_classes=4, config=config),
        tf.estimator.TrainSpec(batches, max_steps=1500, hooks=[Counts()]),
        tf.estimator.EvalSpec(lambda: batches(1), steps=10, throttle_secs=0, start_delay_secs=0, hooks=[Checks()]),
    )


FORMS = {
    "steps-per-epoch": steps_per_epoch,
    "tqdm-callback": tqdm_callback,
    "stateful": stateful,
    "multi-output": multi_output,
    "interrupt": interrupt,
    "models": models,
    "gradient-tape": gradient_tape,
    "epoch-dots": epoch_dots,
    "estimator": estimator,
}

if __name__ == "__main__":
    np.random.seed(0)
    chosen(FORMS)()
