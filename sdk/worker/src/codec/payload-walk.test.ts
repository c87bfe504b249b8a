import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporal } from '@perdure/proto';
import type { Type } from 'protobufjs';
import { asType, type Payload, walk } from './payload-walk.ts';

const { PollWorkflowTaskQueueResponse, RespondWorkflowTaskCompletedRequest } = temporal.api.workflowservice.v1;
const PAYLOAD = '.temporal.api.common.v1.Payload';

/** A message of a type, with a payload wherever there can be one; types within themselves are entered once. */
function filled(type: Type, path: readonly Type[] = []): Record<string, unknown> {
  const message: Record<string, unknown> = {};
  for (const field of type.fieldsArray) {
    const inner = field.resolve().resolvedType;
    if (!inner || !('fieldsArray' in inner) || path.filter((other) => other === inner).length > 1) continue;
    const value = inner.fullName === PAYLOAD ? { data: Buffer.from('in') } : filled(inner as Type, [...path, type]);
    message[field.name] = field.map ? { key: value } : field.repeated ? [value] : value;
  }
  return message;
}

/** All payloads of a message with the names of the fields that lead to them. */
function payloadsOf(value: unknown, path = ''): { path: string; text: string }[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  const { data } = value as Payload;
  if (data) return [{ path, text: Buffer.from(data).toString() }];
  return Object.entries(value).flatMap(([key, inner]) => payloadsOf(inner, `${path}.${key}`));
}

const replace = { transform: async (payloads: Payload[]) => payloads.map(() => ({ data: Buffer.from('out') })) };

for (const [name, message] of Object.entries({ PollWorkflowTaskQueueResponse, RespondWorkflowTaskCompletedRequest })) {
  test(`every payload of a ${name} is found but those of search attributes`, async () => {
    const type = asType(message);
    const whole = filled(type);
    const before = payloadsOf(whole);
    await walk(whole, type, replace, undefined);
    const left = payloadsOf(whole).filter(({ text }) => text === 'in');
    const unexpected = left.filter(({ path }) => !/searchAttributes/i.test(path));
    assert.deepEqual(unexpected, []);
    assert.ok(before.length - left.length > 20, `only ${before.length - left.length} of ${before.length} were found`);
  });
}

test('messages of updates are opened', async () => {
  const { Response } = temporal.api.update.v1;
  const value = Response.encode({ outcome: { success: { payloads: [{ data: Buffer.from('in') }] } } }).finish();
  const message = { messages: [{ body: { type_url: 'type.googleapis.com/temporal.api.update.v1.Response', value } }] };
  await walk(message, asType(RespondWorkflowTaskCompletedRequest), replace, undefined);
  const [opened] = message.messages;
  const payloads = Response.decode(opened?.body.value ?? new Uint8Array()).outcome?.success?.payloads;
  assert.equal(Buffer.from(payloads?.[0]?.data ?? []).toString(), 'out');
});

test('payloads that belong together are transformed together', async () => {
  const seen: number[] = [];
  const payload = { data: Buffer.from('in') };
  const command = { scheduleActivityTaskCommandAttributes: { input: { payloads: [payload, payload] } } };
  const walker = {
    async transform(payloads: Payload[]) {
      seen.push(payloads.length);
      return payloads;
    },
  };
  await walk({ commands: [command] }, asType(RespondWorkflowTaskCompletedRequest), walker, undefined);
  assert.deepEqual(seen, [2]);
});

test('each message may have a context of its own', async () => {
  const seen: string[] = [];
  const walker = {
    async transform(payloads: Payload[], context: string) {
      seen.push(context);
      return payloads;
    },
    contextOf: (_: object, typeName: string, context: string) =>
      typeName.endsWith('.ScheduleActivityTaskCommandAttributes') ? 'activity' : context,
  };
  const payloads = [{ data: Buffer.from('in') }];
  const commands = [
    { scheduleActivityTaskCommandAttributes: { input: { payloads } } },
    { completeWorkflowExecutionCommandAttributes: { result: { payloads } } },
  ];
  await walk({ commands }, asType(RespondWorkflowTaskCompletedRequest), walker, 'workflow');
  assert.deepEqual(seen, ['activity', 'workflow']);
});
