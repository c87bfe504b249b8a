import { randomUUID } from 'node:crypto';
import {
  encodeToPayloadsWithContext,
  walkSignalWorkflowExecutionRequest,
} from '@perdure/common/lib/internal-non-workflow';
import type { temporal } from '@perdure/proto';
import type { Caller } from '../base-client.ts';
import { storeOutside } from '../external-storage.ts';
import { given } from '../given.ts';
import type { WorkflowSignalInput } from '../interceptors.ts';
import type { InternalWorkflowSignalInput } from '../internal-options.ts';
import { InternalWorkflowSignalOptionsSymbol } from '../internal-options.ts';
import { workflowContext, workflowTarget } from './context.ts';
import { rethrowGrpcError } from './rethrow.ts';

export async function signalWorkflow(caller: Caller, input: WorkflowSignalInput): Promise<void> {
  const { dataConverter, namespace, identity, service } = caller;
  const { workflowExecution } = input;
  const { workflowId } = workflowExecution;
  const internal = (input as InternalWorkflowSignalInput)[InternalWorkflowSignalOptionsSymbol];
  const context = workflowContext(caller, workflowId);
  const payloads = await encodeToPayloadsWithContext(dataConverter, context, input.args, input.typeInfo?.inputTypes);
  const request: temporal.api.workflowservice.v1.ISignalWorkflowExecutionRequest = given({
    identity,
    namespace,
    workflowExecution,
    requestId: randomUUID() as string,
    signalName: input.signalName,
    header: { fields: input.headers },
    input: given({ payloads }),
    links: internal?.links,
  });
  try {
    await storeOutside(dataConverter, request, walkSignalWorkflowExecutionRequest, workflowTarget(caller, workflowId));
    const { link } = await service.signalWorkflowExecution(request);
    if (internal !== undefined && link != null) internal.responseLink = link;
  } catch (error) {
    rethrowGrpcError(error, 'Failed to signal Workflow', workflowExecution);
  }
}
