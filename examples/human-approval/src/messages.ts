/** What may be said to an expense that waits. */
import { defineQuery, defineUpdate } from '@perdure/workflow';

export type Decision = { readonly approved: boolean; readonly by: string };
export type State = 'waiting' | 'approved' | 'refused' | 'expired';

/** Decides; refused when it is decided already. Gives what is to happen now. */
export const decide = defineUpdate<State, [Decision]>('decide');
export const state = defineQuery<State>('state');
