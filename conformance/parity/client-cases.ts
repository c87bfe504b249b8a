/** Tables of calls that both clients are given, and what they need. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Client } from '@perdure/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@perdure/common';
import type { Answers, Clients, Witness } from './client-witness.ts';

export type Case = readonly [does: string, answers: Answers, run: (client: Client, clients: Clients) => unknown];

export const payload = (value: unknown, type?: string) => ({
  metadata: { encoding: Buffer.from('json/plain'), ...(type && { type: Buffer.from(type) }) },
  data: Buffer.from(JSON.stringify(value)),
});
export const at = (seconds: number) => ({ seconds, nanos: 5_000_000 });
export const lasting = (seconds: number) => ({ seconds, nanos: 0 });
export const failure = { message: 'broken', source: 'TypeScriptSDK', applicationFailureInfo: { type: 'Broken' } };
export const searchAttributes = { indexedFields: { Kind: payload('k', 'Keyword') } };
const kind = defineSearchAttributeKey('Kind', SearchAttributeType.KEYWORD);
export const typedSearchAttributes = [{ key: kind, value: 'k' }];

const refusals = [
  ...[1, 3, 4, 5, 6, 7, 13].map((refuse) => ({ refuse, message: `refused with ${refuse}` })),
  { refuse: 3, message: 'Invalid schedule spec: no such month' },
  ...(['Activity', 'NexusOperation'] as const).map((subject) => ({
    refuse: 6,
    details: [
      {
        type: `temporal.api.errordetails.v1.${subject}ExecutionAlreadyStartedFailure`,
        fields: { startRequestId: 'x', runId: 'other' },
      },
    ],
  })),
  {
    refuse: 5,
    details: [{ type: 'temporal.api.errordetails.v1.NamespaceNotFoundFailure', fields: { namespace: 'here' } }],
  },
];

/** All that a list gives. */
export async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

/** Every call with its answers, and with every refusal in the place of all of them. */
export function agreeOn(witness: Witness, subject: string, cases: readonly Case[]): void {
  describe(`calls about ${subject}`, () => {
    for (const [does, answers, run] of cases) {
      test(`${does}: sends and gives the same`, async () => {
        const { sent } = await witness.agree(answers, run);
        assert.ok(sent.length > 0);
      });
      test(`${does}: takes refusals for the same errors`, async () => {
        for (const refusal of refusals) {
          await witness.agree(Object.fromEntries(Object.keys(answers).map((method) => [method, refusal])), run);
        }
      });
    }
  });
}

/** Calls that fail before anything is sent. */
export function agreeOnRefusing(witness: Witness, calls: readonly (readonly [does: string, run: Case[2]])[]): void {
  describe('what is refused before it is sent', () => {
    for (const [does, run] of calls) {
      test(`${does} is refused with the same words`, async () => {
        const { sent } = await witness.agree({}, run);
        assert.deepEqual(sent, []);
      });
    }
  });
}
