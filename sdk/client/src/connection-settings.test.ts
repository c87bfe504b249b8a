import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ChannelCredentials } from '@grpc/grpc-js';
import { settingsOf } from './connection-settings.ts';
import { grpcJs } from './grpc-js.ts';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from './grpc-retry.ts';

const ours = makeGrpcRetryInterceptor(defaultGrpcRetryOptions());
const theirs: typeof ours = (options, nextCall) => {
  const { InterceptingCall } = grpcJs();
  return new InterceptingCall(nextCall(options));
};

describe('the settings of a connection', () => {
  for (const [given, address] of [
    [undefined, 'localhost:7233'],
    ['', 'localhost:7233'],
    ['example.com', 'example.com:7233'],
    ['example.com:7234', 'example.com:7234'],
    ['[::1]', '[::1]:7233'],
    ['[::1]:7234', '[::1]:7234'],
  ] as const) {
    test(`take ${JSON.stringify(given)} for ${address}`, () => {
      assert.equal(settingsOf(given === undefined ? {} : { address: given }).options.address, address);
    });
  }

  for (const [does, options, secure] of [
    ['nothing', {}, false],
    ['tls: true', { tls: true }, true],
    ['tls: null', { tls: null }, false],
    ['an API key', { apiKey: 'key' }, true],
    ['an API key and tls: false', { apiKey: 'key', tls: false }, false],
  ] as const) {
    test(`are ${secure ? '' : 'not '}encrypted with ${does}`, () => {
      const { tls, options: shown } = settingsOf(options);
      assert.equal(tls !== undefined, secure);
      assert.equal(shown.credentials._isSecure(), secure);
    });
  }

  for (const [does, options, needed] of [
    ['nothing', {}, false],
    ['TLS', { tls: true }, false],
    ['metadata', { metadata: { a: 'b' } }, false],
    ['no interceptors', { interceptors: [] }, false],
    ['retries of our own', { interceptors: [ours] }, false],
    ['another interceptor', { interceptors: [ours, theirs] }, true],
    ['no call credentials', { callCredentials: [] }, false],
    ['channel options', { channelArgs: {} }, true],
  ] as const) {
    test(`${needed ? 'need' : 'do without'} grpc-js for ${does}`, () => {
      const settings = settingsOf(options as unknown as Parameters<typeof settingsOf>[0]);
      assert.equal(settings.needsGrpcJs, needed);
    });
  }

  test('have ten seconds to connect unless told otherwise', () => {
    assert.equal(settingsOf({}).options.connectTimeoutMs, 10_000);
    assert.equal(settingsOf({ connectTimeout: '2 seconds' }).options.connectTimeoutMs, 2_000);
  });

  test('let the caller say who calls', () => {
    const { metadata } = settingsOf({ metadata: { 'client-name': 'me' } }).options;
    assert.deepEqual(metadata, { 'client-name': 'me', 'client-version': '1.24.0' });
  });

  const credentials = {} as ChannelCredentials;
  for (const [does, options, message] of [
    ['a key and an Authorization header', { apiKey: 'a', metadata: { Authorization: 'b' } }, /`Authorization` header/],
    ['a key and credentials', { apiKey: 'a', credentials }, /Both `apiKey` and `credentials`/],
    ['TLS and credentials', { tls: true, credentials }, /Both `tls` and `credentials`/],
  ] as const) {
    test(`refuse ${does}`, () => {
      assert.throws(() => settingsOf(options), { name: 'TypeError', message });
    });
  }
});
