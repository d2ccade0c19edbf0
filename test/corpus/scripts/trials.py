"""Searches over hyperparameters: Optuna, with or without its bar, or Ray Tune; trials are steps of the run."""

import argparse

from tiny import pause
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--with", dest="library", choices=["optuna", "ray"], required=True)
parser.add_argument("--bar", action="store_true")
asked = parser.parse_args()


def run_optuna():
    import optuna

    def objective(trial):
        rate = trial.suggest_float("lr", 1e-5, 1e-1, log=True)
        pause(0.4)
        return rate * trial.suggest_int("layers", 1, 4)

    truth.plan(
        "optuna",
        optuna.__version__,
        steps=15,
        notes="Trials, counted from 0 on the screen; the total is printed only by the bar",
    )
    study = optuna.create_study()
    study.optimize(
        objective,
        n_trials=15,
        show_progress_bar=asked.bar,
        callbacks=[lambda study, trial: truth.step(trial.number + 1)],
    )
    print("Best trial:", study.best_trial.params)


def run_ray():
    import ray
    from ray import tune

    def trainable(config):
        for number in range(5):
            pause(0.2)
            tune.report({"loss": config["lr"] / (number + 1)})

    class Tell(tune.Callback):
        done = 0

        def on_trial_complete(self, iteration, trials, trial, **info):
            Tell.done += 1
            truth.step(Tell.done)

    truth.plan("ray", ray.__version__, steps=6, notes="Trials")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=80_000_000)
    tune.Tuner(
        trainable,
        param_space={"lr": tune.uniform(0.001, 0.1)},
        tune_config=tune.TuneConfig(num_samples=6, metric="loss", mode="min"),
        run_config=tune.RunConfig(callbacks=[Tell()], storage_path="/tmp/ray-results"),
    ).fit()


{"optuna": run_optuna, "ray": run_ray}[asked.library]()
