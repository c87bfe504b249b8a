import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { joinProtoHostPort, normalizeGrpcEndpointAddress, splitProtoHostPort } from './parse-host-uri.ts';
import { parseHttpConnectProxyAddress } from './proxy-config.ts';
import { normalizeTlsConfig } from './tls-config.ts';

describe('an address', () => {
  const addresses: [string, string | undefined, string, number | undefined][] = [
    ['localhost', undefined, 'localhost', undefined],
    ['localhost:7233', undefined, 'localhost', 7233],
    ['127.0.0.1:1', undefined, '127.0.0.1', 1],
    ['[::1]:7233', undefined, '::1', 7233],
    ['http://proxy:80', 'http', 'proxy', 80],
  ];
  for (const [text, scheme, hostname, port] of addresses) {
    test(`${text} is taken apart and put together again`, () => {
      const parts = splitProtoHostPort(text);
      assert.deepEqual(parts, { scheme, hostname, port });
      assert.equal(joinProtoHostPort(parts ?? { hostname: '' }), text.replace('//', ''));
    });
  }

  for (const text of ['', '::1', 'a:', 'a/b', 'a:b:c']) {
    test(`is not ${JSON.stringify(text)}`, () => assert.equal(splitProtoHostPort(text), undefined));
  }

  test('of a server gets the default port, and has no scheme', () => {
    assert.equal(normalizeGrpcEndpointAddress('host', 7233), 'host:7233');
    assert.equal(normalizeGrpcEndpointAddress('[::1]:1', 7233), '[::1]:1');
    assert.throws(() => normalizeGrpcEndpointAddress('http://host', 7233), TypeError);
  });

  test('of a proxy needs a port and no other scheme than http', () => {
    assert.deepEqual(parseHttpConnectProxyAddress('host:80'), { scheme: 'http', hostname: 'host', port: 80 });
    assert.throws(() => parseHttpConnectProxyAddress('host'), /port is required/);
    assert.throws(() => parseHttpConnectProxyAddress('https://host:80'), /scheme must be http/);
    assert.throws(() => parseHttpConnectProxyAddress(''), /expected 'hostname:port'/);
  });
});

test('a connection is encrypted if it is said to be, or if there is a key', () => {
  const config = { serverNameOverride: 'x' };
  assert.equal(normalizeTlsConfig(config), config);
  assert.deepEqual(normalizeTlsConfig(true), {});
  assert.deepEqual(normalizeTlsConfig(undefined, 'key'), {});
  assert.equal(normalizeTlsConfig(false, 'key'), undefined);
  assert.equal(normalizeTlsConfig(undefined), undefined);
});
