import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowCancellationType,
  ChildWorkflowFailure,
  condition,
  defineSignal,
  executeChild,
  isCancellation,
  type ParentClosePolicy,
  setHandler,
  sleep,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';

export const say = defineSignal<[string]>('say');
export const leaveNow = defineSignal('leave');

export async function child(mode: 'answer' | 'fail' | 'listen' | 'sleep'): Promise<string> {
  let heard: string | undefined;
  setHandler(say, (word) => {
    heard = word;
  });
  if (mode === 'fail') throw ApplicationFailure.nonRetryable('the child failed', 'ChildType', { at: 7 });
  if (mode === 'listen') await condition(() => heard !== undefined);
  if (mode === 'sleep') await sleep('1 hour');
  return heard ?? `child of ${workflowInfo().parent?.workflowId}`;
}

export async function parentOfOne(childId: string): Promise<string> {
  return executeChild(child, { workflowId: childId, args: ['answer'] });
}

/** What the parent sees of a child that fails. */
export async function parentOfFailing(childId: string): Promise<string[]> {
  try {
    await executeChild(child, { workflowId: childId, args: ['fail'] });
    return [];
  } catch (error) {
    if (!(error instanceof ChildWorkflowFailure) || !(error.cause instanceof ApplicationFailure)) throw error;
    return [error.workflowType, error.cause.type ?? '', error.cause.message];
  }
}

export async function parentWhoTalks(childId: string): Promise<string> {
  const handle = await startChild(child, { workflowId: childId, args: ['listen'] });
  await handle.signal(say, 'hello from above');
  return handle.result();
}

export async function parentOfMany(prefix: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  return Promise.all(ids.map((workflowId) => executeChild(child, { workflowId, args: ['answer'] })));
}

/** Ends with its child still open. */
export async function parentWhoLeaves(childId: string, parentClosePolicy: ParentClosePolicy): Promise<void> {
  const told = { leave: false };
  setHandler(leaveNow, () => {
    told.leave = true;
  });
  await startChild(child, { workflowId: childId, args: ['sleep'], parentClosePolicy });
  await condition(() => told.leave);
}

export async function parentWhoCancels(childId: string): Promise<string> {
  const scope = new CancellationScope();
  const result = scope.run(() =>
    executeChild(child, {
      workflowId: childId,
      args: ['sleep'],
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    }),
  );
  await sleep('1 second');
  scope.cancel();
  try {
    return await result;
  } catch (error) {
    return isCancellation(error) ? 'cancelled' : 'failed';
  }
}

/** Starts a child under an id that is taken, by one that leaves the same history however far it gets. */
export async function parentOfTwins(childId: string): Promise<string> {
  await startChild(child, { workflowId: childId, args: ['listen'], parentClosePolicy: 'TERMINATE' });
  try {
    await startChild(child, { workflowId: childId, args: ['answer'] });
    return 'started twice';
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return 'already started';
  }
}
