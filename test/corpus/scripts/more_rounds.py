"""Boosting and scikit-learn in more of their shapes: `--form` picks one."""

from tiny import blobs, chosen, pause
from truth import truth

ROUNDS = 60


def split(samples=600):
    x, y = blobs(samples)
    return x[:-100], (y > 1)[:-100].astype(int), x[-100:], (y > 1)[-100:].astype(int)


def xgboost_sklearn():
    """XGBClassifier with a line every 10 rounds."""
    import xgboost

    class Tells(xgboost.callback.TrainingCallback):
        def after_iteration(self, model, epoch, logs):
            pause(0.04)
            truth.step()
            return False

    truth.plan("xgboost", xgboost.__version__, steps=ROUNDS)
    x, y, xv, yv = split()
    made = xgboost.XGBClassifier(n_estimators=ROUNDS, eval_metric=["logloss", "error"], callbacks=[Tells()])
    made.fit(x, y, eval_set=[(x, y), (xv, yv)], verbose=10)


def xgboost_folds():
    """A fit for each fold."""
    import xgboost
    from sklearn.model_selection import KFold

    class Tells(xgboost.callback.TrainingCallback):
        def after_iteration(self, model, epoch, logs):
            pause(0.04)
            truth.step()
            return False

    truth.plan("xgboost", xgboost.__version__, steps_of="run")
    x, y, _, _ = split()
    for fold, (rows, others) in enumerate(KFold(3).split(x), 1):
        print(f"===== Fold {fold} / 3 =====")
        truth.stage(f"fold {fold}", None, 25)
        train, valid = xgboost.DMatrix(x[rows], y[rows]), xgboost.DMatrix(x[others], y[others])
        xgboost.train(
            {"objective": "binary:logistic"},
            train,
            25,
            evals=[(train, "train"), (valid, "valid")],
            verbose_eval=5,
            callbacks=[Tells()],
        )


def lightgbm_early():
    """Lines every 10 rounds, and an early stop."""
    import lightgbm

    def tells(_):
        pause(0.04)
        truth.step()

    truth.plan("lightgbm", lightgbm.__version__, steps=200)
    x, y, xv, yv = split()
    said = [lightgbm.early_stopping(10), lightgbm.log_evaluation(10), tells]
    made = lightgbm.LGBMClassifier(n_estimators=200, learning_rate=0.3)
    made.fit(x, y, eval_set=[(x, y), (xv, yv)], eval_names=["train", "valid"], callbacks=said)


def catboost_table():
    """A line every 10 rounds, with two data sets, after another small fit."""
    import catboost

    class Tells:
        def after_iteration(self, info):
            pause(0.04)
            truth.step()
            return True

    x, y, xv, yv = split()
    truth.plan("catboost", catboost.__version__, steps=ROUNDS)
    made = catboost.CatBoostClassifier(iterations=ROUNDS, verbose=10, allow_writing_files=False, thread_count=1)
    made.fit(x, y, eval_set=(xv, yv), callbacks=[Tells()])


def sklearn_mlp_early():
    """MLPClassifier with early stopping: a line with the loss, one with the validation's score."""
    import sklearn
    from sklearn.neural_network import MLPClassifier

    class Tells(MLPClassifier):
        def _update_no_improvement_count(self, *given):
            pause(0.05)
            truth.step()
            super()._update_no_improvement_count(*given)

    truth.plan("scikit-learn", sklearn.__version__, steps=40)
    x, y, _, _ = split(2000)
    Tells((16,), max_iter=40, verbose=True, early_stopping=True, n_iter_no_change=40, random_state=0).fit(x, y)


def sklearn_forest():
    """RandomForestClassifier(verbose=2): a line a tree."""
    import sklearn
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.tree import DecisionTreeClassifier

    class Slow(DecisionTreeClassifier):
        def _fit(self, *given, **named):
            pause(0.05)
            made = super()._fit(*given, **named)
            truth.step()
            return made

    truth.plan("scikit-learn", sklearn.__version__, steps=40)
    x, y, xv, _ = split()
    made = RandomForestClassifier(40, verbose=2, random_state=0)
    made.estimator = Slow()
    made.fit(x, y)
    made.predict(xv)


def sklearn_hist():
    """HistGradientBoosting: `[1/60] 1 tree, …`."""
    import sklearn
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.ensemble._hist_gradient_boosting.grower import TreeGrower

    grow = TreeGrower.grow

    def grown(self):
        pause(0.03)
        grow(self)
        truth.step()

    TreeGrower.grow = grown
    truth.plan("scikit-learn", sklearn.__version__, steps=ROUNDS)
    x, y, _, _ = split()
    HistGradientBoostingClassifier(max_iter=ROUNDS, verbose=2, early_stopping=False).fit(x, y)


def sklearn_topics():
    """LatentDirichletAllocation: `iteration: 1 of max_iter: 12`."""
    import sklearn
    from sklearn.decomposition import LatentDirichletAllocation

    class Tells(LatentDirichletAllocation):
        def _em_step(self, *given, **named):
            pause(0.03)
            super()._em_step(*given, **named)
            if given[1] >= len(given[0]) if len(given) > 1 else named.get("batch_update", True):
                truth.step()

    truth.plan("scikit-learn", sklearn.__version__, steps=12)
    x, _, _, _ = split()
    Tells(4, max_iter=12, verbose=1, learning_method="batch").fit(abs(x))


def lightgbm_cv():
    """lightgbm.cv's lines."""
    import lightgbm

    def tells(_):
        pause(0.04)
        truth.step()

    truth.plan("lightgbm", lightgbm.__version__, steps=30)
    x, y, _, _ = split()
    callbacks = [lightgbm.log_evaluation(5, show_stdv=True), tells]
    parameters = {"objective": "binary", "verbose": -1, "num_threads": 1}
    lightgbm.cv(parameters, lightgbm.Dataset(x, y), 30, nfold=3, callbacks=callbacks)


def sklearn_search():
    """A search in parallel with joblib's own lines."""
    import sklearn
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV

    class Tells(LogisticRegression):
        def fit(self, *given, **named):
            made = super().fit(*given, **named)
            pause(0.1)
            truth.step()
            return made

    truth.plan("scikit-learn", sklearn.__version__, steps=13)
    x, y, _, _ = split()
    GridSearchCV(Tells(), {"C": [0.1, 1, 10, 100]}, cv=3, verbose=3).fit(x, y)


FORMS = {
    "xgboost-sklearn": xgboost_sklearn,
    "xgboost-folds": xgboost_folds,
    "lightgbm-early": lightgbm_early,
    "catboost-table": catboost_table,
    "sklearn-mlp-early": sklearn_mlp_early,
    "sklearn-forest": sklearn_forest,
    "sklearn-hist": sklearn_hist,
    "sklearn-topics": sklearn_topics,
    "sklearn-search": sklearn_search,
    "lightgbm-cv": lightgbm_cv,
}

if __name__ == "__main__":
    chosen(FORMS)()
