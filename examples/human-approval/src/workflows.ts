import { ApplicationFailure, condition, proxyActivities, setHandler } from '@perdure/workflow';
import type { Activities } from './activities.ts';
import { type Decision, decide, type State, state } from './messages.ts';

const { remind, pay, tell } = proxyActivities<Activities>({ startToCloseTimeout: '30 seconds' });

export type Expense = { readonly id: string; readonly who: string; readonly amount: number; readonly approver: string };

const REMINDERS = 3;

/** Waits for a decision for a week, reminding every two days, and then does what was decided. */
export async function expense(request: Expense): Promise<State> {
  let now = 'waiting' as State;
  setHandler(state, () => now);
  setHandler(
    decide,
    ({ approved }) => {
      now = approved ? 'approved' : 'refused';
      return now;
    },
    { validator: ({ by }: Decision) => checkDecision(now, request, by) },
  );

  for (let reminder = 1; now === 'waiting' && reminder <= REMINDERS; reminder++) {
    if (await condition(() => now !== 'waiting', '2 days')) break;
    await remind(request.approver, request.id, reminder);
  }
  if (now === 'waiting' && !(await condition(() => now !== 'waiting', '1 day'))) now = 'expired';
  if (now === 'approved') await pay(request.id, request.who, request.amount);
  await tell(request.who, `Your expense ${request.id} is ${now}.`);
  return now;
}

function checkDecision(now: State, { who, id }: Expense, by: string): void {
  if (now !== 'waiting') throw ApplicationFailure.nonRetryable(`expense ${id} is ${now} already`, 'AlreadyDecided');
  if (by === who) throw ApplicationFailure.nonRetryable('nobody approves their own expenses', 'OwnExpense');
}
