import { FastForwardPollingResult as Result } from '@perdure/api/enums';
import type { TimeSkipping } from '../../engine/workflow/state.ts';
import { fastForwardInfo } from '../../engine/workflow/time-skipping.ts';
import { durableOrUnavailable } from '../../host/host.ts';
import type { Loaded } from '../../host/loaded.ts';
import { allowTimeSkipping, checkFastForwardId } from '../../validation/time-skipping.ts';
import type { Handler } from '../context.ts';
import { findRun } from '../find-run.ts';
import { namespaceView } from '../namespace.ts';
import { longPollDeadline, waitForChange } from '../wait-for-change.ts';

/** Waits until the fast-forward of a workflow has ended, in whichever run of its chain, or never will. */
export const pollWorkflowExecutionTimeSkipping: Handler<'PollWorkflowExecutionTimeSkipping'> = async (
  { namespace, workflowExecution, fastForwardId },
  call,
  server,
) => {
  const { id } = namespaceView(server, namespace);
  allowTimeSkipping(server.limits);
  checkFastForwardId(fastForwardId);
  const until = longPollDeadline(call, server.wall.now(), server.limits.historyLongPoll);
  let execution = workflowExecution;
  let target: number | null = null;
  for (;;) {
    const loaded = await findRun(server, id, execution);
    const changed = (): boolean => outcome(loaded, fastForwardId, target) !== null || goesOn(loaded);
    target ??= pendingTarget(loaded, fastForwardId);
    const happened = await waitForChange(server, loaded, changed, until, call.signal);
    const reached = outcome(loaded, fastForwardId, target);
    const info = loaded.run.head.timeSkipping && fastForwardInfo(loaded.run.head.timeSkipping);
    // What was seen may only be staged.
    await durableOrUnavailable(loaded.settled);
    if (reached) return { ...reached, fastForwardInfo: info };
    if (goesOn(loaded)) execution = { workflowId: loaded.run.key.workflowId, runId: '' };
    else if (!happened && !loaded.dropped)
      return { fastForwardPollingResult: Result.POLL_TIMEOUT, fastForwardInfo: info };
  }
};

/** The run is closed, and another one carries on. */
const goesOn = ({ durablyClosed, run }: Loaded): boolean => durablyClosed && run.head.successorRunId !== '';

function pendingTarget({ run }: Loaded, fastForwardId: string): number | null {
  const { timeSkipping } = run.head;
  return timeSkipping && idOf(timeSkipping) === fastForwardId ? (timeSkipping.fastForward?.target ?? null) : null;
}

const idOf = ({ config }: TimeSkipping): string | undefined => config?.fastForwardConfig?.id;

const failed = (failedReason: string) => ({
  fastForwardPollingResult: Result.FAST_FORWARD_FAILED,
  failedReason,
});

/** What is to be told of it, or null while it is under way. */
function outcome(loaded: Loaded, fastForwardId: string, target: number | null) {
  const { timeSkipping } = loaded.run.head;
  if (!timeSkipping?.fastForward || idOf(timeSkipping) !== fastForwardId)
    return failed("the requested fast_forward_id does not match the execution's current fast-forward");
  const { fastForward, config } = timeSkipping;
  if (target !== null && fastForward.target !== target) return failed('the fast-forward was reset');
  if (fastForward.reached) return { fastForwardPollingResult: Result.FAST_FORWARD_COMPLETED };
  if (goesOn(loaded)) return null;
  if (loaded.durablyClosed) return failed('the execution ended before the fast-forward completed');
  return config?.enabled ? null : failed('time skipping was disabled before the fast-forward completed');
}
