import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { constants } from 'node:http2';
import type { Carrier, UnaryCall } from './call.ts';
import { connectionDropped, refusalOf } from './call.ts';
import { offersCallStream } from './call-stream.ts';
import type { Connection } from './connection.ts';
import { occupy, vacate } from './connection.ts';
import { contentOf } from './frame.ts';
import { GrpcError } from './grpc-error.ts';
import { metadataOf } from './grpc-metadata.ts';
import { MessageReader } from './message-reader.ts';
import { Status, statusOfHttpAnswer } from './status.ts';

const MAX_ATTEMPTS = 5;

const OWN = Symbol('own');
type CallStream = ClientHttp2Stream & { [OWN]: OwnStream };

/** A call on a stream of its own. Listeners are shared and find it through the stream. */
class OwnStream implements Carrier {
  readonly call: UnaryCall;
  readonly connection: Connection;
  readonly stream: ClientHttp2Stream;
  headers: IncomingHttpHeaders | undefined;
  trailers: IncomingHttpHeaders | undefined;
  /** The response, with its head. */
  message: Buffer | undefined;
  readonly reader: MessageReader;

  constructor(call: UnaryCall, connection: Connection, stream: ClientHttp2Stream) {
    this.call = call;
    this.connection = connection;
    this.stream = stream;
    this.reader = new MessageReader(call.owner.maxReceiveBytes);
  }

  takeBack(): void {
    if (!this.stream.closed) this.stream.close(constants.NGHTTP2_CANCEL);
  }
}

/** Sends a call over the stream that was opened for it, on a connection that has room. */
export function sendAlone(
  call: UnaryCall,
  connection: Connection,
  stream: ClientHttp2Stream,
  framed: Buffer | Promise<Buffer>,
): void {
  call.attempts++;
  const own = new OwnStream(call, connection, stream);
  occupy(connection);
  call.carrier = own;
  (stream as CallStream)[OWN] = own;
  stream.on('response', onResponse);
  stream.on('data', onData);
  stream.on('trailers', onTrailers);
  stream.on('error', onError);
  stream.on('close', onClose);
  if (framed instanceof Promise) framed.then((bytes) => stream.end(bytes)).catch((error) => call.fail(error));
  else stream.end(framed);
}

/** The peer has ended the call. A reset is due only if the request is still on its way; peers count resets. */
function refuse({ call, stream }: OwnStream, error: GrpcError): void {
  if (call.refuse(error) && !stream.writableFinished) stream.close(constants.NGHTTP2_CANCEL);
}

function onResponse(this: ClientHttp2Stream, headers: IncomingHttpHeaders): void {
  const own = (this as CallStream)[OWN];
  if (own.call.settled) return;
  own.headers = headers;
  if (offersCallStream(headers)) own.call.owner.offered(own.call, own.connection);
  if (headers['grpc-status'] !== undefined) finish(own, headers);
  else if (Number(headers[':status']) !== 200) own.call.fail(notGrpc(headers));
}

function onData(this: ClientHttp2Stream, piece: Buffer): void {
  const own = (this as CallStream)[OWN];
  if (own.call.settled) return;
  try {
    take(own, piece);
  } catch (error) {
    own.call.fail(error);
    return;
  }
  if (own.trailers !== undefined) finish(own, own.trailers);
}

function take(own: OwnStream, piece: Buffer): void {
  const { reader } = own;
  for (const message of reader.push(piece)) {
    if (own.message !== undefined) throw moreThanOne();
    own.message = message;
  }
  if (own.message !== undefined && reader.within) throw moreThanOne();
}

const moreThanOne = (): GrpcError => new GrpcError(Status.INTERNAL, 'the server answered with more than one message');

function onTrailers(this: ClientHttp2Stream, trailers: IncomingHttpHeaders): void {
  const own = (this as CallStream)[OWN];
  if (own.call.settled) return;
  own.trailers = trailers;
  finish(own, trailers);
}

/** Ends the call by its status. What was read from the socket may come behind it: a success waits for its message. */
function finish(own: OwnStream, last: IncomingHttpHeaders): void {
  const { call, headers, message } = own;
  if (last['grpc-status'] !== '0') return refuse(own, refusalOf(last, headers === last ? undefined : headers));
  if (message === undefined) return;
  try {
    const encoding = String(headers?.['grpc-encoding'] ?? 'identity');
    const content = contentOf(message, encoding, call.owner.maxReceiveBytes);
    if (content instanceof Promise) content.then((bytes) => call.succeed(bytes)).catch((error) => call.fail(error));
    else call.succeed(content);
  } catch (error) {
    call.fail(error);
  }
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
  const { connection } = (this as CallStream)[OWN];
  if (connection.session.destroyed) connection.fault ??= error;
}

function onClose(this: ClientHttp2Stream): void {
  const own = (this as CallStream)[OWN];
  const { call, connection } = own;
  vacate(connection);
  if (!call.settled) closedEarly(own);
  call.owner.vacated(connection);
}

function closedEarly(own: OwnStream): void {
  const { call, stream } = own;
  // An inflated response is on its way.
  if (own.trailers !== undefined && own.message !== undefined) return;
  const unseen = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM || stream.id === undefined;
  if (unseen && call.attempts < MAX_ATTEMPTS) {
    call.carrier = undefined;
    call.owner.refused(call);
    return;
  }
  call.fail(lossOf(own));
}

function lossOf({ connection, stream, trailers, reader }: OwnStream): GrpcError {
  if (connection.session.destroyed) return connectionDropped(connection);
  if (trailers !== undefined) {
    const what = reader.within ? 'in the middle of its message' : 'without a message';
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
