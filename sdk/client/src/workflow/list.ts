import { walkListWorkflowExecutionsResponse } from '@perdure/common/lib/internal-non-workflow';
import type { temporal } from '@perdure/proto';
import type { Caller } from '../base-client.ts';
import { decodeCountWorkflowExecutionsResponse, executionInfoFromRaw } from '../execution-info.ts';
import { bringInside } from '../external-storage.ts';
import { given } from '../given.ts';
import type { CountWorkflowExecution, WorkflowExecutionInfo } from '../types.ts';
import type { ListOptions } from '../workflow-handle.ts';
import { rethrowGrpcError } from './rethrow.ts';

/** The runs that a query finds, page by page. */
export async function* listWorkflows(
  { service, namespace, dataConverter }: Caller,
  { query, pageSize }: ListOptions = {},
): AsyncIterable<WorkflowExecutionInfo> {
  let nextPageToken: Uint8Array = Buffer.alloc(0);
  do {
    let page: temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
    try {
      page = await service.listWorkflowExecutions(given({ namespace, query, nextPageToken, pageSize }));
    } catch (error) {
      rethrowGrpcError(error, 'Failed to list workflows');
    }
    await bringInside(dataConverter, page, walkListWorkflowExecutionsResponse);
    // One by one: whoever stops early has decoded no more memos than were looked at.
    for (const raw of page.executions) yield await executionInfoFromRaw(raw, dataConverter, raw, namespace);
    ({ nextPageToken } = page);
  } while (nextPageToken != null && nextPageToken.length > 0);
}

export async function countWorkflows({ service, namespace }: Caller, query?: string): Promise<CountWorkflowExecution> {
  let response: temporal.api.workflowservice.v1.CountWorkflowExecutionsResponse;
  try {
    response = await service.countWorkflowExecutions(given({ namespace, query }));
  } catch (error) {
    rethrowGrpcError(error, 'Failed to count workflows');
  }
  return decodeCountWorkflowExecutionsResponse(response);
}
