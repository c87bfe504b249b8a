export interface Connection {
  close(): void;
}
export function connect(address: string): Connection;
export class Conversation {
  constructor(connection: Connection, namespace?: string);
  normalized(): unknown;
}
/** Differences between a recorded and an observed transcript, as lines; `[]` when they agree. */
export function differences(want: unknown, got: unknown, ignore?: readonly RegExp[]): string[];
