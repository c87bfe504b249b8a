import type { Codec, Init } from '@perdure/api';
import type { TestService } from '@perdure/api/testservice';
import { durableOrUnavailable } from '../host/host.ts';
import { invalidArgument, unimplemented } from '../kernel/errors.ts';
import { durationMs, fromTimestamp, toTimestamp } from '../kernel/time.ts';
import type { ServerContext, Skipping } from './context.ts';
import type { Call } from './transport/contract.ts';

/**
 * TestService: what lets a test decide when time may be skipped. The rules by which it then is are those of
 * `kernel/skipping-clock.ts`; the locks counted here and the tasks that are out are one sum.
 *
 * Reference: temporal-test-server of the Java SDK. It ends a sleep at its time even when its caller is gone; here the
 * lock of a caller that is gone comes back at once.
 */
type Methods = typeof TestService.methods;
type Decoded<C> = C extends Codec<infer T> ? T : never;
type TestHandlers = {
  readonly [M in keyof Methods]: (
    request: Decoded<Methods[M]['request']>,
    call: Call,
    server: ServerContext,
  ) => Init<Decoded<Methods[M]['response']>> | Promise<Init<Decoded<Methods[M]['response']>>>;
};

export const testHandlers: TestHandlers = {
  LockTimeSkipping(_request, _call, server) {
    skipping(server).clock.lock();
    return {};
  },
  UnlockTimeSkipping(_request, _call, server) {
    skipping(server).clock.unlock();
    return {};
  },
  Sleep: ({ duration }, { signal }, server) => sleep(skipping(server), lengthOf(duration), signal),
  SleepUntil({ timestamp }, { signal }, server) {
    if (!timestamp) throw invalidArgument('timestamp is required');
    const time = skipping(server);
    return sleep(time, fromTimestamp(timestamp) - time.clock.now(), signal);
  },
  UnlockTimeSkippingWithSleep({ duration }, { signal }, server) {
    const time = skipping(server);
    const ms = lengthOf(duration);
    return sleep(time, ms, signal, time.clock.sleep());
  },
  async GetCurrentTime(_request, _call, { clock, skipping }) {
    const time = toTimestamp(clock.now());
    // What a server that died had told is no later than what it begins with when it is started again.
    if (skipping) await durableOrUnavailable(skipping.durable());
    return { time };
  },
};

function skipping(server: ServerContext): Skipping {
  if (server.skipping) return server.skipping;
  throw unimplemented('Time is not skipped by this server. Start it with --time-skipping, or use perdure test-server.');
}

function lengthOf(duration: Decoded<Methods['Sleep']['request']>['duration']): number {
  const ms = duration ? durationMs(duration) : 0;
  if (ms < 0) throw invalidArgument('duration must not be negative');
  return ms;
}

/** Waits until time has gone on so far. `atEnd` is called in the very turn in which it has, or the caller is gone. */
function sleep({ clock, durable }: Skipping, ms: number, signal: AbortSignal, atEnd = (): void => {}): Promise<object> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', abandon);
      atEnd();
    };
    const abandon = (): void => {
      end();
      reject(signal.reason as Error);
    };
    const cancel = clock.schedule(clock.now() + ms, () => {
      end();
      // Where time has got to is output like any other: it is stored before somebody hears of it.
      durableOrUnavailable(durable()).then(() => resolve({}), reject);
    });
    signal.addEventListener('abort', abandon);
    if (signal.aborted) abandon();
  });
}
