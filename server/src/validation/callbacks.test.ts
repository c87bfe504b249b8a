import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Callback } from '@perdure/api/common';
import { Code, ServiceError } from '../kernel/errors.ts';
import { defaultLimits } from '../kernel/limits.ts';
import { checkedCallbacks } from './callbacks.ts';

const callback = (url: string, header: Record<string, string> = {}): Callback => ({
  nexus: { url, header },
  internal: null,
  links: [],
});
const limits = {
  ...defaultLimits,
  callbackAddresses: [
    { pattern: 'hooks.*.example.com:8080', allowInsecure: true },
    { pattern: '*.example.com', allowInsecure: false },
  ],
};

describe('a callback', () => {
  for (const url of [
    'http://hooks.a.example.com:8080/x',
    'https://hooks.a.b.example.com:8080',
    'https://a.example.com',
  ])
    test(`to ${url} is taken`, () => {
      assert.equal(checkedCallbacks([callback(url)], limits)[0]?.nexus?.url, url);
    });

  test('has the names of its headers in small letters', () => {
    const [kept] = checkedCallbacks([callback('https://a.example.com', { 'X-Token': 'T' })], limits);
    assert.deepEqual(kept?.nexus?.header, { 'x-token': 'T' });
  });

  for (const [what, given, code, message] of [
    ['to an address without TLS', callback('http://a.example.com'), 'INVALID_ARGUMENT', /does not allow insecure/],
    ['to an address that only ends alike', callback('https://aexample.com'), 'INVALID_ARGUMENT', /does not match any/],
    ['to another port', callback('http://hooks.a.example.com:8081'), 'INVALID_ARGUMENT', /does not match any/],
    [
      'to an address that is too long',
      callback(`https://a.example.com/${'x'.repeat(1000)}`),
      'INVALID_ARGUMENT',
      /1000/,
    ],
    [
      'with a header that is too large',
      callback('https://a.example.com', { a: 'x'.repeat(8192) }),
      'INVALID_ARGUMENT',
      /8192/,
    ],
    ['to no address', callback('nowhere'), 'INVALID_ARGUMENT', /invalid callback url/],
    ['to the inside of the server', callback('temporal://system'), 'UNIMPLEMENTED', /Nexus/],
    ['of a kind that is not known', { nexus: null, internal: null, links: [] }, 'UNIMPLEMENTED', /variant/],
  ] satisfies [string, Callback, keyof typeof Code, RegExp][])
    test(`${what} is refused`, () => {
      assert.throws(
        () => checkedCallbacks([given], limits),
        (error) => error instanceof ServiceError && error.code === Code[code] && message.test(error.message),
      );
    });

  test('is refused where there are too many', () => {
    const many = Array.from({ length: 33 }, () => callback('https://a.example.com'));
    assert.throws(() => checkedCallbacks(many, limits), /more than 32 callbacks/);
  });
});
