import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { constants } from 'node:http2';
import type { CallOptions } from './channel.ts';
import type { Connection } from './connection.ts';
import { occupy, vacate } from './connection.ts';
import { announcedLength, contentOf, HEAD_BYTES } from './frame.ts';
import { GrpcError } from './grpc-error.ts';
import { metadataOf } from './grpc-metadata.ts';
import { messageText, timeoutHeader } from './headers.ts';
import { Status, statusOfHttpAnswer } from './status.ts';

/** What a call tells the channel that it belongs to. */
export interface CallOwner {
  readonly maxReceiveBytes: number;
  /** Makes the request of a call, as the peer shall see it. */
  open(call: UnaryCall, connection: Connection): ClientHttp2Stream;
  /** The peer has not looked at the call: it may go out again. */
  refused(call: UnaryCall): void;
  /** There is room for another one. */
  vacated(connection: Connection): void;
}

/** Node fires a timer of more than 2^31 - 1 ms at once; a deadline that far away is as good as none. */
const MAX_TIMER_MS = 0x7fffffff;
/** So many pieces are joined, so that a message that comes byte by byte does not cost a multiple of its size. */
const MANY_PIECES = 512;
const MAX_ATTEMPTS = 5;

const CALL = Symbol('call');
type CallStream = ClientHttp2Stream & { [CALL]: UnaryCall };

/** A call from its making to its answer. Listeners are shared and find it through the stream. */
export class UnaryCall {
  readonly method: string;
  readonly options: CallOptions;
  readonly owner: CallOwner;
  /** The request with its head. */
  framed: Buffer;
  settled = false;
  stream: ClientHttp2Stream | undefined;
  connection: Connection | undefined;
  attempts = 0;
  headers: IncomingHttpHeaders | undefined;
  trailers: IncomingHttpHeaders | undefined;
  /** The response so far, with its head; `expected` is its whole length, and negative while the head is not there. */
  pieces: Buffer[] = [];
  received = 0;
  expected = -1;
  readonly resolve: (response: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: NodeJS.Timeout | undefined;

  constructor(
    method: string,
    framed: Buffer,
    options: CallOptions,
    owner: CallOwner,
    resolve: (response: Uint8Array) => void,
    reject: (error: unknown) => void,
  ) {
    this.method = method;
    this.framed = framed;
    this.options = options;
    this.owner = owner;
    this.resolve = resolve;
    this.reject = reject;
    const { deadline, signal } = options;
    if (deadline !== undefined) {
      const left = deadline - Date.now();
      if (left < MAX_TIMER_MS) this.timer = setTimeout(expire, Math.max(left, 0), this);
    }
    signal?.addEventListener('abort', this);
  }

  /** The signal was aborted. */
  handleEvent(): void {
    fail(this, new GrpcError(Status.CANCELLED, 'Call cancelled', undefined, { cause: this.options.signal?.reason }));
  }
}

/** The `grpc-timeout` of a call, if it has a deadline. */
export const timeoutOf = ({ options: { deadline } }: UnaryCall): string | undefined =>
  deadline === undefined || !Number.isFinite(deadline) ? undefined : timeoutHeader(deadline - Date.now());

/** Sends the call over a connection that has room. */
export function send(call: UnaryCall, connection: Connection): void {
  call.attempts++;
  let stream: ClientHttp2Stream;
  try {
    stream = call.owner.open(call, connection);
  } catch (error) {
    fail(call, error);
    return;
  }
  occupy(connection);
  call.connection = connection;
  call.stream = stream;
  (stream as CallStream)[CALL] = call;
  stream.on('response', onResponse);
  stream.on('data', onData);
  stream.on('trailers', onTrailers);
  stream.on('error', onError);
  stream.on('close', onClose);
  stream.end(call.framed);
}

/** Ends a call with an error; what is still under way of it is taken back. */
export function fail(call: UnaryCall, error: unknown): void {
  if (!settle(call)) return;
  call.reject(error);
  const { stream } = call;
  if (stream !== undefined && !stream.closed) stream.close(constants.NGHTTP2_CANCEL);
}

/** The peer has ended the call. A reset is due only if the request is still on its way; peers count resets. */
function refuse(call: UnaryCall, error: GrpcError): void {
  if (!settle(call)) return;
  call.reject(error);
  if (call.stream?.writableFinished === false) call.stream.close(constants.NGHTTP2_CANCEL);
}

function expire(call: UnaryCall): void {
  const where = call.stream === undefined ? ' while waiting for a connection' : '';
  fail(call, new GrpcError(Status.DEADLINE_EXCEEDED, `Deadline exceeded${where}`));
}

function settle(call: UnaryCall): boolean {
  if (call.settled) return false;
  call.settled = true;
  if (call.timer !== undefined) clearTimeout(call.timer);
  call.options.signal?.removeEventListener('abort', call);
  return true;
}

function onResponse(this: ClientHttp2Stream, headers: IncomingHttpHeaders): void {
  const call = (this as CallStream)[CALL];
  if (call.settled) return;
  call.headers = headers;
  if (headers['grpc-status'] !== undefined) finish(call, headers);
  else if (Number(headers[':status']) !== 200) fail(call, notGrpc(headers));
}

function onData(this: ClientHttp2Stream, piece: Buffer): void {
  const call = (this as CallStream)[CALL];
  if (call.settled) return;
  try {
    take(call, piece);
  } catch (error) {
    fail(call, error);
    return;
  }
  if (call.trailers !== undefined) finish(call, call.trailers);
}

function take(call: UnaryCall, piece: Buffer): void {
  const { pieces } = call;
  call.received += piece.length;
  pieces.push(piece);
  if (pieces.length >= MANY_PIECES) joined(pieces);
  if (call.expected < 0) {
    if (call.received < HEAD_BYTES) return;
    call.expected = HEAD_BYTES + announcedLength(joined(pieces), call.owner.maxReceiveBytes);
  }
  if (call.received > call.expected)
    throw new GrpcError(Status.INTERNAL, 'the server answered with more than one message');
}

function onTrailers(this: ClientHttp2Stream, trailers: IncomingHttpHeaders): void {
  const call = (this as CallStream)[CALL];
  if (call.settled) return;
  call.trailers = trailers;
  finish(call, trailers);
}

/** Ends the call by its status. What was read from the socket may come behind it: a success waits for its message. */
function finish(call: UnaryCall, statusHeaders: IncomingHttpHeaders): void {
  const status = statusHeaders['grpc-status'];
  if (status !== '0') return refuse(call, refusalOf(call, statusHeaders, status));
  if (call.received !== call.expected) return;
  const { pieces } = call;
  call.pieces = [];
  try {
    const encoding = String(call.headers?.['grpc-encoding'] ?? 'identity');
    const content = contentOf(joined(pieces), encoding, call.owner.maxReceiveBytes);
    if (content instanceof Promise) content.then((bytes) => succeed(call, bytes)).catch((error) => fail(call, error));
    else succeed(call, content);
  } catch (error) {
    fail(call, error);
  }
}

function succeed(call: UnaryCall, response: Buffer): void {
  if (settle(call)) call.resolve(response);
}

function refusalOf(call: UnaryCall, headers: IncomingHttpHeaders, status: unknown): GrpcError {
  const metadata = headers === call.headers ? metadataOf(headers) : metadataOf(call.headers, headers);
  const code = Number(status);
  const text = messageText(headers['grpc-message'] as string | undefined);
  return status === undefined || !Number.isInteger(code)
    ? new GrpcError(Status.UNKNOWN, `the server answered with the grpc-status ${status}`, metadata)
    : new GrpcError(code, text, metadata);
}

const notGrpc = (headers: IncomingHttpHeaders): GrpcError => {
  const status = Number(headers[':status']);
  return new GrpcError(
    statusOfHttpAnswer(status),
    `Received HTTP status code ${status} instead of an answer of gRPC`,
    metadataOf(headers),
  );
};

/** An error is followed by `close`, which is where it is told. */
function onError(this: ClientHttp2Stream, error: Error): void {
  const { connection } = (this as CallStream)[CALL];
  if (connection?.session.destroyed) connection.fault ??= error;
}

function onClose(this: ClientHttp2Stream): void {
  const call = (this as CallStream)[CALL];
  const { connection } = call;
  call.connection = undefined;
  if (connection !== undefined) vacate(connection);
  if (!call.settled) closedEarly(call, this, connection);
  call.pieces = [];
  if (connection !== undefined) call.owner.vacated(connection);
}

function closedEarly(call: UnaryCall, stream: ClientHttp2Stream, connection: Connection | undefined): void {
  // An inflated response is on its way.
  if (call.trailers !== undefined && call.received === call.expected) return;
  const unseen = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM || stream.id === undefined;
  if (unseen && call.attempts < MAX_ATTEMPTS) {
    call.stream = undefined;
    call.owner.refused(call);
    return;
  }
  fail(call, lossOf(call, stream, connection));
}

function lossOf(call: UnaryCall, stream: ClientHttp2Stream, connection: Connection | undefined): GrpcError {
  if (connection?.session.destroyed) {
    const why = connection.fault === undefined ? '' : `: ${connection.fault.message}`;
    return new GrpcError(Status.UNAVAILABLE, `Connection dropped${why}`, undefined, { cause: connection.fault });
  }
  if (call.trailers !== undefined) {
    const what = call.received === 0 ? 'without a message' : 'in the middle of its message';
    return new GrpcError(Status.INTERNAL, `the response ended ${what}`);
  }
  const code = stream.rstCode ?? constants.NGHTTP2_NO_ERROR;
  return new GrpcError(statusOfReset(code), `Received RST_STREAM with code ${code}`);
}

function statusOfReset(code: number): Status {
  switch (code) {
    case constants.NGHTTP2_REFUSED_STREAM:
      return Status.UNAVAILABLE;
    case constants.NGHTTP2_CANCEL:
      return Status.CANCELLED;
    case constants.NGHTTP2_ENHANCE_YOUR_CALM:
      return Status.RESOURCE_EXHAUSTED;
    case constants.NGHTTP2_INADEQUATE_SECURITY:
      return Status.PERMISSION_DENIED;
    default:
      return Status.INTERNAL;
  }
}

/** All pieces as one, which is the first when there is no other. They stay joined. */
function joined(pieces: Buffer[]): Buffer {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const all = Buffer.concat(pieces);
  pieces.splice(0, pieces.length, all);
  return all;
}
