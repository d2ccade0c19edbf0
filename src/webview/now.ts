import type { NowView } from '../protocol/messages.ts';
import { h } from './dom.ts';
import type { Send } from './host.ts';
import { LiveRuns } from './liveRuns.ts';
import { RunDetail } from './runDetail.ts';

/** What trains now; where nothing does, the run that ended last. */
export class Now {
  readonly element = h('section', { class: 'view' });
  readonly #live: LiveRuns;
  readonly #run: RunDetail;

  constructor(send: Send) {
    this.#live = new LiveRuns((runId) => send('selectLive', { runId }));
    this.#run = new RunDetail(send, 'now');
    this.element.append(this.#live.element, this.#run.element);
  }

  update({ live, run }: NowView): void {
    this.#live.update(live, run?.id ?? null);
    this.#run.update(run);
  }
}
