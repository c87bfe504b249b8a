/** What workflow code calls, under the name that it has in the official package. */
export {
  addDefaultWorkflowOptions,
  executeChild,
  startChild,
} from './child-workflows.ts';
export { condition } from './condition.ts';
export { continueAsNew, makeContinueAsNewFunc } from './continue-as-new.ts';
export {
  currentUpdateInfo,
  getCurrentDetails,
  inWorkflowContext,
  setCurrentDetails,
  workflowInfo,
} from './current-workflow.ts';
export {
  defineQuery,
  defineSignal,
  defineUpdate,
  enhancedStackTraceQuery,
  stackTraceQuery,
  workflowMetadataQuery,
} from './definitions.ts';
export { getExternalWorkflowHandle } from './external-workflows.ts';
export {
  allHandlersFinished,
  setDefaultQueryHandler,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
} from './handlers.ts';
export { deprecatePatch, patched } from './patches.ts';
export * from './proxy-activities.ts';
export { scheduleActivity } from './schedule-activity.ts';
export { scheduleLocalActivity } from './schedule-local-activity.ts';
export { sleep } from './timers.ts';
export { upsertMemo } from './upsert-memo.ts';
export { upsertSearchAttributes } from './upsert-search-attributes.ts';
export { uuid4 } from './uuid.ts';
export { defineWorkflowOptions, setWorkflowOptions } from './workflow-options.ts';
