import type {
  GetLogAttributesInput,
  Next,
  WorkflowExecuteInput,
  WorkflowInboundCallsInterceptor,
  WorkflowInterceptorsFactory,
  WorkflowOutboundCallsInterceptor,
} from '@perdure/workflow';

/**
 * Does nothing. Workers once logged workflows through it; now they do so by themselves.
 *
 * @deprecated To change the attributes of logs, intercept `getLogAttributes`.
 */
export class WorkflowLogInterceptor implements WorkflowInboundCallsInterceptor, WorkflowOutboundCallsInterceptor {
  getLogAttributes(
    input: GetLogAttributesInput,
    next: Next<WorkflowOutboundCallsInterceptor, 'getLogAttributes'>,
  ): Record<string, unknown> {
    return next(input);
  }

  execute(input: WorkflowExecuteInput, next: Next<WorkflowInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    return next(input);
  }
}

/** @deprecated See {@link WorkflowLogInterceptor}. */
export class WorkflowInboundLogInterceptor extends WorkflowLogInterceptor {}

export const interceptors: WorkflowInterceptorsFactory = () => {
  const interceptor = new WorkflowLogInterceptor();
  return { inbound: [interceptor], outbound: [interceptor] };
};
