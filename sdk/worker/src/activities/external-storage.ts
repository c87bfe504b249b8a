/** Payloads of activities that are kept outside of histories, in storage that the user's drivers know. */
import type { Info } from '@perdure/activity';
import type { temporal } from '@perdure/proto';
import type { ActivityResult } from './prepare.ts';
import type { ActivityStart } from './start.ts';

type Payload = temporal.api.common.v1.IPayload;

export interface ActivityStorage {
  /** Puts what references stand for in their place. */
  retrieve(start: ActivityStart): Promise<void>;
  /** Returns a reference for details that are too large. */
  storeHeartbeat(details: Payload, info: Info): Promise<Payload>;
  /** Puts references in the place of what is too large. */
  storeResult(result: ActivityResult, info: Info): Promise<void>;
}
