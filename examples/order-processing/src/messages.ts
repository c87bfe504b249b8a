/** What may be said to a running order. */
import { defineQuery, defineSignal, defineUpdate } from '@perdure/workflow';
import type { Decision, OrderStatus } from './order.ts';

export const decide = defineSignal<[Decision]>('decide');
export const leaveNote = defineSignal<[string]>('leaveNote');
export const getStatus = defineQuery<OrderStatus>('getStatus');

/** Changes where a parcel goes and answers with the address it replaced. Refused once packing has begun. */
export const changeAddress = defineUpdate<string, [string]>('changeAddress');
