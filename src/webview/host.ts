import type { KeptState, ToHost } from '../protocol/messages.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  setState(state: KeptState): void;
};

export type Send = <Type extends keyof ToHost>(type: Type, body: ToHost[Type]) => void;

const api = acquireVsCodeApi();
let kept = '';

export const post = (message: unknown): void => api.postMessage(message);

export const send: Send = (type, body) => api.postMessage({ type, body });

/** For VS Code to hand back after a restart. */
export function keep(state: KeptState): void {
  const text = JSON.stringify(state);
  if (text !== kept) api.setState(state);
  kept = text;
}
