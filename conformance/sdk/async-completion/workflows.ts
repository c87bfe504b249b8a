import { ActivityFailure, ApplicationFailure, isCancellation, proxyActivities } from '@temporalio/workflow';

const { byHand } = proxyActivities<{ byHand(ticket: string): Promise<string> }>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumAttempts: 1 },
});

/** Runs an activity that somebody else completes, and tells how it ended. */
export async function handedOver(ticket: string): Promise<string> {
  try {
    return `completed: ${await byHand(ticket)}`;
  } catch (error) {
    if (isCancellation(error)) return 'cancelled';
    if (error instanceof ActivityFailure && error.cause instanceof ApplicationFailure)
      return `failed: ${error.cause.message}`;
    throw error;
  }
}
