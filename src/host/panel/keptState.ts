import type { KeptState, ViewId } from '../../protocol/messages.ts';

const VIEWS: readonly ViewId[] = ['now', 'history', 'compare'];

/** What the webview kept of itself is checked like anything from outside. */
export function keptIn(state: unknown): KeptState {
  const { view, liveId, selectedId, comparedIds } = (state ?? {}) as Record<string, unknown>;
  return {
    view: VIEWS.find((known) => known === view) ?? 'now',
    liveId: textOrNull(liveId),
    selectedId: textOrNull(selectedId),
    comparedIds: Array.isArray(comparedIds) ? comparedIds.filter((id) => typeof id === 'string') : [],
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
