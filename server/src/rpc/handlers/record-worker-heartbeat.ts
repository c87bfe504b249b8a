import type { Handler } from '../context.ts';

/** Taken and not kept: there is no way yet to ask for it. */
export const recordWorkerHeartbeat: Handler<'RecordWorkerHeartbeat'> = () => ({});
