import { Worker } from 'node:worker_threads';
import type { Query } from '../../visibility/tree.ts';
import type { ListRuns, RunCount, RunList } from '../contract.ts';
import type { StorageErrorCode } from '../errors.ts';
import { StorageError } from '../errors.ts';
import { storageError } from './errors.ts';

/** What the thread is started with. */
export interface ReaderOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
}

export type ToReader =
  | { readonly kind: 'list'; readonly list: ListRuns }
  | { readonly kind: 'count'; readonly namespaceId: string; readonly query: Query }
  | 'close';
/** The answer to the oldest question without one. */
export type FromReader =
  | { readonly value: RunList | readonly RunCount[] }
  | { readonly code: StorageErrorCode; readonly message: string };

export interface ReaderThread {
  listRuns(list: ListRuns): Promise<RunList>;
  countRuns(namespaceId: string, query: Query): Promise<readonly RunCount[]>;
  /** Ends the thread after the questions under way. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: StorageError) => void;
}

interface Running {
  readonly worker: Worker;
  readonly waiting: Waiting[];
  readonly exited: Promise<void>;
  broken: StorageError | null;
}

/** The thread is started with the first question; many a process never asks one. */
export function lazyReader(options: ReaderOptions): ReaderThread {
  let running: Running | null = null;
  function ask<T>(question: ToReader): Promise<T> {
    running ??= start(options);
    const { worker, waiting, broken } = running;
    if (broken !== null) return Promise.reject(broken);
    return new Promise<T>((resolve, reject) => {
      if (waiting.push({ resolve, reject }) === 1) worker.ref();
      worker.postMessage(question);
    });
  }
  return {
    listRuns: (list) => ask({ kind: 'list', list }),
    countRuns: (namespaceId, query) => ask({ kind: 'count', namespaceId, query }),
    async close() {
      running?.worker.ref();
      running?.worker.postMessage('close' satisfies ToReader);
      await running?.exited;
    },
  };
}

function start(options: ReaderOptions): Running {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./reader.${extension}`, import.meta.url), {
    name: 'storage-reader',
    workerData: options,
    execArgv: [],
  });
  const { promise: exited, resolve: exit } = Promise.withResolvers<void>();
  const running: Running = { worker, waiting: [], exited, broken: null };
  const fail = (error: StorageError): void => {
    running.broken ??= error;
    for (const { reject } of running.waiting.splice(0)) reject(running.broken);
  };
  worker.on('error', (error) => fail(storageError(error, options.path)));
  worker.on('message', (answer: FromReader) => {
    const caller = running.waiting.shift();
    if (running.waiting.length === 0) worker.unref();
    if ('value' in answer) caller?.resolve(answer.value as never);
    else caller?.reject(new StorageError(answer.code, answer.message));
  });
  worker.once('exit', () => {
    fail(new StorageError('FAILED', `the thread that reads ${options.path} has ended; restart the server`));
    exit();
  });
  worker.unref();
  return running;
}
