/** The thread that answers queries, so that one that looks at a million runs stops nobody else. */
import { parentPort, workerData } from 'node:worker_threads';
import { openConnection } from './connection.ts';
import { storageError } from './errors.ts';
import type { FromReader, ReaderOptions, ToReader } from './reader-thread.ts';
import { prepareVisibilityReads } from './visibility-read.ts';

const port = parentPort;
if (port === null) throw new Error('the reader runs in a thread of its own');

const { path, busyTimeoutMs } = workerData as ReaderOptions;
const db = openConnection(path, busyTimeoutMs);
db.exec('PRAGMA query_only = ON; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY');
const reads = prepareVisibilityReads(db);
const answer = (message: FromReader): void => port.postMessage(message);

port.on('message', (message: ToReader) => {
  if (message === 'close') {
    db.close();
    port.close();
    return;
  }
  try {
    if (message.kind === 'list') answer({ value: reads.listRuns(message.list) });
    else answer({ value: reads.countRuns(message.namespaceId, message.query) });
  } catch (error) {
    const { code, message: text } = storageError(error, path);
    answer({ code, message: text });
  }
});
