/** What a worker has to know of its namespace before it polls. */
import { temporal } from '@perdure/proto';
import { Status } from '@perdure/transport';
import { TransportError } from './errors.ts';
import { type Call, callWithRetry, codeOf, messageOf } from './service.ts';

const { DescribeNamespaceRequest, DescribeNamespaceResponse } = temporal.api.workflowservice.v1;

export interface NamespaceFacts {
  /** The server ends polls of workers that say that they stop. */
  readonly endsPolls: boolean;
  /** The server suggests how many polls there should be. */
  readonly scalesPollers: boolean;
  /** The server wants to know how its workers are. */
  readonly takesHeartbeats: boolean;
  /** The largest payloads and memos that the server takes, in bytes; 0 if it does not say. */
  readonly payloadsError: number;
  readonly memoError: number;
}

const unknown: NamespaceFacts = {
  endsPolls: false,
  scalesPollers: false,
  takesHeartbeats: false,
  payloadsError: 0,
  memoError: 0,
};

/** A server that has no such call is an old one, and is taken as it is. Rejects with a `TransportError`. */
export async function describeNamespace(call: Call, namespace: string): Promise<NamespaceFacts> {
  try {
    const request = DescribeNamespaceRequest.encode({ namespace }).finish();
    const { namespaceInfo } = DescribeNamespaceResponse.decode(await callWithRetry(call, 'DescribeNamespace', request));
    const { workerPollCompleteOnShutdown, pollerAutoscaling, workerHeartbeats } = namespaceInfo?.capabilities ?? {};
    const { blobSizeLimitError, memoSizeLimitError } = namespaceInfo?.limits ?? {};
    return {
      endsPolls: workerPollCompleteOnShutdown ?? false,
      scalesPollers: pollerAutoscaling ?? false,
      takesHeartbeats: workerHeartbeats ?? false,
      payloadsError: Number(blobSizeLimitError ?? 0),
      memoError: Number(memoSizeLimitError ?? 0),
    };
  } catch (error) {
    if (codeOf(error) === Status.UNIMPLEMENTED) return unknown;
    throw new TransportError(
      `Namespace ${namespace} was not found or otherwise could not be described: ${messageOf(error)}`,
    );
  }
}
