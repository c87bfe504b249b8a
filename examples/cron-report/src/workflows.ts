import { proxyActivities, workflowInfo } from '@perdure/workflow';
import type { Activities } from './activities.ts';

const { salesBetween, send } = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  retry: { initialInterval: '1 minute', maximumAttempts: 5 },
});

/** Up to when the last run reported, in ms since 1970. */
export type Reported = { readonly until: number };

/**
 * Reports what was sold since the last run. Started with a cron schedule, it runs again and again; `lastResult` is what
 * the last run that succeeded returned.
 *
 * @param since where the first run begins, in ms since 1970
 */
export async function report(since: number): Promise<Reported> {
  const from = (workflowInfo().lastResult as Reported | undefined)?.until ?? since;
  // The time at which this night's code began, in every replay the same; a run as such begins when the last one ends.
  const until = Date.now();
  const sales = await salesBetween(from, until);
  const total = sales.reduce((sum, { amount }) => sum + amount, 0);
  await send(`${sales.length} sales, ${total} in all`);
  return { until };
}
