import { Readable } from 'node:stream';
import { Code, ServiceError, unavailable } from '../../kernel/errors.ts';
import type { StreamingMethod } from './contract.ts';
import { encodingOf } from './grpc-call.ts';
import { contentOf, writeMessage } from './grpc-message.ts';
import { endAnswers, sendRefusal, startAnswers } from './grpc-response.ts';
import type { Http2Stream, StreamEvents } from './http2/stream.ts';
import { MessageReader } from './message-reader.ts';
import { deadlineExceeded, isGivingUp, refusalOf } from './refusal.ts';
import { type Serving, whyGone } from './served-call.ts';

/** Serves a call of a streaming method. `closing` aborts when the listener is about to close. */
export function serveStream(
  stream: Http2Stream,
  { service, method, answer }: StreamingMethod,
  deadline: number | undefined,
  serving: Serving,
  closing: AbortSignal,
): StreamEvents {
  const { deadlines, onBug, maxRequestBytes } = serving;
  const gone = new AbortController();
  const expire = (): void => {
    gone.abort(deadlineExceeded());
    sendRefusal(stream, deadlineExceeded());
  };
  const expiry = deadline === undefined ? undefined : deadlines.add(deadline, { expire });
  const pieces = new Readable({ read() {} });
  let drained = Promise.withResolvers<void>();
  const events: StreamEvents = {
    data: (piece) => pieces.push(piece),
    end: () => pieces.push(null),
    closed() {
      if (expiry !== undefined) deadlines.remove(expiry);
      gone.abort(whyGone(deadline));
      pieces.destroy();
      drained.resolve();
    },
    drained() {
      drained.resolve();
      drained = Promise.withResolvers();
    },
  };

  async function send(answers: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const bytes of answers) {
      if (gone.signal.aborted) return;
      startAnswers(stream);
      if (!writeMessage(stream, bytes)) await drained.promise;
    }
    if (gone.signal.aborted) return;
    startAnswers(stream);
    endAnswers(stream);
  }

  const requests = requestsOf(pieces, stream, maxRequestBytes);
  const signal = AbortSignal.any([gone.signal, closing]);
  const answered = async (): Promise<void> => send(answer(requests, signal));
  answered().catch((error: unknown) => {
    if (gone.signal.aborted && (isGivingUp(error) || isCutOff(error))) return;
    const reason = closing.aborted && isGivingUp(error) ? unavailable('the server is shutting down') : error;
    sendRefusal(stream, refusalOf(reason, service, method, onBug));
  });
  return events;
}

/** Whether an error is what reading the requests of a caller throws that is gone. */
const isCutOff = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

async function* requestsOf(pieces: Readable, stream: Http2Stream, max: number): AsyncGenerator<Buffer> {
  const reader = new MessageReader(max);
  const encoding = encodingOf(stream.head.headers);
  for await (const piece of pieces as AsyncIterable<Buffer>) {
    stream.consumed(piece.length);
    for (const message of reader.push(piece)) yield await contentOf(message, encoding, max);
  }
  if (reader.within) throw new ServiceError(Code.INTERNAL, 'the request ended in the middle of a message');
}
