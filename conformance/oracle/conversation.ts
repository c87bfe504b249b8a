/** The types of `conversation.mjs`, which like the scenarios is plain JavaScript. */
import { pathToFileURL } from 'node:url';

export interface Connection {
  close(): void;
}

/** One scripted conversation; each scenario has its own. */
export interface Conversation {
  /** What was said, with everything that differs from run to run replaced by labels. */
  normalized(): unknown;
}

interface Words {
  connect(address: string): Connection;
  readonly Conversation: new (connection: Connection) => Conversation;
  /** Differences between a recorded and an observed transcript, as lines; `[]` when they agree. */
  differences(want: unknown, got: unknown, ignore?: readonly RegExp[]): string[];
}

const words = (await import(pathToFileURL(`${import.meta.dirname}/conversation.mjs`).href)) as Words;

export const { connect, differences } = words;
export const converse = (connection: Connection): Conversation => new words.Conversation(connection);
