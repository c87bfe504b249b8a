import type { Channel } from '@perdure/transport';

/** What a connection calls the server over. */
export interface ClientChannel extends Channel {
  /** Resolves once there is a connection. Rejects when there is none by `deadline`, in milliseconds since the epoch. */
  ready(deadline: number): Promise<void>;
}
