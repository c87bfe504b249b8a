/** Which SDK a load is run with, and how. */
import { type ChildProcess, fork } from 'node:child_process';
import { on, once } from 'node:events';
import { join } from 'node:path';

/** The official packages; ours over gRPC; ours with server, client and worker in one process. */
export type Sdk = 'official' | 'perdure' | 'embedded';

export const SDKS: readonly Sdk[] = ['official', 'perdure', 'embedded'];

const PRELOAD = join(import.meta.dirname, '..', 'scripts', 'with-own-sdk.ts');

/** Starts one of this folder's files in a process of its own, whose official SDK is the one that is asked for. */
export function forkWith(sdk: Sdk, file: string, args: readonly string[]): ChildProcess {
  const preload = sdk === 'official' ? [] : [`--import=${PRELOAD}`];
  return fork(join(import.meta.dirname, file), args, {
    execArgv: ['--disable-warning=ExperimentalWarning', ...preload],
  });
}

/** What the process says, until it ends. */
export async function* wordsOf(child: ChildProcess): AsyncGenerator<unknown> {
  for await (const [word] of on(child, 'message', { close: ['exit'] })) yield word;
}

/**
 * Waits until the process says that it is ready.
 *
 * @throws when it ends first
 */
export async function ready(child: ChildProcess): Promise<void> {
  for await (const word of wordsOf(child)) if (word === 'ready') return;
  throw new Error(`${child.spawnargs.join(' ')} ended with code ${child.exitCode} before it was ready`);
}

/** Ends a process that ends when it is left alone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  if (child.connected) child.disconnect();
  await exit;
}
