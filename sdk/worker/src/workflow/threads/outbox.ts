/**
 * Messages to another thread, sent together at the end of the turn: waking a thread costs more than what is said.
 */
export type Outbox<Message> = {
  readonly say: (message: Message) => void;
  /** Says something that can wait until there is something else to say, but not for ever. */
  readonly mention: (message: Message) => void;
  /** Sends at once what there is. */
  readonly flush: () => void;
};

/** How long something that is only mentioned may wait, in milliseconds. */
const patience = 50;

export function newOutbox<Message>(post: (messages: readonly Message[]) => void): Outbox<Message> {
  let waiting: Message[] = [];
  let turn: NodeJS.Immediate | undefined;
  let later: NodeJS.Timeout | undefined;
  const flush = () => {
    clearImmediate(turn);
    clearTimeout(later);
    turn = undefined;
    later = undefined;
    if (waiting.length === 0) return;
    const messages = waiting;
    waiting = [];
    post(messages);
  };
  return {
    say(message) {
      waiting.push(message);
      turn ??= setImmediate(flush);
    },
    mention(message) {
      waiting.push(message);
      later ??= setTimeout(flush, patience).unref();
    },
    flush,
  };
}

/** Bytes with a buffer of their own: of a view, the whole buffer would be copied to the other thread. */
export function tight(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
