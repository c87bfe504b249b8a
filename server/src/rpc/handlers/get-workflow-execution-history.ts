import type { Init } from '@perdure/api';
import { EncodingType, HistoryEventFilterType } from '@perdure/api/enums';
import type { Loaded } from '../../host/loaded.ts';
import { closeEvent } from '../close-event.ts';
import type { Handler, RequestOf, ResponseOf, ServerContext } from '../context.ts';
import { concat, historyPage, NO_TOKEN, sealPageToken, shown } from '../history-pages.ts';
import { type HistorySource, historySource, pageSize } from '../history-request.ts';
import type { Call } from '../transport/contract.ts';
import { longPollDeadline, waitForChange } from '../wait-for-change.ts';
import { unwrittenEvents } from '../workflow-task-response.ts';

interface Answer {
  readonly history: Uint8Array;
  readonly nextPageToken: Uint8Array;
}

const NO_EVENTS: Uint8Array = new Uint8Array(0);

/**
 * A run's events, in pages, or only the one that closed it. With `wait_new_event` the end of the last page is where a
 * long poll for more begins, for as long as the run is open.
 */
export const getWorkflowExecutionHistory: Handler<'GetWorkflowExecutionHistory'> = async (request, call, server) => {
  const source = historySource(server, request);
  const closeOnly = request.historyEventFilterType === HistoryEventFilterType.CLOSE_EVENT;
  const answer = closeOnly
    ? await closing(server, source, request.waitNewEvent, call)
    : await events(server, source, request, call);
  return server.limits.rawHistory ? raw(answer) : answer;
};

/** For those who would rather take it apart themselves. */
const raw = ({ history, nextPageToken }: Answer): Init<ResponseOf<'GetWorkflowExecutionHistory'>> => ({
  rawHistory: history.length > 0 ? [{ encodingType: EncodingType.PROTO3, data: history }] : [],
  nextPageToken,
});

async function closing(server: ServerContext, source: HistorySource, wait: boolean, call: Call): Promise<Answer> {
  const loaded = wait ? await follow(server, source, call, ({ durablyClosed }) => durablyClosed) : await source.find();
  if (loaded.durablyClosed) return { history: await closeEvent(server, loaded, call), nextPageToken: NO_TOKEN };
  const end = loaded.durableNextEventId;
  return { history: NO_EVENTS, nextPageToken: wait ? sealPageToken(server, loaded, end, end) : NO_TOKEN };
}

async function events(
  server: ServerContext,
  source: HistorySource,
  request: RequestOf<'GetWorkflowExecutionHistory'>,
  call: Call,
): Promise<Answer> {
  const { waitNewEvent, maximumPageSize } = request;
  const first = source.token?.f ?? 1;
  let end = source.token?.e ?? 0;
  let loaded: Loaded;
  if (first < end) {
    loaded = await source.find();
  } else {
    loaded = waitNewEvent
      ? await follow(server, source, call, (run) => run.durableNextEventId > first || run.durablyClosed)
      : await source.find();
    await shown(server, loaded);
    end = loaded.durableNextEventId;
  }
  const waits = waitNewEvent && !loaded.durablyClosed;
  if (first >= end)
    return { history: NO_EVENTS, nextPageToken: waits ? sealPageToken(server, loaded, end, end) : NO_TOKEN };
  const unwritten = showsUnwritten(call) ? unwrittenFrom(loaded, end) : null;
  const page = await historyPage(server, loaded, first, end, pageSize(server, maximumPageSize));
  if (page.nextEventId < end) return page;
  return {
    history: unwritten ? concat([page.history, unwritten]) : page.history,
    nextPageToken: waits ? sealPageToken(server, loaded, end, end) : NO_TOKEN,
  };
}

/** Waits for something to happen to the run, also if it has to be loaded again meanwhile. Gives up when time is up. */
async function follow(
  server: ServerContext,
  source: HistorySource,
  call: Call,
  happened: (loaded: Loaded) => boolean,
): Promise<Loaded> {
  const until = longPollDeadline(call, server.wall.now(), server.limits.historyLongPoll);
  for (;;) {
    const loaded = await source.find();
    if (await waitForChange(server, loaded, () => happened(loaded), until, call.signal)) return loaded;
    if (!loaded.dropped || call.signal.aborted || server.wall.now() >= until) return loaded;
  }
}

/** These show a history to people, who would see events come and go. */
const withoutUnwritten: ReadonlySet<string> = new Set(['temporal-cli', 'temporal-ui']);
const showsUnwritten = ({ metadata }: Call): boolean => !withoutUnwritten.has(metadata.get('client-name') ?? '');

/** The events of an open workflow task that are not in history yet, if they come next: a worker needs them to replay. */
function unwrittenFrom({ run }: Loaded, end: number): Uint8Array | null {
  const task = run.head.workflowTask;
  // Who has it is between that worker and the server.
  return task && !task.recorded && task.scheduledEventId === end ? unwrittenEvents({ ...task, identity: '' }) : null;
}
