import type { NowView } from '../protocol/messages.ts';
import { h } from './dom.ts';
import type { Send } from './host.ts';
import { LiveRuns } from './liveRuns.ts';
import { NowRun } from './nowRun.ts';

/** What trains now; where nothing does, the run that ended last. */
export class Now {
  readonly element = h('section', { class: 'view' });
  readonly #live: LiveRuns;
  readonly #run: NowRun;

  constructor(send: Send) {
    this.#live = new LiveRuns((runId) => send('selectLive', { runId }));
    this.#run = new NowRun(send);
    this.element.append(this.#live.element, this.#run.element);
  }

  update({ live, run }: NowView): void {
    this.#live.update(live, run?.id ?? null);
    this.#run.update(run);
  }
}
