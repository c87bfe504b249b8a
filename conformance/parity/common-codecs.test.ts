/**
 * Codecs, external storage and addresses, beside those of the official package.
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import * as ourInternals from '@perdure/common/lib/internal-non-workflow';
import {
  bytes,
  type Common,
  comparable,
  ours,
  outcome,
  same,
  theirs,
  wireFailure,
  wirePayload,
} from './side-by-side.ts';

type Internals = typeof ourInternals;
const theirInternals: Internals = createRequire(import.meta.url)('@temporalio/common/lib/internal-non-workflow');

async function sameInternally(run: (internals: Internals, common: Common) => unknown): Promise<void> {
  const [mine, expected] = await Promise.all([
    settled(async () => await run(ourInternals, ours)),
    settled(async () => await run(theirInternals, theirs)),
  ]);
  assert.deepEqual(comparable(mine), comparable(expected));
}

async function settled(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return { result: await run() };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: [name, message] };
  }
}

/** Wraps the data in brackets, and notes in the metadata with what context it was asked. */
const bracketing = (open: string): ours.PayloadCodec => ({
  encode: async (payloads, context) =>
    payloads.map((payload) => ({
      metadata: { ...payload.metadata, [open]: bytes(JSON.stringify(context ?? null)) },
      data: Buffer.concat([bytes(open), payload.data ?? bytes('none')]),
    })),
  decode: async (payloads) =>
    payloads.map((payload) => ({ ...payload, data: payload.data?.subarray(open.length) })) as ours.Payload[],
});

const context = { type: 'workflow', namespace: 'n', workflowId: 'w' } as const;

function converter(common: Common): ours.LoadedDataConverter {
  return { ...common.defaultDataConverter, payloadCodecs: [bracketing('<<'), bracketing('[')] };
}

describe('codecs', () => {
  test('values go out and come in through all of them', async () => {
    await sameInternally(async (internals, common) => {
      const data = converter(common);
      const one = await internals.encodeToPayload(data, { a: 1 }, context);
      const many = (await internals.encodeToPayloadsWithContext(data, context, [1, 'two', undefined])) ?? [];
      const map = await internals.encodeMapToPayloads(data, { a: 1, b: null }, context);
      return {
        one: wirePayload(one),
        many: many.map(wirePayload),
        none: await internals.encodeToPayloads(data),
        map: Object.entries(map).map(([key, payload]) => [key, wirePayload(payload)]),
        oneBack: await internals.decodeOptionalSinglePayload(data, one, context),
        noneBack: await internals.decodeOptionalSinglePayload(data, null),
        manyBack: await internals.decodeArrayFromPayloads(data, many, context),
        atBack: await Promise.all([0, 1, 2, 3].map((at) => internals.decodeFromPayloadsAtIndex(data, at, many))),
        mapBack: await internals.decodeMapFromPayloads(data, map, context),
        absent: [
          await internals.decodeArrayFromPayloads(data, null),
          await internals.decodeMapFromPayloads(data, null),
        ],
      };
    });
  });

  test('summaries and details go out and come in through all of them', async () => {
    for (const [summary, details] of [
      ['s', 'd'],
      ['s', undefined],
      [undefined, undefined],
      ['', 'd'],
    ] as const) {
      await sameInternally(async (internals, common) => {
        const data = converter(common);
        const encoded = await internals.encodeUserMetadata(data, summary, details, context);
        return {
          summary: encoded?.summary && wirePayload(encoded.summary),
          details: encoded?.details && wirePayload(encoded.details),
          back: await internals.decodeUserMetadata(data, encoded, context),
        };
      });
    }
  });

  test('failures go out and come in through all of them, with their causes', async () => {
    await sameInternally(async (internals, common) => {
      const data = {
        ...converter(common),
        failureConverter: new common.DefaultFailureConverter({ encodeCommonAttributes: true }),
      };
      const inner = new common.TimeoutFailure('late', { beat: 1 }, 'HEARTBEAT');
      const middle = new common.CancelledFailure('cancelled', [1], inner);
      const error = new common.ApplicationFailure('outer', 'Outer', false, [{ a: 1 }, 'b'], middle);
      for (let at: Error | undefined = error; at; at = at.cause as Error | undefined) at.stack = 'trace';
      const failure = await internals.encodeErrorToFailure(data, error, context);
      const back = await internals.decodeOptionalFailureToOptionalError(data, failure, context);
      return {
        wire: wireFailure(failure),
        messages: [back?.message, (back?.cause as Error | undefined)?.message],
        stack: back?.stack,
      };
    });
  });

  test('resets and empty details go through them', async () => {
    const failures: ours.ProtoFailure[] = [
      { resetWorkflowFailureInfo: { lastHeartbeatDetails: { payloads: [{ data: bytes('x') }] } } },
      { applicationFailureInfo: { details: {} } },
      { canceledFailureInfo: { details: { payloads: [] } } },
      {},
    ];
    for (const failure of failures) {
      await sameInternally(async ({ encodeFailure, decodeFailure }) => {
        const codecs = [bracketing('<')];
        const encoded = (await encodeFailure(codecs, failure)) as ours.ProtoFailure;
        return [wireFailure(encoded), wireFailure((await decodeFailure(codecs, encoded)) as ours.ProtoFailure)];
      });
    }
  });
});

describe('addresses', () => {
  const addresses = [
    'localhost',
    'localhost:7233',
    'http://proxy:80',
    'https://proxy',
    'http:proxy:80',
    '127.0.0.1:1',
    '[::1]:7233',
    '[::1]',
    '::1',
    'a:b',
    'a:',
    '',
    'host:99999',
    'tcp:host',
    'x/y',
    '[zz]:1',
    'HTTP://a:1',
  ];
  for (const address of addresses) {
    test(`${JSON.stringify(address)} is taken apart, completed or refused in the same way`, async () => {
      await sameInternally(({ splitProtoHostPort }) => splitProtoHostPort(address));
      await sameInternally(({ normalizeGrpcEndpointAddress }) => normalizeGrpcEndpointAddress(address, 7233));
      await sameInternally(({ parseHttpConnectProxyAddress }) => parseHttpConnectProxyAddress(address));
    });
  }

  test('encryption is decided in the same way', async () => {
    for (const tls of [undefined, null, true, false, {}, { serverNameOverride: 'x' }]) {
      for (const apiKey of [undefined, '', 'key', () => 'key']) {
        await sameInternally(({ normalizeTlsConfig }) => normalizeTlsConfig(tls, apiKey));
      }
    }
  });
});

describe('external storage', () => {
  test('a reference to a stored payload is the same on the wire, and read in the same way', async () => {
    await sameInternally((internals, common) => {
      const claim = new common.StorageDriverClaim({ b: '2', a: '1' });
      const reference = internals.encodeReferencePayload({ driverName: 'd', claim, sizeBytes: 300_000 });
      return {
        wire: wirePayload(reference),
        is: [reference, { metadata: {} }, {}].map(internals.isReferencePayload),
        back: internals.decodeReferencePayload(reference),
        bare: internals.decodeReferencePayload({
          metadata: reference.metadata ?? {},
          data: bytes('{"driverName":"d"}'),
        }),
        nameless: outcome(() =>
          internals.decodeReferencePayload({ metadata: reference.metadata ?? {}, data: bytes('{}') }),
        ),
      };
    });
  });

  const driver = (name: string): ours.StorageDriver => ({
    name,
    type: 't',
    store: async () => [],
    retrieve: async () => [],
  });
  const configurations: [string, Record<string, unknown>][] = [
    ['no drivers', { drivers: [] }],
    ['no list', { drivers: undefined }],
    ['a driver without name', { drivers: [driver('')] }],
    ['two of one name', { drivers: [driver('a'), driver('a')] }],
    ['two without selector', { drivers: [driver('a'), driver('b')] }],
    ['a negative threshold', { drivers: [driver('a')], payloadSizeThreshold: -1 }],
    ['an endless threshold', { drivers: [driver('a')], payloadSizeThreshold: Number.POSITIVE_INFINITY }],
    ['a threshold that is none', { drivers: [driver('a')], payloadSizeThreshold: '5' }],
    ['one driver', { drivers: [driver('a')] }],
  ];
  for (const [name, options] of configurations) {
    test(`a configuration with ${name} is taken or refused in the same way`, () => {
      same((common) => {
        const storage = new common.ExternalStorage(options as { drivers: ours.StorageDriver[] });
        return [
          storage.payloadSizeThreshold,
          storage.getDriver('a')?.name,
          storage.getDriver('b'),
          storage.driverSelector({}, {})?.name,
        ];
      });
    });
  }

  test('what was done is added up in the same way', async () => {
    await sameInternally(({ ExternalStorageMetricsAccumulator }) => {
      const accumulator = new ExternalStorageMetricsAccumulator();
      const nothing = accumulator.toProto();
      accumulator.record('b', 2, 100, 0, 50);
      accumulator.record('a', 1, 10, 25, 60);
      accumulator.record('b', 1, 1, 1000, 2500.5);
      accumulator.record('b', 1, 1, 30, 40);
      return [nothing, accumulator.toProto()];
    });
  });
});
