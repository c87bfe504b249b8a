import { proxyActivities } from '@perdure/workflow';

interface Activities {
  report(): Promise<void>;
}

const { report } = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 hour' },
});

/** What is done every day, and fails the first time. */
export const daily = (): Promise<void> => report();
