/** Connections to a server: over our own transport, over grpc-js where an option asks for it, and without a socket. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, describe, test } from 'node:test';
import {
  Client,
  Connection,
  type ConnectionOptions,
  isGrpcCancelledError,
  isGrpcDeadlineError,
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
} from '@perdure/client';
import { type InternalConnectionOptions, InternalConnectionOptionsSymbol } from '@perdure/client/lib/connection';
import { startServer } from '@perdure/server';
import { inProcessChannel } from '@perdure/transport';
import { testCertificate } from '@perdure/transport/lib/certificate.fixture';
import { openSilentServer } from './silent-server.ts';
import { openTlsProxy } from './tls-proxy.ts';

const server = await startServer({ port: 0 });
const { key, cert } = testCertificate;
const tlsProxy = await openTlsProxy(server.address, { key, cert });
const mutualTlsProxy = await openTlsProxy(server.address, { key, cert, ca: cert });
const silent = await openSilentServer();
after(async () => {
  await Promise.all([tlsProxy.close(), mutualTlsProxy.close(), silent.close()]);
  await server.close();
});

const trusted = { serverRootCACertificate: Buffer.from(cert), serverNameOverride: 'transport.test' };
const clientCertPair = { crt: Buffer.from(cert), key: Buffer.from(key) };
const transports = { 'our own transport': {}, 'grpc-js': { channelArgs: {} } } as const;
const attempt = { connectTimeout: '20 seconds' } as const;

async function using<T>(options: ConnectionOptions, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ ...attempt, ...options });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

const RESOURCE_EXHAUSTED = 8;
const version = (connection: Connection) => connection.workflowService.getSystemInfo({});
test('a connection does what its channel options say', async () => {
  const channelArgs = { 'grpc.max_send_message_length': 100 };
  await using({ address: server.address, channelArgs, interceptors: [] }, async (connection) => {
    const { workflowService } = connection;
    const namespace = 'n'.repeat(200);
    await assert.rejects(workflowService.describeNamespace({ namespace }), (error) => {
      assert.ok(isGrpcServiceError(error));
      return error.code === RESOURCE_EXHAUSTED && /larger than 100/.test(error.details);
    });
    assert.ok((await workflowService.describeNamespace({ namespace: 'default' })).namespaceInfo);
  });
});

for (const [name, transport] of Object.entries(transports)) {
  describe(`a connection over ${name}`, () => {
    test('reaches a server', async () => {
      const info = await using({ address: server.address, ...transport }, version);
      assert.ok(info.capabilities);
    });

    test('reaches a server behind TLS', async () => {
      const address = `127.0.0.1:${tlsProxy.port}`;
      assert.ok((await using({ address, tls: trusted, ...transport }, version)).capabilities);
    });

    test('reaches a server that wants to know its callers', async () => {
      const address = `127.0.0.1:${mutualTlsProxy.port}`;
      const tls = { ...trusted, clientCertPair };
      assert.ok((await using({ address, tls, ...transport }, version)).capabilities);
    });

    test('does not reach a server of which the authority is not known', async () => {
      const address = `127.0.0.1:${tlsProxy.port}`;
      await assert.rejects(using({ address, tls: true, connectTimeout: 300, ...transport }, version));
    });

    test('does not reach a server that wants to know its callers without a certificate', async () => {
      const address = `127.0.0.1:${mutualTlsProxy.port}`;
      await assert.rejects(using({ address, tls: trusted, connectTimeout: 300, ...transport }, version));
    });

    test('tells what the server refused, with code, text and details', async () => {
      await using({ address: server.address, ...transport }, async (connection) => {
        const call = connection.workflowService.describeWorkflowExecution({
          namespace: 'default',
          execution: { workflowId: 'nobody' },
        });
        await assert.rejects(call, (error: unknown) => {
          assert.ok(isGrpcServiceError(error));
          assert.equal(error.code, 5);
          assert.match(error.details, /nobody/);
          assert.equal(error.message, `5 NOT_FOUND: ${error.details}`);
          assert.ok(error.metadata.get('grpc-status-details-bin')[0] instanceof Uint8Array);
          return true;
        });
        await assert.rejects(new Client({ connection }).workflow.getHandle('nobody').describe(), WorkflowNotFoundError);
      });
    });

    test('gives calls up at their deadline', async () => {
      const connection = Connection.lazy({ address: silent.address, ...transport });
      const call = connection.withDeadline(Date.now() + 50, () => version(connection));
      await assert.rejects(call, isGrpcDeadlineError);
      await connection.close();
    });

    test('gives calls up when they are called off', async () => {
      const connection = Connection.lazy({ address: silent.address, ...transport });
      const controller = new AbortController();
      const called = silent.nextCall();
      const call = connection.withAbortSignal(controller.signal, () => version(connection));
      void called.then(() => controller.abort());
      await assert.rejects(call, isGrpcCancelledError);
      await connection.close();
    });

    test('that is lazy is made by the first call, when there is a server by then', async () => {
      const port = await freePort();
      const connection = Connection.lazy({ address: `127.0.0.1:${port}`, ...transport });
      const call = version(connection);
      const late = await startServer({ port });
      try {
        assert.ok((await call).capabilities);
      } finally {
        await connection.close();
        await late.close();
      }
    });

    test('refuses calls once it is closed', async () => {
      const connection = await Connection.connect({
        ...attempt,
        address: server.address,
        ...transport,
        interceptors: [],
      });
      await connection.close();
      await assert.rejects(version(connection));
    });

    test('takes a namespace that is not there for a failure of the call, not of the connection', async () => {
      await using({ address: server.address, ...transport }, async (connection) => {
        const client = new Client({ connection, namespace: 'nowhere' });
        await assert.rejects(client.workflow.count(), { name: 'NamespaceNotFoundError' });
      });
    });
  });
}

describe('a connection without a socket', () => {
  const connect = () => {
    const channel = inProcessChannel((...call) => server.call(...call));
    return Connection.lazy({ [InternalConnectionOptionsSymbol]: { channel } } as InternalConnectionOptions);
  };

  test('reaches the server of the process', async () => {
    const connection = connect();
    await connection.ensureConnected();
    const { workflow } = new Client({ connection });
    const handle = await workflow.start('nothing', { workflowId: 'in-process', taskQueue: 'nobody' });
    assert.equal((await handle.describe()).status.name, 'RUNNING');
    await handle.terminate();
    await connection.close();
  });

  test('tells what the server refused as any other does', async () => {
    const connection = connect();
    const { workflow } = new Client({ connection });
    await assert.rejects(workflow.getHandle('nobody').describe(), WorkflowNotFoundError);
    await assert.rejects(workflow.count('what is this'), (error: unknown) => {
      assert.ok(error instanceof ServiceError && isGrpcServiceError(error.cause));
      assert.equal(error.cause.code, 3);
      return true;
    });
    await connection.close();
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
