import { HEAD_BYTES } from './grpc-message.ts';

/** What goes over a call stream, byte by byte: `sdk/transport/README.md`. This is the server's side of it. */
export type ClientMessage =
  | { readonly kind: 'hello' }
  | { readonly kind: 'call'; readonly id: number; readonly call: CallMessage }
  | { readonly kind: 'cancel'; readonly id: number };

export interface CallMessage {
  /** Such as `/temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo`. */
  readonly path: string;
  /** How long the caller waits, in milliseconds; 0: for as long as it takes. */
  readonly timeoutMs: number;
  /** Names and values by turns; undefined when they are those of the call before. */
  readonly metadata: readonly string[] | undefined;
  readonly request: Buffer;
}

const HELLO = 0;
const CALL = 1;
const CANCEL = 2;

const ANSWER = 1;
const REFUSAL = 2;
const UNSEEN = 3;

const KIND_BYTES = 1;
const ID_BYTES = 5;
const CALL_BYTES = 13;
const SAME_METADATA = 0xffff;

/** Reads a message behind its head; undefined when it is none of a client's. */
export function readMessage(message: Buffer): ClientMessage | undefined {
  const bytes = message.subarray(HEAD_BYTES);
  const kind = bytes[0];
  if (kind === HELLO) return { kind: 'hello' };
  if (bytes.length < ID_BYTES) return undefined;
  const id = bytes.readUInt32BE(KIND_BYTES);
  if (kind === CANCEL) return { kind: 'cancel', id };
  const call = kind === CALL ? readCall(bytes) : undefined;
  return call && { kind: 'call', id, call };
}

function readCall(bytes: Buffer): CallMessage | undefined {
  if (bytes.length < CALL_BYTES) return undefined;
  const timeoutMs = bytes.readUInt32BE(5);
  const metadataBytes = bytes.readUInt16BE(11);
  const pathEnd = CALL_BYTES + bytes.readUInt16BE(9);
  const same = metadataBytes === SAME_METADATA;
  const metadataEnd = pathEnd + (same ? 0 : metadataBytes);
  if (metadataEnd > bytes.length) return undefined;
  return {
    path: bytes.toString('latin1', CALL_BYTES, pathEnd),
    timeoutMs,
    metadata: same ? undefined : texts(bytes.toString('latin1', pathEnd, metadataEnd)),
    request: bytes.subarray(metadataEnd),
  };
}

const texts = (joined: string): readonly string[] => (joined === '' ? [] : joined.split('\n'));

export function helloMessage(): Buffer {
  const bytes = Buffer.alloc(HEAD_BYTES + KIND_BYTES);
  bytes.writeUInt32BE(KIND_BYTES, 1);
  bytes[HEAD_BYTES] = HELLO;
  return bytes;
}

export const answerMessage = (id: number, response: Uint8Array): Buffer => messageOf(ANSWER, id, response);

/** `trailers`: what a call with a stream of its own would end with, names and values by turns. */
export const refusalMessage = (id: number, trailers: readonly string[]): Buffer =>
  messageOf(REFUSAL, id, Buffer.from(trailers.join('\n'), 'latin1'));

/** The call was not looked at: it may be made again elsewhere. */
export const unseenMessage = (id: number): Buffer => messageOf(UNSEEN, id, Buffer.alloc(0));

function messageOf(kind: number, id: number, content: Uint8Array): Buffer {
  const length = ID_BYTES + content.length;
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + length);
  bytes[0] = 0;
  bytes.writeUInt32BE(length, 1);
  bytes[HEAD_BYTES] = kind;
  bytes.writeUInt32BE(id, HEAD_BYTES + KIND_BYTES);
  bytes.set(content, HEAD_BYTES + ID_BYTES);
  return bytes;
}
