/** Moves the server's time on, or only looks at it, and notices when it is not what it has to be. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection, TestService } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { insist } from '../crash/customer.ts';
import type { Random } from '../crash/random.ts';
import { seconds } from './journeys.ts';

export interface TimeTold {
  /** What the server said (epoch ms) first and last. */
  readonly first: number;
  readonly last: number;
  readonly contradictions: readonly string[];
}

const LOOK_MS = 5;
const HOUR = 3_600_000;

/**
 * Until `isOver`. Asked for the time one time after the other, a server must not answer with an earlier one than before,
 * dead or not in between; and when it says that it has slept, time has gone on so far.
 *
 * @param moves whether time is asked to move on, or is only looked at
 */
export async function keepTime(
  connection: Connection,
  random: Random,
  moves: boolean,
  isOver: () => boolean,
): Promise<TimeTold> {
  const service = connection.testService as TestService;
  const contradictions: string[] = [];
  const look = async () => tsToMs((await insist(() => service.getCurrentTime({}))).time);
  const contradict = (was: number, what: string, is: number) => {
    if (is < was)
      contradictions.push(`it is ${new Date(is).toISOString()}, and was ${new Date(was).toISOString()} ${what}`);
  };
  const first = await look();
  let last = first;
  const looking = async () => {
    for (; !isOver(); await pause(LOOK_MS)) {
      const now = await look();
      contradict(last, 'before', now);
      last = now;
    }
  };
  const moving = async () => {
    while (moves && !isOver()) {
      const hours = random.between(1, 30);
      const asleep = await look();
      if (await sleeps(service, hours)) contradict(asleep + hours * HOUR, `at the end of a sleep`, await look());
    }
  };
  await Promise.all([looking(), moving()]);
  return { first, last, contradictions };
}

/** Whether the server lived to say that it has slept. */
async function sleeps(service: TestService, hours: number): Promise<boolean> {
  try {
    await service.unlockTimeSkippingWithSleep({ duration: seconds(hours * 3600) });
    return true;
  } catch {
    return false;
  }
}
