/** A question to the worker's thread, for whose answer a workflow thread stands still. */
const waiting = 0;
const yes = 1;
const no = 2;
const threw = 3;
const header = 2 * Int32Array.BYTES_PER_ELEMENT;
const size = 64 * 1024;

export function newAnswer(): SharedArrayBuffer {
  return new SharedArrayBuffer(size);
}

/** Waits for the answer. Throws what the user's callback threw. */
export function awaitAnswer(answer: SharedArrayBuffer): boolean {
  const state = new Int32Array(answer, 0, 2);
  Atomics.wait(state, 0, waiting);
  const given = Atomics.load(state, 0);
  if (given !== threw) return given === yes;
  const text = new Uint8Array(answer, header, Atomics.load(state, 1));
  throw new Error(new TextDecoder().decode(text.slice()));
}

/** Answers with what the callback returns or throws. */
export function answerWith(answer: SharedArrayBuffer, callback: () => boolean): void {
  const state = new Int32Array(answer, 0, 2);
  let given = no;
  try {
    given = callback() ? yes : no;
  } catch (error) {
    const text = new TextEncoder().encode(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    const shown = text.subarray(0, size - header);
    new Uint8Array(answer, header).set(shown);
    Atomics.store(state, 1, shown.length);
    given = threw;
  }
  Atomics.store(state, 0, given);
  Atomics.notify(state, 0);
}
