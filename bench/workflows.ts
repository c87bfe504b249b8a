/** The workflows that are measured. */
import { condition, defineQuery, defineSignal, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';

const { noop } = proxyActivities<{ noop(): Promise<void> }>({ startToCloseTimeout: '1 minute' });

/** A number of activities, one after the other. */
export async function chain(activities: number): Promise<void> {
  for (let n = 0; n < activities; n++) await noop();
}

/** A number of activities, all at once. */
export async function fanOut(activities: number): Promise<void> {
  await Promise.all(Array.from({ length: activities }, () => noop()));
}

export const nudge = defineSignal('nudge');
export const count = defineQuery<number>('count');
export const bump = defineUpdate<number>('bump');

/** Stays open and counts what it is told. */
export async function listen(): Promise<void> {
  let told = 0;
  setHandler(nudge, () => void told++);
  setHandler(count, () => told);
  setHandler(bump, () => ++told);
  await condition(() => false);
}
