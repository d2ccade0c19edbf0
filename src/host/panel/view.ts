import type { RunSnapshot, SamplePoint } from '../../core/runs/snapshot.ts';
import type { Store } from '../../core/runs/store.ts';
import type { Handlers, ToHost, ToWebview, ViewId } from '../../protocol/messages.ts';

/** What the views are drawn from. */
export interface Runs {
  /** Null where this editor's Node has no SQLite. */
  readonly store: Store | null;
  /** Those that train, newer than what the store has of them. */
  readonly live: readonly RunSnapshot[];
  /** A run by its id, live or of the history. */
  get(id: string): RunSnapshot | null;
  points(id: string): readonly SamplePoint[];
}

/** What a view may do to the page. */
export interface ViewContext {
  /** Draws anew, soon. */
  readonly update: () => void;
  /** Turns to a view. */
  readonly show: (view: ViewId) => void;
  /** Sends a message between two drawings, for example an answer. */
  readonly post: <Type extends keyof ToWebview>(type: Type, body: ToWebview[Type]) => void;
}

/** One of the page's views: its messages, and what is drawn while it is the one that is looked at. */
export interface View<Id extends ViewId, Handled extends keyof ToHost> {
  readonly handlers: Pick<Handlers<ToHost>, Handled>;
  draw(runs: Runs): ToWebview[Id];
}
