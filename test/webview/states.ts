import { metricNames, type QualityMeasure } from '../../src/core/compare/quality.ts';
import type { RunSnapshot } from '../../src/core/runs/snapshot.ts';
import { compareView } from '../../src/host/panel/compareView.ts';
import { runView } from '../../src/host/panel/runView.ts';
import type { CompareView, NowView, PageState, ViewId } from '../../src/protocol/messages.ts';
import { made } from './runs.ts';

/** What the host sends of the page around the views. */
export function pageState(view: ViewId, more: Partial<PageState> = {}): PageState {
  const kept = { view, liveId: null, selectedId: null, comparedIds: [] };
  return { view, isEmpty: false, warning: null, kept, ...more };
}

/** A running training beside another one, with a forecast of the grid. */
export function nowState(change: (run: RunSnapshot) => RunSnapshot = (run) => run): NowView {
  const { run, points } = made({ isRunning: true });
  const now = run.startedAtMillis + run.durationSeconds * 1000;
  const ahead = [250, 220, 190].map((gramsPerKwh, index) => ({
    ...{ fromMillis: now + index * 480_000, toMillis: now + (index + 1) * 480_000, gramsPerKwh },
    ...{ source: 'Energy-Charts, forecast', isFinal: false, isTold: true },
  }));
  const shown = change(run);
  return {
    hint: null,
    live: [
      { id: shown.id, title: shown.label },
      { id: 'other', title: 'python other.py' },
    ],
    run: runView(shown, points, { perKwh: 0.3, currency: 'EUR' }, ahead),
  };
}

/** Three trainings of the same thing, one smaller than the other. */
export function compareState(
  change: (run: RunSnapshot) => RunSnapshot = (run) => run,
  given: QualityMeasure | null = null,
): CompareView {
  const all = [
    made({ id: 'a', label: 'python train.py --width 64', epochs: 20 }),
    made({
      id: 'b',
      label: 'python train.py --width 32',
      epochs: 16,
      size: 0.5,
      accuracy: (e) => 0.94 - 0.5 * 0.75 ** e,
    }),
    made({
      id: 'c',
      label: 'python small.py',
      epochs: 12,
      size: 0.3,
      accuracy: (e) => 0.9 - 0.45 * 0.7 ** e,
    }),
  ];
  const runs = all.map(({ run }) => change(run));
  const names = metricNames(runs);
  const [name = ''] = names;
  const points = ({ id }: RunSnapshot) => all.find(({ run }) => run.id === id)?.points ?? [];
  return compareView(runs, points, { alignment: 'epoch', measure: given ?? { kind: 'seen', name }, names });
}
