import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Link } from '@perdure/api/common';
import { EventType } from '@perdure/api/enums';
import { Code } from '../kernel/errors.ts';
import { defaultLimits } from '../kernel/limits.ts';
import { checkLinks } from './links.ts';

const link = (init: Parameters<typeof Link.encode>[0]): Link => Link.decode(Link.encode(init));
const toWorkflow = { namespace: 'default', workflowId: 'w', runId: 'r' };
const good = link({ workflowEvent: { ...toWorkflow, eventRef: { eventId: 1, eventType: EventType.TIMER_STARTED } } });

describe('links are taken', () => {
  const cases = {
    'to an event': good,
    'to a workflow as a whole': link({ workflow: toWorkflow }),
    'to a batch job': link({ batchJob: { jobId: 'j' } }),
    'to an activity': link({ activity: { namespace: 'default', activityId: 'a', runId: 'r' } }),
    'to a Nexus operation': link({ nexusOperation: { namespace: 'default', operationId: 'o', runId: 'r' } }),
  };
  for (const [to, given] of Object.entries(cases)) test(to, () => checkLinks([given], defaultLimits));
  test('when there are none', () => checkLinks([], { ...defaultLimits, maxLinks: 0 }));
});

describe('links are refused', () => {
  const big = link({ workflow: { ...toWorkflow, workflowId: 'w'.repeat(4000) } });
  const cases: { with: string; links: Link[]; message: string }[] = [
    {
      with: 'one too many',
      links: Array(11).fill(good),
      message: 'cannot attach more than 10 links per request, got 11',
    },
    {
      with: 'one too large',
      links: [good, big],
      message: `link exceeds allowed size of 4000, got ${Link.encode(big).length}`,
    },
    {
      with: 'no namespace',
      links: [link({ workflowEvent: { ...toWorkflow, namespace: '' } })],
      message: 'workflow event link must not have an empty namespace field',
    },
    {
      with: 'no workflow id',
      links: [link({ workflow: { ...toWorkflow, workflowId: '' } })],
      message: 'workflow link must not have an empty workflow ID field',
    },
    {
      with: 'no run id',
      links: [link({ activity: { namespace: 'default', activityId: 'a' } })],
      message: 'activity link must not have an empty run ID field',
    },
    {
      with: 'no operation id',
      links: [link({ nexusOperation: { namespace: 'default', runId: 'r' } })],
      message: 'nexus operation link must not have an empty operation ID field',
    },
    { with: 'no job id', links: [link({ batchJob: {} })], message: 'batch job link must not have an empty job ID' },
    {
      with: 'an event id of no type',
      links: [link({ workflowEvent: { ...toWorkflow, eventRef: { eventId: 3 } } })],
      message: 'workflow event link ref cannot have an unspecified event type and a non-zero event ID',
    },
    { with: 'nothing in it', links: [link({})], message: 'unsupported link variant' },
  ];
  for (const { with: what, links, message } of cases)
    test(`with ${what}`, () =>
      assert.throws(() => checkLinks(links, defaultLimits), { code: Code.INVALID_ARGUMENT, message }));
});
