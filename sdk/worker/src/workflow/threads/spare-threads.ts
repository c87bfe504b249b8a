/**
 * Threads that have nothing to do yet. A thread takes as long to load its modules as a worker takes to bundle code and to
 * ask the server for its namespace, so it is started before either.
 */
import { Worker } from 'node:worker_threads';

const spare: Worker[] = [];

/** Starts threads for who will take them soon. What it returns ends as many as nobody took. */
export function prepareThreads(count: number): () => void {
  const prepared = Array.from({ length: count }, newThread);
  spare.push(...prepared);
  return () => {
    for (const worker of prepared) {
      const place = spare.indexOf(worker);
      if (place === -1) continue;
      spare.splice(place, 1);
      void worker.terminate();
    }
  };
}

export function takeThread(): Worker {
  return spare.shift() ?? newThread();
}

function newThread(): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new Worker(new URL(`./thread.${extension}`, import.meta.url), {
    name: 'workflows',
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
}
