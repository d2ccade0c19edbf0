"""Boosting, scikit-learn, reinforcement learning, searches, spaCy and gensim in further settings: `--form` picks one."""

import logging
from importlib.metadata import version

import numpy as np
from tiny import blobs, chosen, pause, quiet
from truth import truth


def split(samples=700, held=200):
    x, y = blobs(samples, classes=2)
    x += 3 * blobs(samples, seed=5)[0]
    return x[:-held], y[:-held], x[-held:], y[-held:]


def folds(count, samples=600):
    from sklearn.model_selection import StratifiedKFold

    x, y, _, _ = split(samples + 200)
    for rows, others in StratifiedKFold(count, shuffle=True, random_state=0).split(x, y):
        yield x[rows], y[rows], x[others], y[others]


def xgboost_tells(seconds=0.05):
    import xgboost

    class Tells(xgboost.callback.TrainingCallback):
        def after_iteration(self, model, epoch, logs):
            pause(seconds)
            truth.step(epoch + 1)
            return False

    return Tells()


def lightgbm_tells(seconds=0.05):
    def tells(state):
        pause(seconds)
        truth.step(state.iteration + 1)

    return tells


class CatBoostTells:
    """The wait belongs to the next round."""

    def after_iteration(self, info):
        truth.step(info.iteration)
        pause(0.05)
        return True


def xgboost_cv():
    """xgb.cv: the mean and the deviation of five folds in each round."""
    import xgboost

    truth.plan("xgboost", xgboost.__version__, steps=120)
    x, y, _, _ = split()
    given = {"objective": "binary:logistic", "eval_metric": "auc", "max_depth": 3, "eta": 0.1, "nthread": 1}
    found = xgboost.cv(given, xgboost.DMatrix(x, y), 120, nfold=5, verbose_eval=10, callbacks=[xgboost_tells(0.06)])
    print(found.tail(1))


def xgboost_early():
    """Stopped early, a line each 25 rounds with three metrics, then a second training that goes on from it."""
    import xgboost

    truth.plan("xgboost", xgboost.__version__, steps_of="run")
    x, y, xv, yv = split()
    train, valid = xgboost.DMatrix(x, y), xgboost.DMatrix(xv, yv)
    given = {"objective": "binary:logistic", "eval_metric": ["auc", "error", "logloss"], "max_depth": 4, "eta": 0.2, "nthread": 1}
    truth.stage("search", None, 1000)
    made = xgboost.train(given, train, 1000, evals=[(train, "train"), (valid, "valid")], verbose_eval=25, early_stopping_rounds=50, callbacks=[xgboost_tells()])
    print(f"best iteration: {made.best_iteration}, best score: {made.best_score:.5f}")
    truth.stage("full data", None, 40)
    whole = xgboost.DMatrix(np.concatenate([x, xv]), np.concatenate([y, yv]))
    xgboost.train(given, whole, 40, evals=[(whole, "full")], verbose_eval=5, callbacks=[xgboost_tells()])


def lightgbm_folds():
    """Five folds with early stopping, a line each 20 rounds, the fold's score after it."""
    import lightgbm

    truth.plan("lightgbm", lightgbm.__version__, steps_of="run")
    given = {"objective": "binary", "metric": "auc", "num_threads": 1, "num_leaves": 7, "learning_rate": 0.05}
    scores = []
    for fold, (x, y, xv, yv) in enumerate(folds(5), 1):
        truth.stage(f"fold {fold}", None, 500)
        print("-" * 20, "Fold", fold, "-" * 20)
        train = lightgbm.Dataset(x, y)
        said = [lightgbm.early_stopping(20), lightgbm.log_evaluation(20), lightgbm_tells(0.03)]
        made = lightgbm.train(given, train, 500, valid_sets=[train, lightgbm.Dataset(xv, yv)], callbacks=said)
        scores.append(made.best_score["valid_1"]["auc"])
        print(f"Fold {fold} AUC: {scores[-1]:.5f}")
    print(f"CV AUC: {np.mean(scores):.5f} ± {np.std(scores):.5f}")


def catboost_folds():
    """Three folds with the overfitting detector, a line each 25 rounds, the best model kept."""
    import catboost

    truth.plan("catboost", catboost.__version__, steps_of="run")
    for fold, (x, y, xv, yv) in enumerate(folds(3)):
        truth.stage(f"fold {fold}", None, 400)
        print(f"\nTraining on fold {fold}")
        made = catboost.CatBoostClassifier(
            iterations=400, depth=3, learning_rate=0.15, eval_metric="AUC", od_type="Iter", od_wait=30, verbose=25, thread_count=1, allow_writing_files=False
        )
        made.fit(x, y, eval_set=(xv, yv), use_best_model=True, callbacks=[CatBoostTells()])


def ensemble():
    """LightGBM, XGBoost and CatBoost one after another, as for a competition."""
    import catboost
    import lightgbm
    import xgboost

    truth.plan("own loop", "-", steps_of="run")
    x, y, xv, yv = split()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s | %(message)s", datefmt="%H:%M:%S")
    logging.info("Training LightGBM")
    truth.stage("lightgbm", None, 100)
    made = lightgbm.LGBMClassifier(n_estimators=100, num_leaves=7, n_jobs=1, verbosity=-1)
    made.fit(x, y, eval_set=[(xv, yv)], callbacks=[lightgbm.log_evaluation(20), lightgbm_tells(0.04)])
    logging.info("LightGBM accuracy: %.4f", made.score(xv, yv))
    logging.info("Training XGBoost")
    truth.stage("xgboost", None, 80)
    made = xgboost.XGBClassifier(n_estimators=80, max_depth=3, n_jobs=1, callbacks=[xgboost_tells(0.04)])
    made.fit(x, y, eval_set=[(xv, yv)], verbose=20)
    logging.info("XGBoost accuracy: %.4f", made.score(xv, yv))
    logging.info("Training CatBoost")
    truth.stage("catboost", None, 120)
    made = catboost.CatBoostClassifier(iterations=120, depth=3, verbose=20, thread_count=1, allow_writing_files=False)
    made.fit(x, y, eval_set=(xv, yv), callbacks=[CatBoostTells()])
    logging.info("CatBoost accuracy: %.4f", made.score(xv, yv))


def sklearn_kmeans():
    """KMeans(verbose=1) with several initializations: iterations from 0 in each."""
    import sklearn
    from sklearn.cluster import KMeans, _kmeans

    truth.plan("scikit-learn", sklearn.__version__, steps_of="run")
    one, step = _kmeans._kmeans_single_lloyd, _kmeans.lloyd_iter_chunked_dense
    runs = iter(range(1, 99))

    def single(*given, **named):
        truth.stage(f"initialization {next(runs)}", None, 300)
        return one(*given, **named)

    def iteration(*given, **named):
        found = step(*given, **named)
        if named.get("update_centers", True) and not (len(given) > 7 and given[7] is False):
            pause(0.15)
            truth.step()
        return found

    _kmeans._kmeans_single_lloyd, _kmeans.lloyd_iter_chunked_dense = single, iteration
    x, _ = blobs(3000, classes=9)
    KMeans(9, n_init=4, init="random", verbose=1, random_state=3).fit(x)


def sklearn_partial():
    """partial_fit in a loop of one's own, with tqdm over the chunks and a score of each epoch."""
    import sklearn
    from sklearn.neural_network import MLPClassifier
    from tqdm import tqdm

    epochs, steps = 7, 25
    truth.plan("scikit-learn", sklearn.__version__, epochs, steps)
    x, y, xv, yv = split(16 * steps + 100, 100)
    made = MLPClassifier((16,), random_state=0)
    for epoch in range(1, epochs + 1):
        truth.epoch(epoch)
        bar = tqdm(total=steps, desc=f"Epoch {epoch}/{epochs}", unit="chunk", leave=False)
        for number in range(steps):
            rows = slice(16 * number, 16 * number + 16)
            made.partial_fit(x[rows], y[rows], classes=[0, 1])
            pause(0.05)
            truth.step()
            bar.update()
        truth.epoch_end()
        bar.close()
        print(f"epoch {epoch}: train acc {made.score(x, y):.3f}, val acc {made.score(xv, yv):.3f}, loss {made.loss_:.4f}")


def walk():
    """An environment that walks a line towards +5, by steps of its action's size."""
    import gymnasium

    class Walk(gymnasium.Env):
        observation_space = gymnasium.spaces.Box(-9, 9, (1,), np.float32)
        action_space = gymnasium.spaces.Box(-1, 1, (1,), np.float32)

        def reset(self, *, seed=None, options=None):
            super().reset(seed=seed)
            self.at, self.left = 0.0, 25
            return np.array([0], np.float32), {}

        def step(self, action):
            self.at += float(action[0])
            self.left -= 1
            return np.array([self.at], np.float32), float(self.at >= 5), abs(self.at) >= 5, self.left <= 0, {}

    return Walk()


def sb3_tells(every, seconds):
    from stable_baselines3.common.callbacks import BaseCallback

    class Tells(BaseCallback):
        def _on_step(self):
            if self.num_timesteps // every != (self.num_timesteps - self.training_env.num_envs) // every:
                pause(seconds)
            truth.step(min(self.num_timesteps, self.model._total_timesteps))
            return True

    return Tells()


def sb3_sac():
    """SAC with its bar, its table each 8 episodes, an evaluation each 400 steps that prints its reward."""
    import stable_baselines3 as sb3
    from stable_baselines3.common.callbacks import EvalCallback
    from stable_baselines3.common.monitor import Monitor

    truth.plan("stable-baselines3", sb3.__version__, steps=1600)
    model = sb3.SAC("MlpPolicy", walk(), learning_starts=1200, batch_size=16, verbose=1, seed=0, device="cpu", policy_kwargs={"net_arch": [8]})
    checks = EvalCallback(Monitor(walk()), eval_freq=400, n_eval_episodes=3)
    model.learn(1600, callback=[sb3_tells(10, 0.08), checks], log_interval=8, progress_bar=True)


def sb3_vector():
    """PPO on four environments: tables in which the steps grow by 256, more steps than asked for."""
    import stable_baselines3 as sb3
    from stable_baselines3.common.env_util import make_vec_env

    truth.plan("stable-baselines3", sb3.__version__, steps=3072)
    model = sb3.PPO("MlpPolicy", make_vec_env(walk, 4), n_steps=64, batch_size=64, n_epochs=4, verbose=1, device="cpu")
    model.learn(3072, callback=sb3_tells(16, 0.05))


def spacy_own():
    """The loop of spaCy's training examples: losses of each iteration, numbered from 0, with a bar of the batches."""
    import random

    import spacy
    from spacy.training import Example
    from spacy.util import compounding, minibatch
    from tqdm import tqdm

    random.seed(0)
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    ner.add_label("ANIMAL")
    texts = [f"{who} saw a {animal} {where}" for who in ("she", "he", "they", "we") for animal in ("horse", "cat", "goose", "whale") for where in ("here", "there", "at night", "outside")]
    examples = []
    for text in texts:
        word = text.split()[3]
        begin = text.index(word)
        examples.append(Example.from_dict(nlp.make_doc(text), {"entities": [(begin, begin + len(word), "ANIMAL")]}))
    with quiet():
        optimizer = nlp.initialize(lambda: examples)
    epochs = 10
    steps = len(list(minibatch(examples, compounding(2.0, 8.0, 1.1))))
    truth.plan("spacy", spacy.__version__, epochs, steps)
    for number in range(epochs):
        truth.epoch(number + 1)
        random.shuffle(examples)
        losses = {}
        for batch in tqdm(list(minibatch(examples, compounding(2.0, 8.0, 1.1))), leave=False):
            nlp.update(batch, drop=0.2, sgd=optimizer, losses=losses)
            pause(0.06)
            truth.step()
        truth.epoch_end()
        print(f"Iteration {number}: Losses {dict(ner=round(float(losses['ner']), 4))}")


def gensim_doc2vec():
    """Doc2Vec trained an epoch at a time in a loop of one's own, which lowers the rate."""
    import gensim
    from gensim.models.doc2vec import Doc2Vec, TaggedDocument

    truth.plan("gensim", gensim.__version__, 12)
    rng = np.random.default_rng(0)
    documents = [TaggedDocument([f"word{word}" for word in rng.integers(0, 200, 20)], [number]) for number in range(400)]
    model = Doc2Vec(vector_size=20, min_count=1, epochs=1, workers=1, alpha=0.025)
    model.build_vocab(documents)
    for epoch in range(12):
        truth.epoch(epoch + 1)
        print("iteration {0}".format(epoch), flush=True)
        model.train(documents, total_examples=model.corpus_count, epochs=1)
        pause(0.8)
        truth.epoch_end()
        model.alpha -= 0.002
    print("Model Saved")


def gensim_lda():
    """LdaModel's log: passes from 0 and documents of the corpus, told as each chunk begins."""
    import platform

    import gensim
    from gensim.models import ldamodel

    platform.platform = lambda: "Linux-x86_64-with-glibc2.36"
    logging.basicConfig(format="%(asctime)s : %(levelname)s : %(message)s", level=logging.INFO)
    passes, chunks = 5, 6
    truth.plan("gensim", gensim.__version__, passes, chunks)

    class LdaModel(ldamodel.LdaModel):
        done = 0

        def do_estep(self, chunk, state=None):
            if len(chunk) == 100 and self.done < passes * chunks:
                pause(0.35)
                truth.step(self.done % chunks + 1)
                self.done += 1
            return super().do_estep(chunk, state)

    class Begins(logging.Filter):
        """Tells an epoch's begin and end before the line of its first chunk."""

        def filter(self, entry):
            told = entry.getMessage()
            if told.startswith("PROGRESS: pass") and f"#{100}/" in told:
                number = int(told.split("pass ")[1].split(",")[0])
                if number:
                    truth.epoch_end()
                truth.epoch(number + 1)
            return True

    logging.getLogger("gensim.models.ldamodel").addFilter(Begins())
    rng = np.random.default_rng(0)
    texts = [[f"word{word}" for word in rng.integers(0, 150, 25)] for _ in range(100 * chunks)]
    words = gensim.corpora.Dictionary(texts)
    corpus = [words.doc2bow(text) for text in texts]
    LdaModel(corpus, 5, words, chunksize=100, passes=passes, eval_every=None, random_state=0)
    truth.epoch_end()


def optuna_pruned():
    """Trials of up to 8 epochs on a bar each, some of which are pruned."""
    import optuna
    from printed_loops import Softmax
    from tqdm import tqdm

    truth.plan("optuna", optuna.__version__, steps_of="epoch")
    epochs, steps = 8, 12

    def objective(trial):
        rate = trial.suggest_float("lr", 1e-4, 1e-1, log=True)
        truth.stage(f"trial {trial.number}", epochs, steps)
        model = Softmax(0.02)
        for epoch in (bar := tqdm(range(epochs), desc=f"Trial {trial.number}", unit="epoch", leave=False)):
            truth.epoch(epoch + 1)
            for _ in range(steps):
                loss = model.step()
                truth.step()
            truth.epoch_end()
            bar.set_postfix(loss=f"{loss:.3f}")
            trial.report(loss + abs(np.log10(rate) + 2) + 0.3 / (epoch + 1), epoch)
            if trial.should_prune():
                raise optuna.TrialPruned()
        return loss

    study = optuna.create_study(study_name="softmax", sampler=optuna.samplers.RandomSampler(2), pruner=optuna.pruners.MedianPruner(2, 2))
    study.optimize(objective, n_trials=7)
    print(f"Best value: {study.best_value:.4f} (params: {study.best_params})")


def ray_asha():
    """Ray Tune with ASHA: tables of running and stopped trials, iterations in them."""
    import ray
    from ray import tune
    from ray.tune.schedulers import ASHAScheduler

    truth.plan("ray", ray.__version__, steps=8, notes="Trials")

    def trainable(config):
        for number in range(12):
            pause(0.25)
            tune.report({"loss": 1 / (number + 1) + config["lr"], "accuracy": 0.5 + number / 30})

    class Tells(tune.Callback):
        def on_trial_complete(self, iteration, trials, trial, **_):
            truth.step()

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=80_000_000)
    tune.Tuner(
        trainable,
        param_space={"lr": tune.loguniform(1e-4, 1e-1), "batch_size": tune.choice([16, 32])},
        tune_config=tune.TuneConfig(num_samples=8, metric="loss", mode="min", scheduler=ASHAScheduler(max_t=12, grace_period=4)),
        run_config=tune.RunConfig(name="asha", callbacks=[Tells()], storage_path="/tmp/ray-results"),
    ).fit()


def carbontracker_whole():
    """Carbontracker over all epochs, its prediction after the second, beside bars of the epochs."""
    from carbontracker.tracker import CarbonTracker
    from printed_loops import Softmax
    from tqdm import tqdm

    epochs, steps = 7, 40
    truth.plan("carbontracker", version("carbontracker"), epochs, steps)
    model = Softmax(0.04)
    tracker = CarbonTracker(epochs=epochs, epochs_before_pred=2, monitor_epochs=-1, update_interval=1, components="cpu", ignore_errors=True, verbose=2)
    for epoch in range(epochs):
        tracker.epoch_start()
        truth.epoch(epoch + 1)
        for _ in (bar := tqdm(range(steps), desc=f"Epoch [{epoch + 1}/{epochs}]")):
            loss = model.step()
            truth.step()
            bar.set_postfix(loss=loss)
        truth.epoch_end()
        tracker.epoch_end()
    tracker.stop()


FORMS = {
    "xgboost-cv": xgboost_cv,
    "xgboost-early": xgboost_early,
    "lightgbm-folds": lightgbm_folds,
    "catboost-folds": catboost_folds,
    "ensemble": ensemble,
    "sklearn-kmeans": sklearn_kmeans,
    "sklearn-partial": sklearn_partial,
    "sb3-sac": sb3_sac,
    "sb3-vector": sb3_vector,
    "spacy-own": spacy_own,
    "gensim-doc2vec": gensim_doc2vec,
    "gensim-lda": gensim_lda,
    "optuna-pruned": optuna_pruned,
    "ray-asha": ray_asha,
    "carbontracker-whole": carbontracker_whole,
}

if __name__ == "__main__":
    np.random.seed(0)
    chosen(FORMS)()
