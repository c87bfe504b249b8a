import type { ServiceError } from '../../kernel/errors.ts';
import { writeMessage } from './grpc-message.ts';
import { headerBlock } from './http2/hpack.ts';
import type { Http2Stream } from './http2/stream.ts';
import { encodeStatus } from './refusal.ts';

type Field = readonly [name: string, value: string | number];

/** Every answer says that there are call streams (`call-stream.ts`), to clients that know what that is. */
const headers: readonly Field[] = [
  [':status', 200],
  ['content-type', 'application/grpc'],
  ['perdure-call-stream', 1],
];
const headersBlock = headerBlock(headers);
const okTrailers = headerBlock([['grpc-status', 0]]);

/** Answers a call with one message. */
export function sendAnswer(stream: Http2Stream, message: Uint8Array): void {
  startAnswers(stream);
  writeMessage(stream, message);
  endAnswers(stream);
}

/** Begins an answer of many messages. */
export const startAnswers = (stream: Http2Stream): void => stream.respond(headersBlock);

/** Ends what `startAnswers` began. */
export const endAnswers = (stream: Http2Stream): void => stream.end(okTrailers);

/** Ends a call with a refusal, which is the trailers when answers were begun. */
export function sendRefusal(stream: Http2Stream, refusal: ServiceError): void {
  const trailers = trailersOf(refusal);
  if (!stream.headersSent) {
    const own = Object.entries(refusal.headers).map(([name, value]): Field => [name.toLowerCase(), value]);
    if (own.length === 0) return stream.respond(headerBlock([...headers, ...trailers]), true);
    stream.respond(headerBlock([...headers, ...own]));
  }
  stream.end(headerBlock(trailers));
}

/** Answers what is no gRPC call with a status of HTTP. */
export const sendHttpStatus = (stream: Http2Stream, status: number): void =>
  stream.respond(headerBlock([[':status', status]]), true);

/** The status as headers. As on the reference server, `grpc-status-details-bin` is there only if details are. */
export function trailersOf(refusal: ServiceError): Field[] {
  const trailers: Field[] = [['grpc-status', refusal.code]];
  if (refusal.message !== '') trailers.push(['grpc-message', percentEncoded(refusal.message)]);
  if (refusal.details.length > 0) trailers.push(['grpc-status-details-bin', base64(encodeStatus(refusal))]);
  return trailers;
}

const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64').replace(/=+$/, '');

/** `grpc-message`: printable ASCII as it is, but for `%` and blanks at the ends, which HTTP does not keep. */
const percentEncoded = (text: string): string =>
  text.replace(/^ +| +$|[^ -$&-~]+/g, (part) => encodeURIComponent(part));
