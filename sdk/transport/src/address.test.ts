import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAddress, parseAddress } from './address.ts';

test('an address is a host and a port', () => {
  for (const text of ['localhost:7233', '127.0.0.1:1', '[::1]:7233', '[fe80::1%eth0]:65535', 'a.b-c_d:80'])
    assert.equal(formatAddress(parseAddress(text)), text);
  assert.deepEqual(parseAddress('[::1]:7233'), { host: '::1', port: 7233 });
});

test('what is no address is refused, and said', () => {
  for (const text of [
    '',
    'localhost',
    ':7233',
    '::1:7233',
    'localhost:',
    'localhost:0',
    'localhost:65536',
    'a:b',
    'a:1:2',
  ])
    assert.throws(() => parseAddress(text), { name: 'TypeError', message: /expected host:port/ }, text);
});
