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

/** So many messages do not wait for more. */
const many = 8;

/** @param moreToCome whether something else will be said in one of the next turns, so that it is worth waiting for */
export function newOutbox<Message>(
  post: (messages: readonly Message[]) => void,
  moreToCome: () => boolean = () => false,
): Outbox<Message> {
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
  const endTurn = () => {
    if (waiting.length < many && moreToCome()) turn = setImmediate(endTurn);
    else flush();
  };
  return {
    say(message) {
      waiting.push(message);
      turn ??= setImmediate(endTurn);
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
