/** Starts the worker process and waits until it polls. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface WorkerProcess {
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

export async function startWorkerProcess(address: string, taskQueue: string): Promise<WorkerProcess> {
  const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [address, taskQueue]);
  const [message]: unknown[] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (message !== 'ready') throw new Error(`the worker ended with code ${String(message)} before it was ready`);
  return {
    pid: child.pid,
    stop: async () => {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
}
