import type { InterceptingCall, InterceptingListener, Metadata, StatusObject } from '@grpc/grpc-js';
import { Status } from '@perdure/transport';
import type { GrpcRetryOptions } from './retry.ts';

/** What grpc-js asks of a call; it exports no name for it. */
type Call = ConstructorParameters<typeof InterceptingCall>[0];

/**
 * A unary call of grpc-js that is made again when it fails. Nothing of a failed attempt reaches the caller: what an
 * attempt received is held back until its status is the final one.
 */
export function retryingCall(nextCall: () => Call, options: GrpcRetryOptions): Call {
  const first = nextCall();
  let current = first;
  let timer: NodeJS.Timeout | undefined;
  let attempt = 0;
  let metadata: Metadata | undefined;
  let listener: Partial<InterceptingListener> = {};
  let request: unknown;

  const finish = (received: unknown, status: StatusObject) => {
    listener.onReceiveMessage?.(received);
    listener.onReceiveStatus?.(status);
  };
  const launch = (call: Call) => {
    if (metadata === undefined) return;
    current = call;
    attempt++;
    let received: unknown = null;
    call.start(metadata.clone(), {
      onReceiveMetadata: (headers) => listener.onReceiveMetadata?.(headers),
      onReceiveMessage: (message: unknown) => {
        received = message;
      },
      onReceiveStatus: (status) => {
        if (status.code === Status.OK || !options.retryableDecider(attempt, status)) return finish(received, status);
        timer = setTimeout(
          () => {
            timer = undefined;
            const next = nextCall();
            launch(next);
            next.sendMessage(request);
            next.halfClose();
          },
          options.delayFunction(attempt, status),
        );
      },
    });
  };

  return {
    start(startMetadata, startListener) {
      metadata = startMetadata;
      listener = startListener ?? {};
      launch(first);
    },
    sendMessage(message: unknown) {
      request = message;
      first.sendMessage(message);
    },
    sendMessageWithContext(context, message: unknown) {
      request = message;
      first.sendMessageWithContext(context, message);
    },
    halfClose: () => first.halfClose(),
    startRead: () => current.startRead(),
    getPeer: () => current.getPeer(),
    getAuthContext: () => current.getAuthContext(),
    cancelWithStatus(code, details) {
      if (timer === undefined) return current.cancelWithStatus(code, details);
      // Between two attempts there is no call that could be cancelled.
      clearTimeout(timer);
      timer = undefined;
      if (metadata !== undefined) finish(null, { code, details, metadata: metadata.clone() });
    },
  };
}
