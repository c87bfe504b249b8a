/** Starts the worker process and waits until it polls. */
import { end, forkWith, ready, type Sdk } from './sdk.ts';

export interface WorkerProcess {
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

export async function startWorkerProcess(sdk: Sdk, address: string, taskQueue: string): Promise<WorkerProcess> {
  const child = forkWith(sdk, './worker.ts', [address, taskQueue]);
  await ready(child);
  return { pid: child.pid, stop: () => end(child) };
}
