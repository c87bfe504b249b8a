import type { Callback, Link } from '@perdure/api/common';
import type { OnConflictOptions } from '@perdure/api/workflow';
import type { StartWorkflowExecutionRequest } from '@perdure/api/workflowservice';
import { invalidArgument } from '../kernel/errors.ts';
import type { Limits } from '../kernel/limits.ts';
import type { SearchAttributeTypes } from '../kernel/search-attributes.ts';
import { checkedCallbacks } from './callbacks.ts';
import { checkLinks, linksBesides } from './links.ts';
import { type StartCommand, type StartDefaults, startCommand } from './start-workflow.ts';
import { checkedTimeSkipping } from './time-skipping.ts';
import { checkVersioningOverride } from './versioning-override.ts';

/** A start, and what a request for one may bring along. */
export interface CheckedStart extends StartCommand {
  /** Also in `started`; an open run may be given them instead. */
  readonly completionCallbacks: readonly Callback[];
  readonly links: readonly Link[];
}

/** Checks all of a start request; what a start has in common with a signal-with-start is `startCommand`'s. */
export function startRequest(
  request: StartWorkflowExecutionRequest,
  namespace: SearchAttributeTypes,
  limits: Limits,
  now: number,
  defaults: StartDefaults,
): CheckedStart {
  const command = startCommand(request, namespace, limits, now, defaults);
  checkOnConflict(request.onConflictOptions);
  const completionCallbacks = checkedCallbacks(request.completionCallbacks, limits);
  const callbackLinks = completionCallbacks.flatMap((callback) => callback.links);
  const links = linksBesides(request.links, callbackLinks);
  checkLinks([...links, ...callbackLinks], limits);
  const timeSkippingConfig = checkedTimeSkipping(request.timeSkippingConfig, limits);
  checkVersioningOverride(request.versioningOverride, request.taskQueue?.name ?? '');
  const { versioningOverride } = request;
  const started = {
    ...command.started,
    ...(versioningOverride && { versioningOverride }),
    ...(timeSkippingConfig && { timeSkippingConfig }),
    ...(completionCallbacks.length > 0 && { completionCallbacks }),
  };
  return { ...command, started, completionCallbacks, links };
}

function checkOnConflict(options: OnConflictOptions | null): void {
  if (options?.attachCompletionCallbacks && !options.attachRequestId)
    throw invalidArgument('attaching request ID is required for attaching completion callbacks');
}
