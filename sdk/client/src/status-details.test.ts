import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ServiceError } from '@grpc/grpc-js';
import { NamespaceNotFoundError } from '@perdure/common';
import { google, temporal } from '@perdure/proto';
import { GrpcError, GrpcMetadata, Status } from '@perdure/transport';
import {
  extractNexusOperationAlreadyStartedRunId,
  getGrpcStatusDetails,
  rethrowKnownErrorTypes,
  trimGrpcTypeUrl,
} from './status-details.ts';

const details = temporal.api.errordetails.v1;
const failures = temporal.api.failure.v1;

const any = (name: string, value: Uint8Array) => ({ type_url: `type.googleapis.com/${name}`, value });

function errorWith(...list: google.protobuf.IAny[]): ServiceError {
  const packed = Buffer.from(google.rpc.Status.encode({ code: 5, details: list }).finish());
  const metadata = new GrpcMetadata([['grpc-status-details-bin', [packed]]]);
  return new GrpcError(Status.NOT_FOUND, 'as sent', metadata) as unknown as ServiceError;
}

describe('the details of an error', () => {
  test('are read from its metadata', () => {
    const [detail] = getGrpcStatusDetails(errorWith(any('a.B', Buffer.from('c')))) ?? [];
    assert.equal(trimGrpcTypeUrl(detail?.type_url), 'a.B');
  });

  test('are undefined when there are none', () => {
    const error = new GrpcError(Status.NOT_FOUND, 'as sent') as unknown as ServiceError;
    assert.equal(getGrpcStatusDetails(error), undefined);
    rethrowKnownErrorTypes(error);
  });

  test('may say that the namespace is not there', () => {
    const bytes = details.NamespaceNotFoundFailure.encode({ namespace: 'nowhere' }).finish();
    const error = errorWith(any('temporal.api.errordetails.v1.NamespaceNotFoundFailure', bytes));
    assert.throws(
      () => rethrowKnownErrorTypes(error),
      (thrown: unknown) => {
        assert.ok(thrown instanceof NamespaceNotFoundError);
        assert.equal(thrown.namespace, 'nowhere');
        return true;
      },
    );
  });

  test('may be of an operation made of several: the one that failed by itself counts', () => {
    const aborted = any(
      'temporal.api.failure.v1.MultiOperationExecutionAborted',
      failures.MultiOperationExecutionAborted.encode({}).finish(),
    );
    const statuses = [
      { code: Status.ABORTED, message: 'aborted', details: [aborted] },
      { code: Status.ALREADY_EXISTS, message: 'running' },
    ];
    const bytes = details.MultiOperationExecutionFailure.encode({ statuses }).finish();
    const error = errorWith(any('temporal.api.errordetails.v1.MultiOperationExecutionFailure', bytes));
    assert.throws(() => rethrowKnownErrorTypes(error), { code: Status.ALREADY_EXISTS, message: 'running' });
  });

  test('that mean nothing here are passed over', () => {
    rethrowKnownErrorTypes(errorWith(any('a.B', Buffer.from('c'))));
  });

  test('may name the run of the Nexus operation that stands in the way', () => {
    const name = 'temporal.api.errordetails.v1.NexusOperationExecutionAlreadyStartedFailure';
    const bytes = details.NexusOperationExecutionAlreadyStartedFailure.encode({ runId: 'r' }).finish();
    assert.equal(extractNexusOperationAlreadyStartedRunId(errorWith(any(name, bytes))), 'r');
    assert.equal(extractNexusOperationAlreadyStartedRunId(errorWith(any(name, Buffer.from([0xff])))), undefined);
    assert.equal(extractNexusOperationAlreadyStartedRunId(errorWith()), undefined);
  });
});
