import type { Transition } from '../transition.ts';

/** Commands reach no other namespace. Reference: dynamic config system.enableCrossNamespaceCommands, off by default. */
export const isOtherNamespace = (t: Transition, name: string): boolean => name !== '' && name !== t.namespace.name;
export const CROSS_NAMESPACE = 'cross namespace commands are not allowed';

/** Says so when too many of a kind are on their way. They are only counted when there are many in all. */
export function tooManyExternals(t: Transition, kind: 'signal' | 'cancel', limit: number): string | null {
  const { externals } = t.run;
  if (externals.size < limit) return null;
  let count = 0;
  for (const external of externals.values()) if (external.kind === kind) count++;
  if (count < limit) return null;
  const what =
    kind === 'signal' ? 'pending signals to external workflows' : 'pending requests to cancel external workflows';
  return `the number of ${what}, ${count}, has reached the per-workflow limit of ${limit}`;
}
