import { once } from 'node:events';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { OnBug, StreamingMethod } from './contract.ts';
import { grpcStatus, sendHeaders, whyCancelled } from './grpc-js-call.ts';
import { isGivingUp, refusalOf } from './refusal.ts';

type Wire = ServerDuplexStream<Buffer, Uint8Array>;

/** Serves a streaming method. To grpc-js all of them are bidirectional: on the wire there is no difference. */
export function streamHandler({ service, method, answer }: StreamingMethod, closing: AbortSignal, onBug?: OnBug) {
  return (wire: Wire): void => {
    const gone = new AbortController();
    wire.once('cancelled', () => {
      const deadline = wire.getDeadline();
      gone.abort(whyCancelled(Number(deadline)));
    });
    const signal = AbortSignal.any([gone.signal, closing]);

    send(wire, answer(requestsOf(wire), signal), gone.signal).catch((error: unknown) => {
      if (wire.cancelled || (closing.aborted && isGivingUp(error))) return;
      const refusal = refusalOf(error, service, method, onBug);
      sendHeaders(wire, refusal);
      wire.emit('error', grpcStatus(refusal));
    });
  };
}

async function send(wire: Wire, answers: AsyncIterable<Uint8Array>, gone: AbortSignal): Promise<void> {
  for await (const bytes of answers) {
    if (gone.aborted) return;
    if (!wire.write(bytes)) await once(wire, 'drain', { signal: gone });
  }
  wire.end();
}

/** Not `wire` itself: iterating a stream to its end would destroy it, with the answers not sent yet. */
async function* requestsOf(wire: Wire): AsyncGenerator<Uint8Array> {
  yield* wire.iterator({ destroyOnReturn: false });
}
