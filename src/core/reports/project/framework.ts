import type { RunSnapshot } from '../../runs/snapshot.ts';
import { environmentOf } from '../environment.ts';

/** Families of output that one framework alone writes (`src/core/progress/families`), and its name. */
const FRAMEWORKS: Readonly<Record<string, string>> = {
  'hugging-face': 'Hugging Face Transformers',
  keras: 'Keras',
  nemo: 'NeMo',
  'stable-baselines3': 'Stable-Baselines3',
  timm: 'timm',
  yolo: 'Ultralytics YOLO',
  fastai: 'fastai',
  spacy: 'spaCy',
  'scikit-learn': 'scikit-learn',
};

/** Packages that train by themselves or on another's back, the more particular first, and their names for people. */
const PACKAGES: readonly (readonly [string, string])[] = [
  ['transformers', 'Hugging Face Transformers'],
  ['lightning', 'PyTorch Lightning'],
  ['pytorch_lightning', 'PyTorch Lightning'],
  ['keras', 'Keras'],
  ['torch', 'PyTorch'],
  ['tensorflow', 'TensorFlow'],
  ['jax', 'JAX'],
  ['xgboost', 'XGBoost'],
  ['lightgbm', 'LightGBM'],
  ['catboost', 'CatBoost'],
  ['sklearn', 'scikit-learn'],
];

/** The framework by what the run recorded of its packages, else by its output; null where neither tells. */
export function frameworkOf(run: RunSnapshot): string | null {
  const packages = new Set(environmentOf(run)?.frameworks.map(({ name }) => name));
  return PACKAGES.find(([name]) => packages.has(name))?.[1] ?? frameworkByOutput(run);
}

function frameworkByOutput({ progress }: RunSnapshot): string | null {
  const { family } = progress;
  return family !== null && Object.hasOwn(FRAMEWORKS, family) ? (FRAMEWORKS[family] ?? null) : null;
}
