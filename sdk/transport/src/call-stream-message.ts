import { HEAD_BYTES } from './frame.ts';

/** What goes over a call stream, byte by byte: `README.md`. This is the client's side of it. */
export type ServerMessage =
  | { readonly kind: 'hello' }
  | { readonly kind: 'answer'; readonly id: number; readonly response: Buffer }
  | { readonly kind: 'refusal'; readonly id: number; readonly trailers: Readonly<Record<string, string>> }
  | { readonly kind: 'unseen'; readonly id: number };

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
const MAX_METADATA_BYTES = SAME_METADATA - 1;
const LONGEST_TIMEOUT_MS = 0xffffffff;

/** Reads a message behind its head; undefined when it is none of a server's. */
export function readMessage(message: Buffer): ServerMessage | undefined {
  const kind = message[HEAD_BYTES];
  if (kind === HELLO) return { kind: 'hello' };
  if (message.length < HEAD_BYTES + ID_BYTES) return undefined;
  const id = message.readUInt32BE(HEAD_BYTES + KIND_BYTES);
  const content = message.subarray(HEAD_BYTES + ID_BYTES);
  if (kind === ANSWER) return { kind: 'answer', id, response: content };
  if (kind === REFUSAL) return { kind: 'refusal', id, trailers: trailersOf(content.toString('latin1')) };
  return kind === UNSEEN ? { kind: 'unseen', id } : undefined;
}

function trailersOf(texts: string): Record<string, string> {
  const trailers: Record<string, string> = {};
  const parts = texts.split('\n');
  for (let index = 0; index + 1 < parts.length; index += 2) trailers[parts[index] ?? ''] = parts[index + 1] ?? '';
  return trailers;
}

/** Metadata, names and values by turns, as a call carries it; undefined when it is too long for that. */
export function metadataBytes(texts: readonly string[]): Buffer | undefined {
  const bytes = Buffer.from(texts.join('\n'), 'latin1');
  return bytes.length > MAX_METADATA_BYTES ? undefined : bytes;
}

export const helloMessage = (): Buffer => message(HELLO, KIND_BYTES);

export const cancelMessage = (id: number): Buffer => message(CANCEL, ID_BYTES, id);

/** `timeoutMs` 0: for as long as it takes. `metadata` undefined: that of the call before. */
export function callMessage(
  id: number,
  path: string,
  timeoutMs: number,
  metadata: Buffer | undefined,
  request: Uint8Array,
): Buffer {
  const metadataLength = metadata?.length ?? 0;
  const bytes = message(CALL, CALL_BYTES + path.length + metadataLength + request.length, id);
  let at = HEAD_BYTES + ID_BYTES;
  at = bytes.writeUInt32BE(timeoutMs > LONGEST_TIMEOUT_MS ? 0 : timeoutMs, at);
  at = bytes.writeUInt16BE(path.length, at);
  at = bytes.writeUInt16BE(metadata === undefined ? SAME_METADATA : metadataLength, at);
  at += bytes.write(path, at, 'latin1');
  if (metadata !== undefined) bytes.set(metadata, at);
  bytes.set(request, at + metadataLength);
  return bytes;
}

function message(kind: number, length: number, id = 0): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + length);
  bytes[0] = 0;
  bytes.writeUInt32BE(length, 1);
  bytes[HEAD_BYTES] = kind;
  if (length >= ID_BYTES) bytes.writeUInt32BE(id, HEAD_BYTES + KIND_BYTES);
  return bytes;
}
