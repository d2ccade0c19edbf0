import type { CompareToHost, CompareView } from '../../protocol/messages.ts';
import type { Runs, View, ViewContext } from './view.ts';

/** Two to six runs beside each other. */
export class ComparePage implements View<'compare', keyof CompareToHost> {
  readonly handlers;
  /** The first is what the others are held against. */
  runIds: readonly string[] = [];

  constructor(context: ViewContext) {
    this.handlers = {
      compareRuns: ({ runIds }: CompareToHost['compareRuns']) => {
        this.runIds = runIds;
        context.show('compare');
      },
      pickComparison: () => undefined,
    };
  }

  draw(runs: Runs): CompareView {
    const compared = this.runIds.map((id) => runs.get(id)).filter((run) => run !== null);
    return { runs: compared.map(({ id, label }) => ({ id, title: label })) };
  }
}
