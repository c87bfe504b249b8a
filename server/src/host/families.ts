import {
  ParentClosePolicy,
  StartChildWorkflowExecutionFailedCause,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@perdure/api/enums';
import type { HistoryEvent } from '@perdure/api/history';
import { childStarted } from '../engine/workflow/child-start.ts';
import { isOpen } from '../engine/workflow/close.ts';
import { createRun } from '../engine/workflow/create.ts';
import {
  beginChild,
  inherits,
  isChildOf,
  recordChildClosed,
  recordChildStarted,
  recordChildStartFailed,
} from '../engine/workflow/machines/child.ts';
import { requestCancel } from '../engine/workflow/requests/request-cancel.ts';
import { replacedByStart, terminateRun } from '../engine/workflow/requests/terminate.ts';
import { decideStart, type StartDecision } from '../engine/workflow/start-policy.ts';
import type { Child, Run, RunKey } from '../engine/workflow/state.ts';
import { remove } from '../engine/workflow/transition.ts';
import { Code, ServiceError } from '../kernel/errors.ts';
import type { Host } from './host.ts';
import { type Loaded, latest } from './loaded.ts';

/** What parents and children do to each other, see machines/child.ts. Each can be done again at any time. */
const HISTORY_SERVICE = 'history-service';
const byParentClosePolicy = { reason: 'by parent close policy', details: null, identity: HISTORY_SERVICE };
/** Longer chains of resets than this are taken for a loop. */
const MOST_RESETS = 100;

const find = async (host: Host, key: RunKey): Promise<Loaded | null> => host.cached(key.runId) ?? host.load(key);

/** Starts the child that the parent's event asks for, unless the parent has closed since. */
export async function startChild(host: Host, key: RunKey, initiatedEventId: number): Promise<void> {
  const found = await find(host, key);
  const asked = found && pendingStart(found.run, initiatedEventId);
  if (!asked) return;
  const event = await host.readEvent(found, initiatedEventId);
  await host.withCurrent(asked.namespaceId, asked.workflowId, (current) => {
    const parent = latest(host, found);
    const child = pendingStart(parent.run, initiatedEventId);
    if (!child) return;
    const started = current && isStarted(current.run, parent.run, initiatedEventId) ? current : null;
    const taken = started ?? createChild(host, parent, child, event, current);
    if (taken) confirm(host, taken, parent);
  });
}

/** A child of the run that was reset counts while there is something to hear of it. */
function isStarted(child: Run, parent: Run, initiatedEventId: number): boolean {
  if (!isChildOf(child, parent, initiatedEventId)) return false;
  const isOwn = child.started.parentWorkflowExecution?.runId === parent.key.runId;
  return isOwn || isOpen(child) || child.head.parentToTell;
}

const pendingStart = (parent: Run, initiatedEventId: number): Child | null => {
  const child = parent.children.get(initiatedEventId);
  return child?.state === 'initiated' ? child : null;
};

/** Null when the child's id is taken, which the parent is told. */
function createChild(
  host: Host,
  parent: Loaded,
  { initiatedEventId, namespaceId, workflowId, requestId }: Child,
  { startChildWorkflowExecutionInitiatedEventAttributes: asked, userMetadata }: HistoryEvent,
  current: Loaded | null,
): Loaded | null {
  if (!asked) throw new Error(`event ${initiatedEventId} of ${parent.run.key.runId} starts no child`);
  const decision = decide(current?.run ?? null, requestId, asked.workflowIdReusePolicy);
  if (!decision) {
    const cause = StartChildWorkflowExecutionFailedCause.WORKFLOW_ALREADY_EXISTS;
    host.change(parent, (t) => recordChildStartFailed(t, initiatedEventId, cause, asked.control));
    return null;
  }
  const runId = host.random.uuid();
  const context = host.context(parent.namespace);
  const { namespace, run } = parent;
  const t = createRun(context, {
    key: { namespaceId, workflowId, runId },
    requestId,
    started: childStarted(run, namespace.name, initiatedEventId, asked, runId, context.now),
    outer: userMetadata ? { userMetadata } : {},
    awaitsParent: true,
  });
  if (current && decision.kind === 'replace') host.change(current, (old) => terminateRun(old, replacedByStart(runId)));
  return host.create(t, namespace).reply;
}

/** Null when the child may not be started. */
function decide(current: Run | null, requestId: string, asked: WorkflowIdReusePolicy): StartDecision | null {
  // The old reuse policy says what today's conflict policy says.
  const replaces = asked === WorkflowIdReusePolicy.TERMINATE_IF_RUNNING;
  const reuse = replaces ? WorkflowIdReusePolicy.ALLOW_DUPLICATE : asked;
  const conflict = replaces ? WorkflowIdConflictPolicy.TERMINATE_EXISTING : WorkflowIdConflictPolicy.FAIL;
  try {
    return decideStart(current, { requestId, reuse, conflict });
  } catch (error) {
    if (error instanceof ServiceError && error.code === Code.ALREADY_EXISTS) return null;
    throw error;
  }
}

/** A new child whose start its parent has not written down yet asks for it. */
export async function confirmWithParent(host: Host, key: RunKey): Promise<void> {
  const found = await find(host, key);
  if (!found?.run.head.awaitsParent) return;
  const [child, parent] = await withParent(host, found);
  if (child) confirm(host, child, parent);
}

/** Without the parent's word the child has no one to be a child of: it ends, as if the parent had closed after it began. */
function confirm(host: Host, child: Loaded, parent: Loaded | null): void {
  const { parentInitiatedEventId, firstExecutionRunId, header } = child.run.started;
  const known =
    parent !== null &&
    host.change(parent, (t) => recordChildStarted(t, parentInitiatedEventId, firstExecutionRunId, header)).reply;
  if (!child.run.head.awaitsParent || !isOpen(child.run)) return;
  host.change(child, (t) => (known ? beginChild(t) : terminateRun(t, byParentClosePolicy)));
}

/** Brings the result of a closed child to its parent; a parent that was reset since has it go on to the new run. */
export async function tellParent(host: Host, key: RunKey): Promise<void> {
  const found = await find(host, key);
  if (!found?.run.head.parentToTell) return;
  const closing = await host.readEvent(found, found.run.head.closeEventId);
  const [child, parent] = await withParent(host, found);
  if (!child?.run.head.parentToTell) return;
  // A child that was reset goes on in another run, which will have the result.
  if (parent && child.run.head.resetRunId === '') host.change(parent, (t) => recordChildClosed(t, child.run, closing));
  host.change(child, (t) => {
    t.run.head.parentToTell = false;
  });
}

/** The child and its parent, both as they now are: to find one may put the other out of memory, and takes time. */
async function withParent(host: Host, found: Loaded): Promise<[child: Loaded | null, parent: Loaded | null]> {
  for (;;) {
    const parent = await findParent(host, found.run);
    const resetRunId = parent?.run.head.resetRunId;
    const child = await find(host, latest(host, found).run.key);
    if (parent === null) return [child, null];
    const now = latest(host, parent);
    if (now.run.head.resetRunId === resetRunId) return [child, now];
  }
}

/** The child's parent. If that was reset to a point where it had the child, the run that came of it. */
async function findParent(host: Host, child: Run): Promise<Loaded | null> {
  const key = parentOf(child);
  let parent = await find(host, key);
  for (let resets = 0; parent && parent.run.head.resetRunId !== '' && resets < MOST_RESETS; resets++) {
    const next = await find(host, { ...key, runId: parent.run.head.resetRunId });
    if (next && !inherits(next.run.head, key.runId, child.started.parentInitiatedEventId)) return parent;
    parent = next;
  }
  return parent;
}

function parentOf({ key, started }: Run): RunKey {
  const { parentWorkflowExecution: parent, parentWorkflowNamespaceId } = started;
  if (!parent) throw new Error(`${key.runId} is no child`);
  return { namespaceId: parentWorkflowNamespaceId, workflowId: parent.workflowId, runId: parent.runId };
}

/** Does to the child of a closed parent what the parent close policy says, in whichever run of its chain it now is. */
export async function closeChild(host: Host, key: RunKey, initiatedEventId: number): Promise<void> {
  const found = await find(host, key);
  const asked = found?.run.children.get(initiatedEventId);
  if (!found || asked?.state !== 'closing') return;
  await host.withCurrent(asked.namespaceId, asked.workflowId, (current) => {
    const parent = latest(host, found);
    if (current && isOpen(current.run) && isSameChain(current.run, parent.run, asked))
      applyPolicy(host, current, key, asked);
    host.change(parent, (t) => remove(t, 'children', initiatedEventId));
  });
}

const isSameChain = (run: Run, parent: Run, child: Child): boolean =>
  run.started.firstExecutionRunId === child.runId && isChildOf(run, parent);

function applyPolicy(host: Host, child: Loaded, { workflowId, runId }: RunKey, { parentClosePolicy }: Child): void {
  host.change(child, (t) => {
    if (parentClosePolicy === ParentClosePolicy.TERMINATE) return terminateRun(t, byParentClosePolicy);
    requestCancel(t, {
      reason: '',
      identity: HISTORY_SERVICE,
      requestId: '',
      sender: { execution: { workflowId, runId }, initiatedEventId: 0 },
    });
  });
}
