import type { Handlers, Message, ToWebview } from '../protocol/messages.ts';
import { keep, send } from './host.ts';
import { Page } from './page.ts';

const page = new Page(send);

const handlers: Handlers<ToWebview> = {
  page(state) {
    page.update(state);
    keep(state.kept);
  },
  now: (view) => page.now.update(view),
  history: (view) => page.history.update(view),
  historyRows: (rows) => page.history.addRows(rows),
  historyTotals: (totals) => page.history.showTotals(totals),
  historyRun: (run) => page.history.showRun(run),
  compare: (view) => page.compare.update(view),
};

window.addEventListener('message', ({ data }: MessageEvent<Message<ToWebview>>) => {
  if (Object.hasOwn(handlers, data?.type)) (handlers[data.type] as (body: unknown) => void)(data.body);
});
document.getElementById('root')?.append(page.element);
send('ready', {});
