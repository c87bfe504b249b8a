/** What calls about schedules send and give, beside those of the official client. */
import { after } from 'node:test';
import type { Client, ScheduleOptions } from '@perdure/client';
import {
  agreeOn,
  agreeOnRefusing,
  all,
  at,
  type Case,
  lasting,
  payload,
  searchAttributes,
  typedSearchAttributes,
} from './client-cases.ts';
import { openWitness } from './client-witness.ts';

const witness = await openWitness();
after(() => witness.close());

const schedule: ScheduleOptions = {
  scheduleId: 's',
  spec: {
    calendars: [
      {
        second: '*',
        minute: [1, { start: 5 }, { start: 10, end: 20, step: 5 }],
        hour: { start: 2, end: 7 },
        dayOfMonth: '*',
        month: ['JANUARY', { start: 'MARCH', end: 'MAY' }],
        year: [2030, { start: 2031, end: 2035 }],
        dayOfWeek: 'FRIDAY',
        comment: 'a comment',
      },
      {},
    ],
    intervals: [{ every: '1h', offset: '5m' }, { every: 60_000 }],
    cronExpressions: ['0 12 * * MON'],
    skip: [{ year: '*', month: '*', dayOfWeek: '*' }],
    startAt: new Date(1_700_000_000_000),
    endAt: new Date(1_800_000_000_000),
    jitter: '10s',
    timezone: 'Europe/Zurich',
  },
  action: {
    type: 'startWorkflow',
    workflowType: 'order',
    taskQueue: 'q',
    args: [1, 'two'],
    memo: { a: 1 },
    searchAttributes: { Kind: ['k'] },
    retry: { maximumAttempts: 2 },
    workflowExecutionTimeout: '1h',
    workflowRunTimeout: '30m',
    workflowTaskTimeout: '10s',
    staticSummary: 's',
    staticDetails: 'd',
  },
  policies: { overlap: 'BUFFER_ONE', catchupWindow: '1 day', pauseOnFailure: true },
  memo: { b: 2 },
  typedSearchAttributes,
  state: {
    paused: true,
    note: 'later',
    remainingActions: 3,
    triggerImmediately: true,
    backfill: [{ start: new Date(0), end: new Date(1_000), overlap: 'ALLOW_ALL' }],
  },
};
const rawSpec = {
  structuredCalendar: [
    {
      second: [{}],
      minute: [{ start: 1, end: 5, step: 2 }],
      month: [{ start: 1, end: 12, step: 1 }],
      dayOfWeek: [{ start: 0, end: 6, step: 1 }],
      comment: 'c',
    },
  ],
  interval: [{ interval: lasting(60), phase: lasting(5) }],
  excludeStructuredCalendar: [{ hour: [{ start: 3, end: 3, step: 1 }] }],
  startTime: at(1_700_000_000),
  jitter: lasting(2),
  timezoneName: 'UTC',
};
const result = {
  scheduleTime: at(1_700_000_100),
  actualTime: at(1_700_000_101),
  startWorkflowResult: { workflowId: 'w', runId: 'r' },
};
const described = {
  schedule: {
    spec: rawSpec,
    action: {
      startWorkflow: {
        workflowId: 'w',
        workflowType: { name: 'order' },
        taskQueue: { name: 'q' },
        input: { payloads: [payload(1)] },
        memo: { fields: { a: payload(1) } },
        searchAttributes,
        retryPolicy: { maximumAttempts: 2, initialInterval: lasting(1) },
        workflowRunTimeout: lasting(5),
        header: { fields: { kept: payload('header') } },
        userMetadata: { summary: payload('s'), details: payload('d') },
        priority: { priorityKey: 1 },
      },
    },
    policies: {
      overlapPolicy: 'SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER',
      catchupWindow: lasting(60),
      pauseOnFailure: true,
    },
    state: { paused: true, notes: 'n', limitedActions: true, remainingActions: 4 },
  },
  info: {
    actionCount: 5,
    missedCatchupWindow: 1,
    overlapSkipped: 2,
    runningWorkflows: [{ workflowId: 'w', runId: 'r' }],
    recentActions: [result],
    futureActionTimes: [at(1_800_000_000)],
    createTime: at(1_700_000_000),
    updateTime: at(1_700_000_001),
  },
  memo: { fields: { b: payload(2) } },
  searchAttributes,
};
const listed = {
  scheduleId: 's',
  memo: { fields: { b: payload(2) } },
  searchAttributes,
  info: {
    spec: rawSpec,
    workflowType: { name: 'order' },
    notes: 'n',
    paused: true,
    recentActions: [result],
    futureActionTimes: [at(1_800_000_000)],
  },
};
const ofSchedule = (client: Client) => client.schedule.getHandle('s');

const schedules: readonly Case[] = [
  ['create', { CreateSchedule: { conflictToken: Buffer.from('t') } }, (client) => client.schedule.create(schedule)],
  [
    'create with little',
    { CreateSchedule: {} },
    (client) =>
      client.schedule.create({
        scheduleId: 's',
        spec: {},
        action: { type: 'startWorkflow', workflowType: 'order', taskQueue: 'q' },
      }),
  ],
  ['describe', { DescribeSchedule: described }, (client) => ofSchedule(client).describe()],
  ['describe one that is empty', { DescribeSchedule: {} }, (client) => ofSchedule(client).describe()],
  [
    'update',
    { DescribeSchedule: described, UpdateSchedule: {} },
    (client) => ofSchedule(client).update((previous) => ({ ...previous, spec: { intervals: [{ every: '1h' }] } })),
  ],
  ['delete', { DeleteSchedule: {} }, (client) => ofSchedule(client).delete()],
  ['pause', { PatchSchedule: {} }, (client) => ofSchedule(client).pause('why')],
  ['pause without a note', { PatchSchedule: {} }, (client) => ofSchedule(client).pause()],
  ['unpause without a note', { PatchSchedule: {} }, (client) => ofSchedule(client).unpause()],
  ['trigger', { PatchSchedule: {} }, (client) => ofSchedule(client).trigger()],
  ['trigger with a policy', { PatchSchedule: {} }, (client) => ofSchedule(client).trigger('TERMINATE_OTHER')],
  [
    'backfill',
    { PatchSchedule: {} },
    (client) => ofSchedule(client).backfill({ start: new Date(0), end: new Date(9_000), overlap: 'BUFFER_ALL' }),
  ],
  [
    'list, page by page',
    { ListSchedules: [{ schedules: [listed], nextPageToken: Buffer.from('next') }, { schedules: [listed, {}] }] },
    (client) => all(client.schedule.list({ pageSize: 1, query: 'q' })),
  ],
];

agreeOn(witness, 'schedules', schedules);

const action = { type: 'startWorkflow', workflowType: 'order', taskQueue: 'q' } as const;
const make = (client: Client, changes: object) =>
  client.schedule.create({ scheduleId: 's', spec: {}, action, ...changes } as ScheduleOptions);
const fields = ['second', 'minute', 'hour', 'dayOfMonth', 'month', 'year', 'dayOfWeek'] as const;
agreeOnRefusing(witness, [
  ['a schedule without an id', (client) => make(client, { scheduleId: '' })],
  ['a schedule without a task queue', (client) => make(client, { action: { ...action, taskQueue: '' } })],
  ['a schedule without a type', (client) => make(client, { action: { ...action, workflowType: '' } })],
  ...fields.map((field): readonly [string, Case[2]] => [
    `a calendar with a wrong ${field}`,
    (client) => make(client, { spec: { calendars: [{ [field]: 'never' }] } }),
  ]),
]);
