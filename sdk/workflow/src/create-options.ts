import type { VersioningBehavior } from '@perdure/common';
import type { coresdk } from '@perdure/proto';
import type { WorkflowInfo } from './workflow-info.ts';

/** A source map, as far as the stack trace query looks into it. */
export interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent?: readonly (string | null)[] | undefined;
}

/** What a run begins with, apart from what the worker knows for all of them. */
export interface WorkflowCreateOptions {
  info: WorkflowInfo;
  /** The seed of its random numbers, as bytes, the most significant first. */
  randomnessSeed: number[];
  /** The time of the first task, in milliseconds. */
  now: number;
  /** Whether the enhanced stack trace query answers with sources too. */
  showStackTraceSources: boolean;
  /** Names of errors that fail the workflow rather than its task. */
  failureExceptionTypeNames?: string[] | undefined;
}

export interface WorkflowCreateOptionsInternal extends WorkflowCreateOptions {
  sourceMap: SourceMap;
  /** What local activities the worker has. */
  registeredActivityNames: Set<string>;
  /** The time of the worker's clock in nanoseconds. */
  getTimeOfDay(): bigint;
  /** Whether the worker writes down where promises are made. */
  stackTracesEnabled: boolean;
  /** Asked whether a patch that the history does not know shall be used. */
  patchActivationCallback?: ((workflowInfo: WorkflowInfo, patchId: string) => boolean) | undefined;
}

/** What an activation comes to. */
export interface ActivationCompletion {
  commands: coresdk.workflow_commands.IWorkflowCommand[];
  usedInternalFlags: number[];
  versioningBehavior?: VersioningBehavior | undefined;
}
