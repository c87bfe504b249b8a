/** The client side: places orders and talks to them, and tries again whenever the connection is lost. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ORDER_TASK_QUEUE, type Outcome } from '@perdure/example-order-processing/order.ts';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { Plan } from './plan.ts';

/** What the server acknowledged, and so must still be true in the end. */
export interface Record {
  readonly plan: Plan;
  runId: string;
  outcome: Outcome | null;
  readonly acknowledged: Set<string>;
  /** Sent, but the workflow had closed before the server said yes. */
  readonly unacknowledged: Set<string>;
  updateAcknowledged: boolean;
}

const NAMESPACE = 'default';

/** Plays one order from its start to its outcome. */
export async function playOrder(client: Client, plan: Plan): Promise<Record> {
  const record: Record = {
    plan,
    runId: '',
    outcome: null,
    acknowledged: new Set(),
    unacknowledged: new Set(),
    updateAcknowledged: false,
  };
  const workflowId = plan.order.orderId;
  record.runId = await start(client, plan);
  const handle = client.workflow.getHandle(workflowId);
  const talk = async () => {
    for (const note of plan.notes) await signal(client, record, 'leaveNote', note, note);
    const { newAddress } = plan;
    if (newAddress !== null) {
      await insist(() =>
        handle.executeUpdate<string, [string]>('changeAddress', { args: [newAddress], updateId: 'redirect' }),
      );
      record.updateAcknowledged = true;
    }
    if (plan.decision === null) return;
    await sleep(plan.decideAfterMs);
    const by = `decider of ${workflowId}`;
    await signal(client, record, 'decide', { approved: plan.decision === 'approve', by }, by);
  };
  const [outcome] = await Promise.all([insist(() => handle.result() as Promise<Outcome>), talk()]);
  record.outcome = outcome;
  return record;
}

/** The request id stays the same over all tries: however often it is asked, the server starts one run. */
async function start(client: Client, { order }: Plan): Promise<string> {
  const request = {
    namespace: NAMESPACE,
    workflowId: order.orderId,
    requestId: randomUUID(),
    workflowType: { name: 'processOrder' },
    taskQueue: { name: ORDER_TASK_QUEUE },
    input: { payloads: [defaultPayloadConverter.toPayload(order)] },
    // A worker that was killed with a workflow task in its hands is noticed after this time.
    workflowTaskTimeout: proto.google.protobuf.Duration.fromObject({ seconds: 2 }),
  };
  const { runId } = await insist(() => client.workflowService.startWorkflowExecution(request));
  return runId ?? '';
}

async function signal(client: Client, record: Record, name: string, value: unknown, label: string): Promise<void> {
  const request = {
    namespace: NAMESPACE,
    workflowExecution: { workflowId: record.plan.order.orderId },
    signalName: name,
    input: { payloads: [defaultPayloadConverter.toPayload(value)] },
    requestId: randomUUID(),
  };
  try {
    await insist(() => client.workflowService.signalWorkflowExecution(request));
    record.acknowledged.add(label);
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
    record.unacknowledged.add(label);
  }
}

const NOT_FOUND = 5;
/** What a call ends with when the server dies under it, or is not there: CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE. */
const LOST: ReadonlySet<number> = new Set([1, 2, 4, 13, 14]);
const FAILED_PRECONDITION = 9;
/** An update is not taken while two workers in a row were killed (or too slow) with the run's task in their hands. */
const NOT_YET = 'Unable to perform workflow execution update due to Workflow Task in failed state.';
const PATIENCE_MS = 120_000;
/** A call that lasted so long was with a server: it waited for a result, which may take longer than the patience. */
const WITH_A_SERVER_MS = 1000;

/**
 * Repeats a call until the server has answered it, with more than that it cannot yet.
 *
 * @throws what the server answered, or after two minutes without an answer
 */
export async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (let deadline = Date.now() + PATIENCE_MS; ; ) {
    const begun = Date.now();
    try {
      return await call();
    } catch (error) {
      if (Date.now() - begun > WITH_A_SERVER_MS) deadline = Date.now() + PATIENCE_MS;
      if (!isPassing(error) || Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

function isPassing(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!isGrpcServiceError(cause)) continue;
    if (cause.code === FAILED_PRECONDITION) return cause.details === NOT_YET;
    return LOST.has(cause.code) && !/^internal server error/.test(cause.details);
  }
  return false;
}
