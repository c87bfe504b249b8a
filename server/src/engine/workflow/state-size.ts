import type { Activity, BufferedEvent, CollectionName, CompletionCallback, Fields } from './state.ts';

/** About what an entry comes to besides payloads: ids, times, counts. */
const PLAIN_BYTES = 150;

/**
 * About how many bytes an entry of a collection takes. It is asked for with every change, so payloads are measured and
 * the rest is guessed. Updates that no worker has answered are not stored, and have a limit of their own.
 */
export function entrySize(name: CollectionName, value: unknown): number {
  switch (name) {
    case 'activities': {
      const { heartbeatDetails, lastFailure } = value as Activity;
      return 2 * PLAIN_BYTES + (heartbeatDetails?.length ?? 0) + (lastFailure?.length ?? 0);
    }
    case 'buffered':
      return PLAIN_BYTES + (value as BufferedEvent).size;
    case 'fields': {
      let size = 0;
      for (const [field, payload] of Object.entries(value as Fields)) size += field.length + payload.length;
      return size;
    }
    case 'pendingUpdates':
      return 0;
    case 'callbacks':
      return 2 * PLAIN_BYTES + urlAndHeaders(value as CompletionCallback);
    case 'timers':
    case 'children':
    case 'externals':
    case 'updates':
    case 'requests':
      return PLAIN_BYTES;
  }
}

function urlAndHeaders({ callback: { nexus } }: CompletionCallback): number {
  let size = nexus?.url.length ?? 0;
  for (const [name, text] of Object.entries(nexus?.header ?? {})) size += name.length + text.length;
  return size;
}
