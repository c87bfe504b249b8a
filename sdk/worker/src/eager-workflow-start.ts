/**
 * A client over the connection of a worker can ask that a workflow that it starts begin there at once: the server hands
 * its first task over in the answer. It may be asked for only when a worker has a free slot for it.
 */
import { temporal } from '@perdure/proto';
import type { NativeClient } from './connection-client.ts';

type DeploymentOptions = temporal.api.deployment.v1.IWorkerDeploymentOptions;
const { StartWorkflowExecutionRequest, StartWorkflowExecutionResponse } = temporal.api.workflowservice.v1;

/** A worker that takes workflows that are started over its connection. */
export interface EagerWorker {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly deploymentOptions: DeploymentOptions | null;
  /** Undefined when there is no slot. */
  reserve(): EagerSlot | undefined;
}

export interface EagerSlot {
  /** Hands over the encoded first task; the slot goes with it. */
  run(task: Uint8Array): void;
  release(): void;
}

const workers = new WeakMap<NativeClient, Set<EagerWorker>>();

/** From then on the worker takes workflows. Returns what ends that. */
export function takeEagerStarts(client: NativeClient, worker: EagerWorker): () => void {
  const taking = workers.get(client) ?? new Set();
  workers.set(client, taking.add(worker));
  return () => void taking.delete(worker);
}

/** The path of the call that starts a workflow. */
export const START_WORKFLOW = '/temporal.api.workflowservice.v1.WorkflowService/StartWorkflowExecution';

/** Makes a call that starts a workflow; `call` sends the encoded request. */
export async function startEagerly(
  client: NativeClient,
  request: Uint8Array,
  call: (request: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const decoded = StartWorkflowExecutionRequest.decode(request);
  if (!decoded.requestEagerExecution) return call(request);
  const reserved = reserve(client, decoded.namespace, decoded.taskQueue?.name ?? '');
  decoded.requestEagerExecution = reserved !== undefined;
  if (reserved?.worker.deploymentOptions) decoded.eagerWorkerDeploymentOptions = reserved.worker.deploymentOptions;
  try {
    const response = await call(StartWorkflowExecutionRequest.encode(decoded).finish());
    const { eagerWorkflowTask } = StartWorkflowExecutionResponse.decode(response);
    if (!eagerWorkflowTask || !reserved) {
      reserved?.slot.release();
      return response;
    }
    const { PollWorkflowTaskQueueResponse } = temporal.api.workflowservice.v1;
    reserved.slot.run(PollWorkflowTaskQueueResponse.encode(eagerWorkflowTask).finish());
    return response;
  } catch (error) {
    reserved?.slot.release();
    throw error;
  }
}

function reserve(client: NativeClient, namespace: string, taskQueue: string) {
  for (const worker of workers.get(client) ?? []) {
    if (worker.namespace !== namespace || worker.taskQueue !== taskQueue) continue;
    const slot = worker.reserve();
    if (slot) return { worker, slot };
  }
  return undefined;
}
