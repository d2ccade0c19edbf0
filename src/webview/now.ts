import type { NowView } from '../protocol/messages.ts';
import { h, setOptionalText } from './dom.ts';
import { GreenerOffer } from './greenerOffer.ts';
import type { Send } from './host.ts';
import { LiveRuns } from './liveRuns.ts';
import { NowRun } from './nowRun.ts';

/** What trains now; where nothing does, the run that ended last. */
export class Now {
  readonly element = h('section', { class: 'view' });
  readonly #hint = h('p', { class: 'hint' });
  readonly #live: LiveRuns;
  readonly #offer: GreenerOffer;
  readonly #run: NowRun;

  constructor(send: Send) {
    this.#live = new LiveRuns((runId) => send('selectLive', { runId }));
    this.#offer = new GreenerOffer(send);
    this.#run = new NowRun(send);
    this.element.append(this.#hint, this.#live.element, this.#offer.element, this.#run.element);
  }

  update({ hint, live, run }: NowView): void {
    setOptionalText(this.#hint, hint);
    this.#live.update(live, run?.id ?? null);
    this.#offer.update(run);
    this.#run.update(run);
  }
}
