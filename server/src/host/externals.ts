import type { HistoryEvent } from '@perdure/api/history';
import { isOpen } from '../engine/workflow/close.ts';
import { isChildOf } from '../engine/workflow/machines/child.ts';
import { recordOutcome, type Undelivered } from '../engine/workflow/machines/external.ts';
import { requestCancel } from '../engine/workflow/requests/request-cancel.ts';
import { signalRun } from '../engine/workflow/requests/signal.ts';
import type { External, RunKey } from '../engine/workflow/state.ts';
import { Code, ServiceError } from '../kernel/errors.ts';
import type { Host } from './host.ts';
import { type Loaded, latest } from './loaded.ts';

const HISTORY_SERVICE = 'history-service';

/** Brings a signal or a cancel request to the workflow it is for, and the outcome to its sender, in one turn. */
export async function deliverExternal(host: Host, key: RunKey, initiatedEventId: number): Promise<void> {
  const found = host.cached(key.runId) ?? (await host.load(key));
  const external = found?.run.externals.get(initiatedEventId);
  if (!found || !external) return;
  const event = await host.readEvent(found, initiatedEventId);
  const finish = (target: Loaded | null): void => {
    const sender = latest(host, found);
    if (!sender.run.externals.has(initiatedEventId)) return;
    const undelivered = deliver(host, sender, external, event, target);
    host.change(sender, (t) => recordOutcome(t, initiatedEventId, controlOf(event), undelivered));
  };
  const { namespaceId, workflowId, runId } = external;
  if (runId === '') await host.withCurrent(namespaceId, workflowId, finish);
  else finish(await host.load({ namespaceId, workflowId, runId }));
}

const controlOf = (event: HistoryEvent): string =>
  event.signalExternalWorkflowExecutionInitiatedEventAttributes?.control ?? '';

/** Null once the target has it. Throws what passes with time. */
function deliver(
  host: Host,
  { run: sender }: Loaded,
  external: External,
  event: HistoryEvent,
  target: Loaded | null,
): Undelivered | null {
  const { key } = sender;
  const { namespaceId, workflowId, childWorkflowOnly } = external;
  const toItself = namespaceId === key.namespaceId && workflowId === key.workflowId;
  if (!target || toItself) return 'not-found';
  // A closed run takes a request to cancel, whoever's child it was.
  if (childWorkflowOnly && isOpen(target.run) && !isChildOf(target.run, sender)) return 'not-found';
  try {
    host.change(target, (t) => {
      const execution = { workflowId: key.workflowId, runId: key.runId };
      if (external.kind === 'signal') signalRun(t, signalOf(external, event, execution));
      else requestCancel(t, cancelRequestOf(external, event, execution));
    });
    return null;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === Code.NOT_FOUND) return 'not-found';
    if (error.code === Code.INVALID_ARGUMENT) return 'signal-limit';
    throw error;
  }
}

interface Sender {
  readonly workflowId: string;
  readonly runId: string;
}

function signalOf({ requestId }: External, event: HistoryEvent, sender: Sender) {
  const asked = event.signalExternalWorkflowExecutionInitiatedEventAttributes;
  const { signalName = '', input = null, header = null } = asked ?? {};
  return { signalName, input, header, identity: HISTORY_SERVICE, requestId, sender };
}

function cancelRequestOf({ requestId, initiatedEventId }: External, event: HistoryEvent, execution: Sender) {
  const reason = event.requestCancelExternalWorkflowExecutionInitiatedEventAttributes?.reason ?? '';
  return { reason, identity: HISTORY_SERVICE, requestId, sender: { execution, initiatedEventId } };
}
