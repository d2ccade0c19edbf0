"""Gradient boosting: XGBoost, LightGBM, CatBoost; rounds are steps of a run without epochs."""

import argparse

from tiny import blobs, pause
from truth import truth

parser = argparse.ArgumentParser()
parser.add_argument("--with", dest="library", choices=["xgboost", "lightgbm", "catboost"], required=True)
parser.add_argument("--rounds", type=int, default=60)
parser.add_argument("--every", type=int, default=1)
parser.add_argument("--early", action="store_true")
asked = parser.parse_args()
x, y = blobs(1500, classes=2)
x += 2 * blobs(1500, seed=3)[0]
train, valid = (x[:1000], y[:1000]), (x[1000:], y[1000:])


def plan(version):
    truth.plan(
        asked.library,
        version,
        steps=asked.rounds,
        notes="Rounds; counted from 0 on the screen" if asked.library != "lightgbm" else "Rounds",
    )


def after_round(number):
    pause(0.08)
    truth.step(number + 1)


def xgboost():
    import xgboost as library

    class Tell(library.callback.TrainingCallback):
        def after_iteration(self, model, epoch, evals_log):
            after_round(epoch)
            return False

    plan(library.__version__)
    library.train(
        {"max_depth": 3, "objective": "binary:logistic", "nthread": 1},
        library.DMatrix(*train),
        asked.rounds,
        evals=[(library.DMatrix(*train), "train"), (library.DMatrix(*valid), "eval")],
        verbose_eval=asked.every,
        early_stopping_rounds=5 if asked.early else None,
        callbacks=[Tell()],
    )


def lightgbm():
    import lightgbm as library

    plan(library.__version__)
    callbacks = [lambda state: after_round(state.iteration), library.log_evaluation(asked.every)]
    if asked.early:
        callbacks.append(library.early_stopping(5))
    library.train(
        {"objective": "binary", "num_threads": 1, "num_leaves": 7},
        library.Dataset(*train),
        asked.rounds,
        valid_sets=[library.Dataset(*valid)],
        callbacks=callbacks,
    )


def catboost():
    import catboost as library

    class Tell:
        def after_iteration(self, info):
            after_round(info.iteration - 1)
            return True

    plan(library.__version__)
    model = library.CatBoostClassifier(
        iterations=asked.rounds,
        depth=3,
        thread_count=1,
        verbose=asked.every,
        allow_writing_files=False,
        early_stopping_rounds=5 if asked.early else None,
    )
    model.fit(*train, eval_set=valid, callbacks=[Tell()])


{"xgboost": xgboost, "lightgbm": lightgbm, "catboost": catboost}[asked.library]()
