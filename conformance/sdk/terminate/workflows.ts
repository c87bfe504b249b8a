import { proxyActivities } from '@temporalio/workflow';

const { endless } = proxyActivities<{ endless(): Promise<void> }>({
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout: '2 seconds',
});

export async function worksForever(): Promise<void> {
  await endless();
}
