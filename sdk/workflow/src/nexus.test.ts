import './storage.fixture.ts';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createNexusServiceClient } from './nexus.ts';

describe('a Nexus client', () => {
  test('says that operations cannot be called yet', async () => {
    const client = createNexusServiceClient({ endpoint: 'e', service: { name: 'greeter', operations: {} } as never });
    const call = client.startOperation as (name: string) => Promise<unknown>;
    await assert.rejects(call('greet'), {
      name: 'IllegalStateError',
      message: "Cannot call Nexus service 'greeter': Nexus Operations are not supported in Workflows yet",
    });
  });
});
