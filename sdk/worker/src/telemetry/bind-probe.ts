/** Runs in a thread of its own: tries to listen on an address, and tells the waiting thread how that went. */
import { createServer } from 'node:net';
import { workerData } from 'node:worker_threads';
import type { ProbeData } from './socket-address.ts';

const { host, port, answer } = workerData as ProbeData;
const server = createServer();

function tell(errno: number): void {
  Atomics.store(answer, 1, errno);
  Atomics.store(answer, 0, 1);
  Atomics.notify(answer, 0);
}

server.once('error', (error: NodeJS.ErrnoException) => tell(error.errno ?? -1));
server.listen({ host, port }, () => server.close(() => tell(0)));
