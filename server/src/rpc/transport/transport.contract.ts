import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Code, invalidArgument, ServiceError } from '../../kernel/errors.ts';
import type { Call, Dispatch, OnBug, ServiceShape, TransportLimits } from './contract.ts';
import type { UnaryClient } from './in-process.ts';
import { MAX_MESSAGE_BYTES } from './refusal.ts';

export const SERVICE = 'perdure.test.v1.Testing';
const method = { request: { typeName: 'perdure.test.v1.Ask' }, response: { typeName: 'perdure.test.v1.Answer' } };
/** A service with the one method `Do`. */
export const testService: ServiceShape = { name: SERVICE, methods: { Do: method } };

export interface OpenOptions {
  readonly services: readonly ServiceShape[];
  readonly dispatch: Dispatch;
  readonly limits?: Partial<TransportLimits>;
  readonly onBug?: OnBug;
}

export interface OpenTransport {
  readonly client: UnaryClient;
  close(): Promise<void>;
}

const nothing = new Uint8Array(0);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const unheard: Dispatch = () => assert.fail('the call should not have got this far');

/** Waits for the signal and then throws what it was aborted with, as a handler does that gives up. */
const untilAborted = ({ signal }: Call): Promise<Uint8Array> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

/** Checks a refusal by what a client sees of it. */
function refused(code: Code, message?: RegExp | string) {
  return (error: unknown): true => {
    assert.ok(error instanceof ServiceError, `not a ServiceError: ${String(error)}`);
    assert.equal(error.code, code, error.message);
    if (typeof message === 'string') assert.equal(error.message, message);
    else if (message !== undefined) assert.match(error.message, message);
    return true;
  };
}

export function transportContract(name: string, open: (options: OpenOptions) => Promise<OpenTransport>): void {
  async function using<T>(options: Partial<OpenOptions>, run: (client: UnaryClient) => Promise<T>): Promise<T> {
    const transport = await open({ services: [testService], dispatch: unheard, ...options });
    try {
      return await run(transport.client);
    } finally {
      await transport.close();
    }
  }

  describe(`${name}: what every transport promises of calls`, () => {
    test('the request arrives as it was sent, and so does the answer', () =>
      using({ dispatch: ({ body }) => body }, async (client) => {
        const body = bytes(0, 1, 128, 255);
        assert.deepEqual(bytes(...(await client.call(SERVICE, 'Do', body))), body);
        assert.equal((await client.call(SERVICE, 'Do', nothing)).length, 0);
      }));

    test('an answer may be given later, and far larger than a request may be', () => {
      const large = new Uint8Array(20 << 20).fill(7);
      return using({ dispatch: async () => large }, async (client) => {
        const answer = await client.call(SERVICE, 'Do', nothing);
        assert.ok(Buffer.from(large.buffer).equals(answer));
      });
    });

    test('the handler is told which method was called', () =>
      using({ dispatch: (call) => Buffer.from(`${call.service} ${call.method}`) }, async (client) => {
        assert.equal(String(await client.call(SERVICE, 'Do', nothing)), `${SERVICE} Do`);
      }));

    test('metadata has lower-case names, and no binary values', () => {
      const dispatch: Dispatch = ({ metadata }) =>
        Buffer.from(JSON.stringify([metadata.get('client-name'), metadata.get('Client-Name'), metadata.get('absent')]));
      return using({ dispatch }, async (client) => {
        const answer = await client.call(SERVICE, 'Do', nothing, { metadata: { 'Client-Name': 'contract' } });
        assert.deepEqual(JSON.parse(String(answer)), ['contract', null, null]);
      });
    });

    test('a hundred calls at once each get their own answer', () =>
      using({ dispatch: async ({ body }) => body }, async (client) => {
        const calls = Array.from({ length: 100 }, (_, i) => client.call(SERVICE, 'Do', bytes(i)));
        const answers = await Promise.all(calls);
        assert.deepEqual(
          answers.map(([first]) => first),
          Array.from({ length: 100 }, (_, i) => i),
        );
      }));
  });

  describe(`${name}: what every transport promises of refusals`, () => {
    const details = [{ typeName: 'temporal.api.errordetails.v1.NotFoundFailure', value: Buffer.from([10, 1, 65]) }];

    for (const [how, dispatch] of [
      ['thrown at once', (call: Call) => refuse(call)],
      ['thrown later', async (call: Call) => refuse(call)],
    ] as const) {
      test(`code, message, details and headers of a refusal ${how} reach the caller`, () =>
        using({ dispatch }, async (client) => {
          await assert.rejects(client.call(SERVICE, 'Do', nothing), (error) => {
            assert.ok(error instanceof ServiceError);
            assert.equal(error.code, Code.RESOURCE_EXHAUSTED);
            assert.equal(error.message, 'slow down');
            assert.deepEqual(
              error.details.map(({ typeName, value }) => ({ typeName, value: Buffer.from(value) })),
              details,
            );
            assert.equal(lowerCased(error.headers).get('x-resource-exhausted-cause'), 'RpsLimit');
            return true;
          });
        }));
    }
    const refuse = (_: Call): never => {
      throw new ServiceError(Code.RESOURCE_EXHAUSTED, 'slow down', details, {
        'X-Resource-Exhausted-Cause': 'RpsLimit',
      });
    };

    test('a message in any script arrives whole', async () => {
      const message = '100 % „Größe“ 流程 🦀\nnext line';
      const dispatch = (): never => {
        throw invalidArgument(message);
      };
      await using({ dispatch }, (client) =>
        assert.rejects(client.call(SERVICE, 'Do', nothing), refused(Code.INVALID_ARGUMENT, message)),
      );
    });

    test('a message that is no proper text is made one', async () => {
      const dispatch = (): never => {
        throw invalidArgument('half a pair: \ud83e');
      };
      await using({ dispatch }, (client) =>
        assert.rejects(client.call(SERVICE, 'Do', nothing), refused(Code.INVALID_ARGUMENT, 'half a pair: \ufffd')),
      );
    });

    test('a message over the limit is cut', async () => {
      const dispatch = (): never => {
        throw invalidArgument('流'.repeat(5000));
      };
      await using({ dispatch }, (client) =>
        assert.rejects(client.call(SERVICE, 'Do', nothing), (error) => {
          refused(Code.INVALID_ARGUMENT, /^流+ \.\.\. \(cut\)$/)(error);
          const size = Buffer.byteLength((error as ServiceError).message);
          assert.ok(size <= MAX_MESSAGE_BYTES && size > MAX_MESSAGE_BYTES - 4, `${size} bytes`);
          return true;
        }),
      );
    });

    test('of a bug the caller sees a reference only, and the server is told all', async () => {
      const bugs: unknown[] = [];
      const bug = new TypeError('secret of the house');
      const onBug: OnBug = (error, call) => bugs.push({ error, ...call });
      const dispatch = (): never => {
        throw bug;
      };
      await using({ dispatch, onBug }, async (client) => {
        await assert.rejects(client.call(SERVICE, 'Do', nothing), (error) => {
          refused(Code.INTERNAL, /^internal server error \(reference [0-9a-f]{12}\)$/)(error);
          const reference = /reference (.*)\)/.exec((error as ServiceError).message)?.[1];
          assert.deepEqual(bugs, [{ error: bug, service: SERVICE, method: 'Do', reference }]);
          return true;
        });
      });
    });

    test('an unknown method or service is named in the refusal', () =>
      using({}, async (client) => {
        await assert.rejects(client.call(SERVICE, 'BrewCoffee', nothing), refused(Code.UNIMPLEMENTED, /BrewCoffee/));
        await assert.rejects(client.call(SERVICE, 'toString', nothing), refused(Code.UNIMPLEMENTED, /toString/));
        await assert.rejects(client.call('no.such.Service', 'Do', nothing), refused(Code.UNIMPLEMENTED, /no\.such/));
      }));

    test('a request over the limit is refused before the handler sees it', () =>
      using({ limits: { maxRequestBytes: 1000 } }, async (client) => {
        const refusal = refused(Code.RESOURCE_EXHAUSTED, /larger than max \(1001 vs\.? 1000\)/);
        await assert.rejects(client.call(SERVICE, 'Do', new Uint8Array(1001)), refusal);
      }));

    test('a request just at the limit is taken', () =>
      using({ limits: { maxRequestBytes: 1000 }, dispatch: ({ body }) => body }, async (client) => {
        assert.equal((await client.call(SERVICE, 'Do', new Uint8Array(1000))).length, 1000);
      }));
  });

  describe(`${name}: what every transport promises of calls that end early`, () => {
    test('the handler sees the deadline', () =>
      using({ dispatch: ({ deadline }) => Buffer.from(String(deadline)) }, async (client) => {
        const wanted = Date.now() + 30_000;
        const deadline = Number(await client.call(SERVICE, 'Do', nothing, { deadlineMs: 30_000 }));
        assert.ok(Math.abs(deadline - wanted) < 2000, `${deadline - wanted} ms off`);
        assert.equal(String(await client.call(SERVICE, 'Do', nothing)), 'undefined');
      }));

    test('past the deadline the caller gets DEADLINE_EXCEEDED and the signal aborts', async () => {
      const aborted = Promise.withResolvers<unknown>();
      const dispatch: Dispatch = (call) => {
        call.signal.addEventListener('abort', () => aborted.resolve(call.signal.reason));
        return new Promise(() => {});
      };
      await using({ dispatch }, async (client) => {
        const call = client.call(SERVICE, 'Do', nothing, { deadlineMs: 50 });
        await assert.rejects(call, refused(Code.DEADLINE_EXCEEDED));
        refused(Code.DEADLINE_EXCEEDED)(await aborted.promise);
      });
    });

    for (const [how, giveUp] of [
      ['with the reason of the signal', untilAborted],
      ['with an AbortError', ({ signal }: Call) => setTimeout(60_000, nothing, { signal })],
    ] as const) {
      test(`a cancelled call is CANCELLED for the caller and aborts the signal; the handler gives up ${how}`, async () => {
        const started = Promise.withResolvers<void>();
        const aborted = Promise.withResolvers<unknown>();
        const dispatch: Dispatch = (call) => {
          call.signal.addEventListener('abort', () => aborted.resolve(call.signal.reason));
          started.resolve();
          return giveUp(call);
        };
        await using({ dispatch, onBug: () => assert.fail('giving up is no bug') }, async (client) => {
          const cancel = new AbortController();
          const call = client.call(SERVICE, 'Do', nothing, { signal: cancel.signal });
          await started.promise;
          cancel.abort();
          await assert.rejects(call, refused(Code.CANCELLED));
          refused(Code.CANCELLED)(await aborted.promise);
        });
      });
    }

    test('a call that is cancelled before it starts never reaches the handler', () =>
      using({}, async (client) => {
        const call = client.call(SERVICE, 'Do', nothing, { signal: AbortSignal.abort() });
        await assert.rejects(call, refused(Code.CANCELLED));
      }));

    test('a signal that is first asked for after the cancellation is aborted already', async () => {
      const started = Promise.withResolvers<Call>();
      const dispatch: Dispatch = (call) => {
        started.resolve(call);
        return new Promise(() => {});
      };
      await using({ dispatch }, async (client) => {
        const cancel = new AbortController();
        const call = client.call(SERVICE, 'Do', nothing, { signal: cancel.signal });
        const seen = await started.promise;
        cancel.abort();
        await assert.rejects(call, refused(Code.CANCELLED));
        // The reset may still be on its way to the server; asking again is not what makes it arrive.
        while (!seen.signal.aborted) await new Promise(setImmediate);
        refused(Code.CANCELLED)(seen.signal.reason);
      });
    });

    test('the end of an answered call is no cancellation', async () => {
      const signals: AbortSignal[] = [];
      const dispatch: Dispatch = ({ signal, body }) => {
        signals.push(signal);
        return body;
      };
      await using({ dispatch }, async (client) => {
        await client.call(SERVICE, 'Do', nothing, { deadlineMs: 5000 });
        await client.call(SERVICE, 'Do', nothing, { deadlineMs: 5000 });
      });
      assert.deepEqual(
        signals.map(({ aborted }) => aborted),
        [false, false],
      );
    });
  });
}

const lowerCased = (headers: Readonly<Record<string, string>>): Map<string, string> =>
  new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
