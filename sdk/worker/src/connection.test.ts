import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { temporal } from '@perdure/proto';
import { type CallOptions, type Channel, GrpcError, Status } from '@perdure/transport';
import { extractNativeClient, extractReferenceHolders, NativeConnection, nativeConnectionOver } from './connection.ts';
import { isLongPoll } from './connection-calls.ts';
import { toNativeClientOptions } from './connection-options.ts';
import { DefaultLogger } from './logger.ts';
import { Runtime } from './runtime.ts';
import { MetricsBuffer } from './runtime-metrics.ts';

const { GetSystemInfoResponse, GetWorkflowExecutionHistoryRequest } = temporal.api.workflowservice.v1;
const path = (method: string): string => `/temporal.api.workflowservice.v1.WorkflowService/${method}`;

interface Made {
  readonly method: string;
  readonly options: CallOptions;
}

/** A channel that answers with nothing, or as it is told, and what was asked of it. */
function fake(answer: (method: string) => Uint8Array | Promise<Uint8Array> = () => new Uint8Array(0)) {
  const made: Made[] = [];
  let closed = 0;
  const channel: Channel = {
    async unary(method, _request, options = {}) {
      made.push({ method: method.slice(method.lastIndexOf('/') + 1), options });
      return answer(method);
    },
    close: () => {
      closed++;
    },
  };
  return { channel, made, closed: () => closed };
}

const metadataOf = ({ options }: Made): Record<string, unknown> => ({ ...options.metadata });

afterEach(async () => {
  await Runtime._instance?.shutdown();
});

describe('connecting', () => {
  test('asks the server what it can do', async () => {
    const capabilities = { eagerWorkflowStart: true };
    const { channel, made } = fake(() => GetSystemInfoResponse.encode({ capabilities }).finish());
    const connection = await nativeConnectionOver(channel);
    assert.deepEqual(
      made.map(({ method }) => method),
      ['GetSystemInfo'],
    );
    assert.equal(extractNativeClient(connection).capabilities?.eagerWorkflowStart, true);
    await connection.ensureConnected();
    await connection.close();
  });

  test('does without an answer of servers that do not know the question', async () => {
    const { channel } = fake(() => Promise.reject(new GrpcError(Status.UNIMPLEMENTED, 'no')));
    const connection = await nativeConnectionOver(channel);
    assert.equal(extractNativeClient(connection).capabilities, undefined);
    await connection.close();
  });

  test('fails where there is no server, and leaves nothing behind', async () => {
    await assert.rejects(NativeConnection.connect({ address: '127.0.0.1:1' }), {
      name: 'TransportError',
      message: /Connection refused/,
    });
    const { channel, closed } = fake(() => Promise.reject(new GrpcError(Status.PERMISSION_DENIED, 'not you')));
    await assert.rejects(nativeConnectionOver(channel), {
      name: 'TransportError',
      message: /Failed to call GetSystemInfo: .*not you/,
    });
    assert.equal(closed(), 1);
    assert.equal(Runtime._instance, undefined);
  });

  test('lets plugins have their say', async () => {
    const { channel, made } = fake();
    const plugin = {
      name: 'p',
      configureNativeConnection: (options: object) => ({ ...options, metadata: { from: 'plugin' } }),
    };
    const connection = await nativeConnectionOver(channel, { plugins: [plugin, { name: 'silent' }] });
    assert.equal(made[0] && metadataOf(made[0])['from'], 'plugin');
    assert.equal(connection.plugins.length, 2);
    await connection.close();
  });
});

describe('calls', () => {
  test('carry the metadata of the connection, its key and the namespace that they name', async () => {
    const { channel, made } = fake();
    const connection = await nativeConnectionOver(channel, { metadata: { First: '1' } });
    await connection.setMetadata({ 'Second-bin': Buffer.of(2) });
    await connection.setApiKey('key');
    await connection.workflowService.describeNamespace({ namespace: 'ns' });
    await connection.setMetadata({ authorization: 'own' });
    await connection.operatorService.listSearchAttributes({ namespace: 'ns' });
    const own = { 'client-name': 'temporal-typescript', 'client-version': '1.24.0' };
    assert.deepEqual(made.map(metadataOf), [
      { ...own, first: '1' },
      { ...own, 'second-bin': Buffer.of(2), authorization: 'Bearer key', 'temporal-namespace': 'ns' },
      { ...own, authorization: 'own' },
    ]);
    await assert.rejects(connection.setMetadata({ 'a b': 'c' }), {
      name: 'TypeError',
      message: /Invalid metadata key/,
    });
    await connection.close();
  });

  test('take deadline, signal and metadata from the scope that they are made in', async () => {
    const { channel, made } = fake();
    const connection = await nativeConnectionOver(channel);
    const { signal } = new AbortController();
    const deadline = new Date(Date.now() + 10_000);
    const within = <T>(make: () => Promise<T>): Promise<T> =>
      connection.withDeadline(deadline, () =>
        connection.withAbortSignal(signal, () =>
          connection.withMetadata({ a: 'outer', b: 'outer' }, () => connection.withMetadata({ a: 'inner' }, make)),
        ),
      );
    await within(() => connection.healthService.check({}));
    await connection.healthService.check({});
    const [, inside, outside] = made;
    assert.equal(inside?.options.deadline, deadline.getTime());
    assert.equal(inside?.options.signal, signal);
    assert.equal(inside && metadataOf(inside)['a'], 'inner');
    assert.equal(inside && metadataOf(inside)['b'], 'outer');
    assert.equal(outside?.options.signal, undefined);
    await connection.close();
  });

  test('may be made where a signal was aborted before, to clean up', async () => {
    const { channel, made } = fake();
    const connection = await nativeConnectionOver(channel);
    await connection.withAbortSignal(AbortSignal.abort(), () => connection.healthService.check({}));
    assert.equal(made[1]?.options.signal, undefined);
    await connection.close();
  });

  test('have half a minute if nothing else is said, and long polls more', async () => {
    const { channel, made } = fake();
    const connection = await nativeConnectionOver(channel);
    await connection.workflowService.describeNamespace({});
    await connection.workflowService.pollWorkflowTaskQueue({});
    await connection.workflowService.getWorkflowExecutionHistory({ waitNewEvent: true });
    const left = made.map(({ options }) => Math.round(((options.deadline ?? 0) - Date.now()) / 1000));
    assert.deepEqual(left, [30, 30, 70, 70]);
    await connection.close();
  });

  test('that fail in a way that may pass are made again; others are not', async () => {
    let failures = 0;
    const failing = new Map([
      ['DescribeNamespace', Status.UNAVAILABLE],
      ['ListNamespaces', Status.NOT_FOUND],
    ]);
    const { channel, made } = fake((method) => {
      const code = failing.get(method.slice(method.lastIndexOf('/') + 1));
      if (code === undefined || (code === Status.UNAVAILABLE && failures++ > 0)) return new Uint8Array(0);
      throw new GrpcError(code, 'no');
    });
    const connection = await nativeConnectionOver(channel);
    await connection.workflowService.describeNamespace({});
    await assert.rejects(connection.workflowService.listNamespaces({}), { code: Status.NOT_FOUND });
    assert.deepEqual(
      made.map(({ method }) => method),
      ['GetSystemInfo', 'DescribeNamespace', 'DescribeNamespace', 'ListNamespaces'],
    );
    await connection.close();
  });

  test('are made once where a Worker makes them', async () => {
    let down = false;
    const { channel, made } = fake(() => {
      if (down) throw new GrpcError(Status.UNAVAILABLE, 'no');
      return new Uint8Array(0);
    });
    const connection = await nativeConnectionOver(channel);
    down = true;
    const client = extractNativeClient(connection);
    await assert.rejects(client.call(path('PollWorkflowTaskQueue'), new Uint8Array(0)), { code: Status.UNAVAILABLE });
    assert.equal(made.length, 2);
    await connection.close();
  });
});

test('calls are counted and timed, by method, namespace and outcome', async () => {
  const buffer = new MetricsBuffer();
  Runtime.install({ telemetryOptions: { metrics: { buffer } } });
  const { channel } = fake((method) => {
    if (method.endsWith('GetSystemInfo')) return new Uint8Array(0);
    throw new GrpcError(Status.NOT_FOUND, 'no');
  });
  const connection = await nativeConnectionOver(channel);
  const client = extractNativeClient(connection);
  const call = client.call(path('PollActivityTaskQueue'), new Uint8Array(0), {
    metadata: { 'temporal-namespace': 'ns' },
    taskQueue: 'tq',
  });
  await assert.rejects(call);
  const tags = {
    service_name: 'temporal-core-sdk',
    operation: 'PollActivityTaskQueue',
    namespace: 'ns',
    task_queue: 'tq',
  };
  assert.deepEqual([...buffer.retrieveUpdates()].map(({ metric, attributes }) => [metric.name, attributes]).slice(2), [
    ['temporal_long_request', tags],
    ['temporal_long_request_failure', { ...tags, status_code: 'NOT_FOUND' }],
    ['temporal_long_request_latency', tags],
  ]);
  await connection.close();
});

describe('closing', () => {
  test('is refused while a Worker needs the connection, and the second time', async () => {
    const { channel, closed } = fake();
    const connection = await nativeConnectionOver(channel);
    const worker = {};
    extractReferenceHolders(connection).add(worker);
    await assert.rejects(connection.close(), {
      name: 'IllegalStateError',
      message: 'Cannot close connection while Workers hold a reference to it',
    });
    extractReferenceHolders(connection).delete(worker);
    assert.equal(closed(), 0);
    await connection.close();
    assert.equal(closed(), 1);
    await assert.rejects(connection.close(), { name: 'IllegalStateError', message: 'Client already closed' });
    await assert.rejects(connection.healthService.check({}), { name: 'IllegalStateError' });
  });
});

describe('options of a connection', () => {
  test('are checked', async () => {
    await assert.rejects(NativeConnection.connect({ address: ':invalid' }), {
      name: 'TypeError',
      message: /Invalid address for Temporal gRPC endpoint/,
    });
    await assert.rejects(NativeConnection.connect({ tls: { clientCertPair: {} as never } }), {
      name: 'TypeError',
      message: /tls\.clientTlsOptions\.clientCert: Missing property 'clientCert'/,
    });
    assert.throws(() => toNativeClientOptions({ apiKey: 'k', metadata: { Authorization: 'x' } }), TypeError);
    assert.throws(() => toNativeClientOptions({ grpcCompression: { codec: 'zstd' } as never }), TypeError);
  });

  test('have defaults', () => {
    assert.deepEqual(toNativeClientOptions({}), {
      targetUrl: 'http://localhost:7233',
      tls: null,
      httpConnectProxy: null,
      dnsLoadBalancingConfig: null,
      grpcCompression: { codec: 'gzip' },
      headers: null,
      apiKey: null,
      disableErrorCodeMetricTags: false,
      payloadsWarnSize: 512 * 1024,
      memoWarnSize: 2 * 1024,
    });
    assert.equal(toNativeClientOptions({ apiKey: 'k' }).targetUrl, 'https://localhost:7233');
    assert.equal(toNativeClientOptions({ apiKey: 'k', tls: false }).targetUrl, 'http://localhost:7233');
    assert.equal(toNativeClientOptions({ apiKey: 'k', tls: null }).targetUrl, 'https://localhost:7233');
  });

  test('say how to get to the server', () => {
    const { httpConnectProxy, dnsLoadBalancingConfig, tls } = toNativeClientOptions({
      address: 'a.test',
      tls: { serverNameOverride: 'b.test' },
      proxy: { type: 'http-connect', targetHost: 'http://proxy:8080', basicAuth: { username: 'u', password: 'p' } },
      dnsLoadBalancingConfig: { resolutionInterval: '5s' },
    });
    assert.deepEqual(httpConnectProxy, {
      targetHost: 'proxy:8080',
      basicAuth: { username: 'u', password: 'p' },
    });
    assert.deepEqual(dnsLoadBalancingConfig, { resolutionIntervalMillis: 5000 });
    assert.equal(tls?.domain, 'b.test');
  });
});

test('a long poll is one that waits, which some calls do only when they are asked to', () => {
  const history = (waitNewEvent: boolean) =>
    GetWorkflowExecutionHistoryRequest.encode({
      namespace: 'default',
      execution: { workflowId: 'w' },
      nextPageToken: Buffer.from('token'),
      waitNewEvent,
    }).finish();
  assert.ok(isLongPoll(path('PollNexusTaskQueue'), new Uint8Array(0)));
  assert.ok(isLongPoll(path('GetWorkflowExecutionHistory'), history(true)));
  assert.ok(!isLongPoll(path('GetWorkflowExecutionHistory'), history(false)));
  assert.ok(!isLongPoll(path('StartWorkflowExecution'), new Uint8Array(0)));
});

describe('what clients send', () => {
  const { StartWorkflowExecutionRequest } = temporal.api.workflowservice.v1;

  /** What the log says when a workflow is started with these sizes. */
  async function warnings(sizes: { memo: number; input: number }): Promise<unknown[]> {
    const logged: unknown[] = [];
    const warned = Promise.withResolvers<void>();
    Runtime.install({
      logger: new DefaultLogger('WARN', ({ message, meta }) => {
        logged.push([message.match(/upload (\w+) .* (\w+) limit/)?.slice(1), meta?.['method'], meta?.['limit']]);
        warned.resolve();
      }),
      telemetryOptions: { logging: { filter: 'WARN', forward: {} } },
    });
    const { channel, made } = fake();
    const payloadLimits = { payloadsWarnSize: 1000, memoWarnSize: 100 };
    const connection = await nativeConnectionOver(channel, { payloadLimits });
    const payload = (length: number) => ({ data: new Uint8Array(length) });
    await connection.workflowService.startWorkflowExecution(
      StartWorkflowExecutionRequest.create({
        input: { payloads: [payload(sizes.input)] },
        memo: { fields: { note: payload(sizes.memo) } },
      }),
    );
    assert.equal(made.at(-1)?.method, 'StartWorkflowExecution');
    if (sizes.memo > 100 || sizes.input > 1000) await warned.promise;
    await connection.close();
    return logged;
  }

  test('is warned of when it is larger than it should be', async () => {
    assert.deepEqual(await warnings({ memo: 200, input: 0 }), [[['memo', 'warning'], 'StartWorkflowExecution', 100]]);
  });

  test('may have larger payloads than memos', async () => {
    assert.deepEqual(await warnings({ memo: 50, input: 900 }), []);
  });

  test('is warned of by its payloads too', async () => {
    assert.deepEqual(await warnings({ memo: 0, input: 2000 }), [
      [['payloads', 'warning'], 'StartWorkflowExecution', 1000],
    ]);
  });
});
