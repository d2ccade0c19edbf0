"""More of what to record of the frameworks, in further settings of theirs, to develop the parser."""

from recipe import Recipe

WIDE = {"columns": 120, "rows": 30}
SILENT = {"PYTHONWARNINGS": "ignore"}


def bars():
    for form, columns in (
        ("tqdm-initial", 100),
        ("tqdm-brackets", 100),
        ("tqdm-process-map", 80),
        ("tqdm-max-steps", 120),
        ("rich-percent", 100),
        ("rich-live-group", 80),
        ("rich-transient", 80),
        ("alive-dual", 100),
        ("alive-manual", 80),
        ("alive-unknown", 80),
        ("enlighten-status", 100),
        ("fastprogress-single", 80),
        ("click-items", 100),
        ("progressbar-widgets", 100),
    ):
        yield Recipe(f"more-x-{form}", f"python wider_bars.py --form {form}", ["bar"], columns=columns)
    yield Recipe("more-x-tqdm-rare-piped", "python wider_bars.py --form tqdm-rare", ["tqdm", "bar", "piped"], tty=False)


def keras():
    command = "python wider_keras.py --form"
    jax, torch = {"KERAS_BACKEND": "jax"}, {"KERAS_BACKEND": "torch"}
    tags = ["keras", "bar"]
    yield Recipe("more-x-keras3-steps-per-epoch", f"{command} steps-per-epoch", tags, columns=100, env=jax)
    yield Recipe("more-x-keras3-tqdm-callback", f"{command} tqdm-callback", ["keras", "tqdm", "bar"], columns=120, env=jax)
    yield Recipe("more-x-keras3-multi-output", f"{command} multi-output", tags, env=jax)
    yield Recipe("more-x-keras3-interrupt", f"{command} interrupt", [*tags, "crash"], exit_code=1, env=torch)
    yield Recipe("more-x-keras3-models", f"{command} models", [*tags, "stages"], env=jax)
    for form in ("stateful", "gradient-tape", "epoch-dots", "estimator", "multi-output"):
        yield Recipe(f"more-x-keras2-{form}", f"python -u wider_keras.py --form {form}", ["keras"], "tf", columns=120)


def lightning():
    command = "python wider_lightning.py --form"
    tags = ["lightning", "bar"]
    yield Recipe("more-x-lightning2-rich-leave", f"{command} rich-leave", [*tags, "rich", "early-stop"], **WIDE)
    yield Recipe("more-x-lightning2-logger-refresh", f"{command} logger-refresh", tags, columns=100)
    yield Recipe("more-x-lightning2-folds", f"{command} folds", [*tags, "stages"])
    yield Recipe("more-x-lightning1-gan", f"{command} gan", tags, "old", columns=100)
    yield Recipe("more-x-lightning2-step-validation-piped", f"{command} step-validation", [*tags, "steps", "piped"], tty=False)
    yield Recipe("more-x-lightning2-interrupt", f"{command} interrupt", [*tags, "crash"], **WIDE, exit_code=1)
    yield Recipe("more-x-lightning2-lr-find", f"{command} lr-find", tags, columns=100)
    yield Recipe("more-x-lightning1-lr-find", f"{command} lr-find", tags, "old", columns=100)
    yield Recipe("more-x-lightning2-overfit", f"{command} overfit", tags)
    yield Recipe("more-x-lightning1-resumed-steps", f"{command} resumed-steps", [*tags, "resume"], "old", **WIDE)


def huggingface():
    command = "python wider_hf.py --form"
    tags = ["transformers", "bar"]
    yield Recipe("more-x-hf5-resumed-steps", f"{command} resumed-steps", [*tags, "steps", "resume"], columns=100)
    yield Recipe("more-x-hf4-glue", f"{command} glue", tags, "old", **WIDE, env=SILENT)
    yield Recipe("more-x-hf5-glue-piped", f"{command} glue", [*tags, "piped"], tty=False)
    yield Recipe("more-x-hf4-streaming", f"{command} streaming", [*tags, "steps"], "old", env=SILENT)
    yield Recipe("more-x-hf5-search", f"{command} search", [*tags, "stages"], **WIDE)
    yield Recipe("more-x-hf5-crash", f"{command} crash", [*tags, "crash"], exit_code=1)
    yield Recipe("more-x-hf4-logger-lines", f"{command} logger-lines", ["transformers", "lines"], "old", **WIDE, env=SILENT)
    yield Recipe("more-x-accelerate-diffusers", f"{command} diffusers", ["accelerate", "bar", "steps", "resume"], **WIDE)
    launch = "python -m torch.distributed.run --nproc_per_node 2 wider_hf.py --form launched"
    yield Recipe("more-x-accelerate-launched", launch, ["accelerate", "bar", "ranks"], columns=100)
    yield Recipe("more-x-trl-dpo", f"{command} dpo", tags, columns=160)
    yield Recipe("more-x-trl-grpo", f"{command} grpo", [*tags, "steps"], **WIDE)
    yield Recipe("more-x-trl-lora", f"{command} lora", [*tags, "steps"], columns=100)
    yield Recipe("more-x-cross-encoder", f"{command} cross-encoder", tags, columns=100)


def trainers():
    command = "python wider_trainers.py --form"
    yield Recipe("more-x-fastai-lr-find", f"{command} fastai-lr-find", ["fastai", "bar", "lines", "stages"])
    yield Recipe("more-x-fastai-no-bar", f"{command} fastai-no-bar", ["fastai", "lines"], "old", env=SILENT)
    yield Recipe("more-x-ultralytics-classify", f"{command} ultralytics-classify", ["bar", "colour", "early-stop"], **WIDE, env={"YOLO_OFFLINE": "true"})
    yield Recipe("more-x-mmengine-resumed", f"{command} mmengine-resumed", ["lines", "resume"], "old", **WIDE, env=SILENT)
    yield Recipe("more-x-ignite-mnist", f"{command} ignite-mnist", ["tqdm", "bar"], columns=100)
    yield Recipe("more-x-ignite-logger-piped", f"{command} ignite-logger", ["lines", "piped", "early-stop"], tty=False)
    yield Recipe("more-x-skorch-grid", f"{command} skorch-grid", ["lines", "colour", "stages"], columns=100)
    yield Recipe("more-x-skorch-stop", f"{command} skorch-stop", ["lines", "colour", "early-stop"])
    yield Recipe("more-x-catalyst-stages", f"{command} catalyst-stages", ["bar", "lines", "stages"], "old", columns=160, env=SILENT)
    yield Recipe("more-x-tabnet-pretrained", f"{command} tabnet-pretrained", ["lines", "stages"], "old", columns=100, env=SILENT)
    yield Recipe("more-x-deepspeed-accumulate", f"{command} deepspeed-accumulate", ["bar", "lines"], columns=160)
    yield Recipe("more-x-paddle-loop", f"{command} paddle-loop", ["lines"], env=SILENT)
    yield Recipe("more-x-paddle-fit-piped", f"{command} paddle-fit", ["bar", "piped"], tty=False, env={**SILENT, "PYTHONUNBUFFERED": "1"})
    yield Recipe("more-x-flax-steps", f"{command} flax-steps", ["jax", "lines", "steps"])


def rounds():
    command = "python -u wider_rounds.py --form"
    tags = ["rounds", "steps"]
    yield Recipe("more-x-xgboost-cv", f"{command} xgboost-cv", tags)
    yield Recipe("more-x-xgboost-early", f"{command} xgboost-early", [*tags, "early-stop", "stages"], **WIDE)
    yield Recipe("more-x-lightgbm-folds", f"{command} lightgbm-folds", [*tags, "early-stop", "stages"])
    yield Recipe("more-x-catboost-folds", f"{command} catboost-folds", [*tags, "early-stop", "stages"], columns=100)
    yield Recipe("more-x-ensemble-piped", f"{command} ensemble", [*tags, "stages", "piped"], tty=False)
    yield Recipe("more-x-sklearn-kmeans", f"{command} sklearn-kmeans", ["sklearn", "steps", "stages"])
    yield Recipe("more-x-sklearn-partial", f"{command} sklearn-partial", ["sklearn", "tqdm", "bar"])
    yield Recipe("more-x-sb3-sac", f"{command} sb3-sac", ["bar", "rich", "lines", "steps"], columns=100)
    yield Recipe("more-x-sb3-vector-piped", f"{command} sb3-vector", ["lines", "steps", "piped"], tty=False)
    yield Recipe("more-x-spacy-own", f"{command} spacy-own", ["tqdm", "bar", "lines"])
    yield Recipe("more-x-gensim-doc2vec", f"{command} gensim-doc2vec", ["lines"])
    yield Recipe("more-x-gensim-lda", f"{command} gensim-lda", ["lines"], **WIDE)
    yield Recipe("more-x-optuna-pruned", f"{command} optuna-pruned", ["tqdm", "bar", "lines", "stages"], columns=160)
    yield Recipe("more-x-ray-asha", f"{command} ray-asha", ["lines", "steps"], **WIDE)
    yield Recipe("more-x-carbontracker-whole", f"{command} carbontracker-whole", ["tqdm", "bar", "lines"], columns=100)


def more_of_frameworks():
    yield from rounds()
    yield from trainers()
    yield from huggingface()
    yield from bars()
    yield from keras()
    yield from lightning()
