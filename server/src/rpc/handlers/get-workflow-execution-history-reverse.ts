import type { Handler } from '../context.ts';
import { batchesBetween, concat, eventsOf, NO_TOKEN, sealPageToken, shown } from '../history-pages.ts';
import { historySource, pageSize } from '../history-request.ts';

/** A run's events, the newest first, in pages. The pages after the first show nothing that came since. */
export const getWorkflowExecutionHistoryReverse: Handler<'GetWorkflowExecutionHistoryReverse'> = async (
  request,
  _call,
  server,
) => {
  const { token, find } = historySource(server, request);
  const loaded = await find();
  await shown(server, loaded);
  const end = token?.e ?? loaded.durableNextEventId;
  const first = Math.max(1, end - pageSize(server, request.maximumPageSize));
  const events: Uint8Array[] = [];
  for (const { firstEventId, bytes } of await batchesBetween(server, loaded, first, end))
    for (const [index, event] of eventsOf(bytes).entries())
      if (firstEventId + index >= first && firstEventId + index < end) events.push(event);
  return {
    history: concat(events.reverse()),
    nextPageToken: first > 1 ? sealPageToken(server, loaded, 1, first) : NO_TOKEN,
  };
};
