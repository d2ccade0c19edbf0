"""What to record: one line a recording."""

from framework_recipes import more_of_frameworks
from more_recipes import more
from recipe import Recipe


def bars():
    for form in ("plain", "nested", "position", "unknown", "bare", "postfix", "manual", "write"):
        yield Recipe(f"tqdm-{form}", f"python tqdm_loops.py --form {form}", ["tqdm", "bar"])
    for form in ("inner", "no-leave", "ascii", "slow", "fast", "colour"):
        yield Recipe(
            f"tqdm-{form}", f"python tqdm_loops.py --form {form}", ["tqdm", "bar"], columns=120, rows=30
        )
    yield Recipe(
        "tqdm-postfix-narrow", "python tqdm_loops.py --form postfix", ["tqdm", "bar", "narrow"], columns=40
    )
    yield Recipe(
        "tqdm-position-narrow",
        "python tqdm_loops.py --form position",
        ["tqdm", "bar", "narrow"],
        columns=40,
        rows=12,
    )
    yield Recipe(
        "tqdm-postfix-piped", "python tqdm_loops.py --form postfix", ["tqdm", "bar", "piped"], tty=False
    )
    yield Recipe(
        "tqdm-nested-dumb",
        "python tqdm_loops.py --form nested",
        ["tqdm", "bar", "dumb"],
        env={"TERM": "dumb"},
    )
    yield Recipe("rich-track", "python rich_bars.py --form track", ["rich", "bar"])
    yield Recipe(
        "rich-tasks", "python rich_bars.py --form tasks", ["rich", "bar", "colour"], columns=120, rows=30
    )
    yield Recipe(
        "rich-tasks-narrow", "python rich_bars.py --form tasks", ["rich", "bar", "narrow"], columns=40
    )
    yield Recipe("rich-status", "python rich_bars.py --form status", ["rich", "colour"])
    yield Recipe(
        "rich-track-dumb", "python rich_bars.py --form track", ["rich", "bar", "dumb"], env={"TERM": "dumb"}
    )
    yield Recipe("rich-track-piped", "python rich_bars.py --form track", ["rich", "bar", "piped"], tty=False)
    for bar in ("alive", "enlighten", "fastprogress", "progressbar2", "click"):
        yield Recipe(bar, f"python other_bars.py --bar {bar}", ["bar"])
    yield Recipe("alive-narrow", "python other_bars.py --bar alive", ["bar", "narrow"], columns=40)


def lines():
    for form in ("slash", "colon", "bracket", "done", "padded", "dashes"):
        yield Recipe(f"lines-{form}", f"python -u freeform_lines.py --form {form}", ["lines"])
    yield Recipe(
        "lines-slash-buffered",
        "python freeform_lines.py --form slash",
        ["lines", "piped", "buffered"],
        tty=False,
    )
    yield Recipe(
        "lines-slash-piped",
        "python freeform_lines.py --form slash",
        ["lines", "piped"],
        tty=False,
        env={"PYTHONUNBUFFERED": "1"},
    )
    yield Recipe(
        "lines-resume",
        "python freeform_lines.py --epochs 20 --resume-from 11",
        ["lines", "resume"],
        columns=120,
    )
    yield Recipe(
        "lines-early-stop",
        "python freeform_lines.py --form padded --epochs 30 --stop-at 11",
        ["lines", "early-stop"],
    )


def keras():
    jax, torch, tensorflow = {"KERAS_BACKEND": "jax"}, {"KERAS_BACKEND": "torch"}, {}
    fit = "python keras_fit.py"
    tags = ["keras", "bar"]
    yield Recipe("keras3-jax", f"{fit}", tags, env=jax)
    yield Recipe(
        "keras3-torch-validation",
        f"{fit} --epochs 3 --validation --evaluate",
        tags,
        columns=120,
        rows=30,
        env=torch,
    )
    yield Recipe("keras3-verbose2", f"{fit} --epochs 8 --verbose 2 --validation", ["keras", "lines"], env=jax)
    yield Recipe(
        "keras3-early-stop", f"{fit} --epochs 40 --patience 1 --seconds 0.01", [*tags, "early-stop"], env=jax
    )
    yield Recipe("keras3-resume", f"{fit} --epochs 16 --initial-epoch 11", [*tags, "resume"], env=torch)
    yield Recipe("keras3-narrow", f"{fit} --epochs 3", [*tags, "narrow"], columns=40, env=jax)
    yield Recipe("keras3-dumb", f"{fit} --epochs 3", [*tags, "dumb"], env={**jax, "TERM": "dumb"})
    yield Recipe(
        "keras3-generator", f"{fit} --epochs 1 --generator --batch 4", [*tags, "unknown-total"], env=jax
    )
    yield Recipe("keras3-piped", f"{fit} --validation", [*tags, "piped"], tty=False, env=jax)
    yield Recipe("keras2-validation", f"{fit} --validation", tags, "tf", env=tensorflow)
    yield Recipe(
        "keras2-verbose2", f"{fit} --verbose 2 --epochs 7", ["keras", "lines"], "tf", columns=120, rows=30
    )
    yield Recipe("keras2-evaluate", f"{fit} --epochs 3 --evaluate", tags, "tf", columns=120, rows=30)
    yield Recipe("keras2-narrow", f"{fit} --epochs 3", [*tags, "narrow"], "tf", columns=40)


def lightning():
    fit = "python lightning_fit.py"
    tags = ["lightning", "bar"]
    for name, venv in (("lightning2", "new"), ("lightning1", "old")):
        yield Recipe(f"{name}-validation", f"{fit} --validation", tags, venv, columns=120, rows=30)
        yield Recipe(
            f"{name}-rich", f"{fit} --bar rich --validation", [*tags, "rich"], venv, columns=120, rows=30
        )
        yield Recipe(f"{name}-max-steps", f"{fit} --max-steps 140", [*tags, "steps"], venv)
        yield Recipe(
            f"{name}-two-fits", f"{fit} --epochs 2 --fits 2 --test", [*tags, "stages"], venv, columns=120
        )
    yield Recipe("lightning2-default", f"{fit} --bar default --validation", [*tags, "rich"])
    yield Recipe(
        "lightning2-default-max-steps", f"{fit} --bar default --max-steps 140", [*tags, "rich", "steps"]
    )
    yield Recipe(
        "lightning2-early-stop",
        f"{fit} --epochs 30 --validation --patience 2 --seconds 0.01",
        [*tags, "early-stop"],
    )
    yield Recipe("lightning2-narrow", f"{fit} --epochs 3 --validation", [*tags, "narrow"], columns=40)
    yield Recipe("lightning2-piped", f"{fit} --epochs 3 --validation", [*tags, "piped"], tty=False)


def huggingface():
    fit = "python hf_trainer.py"
    tags = ["transformers", "bar"]
    for name, venv in (("hf5", "new"), ("hf4", "old")):
        yield Recipe(f"{name}-evaluate", f"{fit} --evaluate", tags, venv, columns=120, rows=30)
        yield Recipe(f"{name}-max-steps", f"{fit} --max-steps 75", [*tags, "steps"], venv)
    yield Recipe("hf5-accumulate", f"{fit} --accumulate 2 --epochs 5", tags)
    yield Recipe(
        "hf5-no-bar", f"{fit} --no-bar --logging-steps 5", ["transformers", "lines"], columns=120, rows=30
    )
    yield Recipe("hf5-piped", f"{fit} --evaluate", [*tags, "piped"], tty=False)
    yield Recipe("hf5-narrow", f"{fit}", [*tags, "narrow"], columns=40)


def loops():
    for style in ("torchvision", "imagenet", "mnist", "timm"):
        yield Recipe(
            f"loop-{style}",
            f"python -u reference_loops.py --style {style}",
            ["lines", "pytorch"],
            columns=120,
            rows=30,
        )
    yield Recipe(
        "loop-torchvision-80", "python -u reference_loops.py --style torchvision", ["lines", "pytorch"]
    )
    yield Recipe(
        "loop-imagenet-piped",
        "python reference_loops.py --style imagenet",
        ["lines", "pytorch", "piped", "buffered"],
        tty=False,
    )
    for style in ("nanogpt", "megatron", "fairseq", "fairseq-simple", "detectron2"):
        steps = [] if "fairseq" in style else ["steps"]
        yield Recipe(
            f"loop-{style}",
            f"python -u step_loops.py --style {style}",
            ["lines", "pytorch", *steps],
            columns=120,
            rows=30,
        )
    yield Recipe(
        "loop-megatron-80", "python -u step_loops.py --style megatron", ["lines", "pytorch", "steps"]
    )
    for form in ("carriage-return", "hand-bar", "logging", "json", "csv", "head", "deceptive"):
        yield Recipe(f"own-{form}", f"python own_loops.py --form {form}", ["lines", "pytorch"])
    yield Recipe("own-crash", "python own_loops.py --form crash", ["lines", "pytorch", "crash"], exit_code=1)
    yield Recipe(
        "own-interrupt", "python own_loops.py --form interrupt", ["lines", "pytorch", "crash"], exit_code=1
    )
    yield Recipe(
        "own-carriage-return-narrow",
        "python own_loops.py --form carriage-return",
        ["lines", "pytorch", "narrow"],
        columns=40,
    )
    for form in ("folds", "two", "same"):
        yield Recipe(f"stages-{form}", f"python stages.py --form {form}", ["lines", "stages"])
    yield Recipe("stages-surrounded", "python stages.py --form surrounded", ["tqdm", "bar", "stages"])


def rounds():
    tags = ["rounds", "steps"]
    for library in ("xgboost", "lightgbm", "catboost"):
        yield Recipe(library, f"python boosting.py --with {library}", tags)
    yield Recipe(
        "xgboost-early-stop",
        "python boosting.py --with xgboost --rounds 200 --every 10 --early",
        [*tags, "early-stop"],
    )
    yield Recipe(
        "lightgbm-early-stop",
        "python boosting.py --with lightgbm --rounds 300 --every 5 --early",
        [*tags, "early-stop"],
    )
    yield Recipe(
        "catboost-every",
        "python boosting.py --with catboost --rounds 100 --every 10",
        tags,
        columns=120,
        rows=30,
    )
    for form in ("mlp", "boosting", "forest", "grid"):
        yield Recipe(f"sklearn-{form}", f"python sklearn_verbose.py --form {form}", ["sklearn", "steps"])
    yield Recipe("sklearn-sgd", "python sklearn_verbose.py --form sgd", ["sklearn", "lines"])


def frameworks():
    wide = {"columns": 120, "rows": 30}
    yield Recipe("accelerate", "python accelerate_loop.py", ["accelerate", "bar"], **wide)
    yield Recipe("trl-sft", "python trl_sft.py", ["transformers", "bar"])
    yield Recipe("sentence-transformers", "python sbert_fit.py", ["transformers", "bar"], **wide)
    yield Recipe("mmengine-epochs", "python mmengine_run.py", ["lines"], "old", **wide)
    yield Recipe("mmengine-iterations", "python mmengine_run.py --iterations", ["lines", "steps"], "old")
    yield Recipe("fastai2-table", "python fastai_fit.py", ["fastai", "bar", "lines"])
    yield Recipe(
        "fastai-two-fits", "python fastai_fit.py --fine-tune", ["fastai", "bar", "lines", "stages"], "old"
    )
    yield Recipe("fastai2-piped", "python fastai_fit.py", ["fastai", "bar", "lines", "piped"], tty=False)
    yield Recipe(
        "ultralytics",
        "python yolo_train.py",
        ["bar", "colour"],
        columns=120,
        rows=30,
        env={"YOLO_OFFLINE": "true"},
    )
    yield Recipe(
        "ultralytics-narrow", "python yolo_train.py", ["bar", "colour"], env={"YOLO_OFFLINE": "true"}
    )
    yield Recipe("flax", "python flax_loop.py", ["jax", "lines"], **wide)
    yield Recipe("ignite-bar", "python ignite_run.py", ["bar"])
    yield Recipe("ignite-log", "python ignite_run.py --log", ["lines"])
    yield Recipe("skorch-table", "python skorch_fit.py", ["lines", "colour"])
    yield Recipe("skorch-bar", "python skorch_fit.py --bar", ["bar", "lines", "colour"], **wide)
    yield Recipe("tabnet", "python tabnet_fit.py", ["lines", "early-stop"], "old")
    yield Recipe("gensim", "python gensim_train.py", ["lines"], **wide)
    yield Recipe("paddle-verbose1", "python paddle_fit.py", ["bar"])
    yield Recipe("paddle-verbose2", "python paddle_fit.py --verbose 2", ["lines"], **wide)
    yield Recipe("catalyst-bar", "python catalyst_run.py --bar", ["bar"], "old", **wide)
    yield Recipe("catalyst-lines", "python catalyst_run.py", ["lines"], "old")
    yield Recipe("deepspeed", "python deepspeed_run.py", ["lines", "steps"], **wide)
    yield Recipe("sb3-table", "python sb3_learn.py", ["lines", "steps"])
    yield Recipe("sb3-bar", "python sb3_learn.py --bar --quiet", ["bar", "rich", "steps"])
    yield Recipe("sb3-bar-table", "python sb3_learn.py --bar", ["bar", "rich", "lines", "steps"], **wide)
    yield Recipe("spacy", "python spacy_train.py", ["lines", "steps"])
    yield Recipe("optuna-log", "python trials.py --with optuna", ["lines", "steps"], **wide)
    yield Recipe("optuna-bar", "python trials.py --with optuna --bar", ["bar", "steps"])
    yield Recipe("ray-tune", "python trials.py --with ray", ["lines", "steps"], **wide)
    yield Recipe("carbontracker2", "python carbontracker_loop.py", ["lines"])
    yield Recipe("carbontracker1", "python carbontracker_loop.py", ["lines"], "old")


def surroundings():
    yield Recipe("osc-only", "python osc_progress.py", ["osc"])
    yield Recipe("osc-lines", "python osc_progress.py --lines", ["osc", "lines"])
    torchrun = "python -m torch.distributed.run --nproc_per_node 4 torchrun_lines.py"
    yield Recipe("torchrun-4", torchrun, ["lines", "ranks"])
    for before in ("pip", "dataset", "shards"):
        yield Recipe(f"before-{before}", f"python downloads.py --before {before}", ["bar", "lines", "before"])


def long_ones():
    for form in ("warm-up", "growing", "checkpoints", "noisy"):
        yield Recipe(f"long-{form}", f"python long_runs.py --form {form}", ["long", "tqdm", "bar"])
    yield Recipe("long-short", "python long_runs.py --form short", ["long", "lines"])
    jax = {"KERAS_BACKEND": "jax"}
    keras_command = "python keras_fit.py --epochs 20 --seconds 0.15 --validation --validation-freq 5"
    yield Recipe("long-keras-validation", keras_command, ["long", "keras", "bar"], env=jax)
    lightning_command = "python lightning_fit.py --epochs 40 --validation --patience 4 --seconds 0.16"
    yield Recipe(
        "long-lightning-early-stop",
        lightning_command,
        ["long", "lightning", "bar", "early-stop"],
        columns=120,
        rows=30,
    )
    hf_command = "python hf_trainer.py --epochs 1 --samples 8000 --seconds 0.07 --logging-steps 50"
    yield Recipe("long-hf-one-epoch", hf_command, ["long", "transformers", "bar"])


RECIPES = [
    *bars(),
    *lines(),
    *keras(),
    *lightning(),
    *huggingface(),
    *loops(),
    *rounds(),
    *frameworks(),
    *surroundings(),
    *long_ones(),
    *more(),
    *more_of_frameworks(),
]
