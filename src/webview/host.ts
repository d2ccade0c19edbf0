import type { ToHost } from '../protocol/messages.ts';

/** What VS Code keeps of the panel over a restart and hands to the panel's serializer. */
interface KeptState {
  readonly runId: string | null;
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  setState(state: KeptState): void;
};

export type Send = <Type extends keyof ToHost>(type: Type, body: ToHost[Type]) => void;

const api = acquireVsCodeApi();
let rememberedRunId: string | null | undefined;

export const post = (message: unknown): void => api.postMessage(message);

export const send: Send = (type, body) => api.postMessage({ type, body });

export function rememberRun(runId: string | null): void {
  if (runId === rememberedRunId) return;
  rememberedRunId = runId;
  api.setState({ runId });
}
