/**
 * Everything that crosses between the extension host and the webview. Texts arrive ready to be shown: the host
 * formats, the webview draws. Adding a message without a handler does not compile on either side. Each view has its
 * messages in a file of its own.
 */
import type { ComparedBy, CompareToHost, CompareToWebview } from './compare.ts';
import type { HistoryToHost, HistoryToWebview } from './history.ts';
import type { NowToHost, NowToWebview } from './now.ts';
import type { RunToHost } from './run.ts';

export type * from './compare.ts';
export type * from './figures.ts';
export type * from './history.ts';
export type * from './now.ts';
export type * from './run.ts';

export type ViewId = 'now' | 'history' | 'compare';

/** What VS Code keeps of the panel over a restart and hands to the panel's serializer. */
export interface KeptState {
  readonly view: ViewId;
  readonly liveId: string | null;
  readonly selectedId: string | null;
  readonly comparedIds: readonly string[];
  /** What they are compared by; missing in what an older version kept. */
  readonly comparedBy?: ComparedBy;
}

/** The page around the views. */
export interface PageState {
  readonly view: ViewId;
  /** Nothing was ever tracked. */
  readonly isEmpty: boolean;
  /** A message about the page as a whole, for example a history that cannot be written; null when all is well. */
  readonly warning: string | null;
  readonly kept: KeptState;
}

/** From the host to the webview. */
export interface ToWebview extends NowToWebview, HistoryToWebview, CompareToWebview {
  page: PageState;
}

/** From the webview to the host. */
export interface ToHost extends RunToHost, NowToHost, HistoryToHost, CompareToHost {
  ready: Record<string, never>;
  /** The person has turned to this view. */
  showView: { readonly view: ViewId };
  runTraining: Record<string, never>;
  exportRuns: Record<string, never>;
  checkSensors: Record<string, never>;
}

export type Message<Map> = {
  [Type in keyof Map]: { readonly type: Type; readonly body: Map[Type] };
}[keyof Map];
/** One handler for every message: a missing one is a compile error. */
export type Handlers<Map> = { readonly [Type in keyof Map]: (body: Map[Type]) => void };
