import { ResourceExhaustedCause, ResourceExhaustedScope } from '@perdure/api/enums';
import type { Clock } from '../kernel/clock.ts';
import { resourceExhausted } from '../kernel/errors.ts';
import type { Limits } from '../kernel/limits.ts';
import { type Limit, setRate, takeToken, unlimited } from '../matching/limit.ts';

/** Refuses a call of a namespace that makes too many of its kind: RESOURCE_EXHAUSTED, RPS_LIMIT. */
export type CheckRate = (method: string, namespace: string) => void;

/** What looks through many executions, and so is limited apart. */
const visibility: ReadonlySet<string> = new Set([
  'CountWorkflowExecutions',
  'ListArchivedWorkflowExecutions',
  'ListClosedWorkflowExecutions',
  'ListOpenWorkflowExecutions',
  'ListWorkflowExecutions',
  'ScanWorkflowExecutions',
]);

/** Namespaces whose calls are counted; more than that, and those counted first begin anew. */
const maxCounted = 10_000;

/**
 * As many calls a second as `namespaceRps` and `namespaceVisibilityRps` say, of each namespace by itself, and what comes
 * in within a second at once. 0 is no limit, which is the default: a server of one's own is bounded by its work, and what
 * it cannot do at once waits.
 */
export function createCallRates(clock: Clock, { namespaceRps, namespaceVisibilityRps }: Limits): CheckRate {
  if (namespaceRps === 0 && namespaceVisibilityRps === 0) return () => {};
  const all = new Map<string, Limit>();
  const lists = new Map<string, Limit>();
  return (method, namespace) => {
    const isList = visibility.has(method);
    const perSecond = isList ? namespaceVisibilityRps : namespaceRps;
    if (perSecond === 0) return;
    const now = clock.now();
    if (takeToken(limitOf(isList ? lists : all, namespace, perSecond, now), now)) return;
    throw resourceExhausted(
      ResourceExhaustedCause.RPS_LIMIT,
      ResourceExhaustedScope.NAMESPACE,
      'namespace rate limit exceeded',
    );
  };
}

function limitOf(counted: Map<string, Limit>, namespace: string, perSecond: number, now: number): Limit {
  let limit = counted.get(namespace);
  if (!limit) {
    for (const oldest of counted.keys()) {
      if (counted.size < maxCounted) break;
      counted.delete(oldest);
    }
    limit = unlimited(now);
    setRate(limit, perSecond, now);
    counted.set(namespace, limit);
  }
  return limit;
}
