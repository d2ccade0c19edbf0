import type { RunSnapshot } from '../../runs/snapshot.ts';

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

/** The framework that a run’s output gave away; null where many write so. */
export function frameworkOf({ progress }: RunSnapshot): string | null {
  const { family } = progress;
  return family !== null && Object.hasOwn(FRAMEWORKS, family) ? (FRAMEWORKS[family] ?? null) : null;
}
