import { once } from 'node:events';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { Code, ServiceError, unavailable } from '../../kernel/errors.ts';
import type { StreamingMethod } from './contract.ts';
import { encodingOf } from './grpc-call.ts';
import { contentOf, writeMessage } from './grpc-message.ts';
import { endAnswers, isOpen, sendRefusal, startAnswers } from './grpc-response.ts';
import { MessageReader } from './message-reader.ts';
import { deadlineExceeded, isGivingUp, refusalOf } from './refusal.ts';
import { type Serving, whyGone } from './served-call.ts';

/** Serves a call of a streaming method. `closing` aborts when the listener is about to close. */
export function serveStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { service, method, answer }: StreamingMethod,
  deadline: number | undefined,
  serving: Serving,
  closing: AbortSignal,
): void {
  const { deadlines, onBug, maxRequestBytes } = serving;
  const gone = new AbortController();
  const expire = (): void => {
    gone.abort(deadlineExceeded());
    if (isOpen(stream) && !stream.writableEnded) sendRefusal(stream, deadlineExceeded());
  };
  const expiry = deadline === undefined ? undefined : deadlines.add(deadline, { expire });
  stream.on('close', () => {
    if (expiry !== undefined) deadlines.remove(expiry);
    gone.abort(whyGone(deadline));
  });

  const requests = requestsOf(stream, encodingOf(headers), maxRequestBytes);
  const signal = AbortSignal.any([gone.signal, closing]);
  send(stream, () => answer(requests, signal), gone.signal).catch((error: unknown) => {
    if (gone.signal.aborted && (isGivingUp(error) || isReset(error, stream))) return;
    const reason = closing.aborted && isGivingUp(error) ? unavailable('the server is shutting down') : error;
    const refusal = refusalOf(reason, service, method, onBug);
    if (isOpen(stream) && !stream.writableEnded) sendRefusal(stream, refusal);
  });
}

async function send(
  stream: ServerHttp2Stream,
  answer: () => AsyncIterable<Uint8Array>,
  gone: AbortSignal,
): Promise<void> {
  for await (const bytes of answer()) {
    if (gone.aborted) return;
    if (!stream.headersSent) startAnswers(stream);
    if (!writeMessage(stream, bytes)) await once(stream, 'drain', { signal: gone });
  }
  if (gone.aborted || !isOpen(stream)) return;
  if (!stream.headersSent) startAnswers(stream);
  endAnswers(stream);
}

/** Whether an error is what reading the requests of a caller throws that is gone. */
const isReset = (error: unknown, stream: ServerHttp2Stream): boolean =>
  error instanceof Error &&
  (error === stream.errored || ('code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'));

/** Not the stream itself: iterating a stream to its end would destroy it, with the answers not sent yet. */
async function* requestsOf(stream: ServerHttp2Stream, encoding: string, max: number): AsyncGenerator<Buffer> {
  const reader = new MessageReader(max);
  for await (const piece of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    for (const message of reader.push(piece)) yield await contentOf(message, encoding, max);
  }
  if (reader.within) throw new ServiceError(Code.INTERNAL, 'the request ended in the middle of a message');
}
