/**
 * Replays one history under a debugger: a program beside it, such as the debugger extension of an editor, hands out the
 * history and is told of each workflow task before its code runs, so that it can set breakpoints on tasks.
 */
import { temporal } from '@perdure/proto';
import { sdk } from './pkg.ts';
import type { ReplayWorkerOptions } from './worker-option-types.ts';
import { runReplayHistories } from './worker-replay.ts';

const variable = 'TEMPORAL_DEBUGGER_PLUGIN_URL';

/**
 * Replays the history that the program at the address in the environment variable `TEMPORAL_DEBUGGER_PLUGIN_URL` gives,
 * and ends the process: with 0 if the replay went well, with 1 if it did not.
 */
export function startDebugReplayer(options: ReplayWorkerOptions): void {
  replay(options).then(
    () => {
      console.log('Replay completed successfully');
      process.exit(0);
    },
    (error: unknown) => {
      console.error('Replay failed', error);
      process.exit(1);
    },
  );
}

async function replay(options: ReplayWorkerOptions): Promise<void> {
  const url = process.env[variable];
  if (!url) throw new Error(`Missing ${variable} environment variable`);
  const response = await call(`${url}/history`, {});
  const history = temporal.api.history.v1.History.decode(new Uint8Array(await response.arrayBuffer()));
  const beforeActivation = async (eventId: number) => {
    await call(`${url}/current-wft-started`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ eventId }),
    });
  };
  for await (const { error } of runReplayHistories(options, [{ history, workflowId: 'fake' }], { beforeActivation }))
    if (error) throw error;
}

async function call(url: string, request: RequestInit): Promise<Response> {
  const headers = {
    ...request.headers,
    'Temporal-Client-Name': sdk.name,
    'Temporal-Client-Version': sdk.version,
  };
  const response = await fetch(url, { ...request, headers });
  if (!response.ok) throw new Error(`Bad response code from ${url}: ${response.status}: ${await response.text()}`);
  return response;
}
