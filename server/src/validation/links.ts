import { Link } from '@perdure/api/common';
import { invalidArgument } from '../kernel/errors.ts';
import type { Limits } from '../kernel/limits.ts';

/** Refuses links that are too many, too large, or that do not say what they point to. */
export function checkLinks(links: readonly Link[], limits: Limits): void {
  if (links.length === 0) return;
  if (links.length > limits.maxLinks)
    throw invalidArgument(`cannot attach more than ${limits.maxLinks} links per request, got ${links.length}`);
  for (const link of links) {
    const size = Link.encode(link).length;
    if (size > limits.maxLinkSize)
      throw invalidArgument(`link exceeds allowed size of ${limits.maxLinkSize}, got ${size}`);
    checkTarget(link);
  }
}

/** Those that the callbacks of the same request do not have as well. */
export function linksBesides(links: readonly Link[], others: readonly Link[]): Link[] {
  const known = new Set(others.map(textOf));
  return links.filter((link) => !known.has(textOf(link)));
}

const textOf = (link: Link): string => Buffer.from(Link.encode(link)).toString('latin1');

function checkTarget({ workflowEvent, batchJob, activity, nexusOperation, workflow }: Link): void {
  if (workflowEvent) {
    const { namespace, workflowId, runId, eventRef } = workflowEvent;
    refuseEmpty('workflow event', namespace, 'workflow ID', workflowId, runId);
    if (eventRef?.eventType === 0 && eventRef.eventId !== 0)
      throw invalidArgument('workflow event link ref cannot have an unspecified event type and a non-zero event ID');
  } else if (batchJob) {
    if (batchJob.jobId === '') throw invalidArgument('batch job link must not have an empty job ID');
  } else if (nexusOperation) {
    const { namespace, operationId, runId } = nexusOperation;
    refuseEmpty('nexus operation', namespace, 'operation ID', operationId, runId);
  } else if (activity) {
    const { namespace, activityId, runId } = activity;
    refuseEmpty('activity', namespace, 'activity ID', activityId, runId);
  } else if (workflow) {
    const { namespace, workflowId, runId } = workflow;
    refuseEmpty('workflow', namespace, 'workflow ID', workflowId, runId);
  } else {
    throw invalidArgument('unsupported link variant');
  }
}

function refuseEmpty(kind: string, namespace: string, idName: string, id: string, runId: string): void {
  const missing = namespace === '' ? 'namespace' : id === '' ? idName : runId === '' ? 'run ID' : '';
  if (missing !== '') throw invalidArgument(`${kind} link must not have an empty ${missing} field`);
}
