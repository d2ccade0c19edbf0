import type { GreenerToHost, GreenerToWebview } from '../../protocol/greener.ts';
import type { Handlers, Message } from '../../protocol/messages.ts';
import { post } from '../host.ts';
import { GreenerPage } from './page.ts';

const send = (message: Message<GreenerToHost>): void => post(message);
const page = new GreenerPage((action) => send({ type: 'act', body: { action } }));

const handlers: Handlers<GreenerToWebview> = { greener: (view) => page.update(view) };

window.addEventListener('message', ({ data }: MessageEvent<Message<GreenerToWebview>>) => {
  if (Object.hasOwn(handlers, data?.type)) handlers[data.type](data.body);
});
document.getElementById('root')?.append(page.element);
send({ type: 'ready', body: {} });
