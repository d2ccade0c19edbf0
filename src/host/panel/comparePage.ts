import { MOST_COMPARED } from '../../core/compare/comparison.ts';
import { metricNames, type QualityMeasure } from '../../core/compare/quality.ts';
import type { RunSnapshot, SamplePoint } from '../../core/runs/snapshot.ts';
import type { ComparedBy, CompareToHost, CompareView, KeptState } from '../../protocol/messages.ts';
import { compareView, GIVEN } from './compareView.ts';
import type { Runs, View, ViewContext } from './view.ts';

/** Lets a person choose runs from a list, those given chosen already. Null where they gave up. */
export type PickRuns = (chosen: readonly string[], most: number) => Promise<readonly string[] | null>;

/** Two to six runs beside each other. */
export class ComparePage implements View<'compare', keyof CompareToHost> {
  readonly handlers;
  readonly #context: ViewContext;
  readonly #pick: PickRuns;
  #runIds: readonly string[] = [];
  /** Of runs that have ended: they do not change while others train. */
  readonly #points = new Map<string, readonly SamplePoint[]>();
  #by: ComparedBy = { alignment: null, measure: null, given: {}, isLowerBetter: false };

  constructor(context: ViewContext, pick: PickRuns) {
    this.#context = context;
    this.#pick = pick;
    this.handlers = {
      compareRuns: ({ runIds }: CompareToHost['compareRuns']) => this.show(runIds),
      pickComparison: () => void this.pick(),
      putFirst: ({ runId }: CompareToHost['putFirst']) => {
        if (this.#runIds.includes(runId)) this.show([runId, ...this.#runIds]);
      },
      alignRuns: ({ alignment }: CompareToHost['alignRuns']) =>
        this.#compareBy({ alignment: alignment === 'epoch' ? 'epoch' : 'time' }),
      chooseMeasure: ({ id }: CompareToHost['chooseMeasure']) => this.#compareBy({ measure: String(id) }),
      giveResult: ({ runId, text }: CompareToHost['giveResult']) =>
        this.#compareBy({ given: withResult(this.#by.given, String(runId), String(text)) }),
      giveDirection: ({ isLowerBetter }: CompareToHost['giveDirection']) =>
        this.#compareBy({ isLowerBetter: isLowerBetter === true }),
    };
  }

  /** The first is what the others are held against. */
  get runIds(): readonly string[] {
    return this.#runIds;
  }

  set runIds(ids: readonly string[]) {
    this.#runIds = [...new Set(ids.filter((id) => typeof id === 'string'))].slice(0, MOST_COMPARED);
    this.#points.clear();
  }

  get by(): ComparedBy {
    return this.#by;
  }

  /** Goes on as an earlier page was left. */
  restore({ comparedIds, comparedBy }: Pick<KeptState, 'comparedIds' | 'comparedBy'>): void {
    this.runIds = comparedIds;
    if (comparedBy) this.#by = comparedBy;
  }

  show(runIds: readonly string[]): void {
    this.runIds = runIds;
    this.#context.show('compare');
  }

  async pick(): Promise<void> {
    const chosen = await this.#pick(this.#runIds, MOST_COMPARED);
    if (chosen) this.show(chosen);
  }

  draw(runs: Runs): CompareView {
    const compared = this.#runIds.map((id) => runs.get(id)).filter((run) => run !== null);
    const names = metricNames(compared);
    const haveEpochs = compared.length > 0 && compared.every(({ epochs }) => epochs?.unit === 'epoch');
    return compareView(compared, (run) => this.#pointsOf(run, runs), {
      alignment: this.#by.alignment ?? (haveEpochs ? 'epoch' : 'time'),
      measure: this.#measureOf(names),
      names,
    });
  }

  #pointsOf({ id, state }: RunSnapshot, runs: Runs): readonly SamplePoint[] {
    if (state === 'running') return runs.points(id);
    const points = this.#points.get(id) ?? runs.points(id);
    this.#points.set(id, points);
    return points;
  }

  #measureOf(names: readonly string[]): QualityMeasure {
    const { measure, given, isLowerBetter } = this.#by;
    const [best] = names;
    const name = names.find((each) => measure === `seen ${each}`) ?? (measure === GIVEN ? undefined : best);
    if (name !== undefined) return { kind: 'seen', name };
    return { kind: 'given', values: given, isLowerBetter };
  }

  #compareBy(change: Partial<ComparedBy>): void {
    this.#by = { ...this.#by, ...change };
    this.#context.update();
  }
}

/** A text that is no number takes the result back. */
function withResult(given: ComparedBy['given'], runId: string, text: string): ComparedBy['given'] {
  const value = Number(text.replace(',', '.'));
  const rest = Object.entries(given).filter(([id]) => id !== runId);
  const isNumber = text.trim() !== '' && Number.isFinite(value);
  return Object.fromEntries(isNumber ? [...rest, [runId, value] as const] : rest);
}
