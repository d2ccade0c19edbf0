import type { Stretch } from '../../core/carbon/integrator.ts';
import type { Price } from '../../core/runs/budget.ts';
import type { Grid } from '../../core/runs/emissions.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import { t } from '../../language.ts';
import type { NowToHost, NowView } from '../../protocol/messages.ts';
import { runView } from './runView.ts';
import type { Runs, View, ViewContext } from './view.ts';

/** What trains now. */
export class NowPage implements View<'now', keyof NowToHost> {
  readonly handlers;
  readonly #price: () => Price | null;
  readonly #grid: Pick<Grid, 'over'>;
  readonly #offerOf: (run: RunSnapshot) => string | null;
  /** Of several that train; null for the newest. */
  selectedId: string | null = null;

  constructor(
    context: ViewContext,
    price: () => Price | null,
    grid: Pick<Grid, 'over'>,
    offerOf: (run: RunSnapshot) => string | null,
  ) {
    this.#offerOf = offerOf;
    this.#price = price;
    this.#grid = grid;
    this.handlers = {
      selectLive: ({ runId }: NowToHost['selectLive']) => {
        this.selectedId = runId;
        context.update();
      },
    };
  }

  draw(runs: Runs): NowView {
    const run = this.#run(runs);
    return {
      live: runs.live.map(({ id, label }) => ({ id, title: label })),
      hint:
        run && runs.live.length === 0
          ? t('Nothing trains now. This is the run that was started last.')
          : null,
      run: run && {
        ...runView(run, runs.points(run.id), this.#price(), this.#ahead(run)),
        greenerOffer: this.#offerOf(run),
      },
    };
  }

  /** Intensities until the run is expected to end. */
  #ahead({ state, projection }: RunSnapshot): readonly Stretch[] {
    if (state !== 'running' || !projection) return [];
    const now = Date.now();
    return this.#grid.over(now, now + projection.remainingSeconds.median * 1000);
  }

  #run({ store, live }: Runs): RunSnapshot | null {
    const chosen = live.find(({ id }) => id === this.selectedId);
    return chosen ?? live.at(-1) ?? store?.list({ limit: 1 })[0] ?? null;
  }
}
