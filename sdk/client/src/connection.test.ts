import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { temporal } from '@perdure/proto';
import { GrpcError, Status } from '@perdure/transport';
import { Connection } from './connection.ts';
import { isGrpcCancelledError, isGrpcDeadlineError, ServiceError } from './errors.ts';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from './grpc-retry.ts';
import { recordingConnection } from './recording-channel.fixture.ts';

const { GetSystemInfoResponse, StartWorkflowExecutionRequest, StartWorkflowExecutionResponse } =
  temporal.api.workflowservice.v1;
const nothing = () => new Uint8Array();
const started = () => StartWorkflowExecutionResponse.encode({ runId: 'run' }).finish();
const refuse =
  (code: number, details = 'no') =>
  () => {
    throw new GrpcError(code, details);
  };
const quickly = makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ initialIntervalMs: () => 1, maxJitter: 0 }));

describe('a service of a connection', () => {
  test('encodes the request, sends it to its path and decodes the answer', async () => {
    const { connection, calls } = recordingConnection({ StartWorkflowExecution: started });
    const { runId } = await connection.workflowService.startWorkflowExecution({ workflowId: 'w' });
    assert.equal(runId, 'run');
    assert.equal(StartWorkflowExecutionRequest.decode(calls[0]?.request ?? new Uint8Array()).workflowId, 'w');
  });

  test('takes a callback, too', async () => {
    const { connection } = recordingConnection({ StartWorkflowExecution: started });
    const outcome = await new Promise((resolve) =>
      connection.workflowService.startWorkflowExecution({}, (error, response) => resolve([error, response?.runId])),
    );
    assert.deepEqual(outcome, [null, 'run']);
  });

  test('can be taken apart', async () => {
    const { connection } = recordingConnection({ StartWorkflowExecution: started });
    const { startWorkflowExecution } = connection.workflowService;
    assert.equal((await startWorkflowExecution({})).runId, 'run');
  });

  test('rejects without a request', async () => {
    const { connection } = recordingConnection({});
    const { startWorkflowExecution } = connection.workflowService as unknown as {
      startWorkflowExecution(): Promise<unknown>;
    };
    await assert.rejects(startWorkflowExecution(), TypeError);
  });

  test('is there for the test server only when asked for', () => {
    const { connection } = recordingConnection({});
    assert.equal(connection.testService, undefined);
    assert.equal(typeof connection.healthService.check, 'function');
    assert.equal(typeof connection.operatorService.addSearchAttributes, 'function');
  });
});

describe('the metadata of a call', () => {
  const metadataOf = async (
    options: Parameters<typeof recordingConnection>[1],
    call: (connection: Connection) => Promise<unknown>,
  ) => {
    const { connection, calls } = recordingConnection({ StartWorkflowExecution: started }, options);
    await call(connection);
    return calls[0]?.options.metadata ?? {};
  };

  test('says who calls and for which namespace', async () => {
    const metadata = await metadataOf({}, (connection) =>
      connection.workflowService.startWorkflowExecution({ namespace: 'mine' }),
    );
    assert.deepEqual(metadata, {
      'client-name': 'temporal-typescript',
      'client-version': '1.24.0',
      'temporal-namespace': 'mine',
    });
  });

  test('is the connection’s, with what the scopes around the call add to it', async () => {
    const metadata = await metadataOf({ metadata: { Static: 'a', Both: 'a' } }, (connection) =>
      connection.withMetadata({ Both: 'b', outer: 'b' }, () =>
        connection.withMetadata({ outer: 'c' }, () => connection.workflowService.startWorkflowExecution({})),
      ),
    );
    const { static: fixed, both, outer } = metadata;
    assert.deepEqual([fixed, both, outer], ['a', 'b', 'c']);
  });

  test('carries the API key, which can be a function, be set, and be another in a scope', async () => {
    let key = 0;
    const { connection, calls } = recordingConnection(
      { StartWorkflowExecution: started },
      { apiKey: () => `key-${++key}`, tls: false },
    );
    const call = () => connection.workflowService.startWorkflowExecution({});
    await call();
    await call();
    await connection.withApiKey('scoped', call);
    connection.setApiKey('set');
    await call();
    const keys = calls.map(({ options }) => options.metadata?.['authorization']);
    assert.deepEqual(keys, ['Bearer key-1', 'Bearer key-2', 'Bearer scoped', 'Bearer set']);
    assert.throws(() => connection.setApiKey(''), TypeError);
  });
});

describe('a call', () => {
  test('has the deadline and the signal of the scope around it', async () => {
    const { connection, calls } = recordingConnection({ StartWorkflowExecution: started });
    const { signal } = new AbortController();
    const at = new Date(Date.now() + 60_000);
    await connection.withDeadline(at, () =>
      connection.withAbortSignal(signal, () => connection.workflowService.startWorkflowExecution({})),
    );
    assert.equal(calls[0]?.options.deadline, at.getTime());
    assert.equal(calls[0]?.options.signal, signal);
  });

  for (const code of [Status.UNAVAILABLE, Status.UNKNOWN, Status.RESOURCE_EXHAUSTED, Status.ABORTED]) {
    test(`is made again after ${code}`, async () => {
      const { connection, calls } = recordingConnection(
        { StartWorkflowExecution: (_, before) => (before < 3 ? refuse(code)() : started()) },
        { interceptors: [quickly] },
      );
      assert.equal((await connection.workflowService.startWorkflowExecution({})).runId, 'run');
      assert.equal(calls.length, 4);
    });
  }

  test('is given up after ten attempts', async () => {
    const { connection, calls } = recordingConnection(
      { StartWorkflowExecution: refuse(Status.UNAVAILABLE) },
      { interceptors: [quickly] },
    );
    await assert.rejects(connection.workflowService.startWorkflowExecution({}), { code: Status.UNAVAILABLE });
    assert.equal(calls.length, 10);
  });

  for (const code of [Status.INVALID_ARGUMENT, Status.NOT_FOUND, Status.PERMISSION_DENIED, Status.INTERNAL]) {
    test(`is not made again after ${code}`, async () => {
      const { connection, calls } = recordingConnection({ StartWorkflowExecution: refuse(code) });
      await assert.rejects(connection.workflowService.startWorkflowExecution({}), { code });
      assert.equal(calls.length, 1);
    });
  }

  test('is not made again when there are no interceptors', async () => {
    const { connection, calls } = recordingConnection(
      { StartWorkflowExecution: refuse(Status.UNAVAILABLE) },
      { interceptors: [] },
    );
    await assert.rejects(connection.workflowService.startWorkflowExecution({}), { code: Status.UNAVAILABLE });
    assert.equal(calls.length, 1);
  });

  const slowly = makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ initialIntervalMs: () => 60_000 }));

  test('that waits for its next attempt can be called off', async () => {
    const controller = new AbortController();
    const { connection } = recordingConnection(
      {
        StartWorkflowExecution: () => {
          setImmediate(() => controller.abort());
          throw new GrpcError(Status.UNAVAILABLE, 'gone');
        },
      },
      { interceptors: [slowly] },
    );
    const call = connection.withAbortSignal(controller.signal, () =>
      connection.workflowService.startWorkflowExecution({}),
    );
    await assert.rejects(call, isGrpcCancelledError);
  });

  test('that waits for its next attempt ends at its deadline', async () => {
    const { connection } = recordingConnection(
      { StartWorkflowExecution: refuse(Status.UNAVAILABLE) },
      { interceptors: [slowly] },
    );
    const call = connection.withDeadline(Date.now() + 20, () => connection.workflowService.startWorkflowExecution({}));
    await assert.rejects(call, isGrpcDeadlineError);
  });
});

describe('connecting', () => {
  const info = () => GetSystemInfoResponse.encode({ serverVersion: '1' }).finish();

  test('asks the server once who it is, with a deadline', async () => {
    const { connection, calls } = recordingConnection({ GetSystemInfo: info }, { connectTimeout: '1 minute' });
    await Promise.all([connection.ensureConnected(), connection.ensureConnected()]);
    assert.equal(calls.length, 1);
    const left = (calls[0]?.options.deadline ?? 0) - Date.now();
    assert.ok(left > 50_000 && left <= 60_000);
  });

  test('takes a server that does not know the question', async () => {
    const { connection } = recordingConnection({});
    await connection.ensureConnected();
  });

  test('fails when the server refuses, and says why', async () => {
    const { connection } = recordingConnection({ GetSystemInfo: refuse(Status.PERMISSION_DENIED, 'not you') });
    await assert.rejects(connection.ensureConnected(), (error: unknown) => {
      assert.ok(error instanceof ServiceError);
      assert.equal(error.message, 'Failed to connect to Temporal server');
      assert.equal(error.cause?.message, '7 PERMISSION_DENIED: not you');
      return true;
    });
  });

  test('fails when nobody answers in time', async () => {
    // Nothing listens on the discard port.
    const connect = Connection.connect({ address: '127.0.0.1:9', connectTimeout: 50 });
    await assert.rejects(connect, { message: 'Failed to connect before the deadline' });
  });

  test('goes through the plugins, first to last', async () => {
    const plugin = (name: string) => ({
      name,
      configureConnection: (options: object) => ({
        ...options,
        metadata: { ...(options as { metadata?: object }).metadata, [name]: 'here', last: name },
      }),
    });
    const { connection, calls } = recordingConnection(
      { GetSystemInfo: nothing },
      { plugins: [plugin('one'), plugin('two')] },
    );
    await connection.ensureConnected();
    const { one, two, last } = calls[0]?.options.metadata ?? {};
    assert.deepEqual([one, two, last], ['here', 'here', 'two']);
    assert.deepEqual(
      connection.plugins.map(({ name }) => name),
      ['one', 'two'],
    );
  });

  test('is undone by closing', async () => {
    const { connection, channel } = recordingConnection({});
    await connection.close();
    assert.equal(channel.closed, true);
  });
});
