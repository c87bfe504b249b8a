import { Worker } from 'node:worker_threads';
import type { Commit } from '../contract.ts';
import type { StorageErrorCode } from '../errors.ts';
import { StorageError } from '../errors.ts';
import { storageError } from './errors.ts';
import { encodeCommit } from './wire.ts';

/** What the thread is started with. */
export interface WriterOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
}

/** A packed commit, or the order to write the log back into the file, or to end. */
export type ToWriter = Uint8Array<ArrayBuffer> | 'checkpoint' | 'close';
/** The answer to the oldest commit without one: null when it is durable. */
export type FromWriter = { readonly code: StorageErrorCode; readonly message: string } | null;

export interface WriterThread {
  commit(commit: Commit): Promise<void>;
  /** Whether no commit is in flight. */
  isIdle(): boolean;
  /** Has the log written back into the file, as far as readers let it. */
  checkpoint(): void;
  /** Ends the thread after the commits in flight. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: StorageError) => void;
}

/**
 * Starts the thread that owns the writing connection. Commits are answered in the order they were given, so a queue of
 * waiting callers is all there is to keep. The thread keeps the process alive only while a commit is in flight.
 */
export function startWriter(options: WriterOptions): WriterThread {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./writer.${extension}`, import.meta.url), {
    name: 'storage-writer',
    workerData: options,
    // The process's own flags (such as `--eval`) are not meant for the file that runs here.
    execArgv: [],
  });
  const waiting: Waiting[] = [];
  let broken: StorageError | null = null;
  let closing = false;
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      fail(new StorageError('FAILED', `the thread that writes ${options.path} has ended; restart the server`));
      resolve();
    });
  });
  const fail = (error: StorageError): void => {
    broken ??= error;
    for (const { reject } of waiting.splice(0)) reject(broken);
  };
  worker.on('error', (error) => fail(storageError(error, options.path)));
  worker.on('message', (answer: FromWriter) => {
    const caller = waiting.shift();
    if (waiting.length === 0 && !closing) worker.unref();
    if (answer === null) caller?.resolve();
    else caller?.reject(new StorageError(answer.code, answer.message));
  });
  worker.unref();

  return {
    commit(commit) {
      if (broken !== null) return Promise.reject(broken);
      const packed = encodeCommit(commit);
      return new Promise((resolve, reject) => {
        if (waiting.push({ resolve, reject }) === 1) worker.ref();
        worker.postMessage(packed satisfies ToWriter, [packed.buffer]);
      });
    },
    isIdle: () => waiting.length === 0,
    checkpoint: () => worker.postMessage('checkpoint' satisfies ToWriter),
    close() {
      closing = true;
      worker.ref();
      worker.postMessage('close' satisfies ToWriter);
      return exited;
    },
  };
}
