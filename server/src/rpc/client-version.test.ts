import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ClientVersionNotSupportedFailure, ServerVersionNotSupportedFailure } from '@perdure/api/errordetails';
import { Code, ServiceError } from '../kernel/errors.ts';
import { createClientCheck, SERVER_VERSION } from './client-version.ts';
import type { Call } from './transport/contract.ts';

const call = (headers: Record<string, string>): Call => ({
  service: 's',
  method: 'm',
  body: new Uint8Array(0),
  metadata: new Map(Object.entries(headers)),
  deadline: undefined,
  signal: new AbortController().signal,
});

function refusal(headers: Record<string, string>): ServiceError | null {
  const check = createClientCheck();
  try {
    check(call(headers));
    // What was found good once is not looked at again.
    check(call(headers));
    return null;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

describe('clients are let in', () => {
  for (const [who, headers] of [
    ['without a name and a version', {}],
    ['of a known kind and version', { 'client-name': 'temporal-typescript', 'client-version': '1.24.0' }],
    ['of a known kind, as a pre-release', { 'client-name': 'temporal-go', 'client-version': '2.0.0-beta.1' }],
    ['of an unknown kind, whatever their version', { 'client-name': 'mine', 'client-version': 'latest' }],
    ['that are named like a property of objects', { 'client-name': 'constructor', 'client-version': '9.0.0' }],
    ['that accept this server', { 'supported-server-versions': '>=1.0.0 <2.0.0' }],
  ] as const)
    test(who, () => assert.equal(refusal(headers), null));
});

describe('clients are refused', () => {
  test('that are too new, with a detail that says which are not', () => {
    const error = refusal({ 'client-name': 'temporal-go', 'client-version': '7.1.0' });
    assert.equal(error?.code, Code.FAILED_PRECONDITION);
    assert.deepEqual(ClientVersionNotSupportedFailure.decode(error?.details[0]?.value ?? new Uint8Array(0)), {
      clientName: 'temporal-go',
      clientVersion: '7.1.0',
      supportedVersions: '<2.0.0',
    });
  });

  test('that do not accept this server, with a detail that says what it is', () => {
    const error = refusal({ 'supported-server-versions': '>=9.0.0' });
    assert.equal(error?.code, Code.FAILED_PRECONDITION);
    assert.deepEqual(ServerVersionNotSupportedFailure.decode(error?.details[0]?.value ?? new Uint8Array(0)), {
      serverVersion: SERVER_VERSION,
      clientSupportedServerVersions: '>=9.0.0',
    });
  });

  test('whose version is none', () => {
    const error = refusal({ 'client-name': 'temporal-typescript', 'client-version': 'latest' });
    assert.equal(error?.code, Code.INVALID_ARGUMENT);
    assert.match(error?.message ?? '', /^Unable to parse client version: /);
  });
});
