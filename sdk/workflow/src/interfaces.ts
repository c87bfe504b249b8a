/** The types of a workflow's surroundings, under the name that they have in the official package. */
export * from './child-workflow-options.ts';
export * from './continuation.ts';
export * from './create-options.ts';
export * from './handler.ts';
export type {
  EnhancedStackTrace,
  StackTrace,
  StackTraceFileLocation,
  StackTraceFileSlice,
  StackTraceSDKInfo,
} from './stack-trace.ts';
export * from './workflow-info.ts';
