import { defineQuery, defineSignal, defineUpdate } from '@perdure/workflow';

export type Plan = { readonly name: string; readonly monthly: number };
export type Standing = {
  readonly plan: Plan;
  readonly stage: 'trial' | 'active' | 'past-due' | 'ended';
  readonly paidMonths: number;
};

/** Ends the subscription with the month that is paid. */
export const cancel = defineSignal('cancel');
/** A new card, after the last one was declined. */
export const newCard = defineSignal<[string]>('newCard');
/** Changes the plan from the next month on. Gives the plan until then; refused for a plan that costs nothing. */
export const changePlan = defineUpdate<Plan, [Plan]>('changePlan');
export const standing = defineQuery<Standing>('standing');
