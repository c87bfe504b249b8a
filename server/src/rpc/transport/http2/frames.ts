/** The frames of HTTP/2 (RFC 9113, sections 4 and 6), as numbers. */

export const FrameType = {
  data: 0x0,
  headers: 0x1,
  priority: 0x2,
  rstStream: 0x3,
  settings: 0x4,
  pushPromise: 0x5,
  ping: 0x6,
  goaway: 0x7,
  windowUpdate: 0x8,
  continuation: 0x9,
} as const;

export const Flag = { none: 0, endStream: 0x1, ack: 0x1, endHeaders: 0x4, padded: 0x8, priority: 0x20 } as const;

/** Why a stream or a connection ends (RFC 9113, section 7). */
export const ErrorCode = {
  noError: 0x0,
  protocolError: 0x1,
  internalError: 0x2,
  flowControlError: 0x3,
  streamClosed: 0x5,
  frameSizeError: 0x6,
  compressionError: 0x9,
  enhanceYourCalm: 0xb,
} as const;
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

export const Setting = {
  headerTableSize: 0x1,
  enablePush: 0x2,
  maxConcurrentStreams: 0x3,
  initialWindowSize: 0x4,
  maxFrameSize: 0x5,
  maxHeaderListSize: 0x6,
} as const;

/** Length, type, flags and stream, in front of every payload. */
export const FRAME_HEAD_BYTES = 9;

/** The largest payload that everybody takes; we ask nobody for more. */
export const MAX_FRAME_BYTES = 16_384;

/** What both sides may send on the connection, and on each stream, until they are told otherwise. */
export const DEFAULT_WINDOW = 65_535;
export const MAX_WINDOW = 0x7fff_ffff;
export const MAX_STREAM_ID = 0x7fff_ffff;

class Http2Error extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The client did what ends its connection. */
export class ConnectionError extends Http2Error {}

/** The client did what ends one stream. */
export class StreamError extends Http2Error {}

export const protocolError = (message: string): ConnectionError =>
  new ConnectionError(ErrorCode.protocolError, message);

/** The payload of a SETTINGS frame. */
export function settingsPayload(settings: readonly (readonly [setting: number, value: number])[]): Buffer {
  const payload = Buffer.allocUnsafe(settings.length * 6);
  for (const [index, [setting, value]] of settings.entries()) {
    payload.writeUInt16BE(setting, index * 6);
    payload.writeUInt32BE(value, index * 6 + 2);
  }
  return payload;
}

/** A payload without its padding, which may be all of it (RFC 9113, section 6.1). */
export function unpadded(payload: Buffer, flags: number): Buffer {
  if ((flags & Flag.padded) === 0) return payload;
  const padding = payload[0];
  if (padding === undefined) throw new ConnectionError(ErrorCode.frameSizeError, 'a padded frame without its length');
  if (padding >= payload.length) throw protocolError('more padding than frame');
  return payload.subarray(1, payload.length - padding);
}
