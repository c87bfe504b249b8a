import { proxyActivities } from '@temporalio/workflow';

const { whoAmI } = proxyActivities<{ whoAmI(): Promise<string> }>({ startToCloseTimeout: '10 seconds' });

/** Asks an activity who is asking; the answer travels in headers only. */
export async function askAround(): Promise<string> {
  return whoAmI();
}
