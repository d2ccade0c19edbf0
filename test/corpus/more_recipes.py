"""More of what to record, written by who wrote the parser, to develop it: none of it is held out (manifest.py)."""

from recipe import Recipe

LOOPS = (
    "word-language-model cifar-tutorial cyclegan pytorch-gan vae sentiment loguru key-value json-lines swin mmdetection "
    "mxnet transfer spinning-up dashes"
).split()
STEPS = "nanochat llmc estimator opennmt torchtitan maxtext gpytorch episodes caffe".split()
TQDM = "samples steps validated outer generator redirected sides torchtune scaled folds".split()
ROUNDS = "xgboost-sklearn xgboost-folds lightgbm-early catboost-table sklearn-mlp-early sklearn-forest sklearn-hist sklearn-topics sklearn-search lightgbm-cv".split()
BARS = "rich-handler rich-live rich-nested alive-prints enlighten-two fastprogress-master counters".split()
FRAMEWORKS = "sb3-dqn sb3-twice optuna-epochs optuna-bar mmengine-iterations".split()
TRAINERS = "catalyst tabnet ignite-bar skorch fastai ray-tune fabric deepspeed sampled".split()
SHAPES = (
    "unnamed-generator whole slow nested epochs-alone rich-bar status percent dots tabs piped-table german chinese gan "
    "accumulated two-logs tests"
).split()
SURROUNDED = "seeds stages silent-restart bars before killed resumed".split()


def more():
    for style in LOOPS:
        yield Recipe(f"more-{style}", f"python -u printed_loops.py --style {style}", ["lines"], columns=120)
    for style in STEPS:
        yield Recipe(f"more-{style}", f"python -u printed_steps.py --style {style}", ["lines", "steps"], columns=120)
    yield Recipe("more-loguru-80", "python -u printed_loops.py --style loguru", ["lines"])
    yield Recipe("more-swin-resumed", "python -u printed_loops.py --style swin --first 3", ["lines", "resume"], columns=160)
    for form in TQDM:
        yield Recipe(f"more-tqdm-{form}", f"python more_tqdm.py --form {form}", ["tqdm", "bar"], columns=100)
    for form in ("samples", "outer", "validated"):
        yield Recipe(f"more-tqdm-{form}-narrow", f"python more_tqdm.py --form {form}", ["tqdm", "bar"], columns=50)
        yield Recipe(f"more-tqdm-{form}-piped", f"python more_tqdm.py --form {form}", ["tqdm", "bar", "piped"], tty=False)
    for form in ("callbacks", "folds", "progbar", "silent", "before", "two"):
        yield Recipe(
            f"more-keras3-{form}", f"python more_keras.py --form {form}", ["keras", "bar"], env={"KERAS_BACKEND": "jax"}
        )
        yield Recipe(f"more-keras2-{form}", f"python more_keras.py --form {form}", ["keras", "bar"], venv="tf", columns=120)
    for form in ("folds", "before", "two"):
        command = f"python more_keras.py --form {form} --verbose 2"
        yield Recipe(f"more-keras3-{form}-verbose2", command, ["keras", "lines"], env={"KERAS_BACKEND": "jax"})
    for form in ("callbacks", "folds", "before", "two"):
        command = f"python more_keras.py --form {form} --verbose 2"
        yield Recipe(f"more-keras2-{form}-verbose2", command, ["keras", "lines"], venv="tf")
    for form in ("callbacks", "progbar"):
        command = f"python more_keras.py --form {form}"
        yield Recipe(f"more-keras2-{form}-piped", command, ["keras", "piped"], venv="tf", tty=False)
    for form in ("often", "limited", "stream"):
        for venv, name in (("new", "lightning2"), ("old", "lightning1")):
            command = f"python more_lightning.py --form {form}"
            yield Recipe(f"more-{name}-{form}-piped", command, ["lightning", "piped"], venv=venv, tty=False)
    for form in ("eval-steps", "early"):
        for venv, name in (("new", "hf5"), ("old", "hf4")):
            command = f"python more_hf.py --form {form}"
            yield Recipe(f"more-{name}-{form}-piped", command, ["transformers", "piped"], venv=venv, tty=False)
            yield Recipe(f"more-{name}-{form}-narrow", command, ["transformers", "narrow"], venv=venv, columns=46)
    for form in ("ignite-bar", "fabric"):
        command = f"python more_trainers.py --form {form}"
        yield Recipe(f"more-{form}-piped", command, ["piped"], tty=False)
        yield Recipe(f"more-{form}-narrow", command, ["narrow"], columns=46)
    for form in ("often", "stream", "limited", "silent", "resumed", "validated-before", "kept"):
        for venv, name in (("new", "lightning2"), ("old", "lightning1")):
            command = f"python more_lightning.py --form {form}"
            yield Recipe(f"more-{name}-{form}", command, ["lightning", "bar"], venv=venv, columns=100)
    for form in ("no-bar", "eval-steps", "resumed", "early"):
        for venv, name in (("new", "hf5"), ("old", "hf4")):
            yield Recipe(f"more-{name}-{form}", f"python more_hf.py --form {form}", ["transformers", "bar"], venv=venv, columns=100)
    for form in ROUNDS:
        yield Recipe(f"more-{form}", f"python more_rounds.py --form {form}", ["rounds", "steps"])
    for form in BARS:
        yield Recipe(f"more-{form}", f"python more_bars.py --form {form}", ["bar"], columns=100)
    for form in FRAMEWORKS:
        venv = "old" if "mmengine" in form else "new"
        yield Recipe(f"more-{form}", f"python more_frameworks.py --form {form}", ["lines"], venv=venv)
    for form in TRAINERS:
        venv = "old" if form in ("catalyst", "tabnet") else "new"
        yield Recipe(f"more-{form}", f"python more_trainers.py --form {form}", ["lines"], venv=venv, columns=120)
    for form in ("catalyst", "fastai", "tabnet"):
        venv = "new" if form == "fastai" else "old"
        yield Recipe(f"more-{form}-piped", f"python -u more_trainers.py --form {form}", ["piped"], venv=venv, tty=False)
    for form in SHAPES:
        yield Recipe(f"more-shape-{form}", f"python -u more_shapes.py --form {form}", ["lines"], columns=100)
    for form in ("nested", "whole", "unnamed-generator", "rich-bar", "status", "percent"):
        command = f"python more_shapes.py --form {form}"
        yield Recipe(f"more-shape-{form}-piped", command, ["piped"], tty=False)
        yield Recipe(f"more-shape-{form}-dumb", command, ["dumb"], columns=60, env={"TERM": "dumb"})
    for form in SURROUNDED:
        failed = 1 if form == "killed" else 0
        yield Recipe(f"more-run-{form}", f"python -u more_long.py --form {form}", ["lines"], exit_code=failed)
    command = "python -m torch.distributed.run --nproc_per_node 2 more_frameworks.py --form ranks"
    yield Recipe("more-torchrun-bar", command, ["bar", "ranks"], columns=120)
