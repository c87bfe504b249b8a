/**
 * What a call costs the one who makes it, and the server, which is in another process: over the SDK's own transport, and
 * over HTTP/2 with nothing around it, a stream for each call, as every other SDK makes them.
 *
 *     node bench/transport.ts [calls, default 50000]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectHttp2 } from '@perdure/transport';
import { figuresOf } from './process-figures.ts';
import { ownCommand, startServerProcess } from './server-process.ts';

const METHOD = '/temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo';
const CONCURRENCY = 32;
const ROUNDS = 3;
const metadata = {
  'temporal-namespace': 'default',
  'client-name': 'temporal-typescript',
  'client-version': '1.24.0',
};
const nothing = Buffer.alloc(0);

interface Subject {
  readonly name: string;
  call(): Promise<unknown>;
  close(): void;
}

function ownTransport(address: string): Subject {
  const channel = connectHttp2({ address });
  return {
    name: 'transport',
    call: () => channel.unary(METHOD, nothing, { metadata, deadline: Date.now() + 60_000 }),
    close: () => channel.close(),
  };
}

function bareHttp2(address: string): Subject {
  const session: ClientHttp2Session = connect(`http://${address}`);
  const headers = {
    ':method': 'POST',
    ':path': METHOD,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...metadata,
  };
  const message = Buffer.alloc(5);
  return {
    name: 'bare http2',
    call: () =>
      new Promise((resolve, reject) => {
        const stream = session.request(headers);
        stream.on('error', reject);
        stream.on('data', () => undefined);
        stream.on('end', resolve);
        stream.end(message);
      }),
    close: () => session.close(),
  };
}

/** Microseconds per call: of the clock, and of the CPU time of this process and of the server's. */
async function measure({ call }: Subject, calls: number): Promise<{ clock: number; cpu: number; serverCpu: number }> {
  const cpu = process.cpuUsage();
  const before = figuresOf(server.pid).cpuMs;
  const began = performance.now();
  let left = calls;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, caller));
  const clock = ((performance.now() - began) * 1000) / calls;
  const { user, system } = process.cpuUsage(cpu);
  return { clock, cpu: (user + system) / calls, serverCpu: ((figuresOf(server.pid).cpuMs - before) * 1000) / calls };
}

const calls = Number(process.argv[2] ?? 50_000);
const folder = mkdtempSync(join(tmpdir(), 'bench-transport-'));
const server = await startServerProcess(ownCommand(), join(folder, 'server.db'));
for (let round = 1; round <= ROUNDS; round++) {
  for (const open of [bareHttp2, ownTransport]) {
    const subject = open(server.address);
    const { clock, cpu, serverCpu } = await measure(subject, calls);
    const [client, ofServer, wall] = [cpu, serverCpu, clock].map((us) => us.toFixed(1).padStart(7));
    console.log(`${subject.name.padEnd(10)} ${client} µs CPU, the server ${ofServer} µs CPU, ${wall} µs clock`);
    subject.close();
  }
}
await server.stop();
rmSync(folder, { recursive: true, force: true });
