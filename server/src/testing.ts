/**
 * A whole server inside a test: no socket, no file, on virtual time, and over a storage that fails where the test says.
 * Nothing here is needed to run a server.
 */

export type { Post } from './host/callbacks/callbacks.ts';
export { Code, ServiceError } from './kernel/errors.ts';
export { type ManualClock, manualClock } from './kernel/manual-clock.ts';
export { seededRandom } from './kernel/seeded-random.ts';
export { inProcessClient, type UnaryClient } from './rpc/transport/in-process.ts';
export { type Core, createCore } from './server.ts';
export type { Commit, Storage } from './storage/contract.ts';
export { type FaultPoint, type FaultyStorage, faulty } from './storage/faulty.ts';
export { openSqlite } from './storage/sqlite/open.ts';
