import type { OutgoingHttpHeaders, ServerHttp2Stream, ServerStreamResponseOptions } from 'node:http2';
import { constants } from 'node:http2';
import type { ServiceError } from '../../kernel/errors.ts';
import { writeMessage } from './grpc-message.ts';
import { encodeStatus } from './refusal.ts';

type ResponseOptions = ServerStreamResponseOptions & { readonly sendDate: false };

/** Every answer says that there are call streams (`call-stream.ts`), to clients that know what that is. */
const headers = { ':status': 200, 'content-type': 'application/grpc', 'perdure-call-stream': '1' } as const;
const okTrailers: OutgoingHttpHeaders = { 'grpc-status': '0' };
const withTrailers: ResponseOptions = { waitForTrailers: true, sendDate: false };
const headersOnly: ResponseOptions = { endStream: true, sendDate: false };

/** Whether anything sent on it can still reach the caller. */
export const isOpen = (stream: ServerHttp2Stream): boolean => !stream.closed && !stream.destroyed;

/** Answers a call with one message. The stream must be open and nothing sent on it. */
export function sendAnswer(stream: ServerHttp2Stream, message: Uint8Array): void {
  startAnswers(stream);
  writeMessage(stream, message);
  endAnswers(stream);
}

/** Begins an answer of many messages. */
export function startAnswers(stream: ServerHttp2Stream): void {
  stream.respond(headers, withTrailers);
}

/** Ends what `startAnswers` began. */
export function endAnswers(stream: ServerHttp2Stream): void {
  stream.on('wantTrailers', sendOkTrailers);
  stream.end();
}

/**
 * Ends a call with a refusal, which is the trailers when answers were begun. A caller that is still sending its
 * request is told to stop.
 */
export function sendRefusal(stream: ServerHttp2Stream, refusal: ServiceError): void {
  if (!stream.headersSent) {
    const names = Object.keys(refusal.headers);
    if (names.length === 0) {
      stream.respond({ ...headers, ...trailersOf(refusal) }, headersOnly);
      stopCaller(stream);
      return;
    }
    stream.respond({ ...headers, ...refusal.headers }, withTrailers);
  }
  const trailers = trailersOf(refusal);
  stream.on('wantTrailers', () => sendTrailers(stream, trailers));
  stream.end();
}

/** Answers what is no gRPC call with a status of HTTP. */
export function sendHttpStatus(stream: ServerHttp2Stream, status: number): void {
  stream.respond({ ':status': status }, headersOnly);
  stopCaller(stream);
}

function sendOkTrailers(this: ServerHttp2Stream): void {
  sendTrailers(this, okTrailers);
}

function sendTrailers(stream: ServerHttp2Stream, trailers: OutgoingHttpHeaders): void {
  stream.sendTrailers(trailers);
  // Node sends trailers in the next turn, and not at all on a stream that is closed by then.
  if (!stream.readableEnded) setImmediate(stopCaller, stream);
}

/** Drops what has come of the request, and asks for no more of it. The answer stays valid. */
function stopCaller(stream: ServerHttp2Stream): void {
  if (stream.readableEnded || !isOpen(stream)) return;
  stream.resume();
  stream.close(constants.NGHTTP2_NO_ERROR);
}

/** The status as headers. As on the reference server, `grpc-status-details-bin` is there only if details are. */
export function trailersOf(refusal: ServiceError): OutgoingHttpHeaders {
  const trailers: OutgoingHttpHeaders = { 'grpc-status': refusal.code };
  if (refusal.message !== '') trailers['grpc-message'] = percentEncoded(refusal.message);
  if (refusal.details.length > 0) trailers['grpc-status-details-bin'] = base64(encodeStatus(refusal));
  return trailers;
}

const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64').replace(/=+$/, '');

/** `grpc-message`: printable ASCII as it is, but for `%` and blanks at the ends, which HTTP does not keep. */
const percentEncoded = (text: string): string =>
  text.replace(/^ +| +$|[^ -$&-~]+/g, (part) => encodeURIComponent(part));
