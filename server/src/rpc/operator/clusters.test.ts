import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Codec, services } from '@perdure/api';
import { OperatorService } from '@perdure/api/operatorservice';
import { Code, ServiceError } from '../../kernel/errors.ts';
import { CLUSTER_NAME } from '../../validation/namespace.ts';
import { type Conversation, converse } from '../conversation.fixture.ts';
import { inProcessClient } from '../transport/in-process.ts';

let conversation: Conversation;
before(async () => {
  conversation = await converse();
});
after(() => conversation.close());

async function ask(method: 'ListClusters' | 'AddOrUpdateRemoteCluster' | 'RemoveRemoteCluster', request: object) {
  const codecs: { readonly request: Codec<object>; readonly response: Codec<object> } = OperatorService.methods[method];
  const client = inProcessClient({ services, dispatch: conversation.core.dispatch });
  return codecs.response.decode(await client.call(OperatorService.name, method, codecs.request.encode(request), {}));
}

const name = CLUSTER_NAME;

describe('a server that is a cluster of its own', () => {
  test('lists itself', async () => {
    const { clusters } = (await ask('ListClusters', {})) as { clusters: { clusterName: string }[] };
    assert.deepEqual(
      clusters.map(({ clusterName }) => clusterName),
      [name],
    );
  });

  for (const [method, request, code] of [
    ['AddOrUpdateRemoteCluster', { frontendAddress: 'other:7233' }, Code.INVALID_ARGUMENT],
    ['RemoveRemoteCluster', { clusterName: name }, Code.INVALID_ARGUMENT],
    ['RemoveRemoteCluster', { clusterName: 'other' }, Code.NOT_FOUND],
  ] as const)
    test(`refuses ${method} of ${JSON.stringify(request)}`, async () => {
      await assert.rejects(ask(method, request), (error) => error instanceof ServiceError && error.code === code);
    });
});
