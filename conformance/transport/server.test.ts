/** The transport against the server: the same answers and the same refusals, over a socket and without one. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { grpc, temporal } from '@perdure/proto';
import { type Server, startServer } from '@perdure/server';
import { type Channel, connectHttp2, GrpcError, inProcessChannel, Status } from '@perdure/transport';

const { GetSystemInfoResponse, PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse } =
  temporal.api.workflowservice.v1;
const path = (method: string): string => `/temporal.api.workflowservice.v1.WorkflowService/${method}`;
const nothing = new Uint8Array(0);

const ways: { way: string; open: (server: Server) => Channel }[] = [
  { way: 'over a socket', open: ({ address }) => connectHttp2({ address }) },
  { way: 'over a socket, compressed', open: ({ address }) => connectHttp2({ address, compression: 'gzip' }) },
  { way: 'in process', open: ({ call }) => inProcessChannel(call) },
];

let server: Server;
before(async () => {
  server = await startServer({ port: 0 });
});
after(() => server.close());

async function failureOf(call: Promise<Uint8Array>): Promise<GrpcError> {
  const error = await call.catch((caught: unknown) => caught);
  assert.ok(error instanceof GrpcError, String(error));
  return error;
}

const poll = PollWorkflowTaskQueueRequest.encode({
  namespace: 'default',
  taskQueue: { name: 'transport' },
  identity: 'test',
}).finish();

for (const { way, open } of ways) {
  describe(`calls ${way}`, () => {
    let channel: Channel;
    before(() => {
      channel = open(server);
    });
    after(() => channel.close());

    test('are answered', async () => {
      const answer = await channel.unary(path('GetSystemInfo'), nothing);
      assert.ok(GetSystemInfoResponse.decode(answer).capabilities?.eagerWorkflowStart);
    });

    test('reach the health service', async () => {
      const answer = await channel.unary('/grpc.health.v1.Health/Check', nothing);
      const { SERVING } = grpc.health.v1.HealthCheckResponse.ServingStatus;
      assert.equal(grpc.health.v1.HealthCheckResponse.decode(answer).status, SERVING);
    });

    test('are refused with code, text and details', async () => {
      const request = temporal.api.workflowservice.v1.DescribeNamespaceRequest.encode({ namespace: 'nope' }).finish();
      const error = await failureOf(channel.unary(path('DescribeNamespace'), request));
      assert.equal(error.code, Status.NOT_FOUND);
      assert.equal(error.message, '5 NOT_FOUND: Namespace nope is not found.');
      const [details] = error.metadata.get('grpc-status-details-bin');
      assert.ok(details instanceof Buffer);
      assert.match(details.toString('latin1'), /temporal\.api\.errordetails\.v1\.NamespaceNotFoundFailure/);
    });

    test('of methods and services that there are not are UNIMPLEMENTED', async () => {
      assert.equal((await failureOf(channel.unary('/no.Service/Call', nothing))).code, Status.UNIMPLEMENTED);
      assert.equal((await failureOf(channel.unary(path('NoSuchMethod'), nothing))).code, Status.UNIMPLEMENTED);
    });

    test('with too large a request are RESOURCE_EXHAUSTED', async () => {
      const error = await failureOf(channel.unary(path('GetSystemInfo'), Buffer.alloc(5 * 1024 * 1024)));
      assert.equal(error.code, Status.RESOURCE_EXHAUSTED);
      assert.match(error.details, /received message larger than max/);
    });

    test('that wait are answered with nothing before their deadline', async () => {
      const answer = await channel.unary(path('PollWorkflowTaskQueue'), poll, { deadline: Date.now() + 2100 });
      assert.equal(PollWorkflowTaskQueueResponse.decode(answer).taskToken.length, 0);
    });

    test('that wait end when they are aborted', async () => {
      const aborting = new AbortController();
      const call = channel.unary(path('PollWorkflowTaskQueue'), poll, {
        signal: aborting.signal,
        deadline: Date.now() + 60_000,
      });
      setImmediate(() => aborting.abort());
      assert.equal((await failureOf(call)).code, Status.CANCELLED);
    });

    test('a thousand at once are answered', async () => {
      const answers = await Promise.all(
        Array.from({ length: 1000 }, () => channel.unary(path('GetSystemInfo'), nothing)),
      );
      assert.ok(answers.every(({ length }) => length > 0));
    });
  });
}
