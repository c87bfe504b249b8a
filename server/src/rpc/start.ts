import type { Init } from '@perdure/api';
import type { Callback, Link } from '@perdure/api/common';
import { EventType, WorkflowIdConflictPolicy } from '@perdure/api/enums';
import type { StartWorkflowExecutionRequest, StartWorkflowExecutionResponse } from '@perdure/api/workflowservice';
import { isOpen } from '../engine/workflow/close.ts';
import { createRun } from '../engine/workflow/create.ts';
import { startWorkflowTask } from '../engine/workflow/machines/workflow-task.ts';
import { attachRequest } from '../engine/workflow/requests/attach.ts';
import { replacedByStart, terminateRun } from '../engine/workflow/requests/terminate.ts';
import { decideStart } from '../engine/workflow/start-policy.ts';
import type { SeenRequest, WorkflowTask } from '../engine/workflow/state.ts';
import type { NamespaceView, Transition } from '../engine/workflow/transition.ts';
import type { Loaded } from '../host/loaded.ts';
import type { StartCommand } from '../validation/start-workflow.ts';
import type { ServerContext } from './context.ts';

/** The outcome of a start, in the turn in which it happened. Nothing of it may be told before `durable` has settled. */
export interface Outcome {
  readonly loaded: Loaded;
  /** False when an open run was used instead of a new one. */
  readonly started: boolean;
  /** The same request was answered before; whether it had started the run is in `started`. */
  readonly repeated: boolean;
  readonly durable: Promise<void> | null;
  /** The first task, when the worker that starts takes it along. */
  readonly eagerTask: WorkflowTask | null;
  /** By what the caller is known to the run. */
  readonly seen: SeenRequest | null;
}

export interface StartOptions {
  readonly requestId: string;
  readonly identity: string;
  readonly userMetadata?: Uint8Array | null;
  readonly links?: readonly Link[];
  /** As they were checked. */
  readonly completionCallbacks?: readonly Callback[];
  readonly onConflictOptions?: StartWorkflowExecutionRequest['onConflictOptions'];
  readonly requestEagerExecution?: boolean;
  /** What is done to an open run that may be used, if it is more than noting who does, in the turn in which it is found. */
  readonly toOpenRun?: (open: Loaded) => Outcome;
  /** Done to the new run in the same transition. */
  readonly alongWith?: (t: Transition) => void;
}

/** Starts a run, or uses the open one of that id, as the policies say. Throws what `decideStart` throws. */
export function startOrAttach(
  server: ServerContext,
  namespace: NamespaceView,
  command: StartCommand,
  options: StartOptions,
): Promise<Outcome> {
  const { toOpenRun } = options;
  const uses = command.conflict === WorkflowIdConflictPolicy.USE_EXISTING;
  return server.host.withCurrent(namespace.id, command.workflowId, (current) => {
    if (toOpenRun && uses && current && isOpen(current.run)) return toOpenRun(current);
    const decision = decideStart(current?.run ?? null, { ...command, requestId: options.requestId });
    switch (decision.kind) {
      case 'repeated':
        return repeated(current as Loaded, decision.seen);
      case 'use-existing':
        return attach(server, current as Loaded, options);
      case 'replace':
      case 'start':
        return start(server, namespace, command, options, decision.kind === 'replace' ? current : null);
    }
  });
}

function repeated(loaded: Loaded, seen: SeenRequest): Outcome {
  const started = seen.eventType === EventType.WORKFLOW_EXECUTION_STARTED;
  const { workflowTask } = loaded.run.head;
  // The first task went out with the answer that got lost: the same attempt goes out again.
  const eager =
    started &&
    loaded.run.started.eagerExecutionAccepted &&
    workflowTask?.attempt === 1 &&
    workflowTask.scheduledEventId === 2;
  const eagerTask = eager && workflowTask.startedEventId !== 0 ? workflowTask : null;
  return { loaded, started, repeated: true, durable: loaded.settled, eagerTask, seen };
}

function start(
  server: ServerContext,
  namespace: NamespaceView,
  command: StartCommand,
  options: StartOptions,
  replaced: Loaded | null,
): Outcome {
  const runId = server.random.uuid();
  const { userMetadata, links, requestId, identity } = options;
  const { firstWorkflowTaskBackoff: backoff } = command.started;
  const heldBack = (backoff?.seconds ?? 0) !== 0 || (backoff?.nanos ?? 0) !== 0;
  const eager = (options.requestEagerExecution ?? false) && !heldBack;
  const t = createRun(server.host.context(namespace), {
    key: { namespaceId: namespace.id, workflowId: command.workflowId, runId },
    requestId,
    started: {
      ...command.started,
      originalExecutionRunId: runId,
      firstExecutionRunId: runId,
      eagerExecutionAccepted: eager,
    },
    ...(options.alongWith && { alongWith: options.alongWith }),
    outer: { ...(userMetadata && { userMetadata }), ...(links && links.length > 0 && { links: [...links] }) },
  });
  const eagerTask = eager ? startWorkflowTask(t, { requestId, identity }) : null;
  // Only now, when nothing refuses the new run any more, and in the same turn, so that both become durable together.
  if (replaced) server.host.change(replaced, (old) => terminateRun(old, replacedByStart(runId)));
  const { reply: loaded, durable } = server.host.create(t, namespace);
  const seen = { requestId, eventType: EventType.WORKFLOW_EXECUTION_STARTED, eventId: 1 };
  return { loaded, started: true, repeated: false, durable, eagerTask, seen };
}

/** The open run, without a change to it. */
export const useOpen = (loaded: Loaded): Outcome => ({
  loaded,
  started: false,
  repeated: false,
  durable: loaded.settled,
  eagerTask: null,
  seen: null,
});

/** Uses the open run, and notes there who does if the caller asks for that. */
function attach(server: ServerContext, loaded: Loaded, options: StartOptions): Outcome {
  const { onConflictOptions, requestId, links, completionCallbacks } = options;
  if (!onConflictOptions?.attachRequestId) return useOpen(loaded);
  const attachedCallbacks = onConflictOptions.attachCompletionCallbacks ? completionCallbacks : [];
  const attachedLinks = onConflictOptions.attachLinks ? [...(links ?? [])] : null;
  const { reply: seen, durable } = server.host.change(loaded, (t) =>
    attachRequest(t, requestId, attachedLinks, attachedCallbacks),
  );
  return { loaded, started: false, repeated: false, durable, eagerTask: null, seen };
}

/** The response fields that say which run it is and how the caller is known to it. */
export function startResponse(
  namespaceName: string,
  { loaded, started, seen }: Outcome,
): Init<StartWorkflowExecutionResponse> {
  const { key, started: event, head } = loaded.run;
  return {
    runId: key.runId,
    firstExecutionRunId: event.firstExecutionRunId,
    started,
    status: head.status,
    link: linkTo(namespaceName, loaded, seen),
  };
}

/** To the start event, or, for a caller that attached itself later, to whatever event its request became. */
export function linkTo(namespace: string, loaded: Loaded, seen: SeenRequest | null): Init<Link> {
  const { workflowId, runId } = loaded.run.key;
  const byRequest = seen && seen.eventType !== EventType.WORKFLOW_EXECUTION_STARTED;
  const reference = byRequest
    ? { requestIdRef: { requestId: seen.requestId, eventType: seen.eventType } }
    : { eventRef: { eventId: 1, eventType: EventType.WORKFLOW_EXECUTION_STARTED } };
  return { workflowEvent: { namespace, workflowId, runId, ...reference } };
}

export const startDefaults = { conflict: WorkflowIdConflictPolicy.FAIL };
