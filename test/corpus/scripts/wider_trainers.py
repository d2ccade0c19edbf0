"""Trainers of the other frameworks in further settings of theirs: `--form` picks one."""

import os
from importlib.metadata import version

import numpy as np
from tiny import blobs, chosen, pause, quiet
from truth import truth


def tensors(batches, size=16):
    import torch

    return tuple(torch.from_numpy(part) for part in blobs(size * batches))


def loader(batches, size=16):
    import torch

    return torch.utils.data.DataLoader(torch.utils.data.TensorDataset(*tensors(batches, size)), batch_size=size)


def network(width=24):
    import torch

    return torch.nn.Sequential(torch.nn.Linear(16, width), torch.nn.ReLU(), torch.nn.Linear(width, 4))


def fastai_learner(steps, checks, stages=()):
    """A learner that tells; `stages` names its fits, `silent` is true while it looks for a learning rate."""
    from fastai.callback.core import Callback
    from fastai.callback.schedule import Learner
    from fastai.data.core import DataLoaders
    from fastai.data.load import DataLoader
    from fastai.metrics import accuracy
    from torch.nn.functional import cross_entropy

    names = iter(stages)

    class Tells(Callback):
        order = -5
        silent = False

        def before_fit(self):
            if stages and not self.silent:
                truth.stage(next(names), self.n_epoch, steps)

        def before_epoch(self):
            if not self.silent:
                truth.epoch(self.epoch + 1)

        def after_batch(self):
            pause(0.04)
            if self.training and not self.silent:
                truth.step()

        def after_train(self):
            if not self.silent:
                truth.epoch_end()

        def before_validate(self):
            truth.phase_begin("validation")

        def after_validate(self):
            truth.phase_end()

    tells = Tells()
    made = [DataLoader(list(zip(*tensors(count))), bs=16) for count in (steps, checks)]
    return Learner(DataLoaders(*made), network(), loss_func=cross_entropy, metrics=accuracy, cbs=[tells]), tells


def fastai_lr_find():
    """lr_find, then fine_tune: frozen epochs and those of all layers."""
    truth.plan("fastai", version("fastai"), steps_of="epoch")
    learner, tells = fastai_learner(28, 7, ("frozen", "all layers"))
    tells.silent = True
    with truth.phase("learning rate"):
        print(learner.lr_find(num_it=60, show_plot=False))
    tells.silent = False
    learner.fine_tune(4, base_lr=2e-3, freeze_epochs=2)


def fastai_no_bar():
    """Without bars: the table's rows are printed as lists."""
    truth.plan("fastai", version("fastai"), 9, 22)
    learner, _ = fastai_learner(22, 6)
    with learner.no_bar():
        learner.fit_one_cycle(9, 1e-2)


def ultralytics_classify():
    """A classifier on images in folders, stopped early, validated again at the end."""
    from PIL import Image

    import ultralytics

    rng = np.random.default_rng(0)
    truth.plan("ultralytics", ultralytics.__version__, 12, 15)
    for part, count in (("train", 60), ("val", 16)):
        for label, name in enumerate(("cat", "dog")):
            os.makedirs(f"pets/{part}/{name}")
            for number in range(count // 2):
                pixels = rng.integers(0, 200, (64, 64, 3), dtype=np.uint8)
                pixels[:, :, label] += 50
                Image.fromarray(pixels).save(f"pets/{part}/{name}/{number}.png")
    with open("tiny-cls.yaml", "w", encoding="utf-8") as file:
        file.write("nc: 2\nbackbone:\n  - [-1, 1, Conv, [8, 3, 2]]\n  - [-1, 1, Conv, [16, 3, 2]]\nhead:\n  - [-1, 1, Classify, [nc]]\n")
    model = ultralytics.YOLO("tiny-cls.yaml", task="classify")

    def batch_end(trainer):
        pause(0.05)
        truth.step()

    model.add_callback("on_train_epoch_start", lambda trainer: truth.epoch(trainer.epoch + 1))
    model.add_callback("on_train_batch_end", batch_end)
    model.add_callback("on_train_epoch_end", lambda trainer: truth.epoch_end())
    model.add_callback("on_val_start", lambda validator: truth.phase_begin("validation"))
    model.add_callback("on_val_end", lambda validator: truth.phase_end())
    given = {"workers": 0, "device": "cpu", "plots": False, "optimizer": "SGD", "amp": False}
    model.train(data=os.path.abspath("pets"), epochs=12, patience=4, imgsz=64, batch=4, **given)


def mmengine_resumed():
    """Goes on at the fourth of eight epochs from its last checkpoint; the best one is kept."""
    import mmengine
    import torch
    from mmengine.evaluator import BaseMetric
    from mmengine.hooks import Hook
    from mmengine.model import BaseModel
    from mmengine.runner import Runner

    class Model(BaseModel):
        def __init__(self):
            super().__init__()
            self.layer = torch.nn.Linear(16, 4)

        def forward(self, x, y, mode):
            x = torch.stack(list(x)) if isinstance(x, (list, tuple)) else x
            y = torch.as_tensor(y)
            pause(0.04)
            scores = self.layer(x)
            return {"loss": torch.nn.functional.cross_entropy(scores, y)} if mode == "loss" else (scores, y)

    class Accuracy(BaseMetric):
        default_prefix = "accuracy"

        def process(self, batch, samples):
            self.results.append((samples[0].argmax(1) == samples[1]).float().mean().item())

        def compute_metrics(self, results):
            return {"top1": 100 * sum(results) / len(results)}

    class Tells(Hook):
        priority = "NORMAL"

        def before_train_epoch(self, runner):
            truth.epoch(runner.epoch + 1)

        def after_train_iter(self, runner, batch_idx, data_batch=None, outputs=None):
            truth.step()

        def after_train_epoch(self, runner):
            truth.epoch_end()

        def before_val(self, runner):
            truth.phase_begin("validation")

        def after_val(self, runner):
            truth.phase_end()

    def run(epochs, name, hooks=(), **more):
        def load(count):
            return {"batch_size": 16, "num_workers": 0, "sampler": {"type": "DefaultSampler", "shuffle": True}, "dataset": torch.utils.data.TensorDataset(*tensors(count))}

        Runner(
            Model(),
            "work_dirs",
            train_dataloader=load(26),
            val_dataloader=load(8),
            train_cfg={"by_epoch": True, "max_epochs": epochs, "val_interval": 2},
            val_cfg={},
            val_evaluator=[Accuracy()],
            optim_wrapper={"optimizer": {"type": "SGD", "lr": 0.01}, "accumulative_counts": 2},
            param_scheduler={"type": "MultiStepLR", "milestones": [5], "by_epoch": True},
            default_hooks={"logger": {"type": "LoggerHook", "interval": 10}, "checkpoint": {"type": "CheckpointHook", "interval": 1, "save_best": "accuracy/top1"}},
            custom_hooks=list(hooks),
            experiment_name=name,
            **more,
        ).train()

    with quiet():
        run(3, "first")
    truth.plan("mmengine", mmengine.__version__, 8, 26, 4)
    run(8, "second", [Tells()], resume=True)


def ignite_parts(epochs, steps):
    """A trainer that tells, and an evaluator."""
    import ignite
    import torch
    from ignite.engine import Events, create_supervised_evaluator, create_supervised_trainer
    from ignite.metrics import Accuracy, Loss

    truth.plan("ignite", ignite.__version__, epochs, steps)
    model = network()
    loss = torch.nn.functional.cross_entropy
    trainer = create_supervised_trainer(model, torch.optim.SGD(model.parameters(), lr=0.02), loss)
    evaluator = create_supervised_evaluator(model, metrics={"accuracy": Accuracy(), "nll": Loss(loss)})

    @trainer.on(Events.EPOCH_STARTED)
    def begin():
        truth.epoch(trainer.state.epoch)

    @trainer.on(Events.ITERATION_COMPLETED)
    def step():
        pause(0.04)
        truth.step()

    trainer.add_event_handler(Events.EPOCH_COMPLETED, truth.epoch_end)
    evaluator.add_event_handler(Events.STARTED, lambda: truth.phase_begin("validation"))
    evaluator.add_event_handler(Events.ITERATION_COMPLETED, lambda: pause(0.03))
    evaluator.add_event_handler(Events.COMPLETED, truth.phase_end)
    return trainer, evaluator, Events


def ignite_mnist():
    """Ignite's MNIST example: a bar by hand, advanced each 10 iterations, results of two evaluations above it."""
    from tqdm import tqdm

    epochs, steps = 5, 50
    trainer, evaluator, events = ignite_parts(epochs, steps)
    bar = tqdm(initial=0, leave=False, total=steps, desc=f"ITERATION - loss: {0:.2f}")

    @trainer.on(events.ITERATION_COMPLETED(every=10))
    def advance(engine):
        bar.desc = f"ITERATION - loss: {engine.state.output:.2f}"
        bar.update(10)

    @trainer.on(events.EPOCH_COMPLETED)
    def results(engine):
        bar.refresh()
        for name, batches in (("Training", 12), ("Validation", 5)):
            evaluator.run(loader(batches))
            found = evaluator.state.metrics
            tqdm.write(f"{name} Results - Epoch: {engine.state.epoch} Avg accuracy: {found['accuracy']:.2f} Avg loss: {found['nll']:.2f}")
        bar.n = bar.last_print_n = 0

    trainer.run(loader(steps), max_epochs=epochs)
    bar.close()


def ignite_logger():
    """setup_logger's lines of trainer and evaluator, an early stop."""
    from ignite.handlers import EarlyStopping
    from ignite.utils import setup_logger

    trainer, evaluator, events = ignite_parts(20, 30)
    trainer.logger = setup_logger("trainer")
    evaluator.logger = setup_logger("evaluator")
    stop = EarlyStopping(4, lambda engine: round(engine.state.metrics["accuracy"], 1), trainer, min_delta=0.1)
    stop.logger = setup_logger("early stopping")
    evaluator.add_event_handler(events.COMPLETED, stop)
    trainer.add_event_handler(events.EPOCH_COMPLETED, lambda: evaluator.run(loader(10)))
    trainer.run(loader(30), max_epochs=20)


def skorch_net(epochs, seconds=0.04, on_begin=None, **more):
    import torch
    from skorch import NeuralNetClassifier
    from skorch.callbacks import Callback

    class Tells(Callback):
        def on_train_begin(self, net, **_):
            if on_begin:
                on_begin()

        def on_epoch_begin(self, net, **_):
            truth.epoch(len(net.history))

        def on_batch_end(self, net, training=False, **_):
            pause(seconds)
            if training:
                truth.step()

        def on_epoch_end(self, net, **_):
            truth.epoch_end()

    module = torch.nn.Sequential(network(), torch.nn.Softmax(-1))
    callbacks = [("tells", Tells()), *more.pop("callbacks", [])]
    return NeuralNetClassifier(module, max_epochs=epochs, batch_size=16, callbacks=callbacks, **more)


def skorch_grid():
    """GridSearchCV over a net: a table for each fit between scikit-learn's lines, and the refit."""
    from sklearn.model_selection import GridSearchCV

    truth.plan("skorch", version("skorch"), steps_of="epoch")
    fits = iter(range(1, 99))
    net = skorch_net(4, 0.02, lambda: truth.stage(f"fit {next(fits)}", 4, None), train_split=None)
    x, y = blobs(240)
    search = GridSearchCV(net, {"lr": [0.01, 0.1]}, cv=2, verbose=2, scoring="accuracy").fit(x, y)
    print(f"Best: {search.best_score_:.4f} using {search.best_params_}")


def skorch_stop():
    """An early stop, a scheduler, a score more in the table."""
    from skorch.callbacks import EarlyStopping, EpochScoring, LRScheduler

    truth.plan("skorch", version("skorch"), 30, 20)
    said = [
        ("f1", EpochScoring("f1_macro", lower_is_better=False, name="valid_f1")),
        ("rate", LRScheduler("StepLR", step_size=3)),
        ("stop", EarlyStopping(patience=3, threshold=0.1)),
    ]
    net = skorch_net(30, callbacks=said, lr=0.1)
    net.fit(*blobs(400))


def catalyst_stages():
    """Two trainings one after another: a pretext task, then the fine-tuning, each with its bars."""
    import catalyst
    import torch
    from catalyst import dl

    class Tells(dl.Callback):
        def __init__(self):
            super().__init__(order=0)

        def on_epoch_start(self, runner):
            truth.epoch(runner.epoch_step)

        def on_loader_start(self, runner):
            if not runner.is_train_loader:
                truth.phase_begin("validation")

        def on_batch_end(self, runner):
            pause(0.03)
            if runner.is_train_loader:
                truth.step()

        def on_loader_end(self, runner):
            truth.epoch_end() if runner.is_train_loader else truth.phase_end()

    truth.plan("catalyst", catalyst.__version__, steps_of="epoch")
    model = network()
    for name, epochs, steps in (("pretraining", 2, 36), ("fine-tuning", 4, 18)):
        print(f"*** {name} ***")
        truth.stage(name, epochs, steps)
        dl.SupervisedRunner().train(
            model=model,
            criterion=torch.nn.CrossEntropyLoss(),
            optimizer=torch.optim.Adam(model.parameters(), lr=1e-3),
            loaders={"train": loader(steps), "valid": loader(7)},
            num_epochs=epochs,
            verbose=True,
            callbacks=[Tells(), dl.AccuracyCallback(input_key="logits", target_key="targets", num_classes=4)],
            engine=dl.CPUEngine(),
        )


def tabnet_pretrained():
    """Unsupervised pretraining, then the classifier: both a line an epoch, from 0."""
    import torch
    from pytorch_tabnet.callbacks import Callback
    from pytorch_tabnet.pretraining import TabNetPretrainer
    from pytorch_tabnet.tab_model import TabNetClassifier

    class Tells(Callback):
        def __init__(self, steps):
            self.steps = steps

        def on_epoch_begin(self, epoch, logs=None):
            truth.epoch(epoch + 1)

        def on_batch_end(self, batch, logs=None):
            pause(0.04)
            truth.step()
            if batch + 1 == self.steps:
                truth.epoch_end()

    truth.plan("pytorch-tabnet", version("pytorch-tabnet"), steps_of="epoch")
    x, y = blobs(500)
    given = {"n_d": 4, "n_a": 4, "n_steps": 2, "device_name": "cpu", "seed": 1}
    sizes = {"batch_size": 40, "virtual_batch_size": 20, "num_workers": 0}
    truth.stage("pretraining", 8, 10)
    print("Pretraining")
    first = TabNetPretrainer(**given, optimizer_fn=torch.optim.Adam)
    first.fit(x[:400], eval_set=[x[400:]], max_epochs=8, patience=0, callbacks=[Tells(10)], **sizes)
    truth.stage("classifier", 15, 10)
    print("\nTraining")
    TabNetClassifier(**given).fit(
        x[:400], y[:400], eval_set=[(x[400:], y[400:])], eval_name=["valid"], eval_metric=["accuracy", "logloss"], max_epochs=15, patience=0, from_unsupervised=first, callbacks=[Tells(10)], **sizes
    )


def deepspeed_accumulate():
    """Micro batches on a tqdm bar, the engine's own lines about its optimizer steps between."""
    os.environ.update(RANK="0", LOCAL_RANK="0", WORLD_SIZE="1", MASTER_ADDR="127.0.0.1", MASTER_PORT="29763")
    import deepspeed
    import torch
    from deepspeed.utils.logging import set_log_level_from_string
    from tqdm import tqdm

    set_log_level_from_string("info")
    epochs, steps = 4, 64
    truth.plan("deepspeed", deepspeed.__version__, epochs, steps)
    model = network()
    config = {
        "train_micro_batch_size_per_gpu": 8,
        "gradient_accumulation_steps": 4,
        "steps_per_print": 8,
        "optimizer": {"type": "Adam", "params": {"lr": 1e-3, "torch_adam": True}},
    }
    engine, *_ = deepspeed.initialize(model=model, model_parameters=model.parameters(), config=config)
    for epoch in range(epochs):
        truth.epoch(epoch + 1)
        bar = tqdm(loader(steps, 8), desc=f"Epoch {epoch + 1}/{epochs}", disable=engine.local_rank > 0)
        for x, y in bar:
            loss = torch.nn.functional.cross_entropy(engine(x), y)
            engine.backward(loss)
            pause(0.04)
            truth.step()
            engine.step()
            bar.set_postfix(loss=f"{loss.item():.3f}")
        truth.epoch_end()


def paddle_loop():
    """The loop of Paddle's tutorials: epochs and batches from 0, a line each 10 batches, a validation."""
    import paddle

    epochs, steps = 5, 45
    truth.plan("paddlepaddle", paddle.__version__, epochs, steps)
    model = paddle.nn.Linear(16, 4)
    optimizer = paddle.optimizer.Adam(learning_rate=0.001, parameters=model.parameters())
    x, y = blobs(16 * steps)
    for epoch in range(epochs):
        truth.epoch(epoch + 1)
        for number in range(steps):
            rows = slice(16 * number, 16 * number + 16)
            loss = paddle.nn.functional.cross_entropy(model(paddle.to_tensor(x[rows])), paddle.to_tensor(y[rows]))
            loss.backward()
            optimizer.step()
            optimizer.clear_grad()
            pause(0.04)
            truth.step()
            if number % 10 == 0:
                print(f"epoch: {epoch}, batch_id: {number}, loss is: {loss.numpy()}")
        truth.epoch_end()
        with truth.phase("validation"):
            pause(0.5)
        print(f"[validation] accuracy/loss: {0.7 + epoch / 20:.4f}/{float(loss):.4f}")


def paddle_fit():
    """Model.fit with an evaluation each second epoch and saves."""
    import paddle

    class Tells(paddle.callbacks.Callback):
        def on_epoch_begin(self, epoch=None, logs=None):
            truth.epoch(epoch + 1)

        def on_train_batch_end(self, step, logs=None):
            pause(0.05)
            truth.step(step + 1)
            if step == 31:
                truth.epoch_end()

        def on_eval_begin(self, logs=None):
            truth.phase_begin("validation")

        def on_eval_batch_end(self, step, logs=None):
            pause(0.03)

        def on_eval_end(self, logs=None):
            truth.phase_end()

    truth.plan("paddlepaddle", paddle.__version__, 6, 32)
    model = paddle.Model(paddle.nn.Linear(16, 4))
    model.prepare(paddle.optimizer.Adam(parameters=model.parameters()), paddle.nn.CrossEntropyLoss(), paddle.metric.Accuracy())

    class Samples(paddle.io.Dataset):
        def __init__(self, count):
            super().__init__()
            self.x, self.y = blobs(count)

        def __len__(self):
            return len(self.x)

        def __getitem__(self, at):
            return self.x[at], self.y[at : at + 1]

    model.fit(Samples(32 * 8), Samples(72), batch_size=8, epochs=6, eval_freq=2, log_freq=8, save_dir="saved", save_freq=2, callbacks=[Tells(), paddle.callbacks.ProgBarLogger(8, verbose=1)])


def flax_steps():
    """Flax NNX's tutorial: train and test results each 150 of 900 steps, no epochs."""
    import flax
    import optax
    from flax import nnx

    total, every = 900, 150
    truth.plan("flax", flax.__version__, steps=total)
    model = nnx.Linear(16, 4, rngs=nnx.Rngs(0))
    optimizer = nnx.Optimizer(model, optax.adamw(1e-3), wrt=nnx.Param)
    x, y = blobs(1600)

    @nnx.jit
    def train_step(model, optimizer, x, y):
        def loss_of(model):
            return optax.softmax_cross_entropy_with_integer_labels(model(x), y).mean()

        loss, gradients = nnx.value_and_grad(loss_of)(model)
        optimizer.update(model, gradients)
        return loss

    for step in range(total):
        rows = slice(16 * (step % 100), 16 * (step % 100) + 16)
        loss = float(train_step(model, optimizer, x[rows], y[rows]))
        pause(0.012)
        truth.step()
        if step > 0 and (step % every == 0 or step == total - 1):
            with truth.phase("test"):
                pause(0.3)
            print(f"[train] step: {step}, loss: {loss:.4f}, accuracy: {90 - 9 * loss:.2f}")
            print(f"[test] step: {step}, loss: {1.1 * loss:.4f}, accuracy: {89 - 9 * loss:.2f}")


FORMS = {
    "fastai-lr-find": fastai_lr_find,
    "fastai-no-bar": fastai_no_bar,
    "ultralytics-classify": ultralytics_classify,
    "mmengine-resumed": mmengine_resumed,
    "ignite-mnist": ignite_mnist,
    "ignite-logger": ignite_logger,
    "skorch-grid": skorch_grid,
    "skorch-stop": skorch_stop,
    "catalyst-stages": catalyst_stages,
    "tabnet-pretrained": tabnet_pretrained,
    "deepspeed-accumulate": deepspeed_accumulate,
    "paddle-loop": paddle_loop,
    "paddle-fit": paddle_fit,
    "flax-steps": flax_steps,
}

if __name__ == "__main__":
    np.random.seed(0)
    chosen(FORMS)()
