"""scikit-learn's verbose output: an MLP, SGD, gradient boosting, a random forest, a grid search."""


import sklearn
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier
from sklearn.tree import DecisionTreeClassifier
from tiny import blobs, chosen, pause
from truth import truth

x, y = blobs(600)


def mlp():
    class Told(MLPClassifier):
        """`_update_no_improvement_count` is what an iteration ends with: the truth is told there."""

        def _update_no_improvement_count(self, *arguments):
            pause(0.15)
            truth.step(self.n_iter_)
            return super()._update_no_improvement_count(*arguments)

    truth.plan(
        "scikit-learn",
        sklearn.__version__,
        steps=40,
        notes="MLPClassifier: an iteration is a pass over the data",
    )
    Told((16,), max_iter=40, verbose=True).fit(x, y)


def sgd():
    truth.plan(
        "scikit-learn",
        sklearn.__version__,
        None,
        None,
        steps_of="epoch",
        notes="SGDClassifier with partial_fit: -- Epoch 1 each time, by its own count",
    )
    model = SGDClassifier(verbose=1)
    truth.stage("train", 12, None)
    for epoch in range(1, 13):
        truth.epoch(epoch)
        pause(0.4)
        model.partial_fit(x, y % 2, classes=[0, 1])
        truth.epoch_end()


def gradient_boosting():
    def monitor(number, model, variables):
        pause(0.08)
        truth.step(number + 1)
        return False

    truth.plan(
        "scikit-learn",
        sklearn.__version__,
        steps=60,
        notes="GradientBoostingClassifier(verbose=1): a line for each of the first 10, then for every 10th",
    )
    GradientBoostingClassifier(n_estimators=60, verbose=1).fit(x, y, monitor=monitor)


def forest():
    """Each tree tells when it is built: joblib prints the rest."""
    built = []
    original = DecisionTreeClassifier._fit

    def told(self, *arguments, **named):
        pause(0.1)
        result = original(self, *arguments, **named)
        built.append(self)
        truth.step(len(built))
        return result

    DecisionTreeClassifier._fit = told
    truth.plan(
        "scikit-learn",
        sklearn.__version__,
        steps=50,
        notes="RandomForestClassifier(verbose=2): a line for each tree",
    )
    RandomForestClassifier(50, verbose=2).fit(x, y)


def grid():
    class Told(MLPClassifier):
        def fit(self, *arguments):
            pause(0.4)
            super().fit(*arguments)
            grid.done = getattr(grid, "done", 0) + 1
            truth.step(grid.done)
            return self

    truth.plan(
        "scikit-learn",
        sklearn.__version__,
        steps=13,
        notes="GridSearchCV(verbose=3): 12 fits of folds, and the last one on all data",
    )
    GridSearchCV(
        Told((8,), max_iter=20), {"alpha": [1e-4, 1e-3], "batch_size": [16, 32]}, cv=3, verbose=3
    ).fit(x, y)


FORMS = {"mlp": mlp, "sgd": sgd, "boosting": gradient_boosting, "forest": forest, "grid": grid}
chosen(FORMS)()
