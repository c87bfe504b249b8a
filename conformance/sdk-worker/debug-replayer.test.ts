/** The debug replayer as the program beside it sees it: a process that asks for a history and tells how far it is. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { temporal } from '@perdure/proto';
import type { callActivity } from './workflows.ts';
import { openWorld } from './world.ts';

const world = await openWorld();
const { History } = temporal.api.history.v1;

/** A run of an activity, from its first event to its last. */
async function recorded(): Promise<temporal.api.history.v1.IHistory> {
  const worker = await world.createWorker({ activities: { activity: async () => 'done' } });
  return worker.runUntil(async () => {
    const options = world.on(worker);
    const handle = await world.client.workflow.start<typeof callActivity>('callActivity', {
      ...options,
      args: ['activity', []],
    });
    await handle.result();
    return handle.fetchHistory();
  });
}

interface Replayed {
  readonly code: number | null;
  readonly output: string;
  /** The events that its tasks started with, as it told them before their code ran. */
  readonly told: readonly unknown[];
  /** What it said of itself. */
  readonly names: ReadonlySet<unknown>;
}

/** Lets a replayer loose on a history; without one, it is not told where to ask for it. */
async function replay(history?: temporal.api.history.v1.IHistory): Promise<Replayed> {
  const told: unknown[] = [];
  const names = new Set<unknown>();
  const debuggerSide = createServer(async (request, response) => {
    names.add(request.headers['temporal-client-name']);
    if (request.method === 'GET' && request.url === '/history')
      return response.end(History.encode(history ?? {}).finish());
    told.push(((await json(request)) as { eventId: unknown }).eventId);
    return response.writeHead(request.url === '/current-wft-started' ? 200 : 404).end();
  }).listen(0, '127.0.0.1');
  await once(debuggerSide, 'listening');
  const { port } = debuggerSide.address() as AddressInfo;
  const { TEMPORAL_DEBUGGER_PLUGIN_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [new URL('./debug-replayer.process.ts', import.meta.url).pathname], {
    env: { ...env, ...(history && { TEMPORAL_DEBUGGER_PLUGIN_URL: `http://127.0.0.1:${port}` }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  debuggerSide.closeAllConnections();
  debuggerSide.close();
  return { code: code as number | null, output: output + errors, told, names };
}

describe('the debug replayer', () => {
  test('says before each task which one comes, and ends well', async () => {
    const { code, output, told, names } = await replay(await recorded());
    assert.equal(code, 0, output);
    assert.match(output, /Replay completed successfully/);
    assert.deepEqual(told, [3, 9]);
    assert.deepEqual([...names], ['temporal-typescript']);
  });

  test('ends with what went wrong if code and history part', async () => {
    const history = await recorded();
    for (const { activityTaskScheduledEventAttributes: scheduled } of history.events ?? [])
      if (scheduled) scheduled.activityType = { name: 'another' };
    const { code, output } = await replay(history);
    assert.equal(code, 1);
    assert.match(output, /Replay failed .*DeterminismViolationError.*another/s);
  });

  test('says what is missing if nobody told it where the history is', async () => {
    const { code, output, told } = await replay();
    assert.equal(code, 1);
    assert.match(output, /Missing TEMPORAL_DEBUGGER_PLUGIN_URL environment variable/);
    assert.deepEqual(told, []);
  });
});
