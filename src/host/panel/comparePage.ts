import { MOST_COMPARED } from '../../core/compare/comparison.ts';
import type { Alignment } from '../../core/compare/curve.ts';
import { metricNames, type QualityMeasure } from '../../core/compare/quality.ts';
import type { CompareToHost, CompareView } from '../../protocol/messages.ts';
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
  /** Null until the person has chosen: then by epoch where all runs have them. */
  #alignment: Alignment | null = null;
  /** As the page names it; null for the best suited. */
  #measure: string | null = null;
  #given: Readonly<Record<string, number>> = {};
  #isLowerBetter = false;

  constructor(context: ViewContext, pick: PickRuns) {
    this.#context = context;
    this.#pick = pick;
    this.handlers = {
      compareRuns: ({ runIds }: CompareToHost['compareRuns']) => this.show(runIds),
      pickComparison: () => void this.pick(),
      putFirst: ({ runId }: CompareToHost['putFirst']) =>
        this.#change(() => {
          if (this.#runIds.includes(runId))
            this.#runIds = [runId, ...this.#runIds.filter((id) => id !== runId)];
        }),
      alignRuns: ({ alignment }: CompareToHost['alignRuns']) =>
        this.#change(() => (this.#alignment = alignment === 'epoch' ? 'epoch' : 'time')),
      chooseMeasure: ({ id }: CompareToHost['chooseMeasure']) =>
        this.#change(() => (this.#measure = String(id))),
      giveResult: ({ runId, text }: CompareToHost['giveResult']) =>
        this.#change(() => this.#give(runId, text)),
      giveDirection: ({ isLowerBetter }: CompareToHost['giveDirection']) =>
        this.#change(() => (this.#isLowerBetter = isLowerBetter === true)),
    };
  }

  /** The first is what the others are held against. */
  get runIds(): readonly string[] {
    return this.#runIds;
  }

  set runIds(ids: readonly string[]) {
    this.#runIds = [...new Set(ids.filter((id) => typeof id === 'string'))].slice(0, MOST_COMPARED);
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
    return compareView(compared, (id) => runs.points(id), {
      alignment: this.#alignment ?? (haveEpochs ? 'epoch' : 'time'),
      measure: this.#measureOf(names),
      names,
    });
  }

  #measureOf(names: readonly string[]): QualityMeasure {
    const chosen = names.find((name) => this.#measure === `seen ${name}`);
    const [best] = names;
    const name = chosen ?? (this.#measure === GIVEN ? undefined : best);
    if (name !== undefined) return { kind: 'seen', name };
    return { kind: 'given', values: this.#given, isLowerBetter: this.#isLowerBetter };
  }

  #give(runId: string, text: string): void {
    const value = Number(String(text).replace(',', '.'));
    const rest = Object.entries(this.#given).filter(([id]) => id !== runId);
    const isNumber = String(text).trim() !== '' && Number.isFinite(value);
    this.#given = Object.fromEntries(isNumber ? [...rest, [String(runId), value]] : rest);
  }

  #change(change: () => void): void {
    change();
    this.#context.update();
  }
}
