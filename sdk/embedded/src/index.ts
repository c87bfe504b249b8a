/**
 * Durable functions inside one process: the server, a client and workers, without a socket and with nothing else to run.
 * @module
 */
export { type EmbeddedOptions, type EmbeddedWorkerOptions, embedded, type Perdure } from './embedded.ts';
