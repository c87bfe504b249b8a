import {
  ActivityFailure,
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@perdure/workflow';
import type { Activities } from './activities.ts';
import { cancel, changePlan, newCard, type Plan, type Standing, standing } from './messages.ts';

const { charge, tell } = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  retry: { nonRetryableErrorTypes: ['CardDeclined'] },
});

export type Subscription = {
  readonly customer: string;
  readonly card: string;
  readonly plan: Plan;
  /** Months that were paid so far; 0 for a new one, which begins with the trial. */
  readonly paidMonths: number;
};

const MONTHS_PER_RUN = 12;

/** Runs a subscription until it is cancelled or not paid. Gives how many months were paid. */
export async function subscription(begun: Subscription): Promise<number> {
  const { customer } = begun;
  let { card, plan, paidMonths } = begun;
  let stage: Standing['stage'] = paidMonths === 0 ? 'trial' : 'active';
  let cancelled = false;
  setHandler(standing, () => ({ plan, stage, paidMonths }));
  setHandler(cancel, () => {
    cancelled = true;
  });
  setHandler(newCard, (number) => {
    card = number;
  });
  setHandler(
    changePlan,
    (next) => {
      const old = plan;
      plan = next;
      return old;
    },
    { validator: checkPlan },
  );

  if (stage === 'trial') await condition(() => cancelled, '14 days');
  for (let month = 0; !cancelled; month++) {
    if (month === MONTHS_PER_RUN) {
      // A message that arrived now must be answered by this run.
      await condition(allHandlersFinished);
      await continueAsNew<typeof subscription>({ customer, card, plan, paidMonths });
    }
    if (!(await pay())) break;
    paidMonths++;
    stage = 'active';
    await condition(() => cancelled, '30 days');
  }
  stage = 'ended';
  await tell(customer, `Goodbye after ${paidMonths} months.`);
  await condition(allHandlersFinished);
  return paidMonths;

  /** Whether the month is paid: a declined card may be replaced within a week. */
  async function pay(): Promise<boolean> {
    for (;;) {
      const tried = card;
      try {
        await charge(`${workflowInfo().workflowId}/${paidMonths + 1}`, tried, plan.monthly);
        return true;
      } catch (error) {
        if (!isDeclined(error)) throw error;
      }
      stage = 'past-due';
      await tell(customer, 'Your card was declined; please give us another one within a week.');
      await condition(() => cancelled || card !== tried, '7 days');
      if (cancelled || card === tried) return false;
    }
  }
}

const isDeclined = (error: unknown): boolean =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === 'CardDeclined';

function checkPlan({ name, monthly }: Plan): void {
  if (monthly <= 0) throw ApplicationFailure.nonRetryable(`the plan ${name} costs nothing`, 'BadPlan');
}
