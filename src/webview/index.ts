import type { Handlers, Message, ToWebview } from '../protocol/messages.ts';
import { rememberRun, send } from './host.ts';
import { Page } from './page.ts';

const page = new Page(send);

const handlers: Handlers<ToWebview> = {
  state(state) {
    page.update(state);
    rememberRun(state.selected?.id ?? null);
  },
};

window.addEventListener('message', (event: MessageEvent<Message<ToWebview>>) => {
  handlers[event.data.type]?.(event.data.body);
});
document.getElementById('root')?.append(page.element);
send('ready', {});
