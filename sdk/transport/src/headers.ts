import type { CallMetadata } from './channel.ts';
import { GrpcError } from './grpc-error.ts';
import { Status } from './status.ts';

/** Headers as Node sends them without looking at them again: names and values by turns. */
export type RawHeaders = string[];

const validName = /^[0-9a-z_.-]+$/;
/** What HTTP carries: visible ASCII and blanks. */
const validValue = /^[\x20-\x7e]*$/;
/** Names that are gRPC's or HTTP's own: letting them through would break the call. */
const reserved = new Set(['te', 'content-type', 'user-agent', 'connection', 'transfer-encoding', 'host']);

const HOUR_MS = 3_600_000;
const MAX_TIMEOUT_DIGITS = 99_999_999;

/** The `grpc-timeout` for so many milliseconds: at most eight digits, and never less than asked. */
export function timeoutHeader(ms: number): string {
  const rounded = Math.max(Math.ceil(ms), 1);
  if (rounded <= MAX_TIMEOUT_DIGITS) return `${rounded}m`;
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= MAX_TIMEOUT_DIGITS) return `${seconds}S`;
  return `${Math.min(Math.ceil(ms / HOUR_MS), MAX_TIMEOUT_DIGITS)}H`;
}

/** Adds a call's metadata to its headers. Refuses with INTERNAL what HTTP cannot carry. */
export function addMetadata(headers: RawHeaders, metadata: CallMetadata): void {
  for (const given of Object.keys(metadata)) {
    const value = metadata[given];
    if (value === undefined) continue;
    const name = given.toLowerCase();
    if (!validName.test(name)) throw notCarried(`the metadata name ${JSON.stringify(given)} has characters`);
    if (reserved.has(name) || name.startsWith('grpc-')) continue;
    headers.push(name, headerValue(name, value));
  }
}

function headerValue(name: string, value: string | Uint8Array): string {
  if (name.endsWith('-bin')) {
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  }
  const text = typeof value === 'string' ? value : Buffer.from(value).toString();
  if (!validValue.test(text)) throw notCarried(`the value of the metadata ${name} has characters`);
  return text;
}

const notCarried = (what: string): GrpcError => new GrpcError(Status.INTERNAL, `${what} that HTTP cannot carry`);

/** The text of a `grpc-message`. What is no valid escape stays as it is. */
export function messageText(header: string | undefined): string {
  if (header === undefined) return '';
  if (!header.includes('%')) return header;
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}
