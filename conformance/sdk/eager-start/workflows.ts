import { proxyActivities } from '@temporalio/workflow';

const { hurry } = proxyActivities<{ hurry(): Promise<string> }>({
  startToCloseTimeout: '10 seconds',
  allowEagerDispatch: true,
});

export async function inAHurry(): Promise<string> {
  return hurry();
}
