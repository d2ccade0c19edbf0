"""Small real trainings on synthetic data: python trainings.py KIND OPTIONS-AS-JSON. See record.py for the list."""

import json
import os
import subprocess
import sys
import tempfile

import numpy as np

from recorder import Recorder

OPTIONS = {
    "epochs": 10,
    "steps": 40,
    "batch": 64,
    "width": 256,
    "validate": 1,  # every so many epochs, 0 for never
    "validation_steps": 10,
    "save": 0,  # a checkpoint every so many epochs
    "grow": 0,  # the batch doubles every so many epochs
    "lengthen": 0,  # sequences grow by so many tokens an epoch
    "patience": 0,  # early stopping: the end is noted, but it trains on, so that the plan's cost is known too
    "compile": False,
    "workers": 0,
    "burn": [],  # seconds at which another program starts and stops to use the processors
    "every": 1,  # steps between two lines of output
}


def run_loop(options, step, validate=None, save=None):
    """The loop that people write. `step(epoch)` trains a batch, `validate()` returns a loss."""
    recorder = Recorder(options["epochs"], options["steps"], options["every"])
    best, waited = float("inf"), 0
    for epoch in range(options["epochs"]):
        recorder.begin()
        for _ in range(options["steps"]):
            step(epoch)
            recorder.step()
        if validate and options["validate"] and (epoch + 1) % options["validate"] == 0:
            recorder.validation()
            loss = validate()
            recorder.validated()
            best, waited = (loss, 0) if loss < best - 1e-4 else (best, waited + 1)
        if save and options["save"] and (epoch + 1) % options["save"] == 0:
            save()
        recorder.end()
        if options["patience"] and waited >= options["patience"]:
            recorder.stop(epoch + 1)
    recorder.write()


def torch_model(kind, width):
    import torch.nn as nn

    if kind == "mlp":
        return nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 4))
    if kind == "cnn":
        return nn.Sequential(
            nn.Unflatten(1, (1, 16, 16)),
            nn.Conv2d(1, width // 8, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(width // 8, width // 4, 3, padding=1),
            nn.ReLU(),
            nn.AdaptiveAvgPool2d(4),
            nn.Flatten(),
            nn.Linear(width * 4, 4),
        )
    return Sequence(kind, width)


def Sequence(kind, width):
    import torch.nn as nn

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.embed = nn.Embedding(64, width)
            self.body = (
                nn.LSTM(width, width, batch_first=True)
                if kind == "lstm"
                else nn.TransformerEncoder(nn.TransformerEncoderLayer(width, 4, width * 2, batch_first=True), 2)
            )
            self.head = nn.Linear(width, 4)

        def forward(self, tokens):
            out = self.body(self.embed(tokens))
            return self.head((out[0] if kind == "lstm" else out)[:, -1])

    return Model()


def torch_training(kind, options):
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    model = torch_model(kind, options["width"])
    forward = torch.compile(model) if options["compile"] else model
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    loss_of = torch.nn.CrossEntropyLoss()

    def batch_of(epoch):
        size = options["batch"] * 2 ** (epoch // options["grow"] if options["grow"] else 0)
        if kind in ("lstm", "transformer"):
            tokens = rng.integers(0, 64, (size, 16 + epoch * options["lengthen"]))
            return torch.from_numpy(tokens), torch.from_numpy(tokens[:, -1] % 4)
        features = rng.normal(size=(size, 256 if kind == "cnn" else 64)).astype("float32")
        labels = (features[:, 0] > 0) * 2 + (features[:, 1] > 0)
        return torch.from_numpy(features), torch.from_numpy(labels.astype("int64"))

    def step(epoch):
        inputs, labels = batch_of(epoch)
        optimizer.zero_grad()
        loss_of(forward(inputs), labels).backward()
        optimizer.step()

    def validate():
        with torch.no_grad():
            losses = [loss_of(forward(x), y).item() for x, y in (batch_of(0) for _ in range(options["validation_steps"]))]
        return float(np.mean(losses))

    def save():
        with tempfile.NamedTemporaryFile() as file:
            torch.save([model.state_dict()] * 8, file)
            file.flush()
            os.fsync(file.fileno())

    run_loop(options, step, validate, save)


def numpy_training(options):
    """An autoencoder by hand."""
    rng = np.random.default_rng(0)
    width = options["width"]
    down = rng.normal(size=(256, width)) * 0.05
    up = rng.normal(size=(width, 256)) * 0.05

    def pass_through(inputs):
        hidden = np.tanh(inputs @ down)
        return hidden, hidden @ up - inputs

    def step(epoch):
        nonlocal down, up
        inputs = rng.normal(size=(options["batch"], 256))
        hidden, error = pass_through(inputs)
        back = (error @ up.T) * (1 - hidden**2)
        up -= 1e-3 * hidden.T @ error / len(inputs)
        down -= 1e-3 * inputs.T @ back / len(inputs)

    def validate():
        errors = [pass_through(rng.normal(size=(options["batch"], 256)))[1] for _ in range(options["validation_steps"])]
        return float(np.mean(np.square(errors)))

    def save():
        with tempfile.NamedTemporaryFile() as file:
            np.savez(file, down, up)

    run_loop(options, step, validate, save)


def jax_training(options):
    import jax
    import jax.numpy as jnp

    rng = np.random.default_rng(0)
    width = options["width"]
    sizes = [64, width, width, 4]
    weights = [jnp.array(rng.normal(size=pair) * 0.1, dtype=jnp.float32) for pair in zip(sizes, sizes[1:])]

    def loss(weights, inputs, labels):
        for each in weights[:-1]:
            inputs = jnp.tanh(inputs @ each)
        return -jnp.mean(jax.nn.log_softmax(inputs @ weights[-1])[jnp.arange(len(labels)), labels])

    update = jax.jit(lambda w, x, y: [a - 0.1 * g for a, g in zip(w, jax.grad(loss)(w, x, y))])
    evaluate = jax.jit(loss)

    def batch():
        features = rng.normal(size=(options["batch"], 64)).astype("float32")
        return features, (features[:, 0] > 0) * 2 + (features[:, 1] > 0)

    def step(epoch):
        nonlocal weights
        weights = jax.block_until_ready(update(weights, *batch()))

    def validate():
        return float(np.mean([float(evaluate(weights, *batch())) for _ in range(options["validation_steps"])]))

    run_loop(options, step, validate)


def lightgbm_training(options):
    """Boosting rounds are its epochs; it has no steps."""
    import lightgbm

    rng = np.random.default_rng(0)
    features = rng.normal(size=(options["batch"] * 100, 30))
    labels = features[:, 0] * features[:, 1] + np.sin(features[:, 2]) + rng.normal(size=len(features)) * 0.1
    recorder = Recorder(options["epochs"], None)

    def before(_):
        recorder.begin()

    before.before_iteration = True

    def after(_):
        recorder.end()

    settings = {"num_leaves": options["width"], "num_threads": 1, "verbose": -1}
    lightgbm.train(settings, lightgbm.Dataset(features, labels), options["epochs"], callbacks=[before, after])
    recorder.write()


def keras_training(options):
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    keras = tf.keras
    rng = np.random.default_rng(0)
    width = options["width"]
    recorder = Recorder(options["epochs"], options["steps"], options["every"])

    class Watch(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            recorder.begin()

        def on_train_batch_end(self, batch, logs=None):
            recorder.step()

        def on_test_begin(self, logs=None):
            recorder.validation()

        def on_test_end(self, logs=None):
            recorder.validated()

        def on_epoch_end(self, epoch, logs=None):
            recorder.end()

    def data(steps):
        features = rng.normal(size=(options["batch"] * steps, 16, 16, 1)).astype("float32")
        return features, (features[:, 0, 0, 0] > 0) * 2 + (features[:, 0, 1, 0] > 0)

    class GoOn(keras.callbacks.EarlyStopping):
        def on_epoch_end(self, epoch, logs=None):
            super().on_epoch_end(epoch, logs)
            if self.model.stop_training:
                self.model.stop_training = False
                recorder.stop(epoch + 1)

    model = keras.Sequential(
        [
            keras.layers.Conv2D(width // 8, 3, activation="relu"),
            keras.layers.Conv2D(width // 4, 3, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(4),
        ]
    )
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    callbacks = [Watch()]
    if options["patience"]:
        callbacks.append(GoOn(patience=options["patience"], min_delta=1e-4))
    model.fit(
        *data(options["steps"]),
        batch_size=options["batch"],
        epochs=options["epochs"],
        validation_data=data(options["validation_steps"]) if options["validate"] else None,
        validation_batch_size=options["batch"],
        validation_freq=options["validate"] or 1,
        callbacks=callbacks,
        verbose=0,
    )
    recorder.write()


def burn(seconds):
    """Other people's work on the same machine, from and to the given seconds."""
    begin, end = seconds
    code = f"import time; time.sleep({begin}); t = time.monotonic()\nwhile time.monotonic() - t < {end - begin}: pass"
    return [subprocess.Popen([sys.executable, "-c", code]) for _ in range(os.cpu_count() or 1)]


def main():
    kind, options = sys.argv[1], {**OPTIONS, **json.loads(sys.argv[2])}
    others = burn(options["burn"]) if options["burn"] else []
    if kind in ("numpy", "jax", "lightgbm", "keras"):
        globals()[kind + "_training"](options)
    else:
        torch_training(kind, options)
    for other in others:
        other.kill()


main()
