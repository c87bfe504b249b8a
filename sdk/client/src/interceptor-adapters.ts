import type { WorkflowClientInterceptor, WorkflowStartOutput } from './interceptors.ts';

/**
 * An interceptor written for the older `start`, which knows only of run ids, as one for `startWithDetails`. Others are
 * given back as they are.
 */
export function adaptWorkflowClientInterceptor(interceptor: WorkflowClientInterceptor): WorkflowClientInterceptor {
  const { start } = interceptor;
  if (start === undefined || interceptor.startWithDetails !== undefined) return interceptor;
  return {
    ...interceptor,
    async startWithDetails(input, next): Promise<WorkflowStartOutput> {
      let details: WorkflowStartOutput | undefined;
      const runId = await start.call(interceptor, input, async (passedOn) => {
        details = await next(passedOn);
        return details.runId;
      });
      // An interceptor that never asked has started nothing here, eagerly or not.
      return { eagerlyStarted: details?.eagerlyStarted ?? false, runId };
    },
  };
}
