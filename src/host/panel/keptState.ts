import type { ComparedBy, KeptState, ViewId } from '../../protocol/messages.ts';

const VIEWS: readonly ViewId[] = ['now', 'history', 'compare'];

/** What the webview kept of itself is checked like anything from outside. */
export function keptIn(state: unknown): KeptState {
  const { view, liveId, selectedId, comparedIds, comparedBy } = recordIn(state);
  return {
    view: VIEWS.find((known) => known === view) ?? 'now',
    liveId: textOrNull(liveId),
    selectedId: textOrNull(selectedId),
    comparedIds: Array.isArray(comparedIds) ? comparedIds.filter((id) => typeof id === 'string') : [],
    comparedBy: comparedByIn(comparedBy),
  };
}

function comparedByIn(kept: unknown): ComparedBy {
  const { alignment, measure, given, isLowerBetter } = recordIn(kept);
  const results = Object.entries(recordIn(given)).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
  );
  return {
    alignment: alignment === 'time' || alignment === 'epoch' ? alignment : null,
    measure: textOrNull(measure),
    given: Object.fromEntries(results),
    isLowerBetter: isLowerBetter === true,
  };
}

function recordIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
