"""Reinforcement learning, searches and other frameworks in more of their shapes: `--form` picks one."""

import logging

from tiny import chosen, pause
from truth import truth


def sb3_dqn():
    """DQN's table each few episodes, with evaluations between."""
    import stable_baselines3 as sb3
    from stable_baselines3.common.callbacks import BaseCallback, EvalCallback

    class Tells(BaseCallback):
        def _on_step(self):
            truth.step(self.num_timesteps)
            if self.num_timesteps % 100 == 0:
                pause(0.1)
            return True

    truth.plan("stable-baselines3", sb3.__version__, steps=3000)
    model = sb3.DQN("MlpPolicy", "CartPole-v1", verbose=1, learning_starts=100, seed=0)
    checks = EvalCallback(model.get_env(), eval_freq=1000, n_eval_episodes=2)
    model.learn(3000, callback=[Tells(), checks], log_interval=20)


def sb3_twice():
    """A2C's learn called twice, the second time going on."""
    import stable_baselines3 as sb3
    from stable_baselines3.common.callbacks import BaseCallback

    class Tells(BaseCallback):
        def _on_step(self):
            truth.step(self.num_timesteps)
            if self.num_timesteps % 50 == 0:
                pause(0.1)
            return True

    truth.plan("stable-baselines3", sb3.__version__, steps=2000)
    model = sb3.A2C("MlpPolicy", "CartPole-v1", verbose=1, seed=0)
    model.learn(1000, callback=Tells(), log_interval=25)
    model.learn(1000, callback=Tells(), log_interval=25, reset_num_timesteps=False)


def optuna_epochs():
    """Trials that each train some epochs and print them."""
    import optuna
    from printed_loops import Softmax

    truth.plan("optuna", optuna.__version__, steps_of="epoch")

    def objective(trial):
        rate = trial.suggest_float("rate", 0.01, 0.1)
        truth.stage(f"trial {trial.number}", 3, None)
        model = Softmax(0.02)
        for epoch in range(1, 4):
            truth.epoch(epoch)
            loss = sum(model.step() for _ in range(15)) / 15
            truth.epoch_end()
            print(f"Epoch {epoch}/3 loss={loss * (1 + rate):.4f}")
        return loss

    optuna.create_study().optimize(objective, n_trials=4)


def optuna_bar():
    """Its own progress bar, with quiet trials."""
    import optuna
    from printed_loops import Softmax

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    truth.plan("optuna", optuna.__version__, steps=12)

    def objective(trial):
        trial.suggest_float("rate", 0.01, 0.1)
        model = Softmax(0.02)
        return sum(model.step() for _ in range(10)) / 10

    study = optuna.create_study()
    study.optimize(objective, 12, show_progress_bar=True, callbacks=[lambda *_: truth.step()])


def mmengine_iterations():
    """IterBasedTrainLoop with a validation every 20 iterations."""
    import mmengine
    import torch
    from mmengine.evaluator import BaseMetric
    from mmengine.hooks import Hook
    from mmengine.model import BaseModel
    from mmengine.runner import Runner
    from tiny import blobs

    class Model(BaseModel):
        def __init__(self):
            super().__init__()
            self.layer = torch.nn.Linear(16, 4)

        def forward(self, *batch, mode):
            x, y = (torch.stack(list(part)) if isinstance(part, (list, tuple)) else part for part in batch)
            scores = self.layer(x)
            return (scores, y) if mode == "predict" else {"loss": torch.nn.functional.cross_entropy(scores, y)}

    class Accuracy(BaseMetric):
        def process(self, batch, samples):
            scores, labels = samples
            self.results.append({"right": (scores.argmax(1) == labels).float().mean().item()})

        def compute_metrics(self, results):
            return {"accuracy": sum(entry["right"] for entry in results) / len(results)}

    class Tells(Hook):
        def after_train_iter(self, runner, batch_idx, data_batch=None, outputs=None):
            pause(0.04)
            truth.step(runner.iter + 1)

    truth.plan("mmengine", mmengine.__version__, steps=60)
    x, y = blobs(320)
    data = torch.utils.data.TensorDataset(torch.from_numpy(x), torch.from_numpy(y))
    load = {"batch_size": 16, "sampler": {"type": "InfiniteSampler"}, "num_workers": 0}
    check = {"batch_size": 16, "sampler": {"type": "DefaultSampler", "shuffle": False}, "num_workers": 0}
    Runner(
        Model(),
        "work",
        train_dataloader={**load, "dataset": data},
        val_dataloader={**check, "dataset": data},
        train_cfg={"type": "IterBasedTrainLoop", "max_iters": 60, "val_interval": 20},
        val_cfg={},
        val_evaluator=[Accuracy()],
        optim_wrapper={"optimizer": {"type": "SGD", "lr": 0.01}},
        custom_hooks=[Tells()],
        default_hooks={"logger": {"type": "LoggerHook", "interval": 5}},
        log_processor={"by_epoch": False},
    ).train()


def ranks():
    """What torchrun starts: rank 0 has a bar, all ranks log."""
    import os

    from printed_loops import Softmax
    from tqdm import tqdm

    rank = int(os.environ.get("RANK", "0"))
    logging.basicConfig(level=logging.INFO, format=f"%(asctime)s [rank {rank}] %(message)s")
    if rank == 0:
        truth.plan("own loop", "-", 3, 20)
    model = Softmax(0.05)
    for epoch in range(1, 4):
        if rank == 0:
            truth.epoch(epoch)
        for _ in tqdm(range(20), desc=f"Epoch {epoch}/3", disable=rank != 0):
            loss = model.step()
            if rank == 0:
                truth.step()
        if rank == 0:
            truth.epoch_end()
        pause(0.2)
        logging.info("epoch %d done, loss %.4f", epoch, loss)
        pause(0.2)


FORMS = {
    "sb3-dqn": sb3_dqn,
    "sb3-twice": sb3_twice,
    "optuna-epochs": optuna_epochs,
    "optuna-bar": optuna_bar,
    "mmengine-iterations": mmengine_iterations,
    "ranks": ranks,
}

if __name__ == "__main__":
    chosen(FORMS)()
