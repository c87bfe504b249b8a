/** The writing thread: takes packed commits in order, makes each durable, answers with its number. */
import { parentPort, workerData } from 'node:worker_threads';
import { prepareCommit } from './apply.ts';
import { openWriter } from './connection.ts';
import { storageError } from './errors.ts';
import { decodeCommit } from './wire.ts';
import type { FromWriter, ToWriter, WriterOptions } from './writer-thread.ts';

const port = parentPort;
if (port === null) throw new Error('the writer runs in a thread of its own');

const { path, busyTimeoutMs } = workerData as WriterOptions;
const db = openWriter(path, busyTimeoutMs);
const applyCommit = prepareCommit(db);
const answer = (message: FromWriter): void => port.postMessage(message);

port.on('message', (message: ToWriter) => {
  if (message === 'close') {
    // The last connection to close writes the log back into the file.
    db.close();
    port.close();
    return;
  }
  if (message === 'checkpoint') {
    db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    return;
  }
  try {
    applyCommit(decodeCommit(message));
    answer(null);
  } catch (error) {
    const { code, message } = storageError(error, path);
    answer({ code, message });
  }
});
