// Schedules: how specs are compiled, when they come due, and what schedules do.
import { payload, payloads, seconds } from '../conversation.mjs';
import { timestamp, until, moment, typed } from '../words.mjs';
import { create, remove, look, compiled, due, observe, trigger, answer, tidy, HOURLY, COMPLETE, FAIL, CANCEL } from '../schedule-words.mjs';

const cron = (...cronString) => ({ cronString });
const scenarios = {};

// --- specs, and the form that describe gives back ---
const SPECS = {
  'interval': HOURLY,
  'interval and phase': { interval: [{ interval: seconds(3600), phase: seconds(600) }] },
  'two intervals': { interval: [{ interval: seconds(60) }, { interval: seconds(90) }] },
  'interval of zero': { interval: [{ interval: seconds(0) }] },
  'negative interval': { interval: [{ interval: { seconds: -5 } }] },
  'interval below a second': { interval: [{ interval: { nanos: 500_000_000 } }] },
  'phase above the interval': { interval: [{ interval: seconds(10), phase: seconds(20) }] },
  'phase equal to the interval': { interval: [{ interval: seconds(10), phase: seconds(10) }] },
  'negative phase': { interval: [{ interval: seconds(10), phase: { seconds: -1 } }] },
  'empty spec': {},
  'calendar of nothing': { calendar: [{}] },
  'calendar of words': { calendar: [{ hour: '9-17', minute: '*/15', dayOfWeek: 'MON-FRI' }] },
  'calendar with months by name': { calendar: [{ month: 'JAN,mar-May', dayOfMonth: '1,15' }] },
  'calendar with year and comment': { calendar: [{ year: '2030', month: '2', dayOfMonth: '29', comment: 'never comes' }] },
  'calendar with steps': { calendar: [{ second: '5/20', minute: '0-30/10' }] },
  'calendar with a bad hour': { calendar: [{ hour: '24' }] },
  'calendar with a bad word': { calendar: [{ dayOfWeek: 'FUNDAY' }] },
  'structured calendar': { structuredCalendar: [{ hour: [{ start: 9, end: 17, step: 2 }], minute: [{ start: 0 }], comment: 'odd hours' }] },
  'structured calendar with a bad range': { structuredCalendar: [{ minute: [{ start: 61 }] }] },
  'structured calendar that ends before it starts': { structuredCalendar: [{ minute: [{ start: 30, end: 10 }] }] },
  'cron of five fields': cron('15 9 * * MON-FRI'),
  'cron of six fields': cron('30 15 9 * * MON'),
  'cron of seven fields': cron('0 30 15 9 * * 2030'),
  'cron of four fields': cron('1 2 3 4'),
  'cron with a comment': cron('0 12 * * * # lunch'),
  'cron daily': cron('@daily'),
  'cron hourly': cron('@hourly'),
  'cron weekly': cron('@weekly'),
  'cron monthly': cron('@monthly'),
  'cron yearly': cron('@yearly'),
  'cron midnight': cron('@midnight'),
  'cron every': cron('@every 90s'),
  'cron every with a phase': cron('@every 1h/10m'),
  'cron every nonsense': cron('@every so often'),
  'cron with a time zone': cron('CRON_TZ=Europe/Berlin 0 9 * * *'),
  'cron with the short form of a time zone': cron('TZ=Asia/Tokyo 0 9 * * *'),
  'cron with an unknown time zone': cron('CRON_TZ=Mars/Olympus 0 9 * * *'),
  'crons of two time zones': cron('CRON_TZ=Europe/Berlin 0 9 * * *', 'CRON_TZ=Asia/Tokyo 0 9 * * *'),
  'cron with a list and a step': cron('0,30 */6 1-7 * *'),
  'cron with sunday as seven': cron('0 0 * * 7'),
  'cron nonsense': cron('soon'),
  'empty cron': cron(''),
  'excluded calendar': { ...HOURLY, excludeCalendar: [{ hour: '0-6' }] },
  'excluded structured calendar': { ...HOURLY, excludeStructuredCalendar: [{ hour: [{ start: 0, end: 6 }], comment: 'night' }] },
  'time zone': { ...cron('0 9 * * *'), timezoneName: 'America/New_York' },
  'unknown time zone': { ...cron('0 9 * * *'), timezoneName: 'Mars/Olympus' },
  'time zone data that is none': { ...cron('0 9 * * *'), timezoneName: 'Mars', timezoneData: Buffer.from('nonsense').toString('base64') },
  'jitter': { ...HOURLY, jitter: seconds(30) },
  'negative jitter': { ...HOURLY, jitter: { seconds: -1 } },
  'start after end': { ...HOURLY, startTime: timestamp('2031-01-01T00:00:00Z'), endTime: timestamp('2030-01-01T00:00:00Z') },
  'all sorts together': { ...cron('0 12 * * *'), calendar: [{ hour: '6' }], interval: [{ interval: seconds(86400) }] },
};
for (const [name, spec] of Object.entries(SPECS)) scenarios[`spec: ${name}`] = compiled(spec);

// --- when they come due ---
const DUE = {
  'every hour for half a day': [HOURLY, '2030-01-01T00:00:00Z', '2030-01-01T12:00:00Z'],
  'every hour at ten past': [{ interval: [{ interval: seconds(3600), phase: seconds(600) }] }, '2030-01-01T00:00:00Z', '2030-01-01T06:00:00Z'],
  'every seven days': [{ interval: [{ interval: seconds(7 * 86400) }] }, '2030-01-01T00:00:00Z', '2030-03-01T00:00:00Z'],
  'every 90 minutes': [{ interval: [{ interval: seconds(5400) }] }, '2030-01-01T00:00:00Z', '2030-01-01T12:00:00Z'],
  'two intervals together': [{ interval: [{ interval: seconds(40) }, { interval: seconds(60) }] }, '2030-01-01T00:00:00Z', '2030-01-01T00:05:00Z'],
  'every second': [{ interval: [{ interval: seconds(1) }] }, '2030-01-01T00:00:00Z', '2030-01-01T00:00:10Z'],
  'weekdays at nine': [cron('0 9 * * MON-FRI'), '2030-01-01T00:00:00Z', '2030-01-15T00:00:00Z'],
  'the 31st of every month': [cron('0 0 31 * *'), '2030-01-01T00:00:00Z', '2031-01-01T00:00:00Z'],
  'the 29th of February': [cron('0 0 29 2 *'), '2024-01-01T00:00:00Z', '2036-12-31T00:00:00Z'],
  'Friday the 13th': [{ calendar: [{ dayOfMonth: '13', dayOfWeek: 'FRI', hour: '0', minute: '0' }] }, '2030-01-01T00:00:00Z', '2033-01-01T00:00:00Z'],
  'cron: the 13th and Fridays': [cron('0 0 13 * FRI'), '2030-01-01T00:00:00Z', '2033-01-01T00:00:00Z'],
  'noon only': [{ calendar: [{ hour: '12' }] }, '2030-01-01T00:00:00Z', '2030-01-05T00:00:00Z'],
  'every 20 minutes by cron': [cron('*/20 * * * *'), '2030-01-01T00:00:00Z', '2030-01-01T03:00:00Z'],
  'seconds by cron': [cron('*/15 * * * * *'), '2030-01-01T00:00:00Z', '2030-01-01T00:02:00Z'],
  'one year only': [cron('0 0 0 1 1 * 2031'), '2030-01-01T00:00:00Z', '2040-01-01T00:00:00Z'],
  'never': [cron('0 0 30 2 *'), '2030-01-01T00:00:00Z', '2032-01-01T00:00:00Z'],
  'sundays as zero': [cron('0 0 * * 0'), '2030-01-01T00:00:00Z', '2030-02-01T00:00:00Z'],
  'sundays as seven': [cron('0 0 * * 7'), '2030-01-01T00:00:00Z', '2030-02-01T00:00:00Z'],
  'monthly': [cron('@monthly'), '2030-01-01T00:00:00Z', '2030-12-31T00:00:00Z'],
  'quarters': [{ calendar: [{ month: '1,4,7,10', dayOfMonth: '1', hour: '0' }] }, '2030-01-01T00:00:00Z', '2032-01-01T00:00:00Z'],
  'Berlin in winter and summer': [{ ...cron('0 9 * * *'), timezoneName: 'Europe/Berlin' }, '2030-03-29T00:00:00Z', '2030-04-03T00:00:00Z'],
  'Berlin, a local time that is skipped': [{ ...cron('30 2 * * *'), timezoneName: 'Europe/Berlin' }, '2030-03-29T00:00:00Z', '2030-04-03T00:00:00Z'],
  'Berlin, a local time that comes twice': [{ ...cron('30 2 * * *'), timezoneName: 'Europe/Berlin' }, '2030-10-25T00:00:00Z', '2030-10-30T00:00:00Z'],
  'Berlin, every half hour through the skipped hour': [{ ...cron('*/30 * * * *'), timezoneName: 'Europe/Berlin' }, '2030-03-30T23:00:00Z', '2030-03-31T04:00:00Z'],
  'Berlin, every half hour through the doubled hour': [{ ...cron('*/30 * * * *'), timezoneName: 'Europe/Berlin' }, '2030-10-26T22:00:00Z', '2030-10-27T03:00:00Z'],
  'New York at midnight over a change of clocks': [{ ...cron('0 0 * * *'), timezoneName: 'America/New_York' }, '2030-11-01T00:00:00Z', '2030-11-06T00:00:00Z'],
  'Kolkata': [{ ...cron('0 6 * * *'), timezoneName: 'Asia/Kolkata' }, '2030-01-01T00:00:00Z', '2030-01-04T00:00:00Z'],
  'Lord Howe moves by half an hour': [{ ...cron('*/15 1-2 * * *'), timezoneName: 'Australia/Lord_Howe' }, '2030-04-06T12:00:00Z', '2030-04-07T00:00:00Z'],
  'Apia skipped a day': [{ ...cron('0 12 * * *'), timezoneName: 'Pacific/Apia' }, '2011-12-28T00:00:00Z', '2012-01-02T00:00:00Z'],
  'cron with its own time zone': [cron('CRON_TZ=Asia/Tokyo 0 9 * * *'), '2030-01-01T00:00:00Z', '2030-01-04T00:00:00Z'],
  'intervals know no time zone': [{ interval: [{ interval: seconds(86400) }], timezoneName: 'Asia/Tokyo' }, '2030-01-01T00:00:00Z', '2030-01-04T00:00:00Z'],
  'nights left out': [{ ...HOURLY, excludeCalendar: [{ hour: '0-6,22-23', minute: '*', second: '*' }] }, '2030-01-01T00:00:00Z', '2030-01-02T00:00:00Z'],
  'one day left out': [{ ...cron('0 12 * * *'), excludeStructuredCalendar: [{ dayOfMonth: [{ start: 3 }], hour: [{ start: 0, end: 23 }], minute: [{ start: 0, end: 59 }], second: [{ start: 0, end: 59 }] }] }, '2030-01-01T00:00:00Z', '2030-01-06T00:00:00Z'],
  'between start and end': [{ ...HOURLY, startTime: timestamp('2030-01-01T03:00:00Z'), endTime: timestamp('2030-01-01T06:00:00Z') }, '2030-01-01T00:00:00Z', '2030-01-02T00:00:00Z'],
  'after its end': [{ ...HOURLY, endTime: timestamp('2029-01-01T00:00:00Z') }, '2030-01-01T00:00:00Z', '2030-01-02T00:00:00Z'],
  'beginning on a due time': [HOURLY, '2030-01-01T01:00:00Z', '2030-01-01T03:00:00Z'],
  'an empty range': [HOURLY, '2030-01-01T01:00:00Z', '2030-01-01T01:00:00Z'],
  'a range that runs backwards': [HOURLY, '2030-01-02T00:00:00Z', '2030-01-01T00:00:00Z'],
  'more than a thousand': [{ interval: [{ interval: seconds(1) }] }, '2030-01-01T00:00:00Z', '2030-01-01T01:00:00Z', 3],
  'calendars and intervals together': [{ ...cron('30 0 * * *'), interval: [{ interval: seconds(6 * 3600) }] }, '2030-01-01T00:00:00Z', '2030-01-02T00:00:00Z'],
  'structured ranges with steps': [{ structuredCalendar: [{ hour: [{ start: 8, end: 18, step: 4 }], minute: [{ start: 0 }, { start: 30 }] }] }, '2030-01-01T00:00:00Z', '2030-01-02T00:00:00Z'],
  'an empty spec': [{}, '2030-01-01T00:00:00Z', '2030-01-02T00:00:00Z'],
};
for (const [name, args] of Object.entries(DUE)) scenarios[`due: ${name}`] = due(...args);

// --- life of a schedule ---
Object.assign(scenarios, {
  'create and describe': async (t) => {
    const { scheduleId } = await create(t, { memo: { fields: { m: payload('note') } }, searchAttributes: { indexedFields: { CustomKeywordField: payload('k') } } }, {});
    await observe(t, 'described', scheduleId);
    await remove(t, scheduleId);
  },
  'create with every policy': async (t) => {
    const { scheduleId } = await create(t, { policies: { overlapPolicy: 'SCHEDULE_OVERLAP_POLICY_BUFFER_ALL', catchupWindow: seconds(600), pauseOnFailure: true, keepOriginalWorkflowId: true }, state: { paused: true, notes: 'a note', limitedActions: true, remainingActions: 5 } }, {});
    await observe(t, 'described', scheduleId);
    await remove(t, scheduleId);
  },
  'create with a catch-up window that is too short': async (t) => {
    const { scheduleId } = await create(t, { policies: { catchupWindow: seconds(1) } }, {});
    await observe(t, 'described', scheduleId);
    await remove(t, scheduleId);
  },
  'create with a negative catch-up window': async (t) => {
    const { scheduleId } = await create(t, { policies: { catchupWindow: { seconds: -1 } } }, {});
    await remove(t, scheduleId);
  },
  'create twice': async (t) => {
    const { scheduleId } = await create(t, {}, {});
    await create(t, {}, {});
    await remove(t, scheduleId);
  },
  'create twice with the same request id': async (t) => {
    const requestId = t.uuid();
    const { scheduleId } = await create(t, { requestId }, {});
    await create(t, { requestId }, {});
    await remove(t, scheduleId);
  },
  'create paused by its first patch': async (t) => {
    const { scheduleId } = await create(t, { state: {}, initialPatch: { pause: 'wait a little' } }, {});
    await observe(t, 'described', scheduleId, (info, schedule) => schedule.state?.paused);
    await remove(t, scheduleId);
  },
  'future times of an hourly schedule': async (t) => {
    const { scheduleId } = await create(t, { state: {} });
    const { response } = await look(t, scheduleId);
    const times = response.info.futureActionTimes.map((ts) => +ts.seconds);
    t.observe('how many', times.length);
    t.observe('steps', times.slice(1).map((s, i) => s - times[i]));
    t.observe('on the hour', times.every((s) => s % 3600 === 0));
    await remove(t, scheduleId);
  },
  'future times of a paused schedule': async (t) => {
    const { scheduleId } = await create(t);
    t.observe('how many', ((await look(t, scheduleId)).response.info.futureActionTimes ?? []).length);
    await remove(t, scheduleId);
  },
  'pause and unpause': async (t) => {
    const { scheduleId } = await create(t, { state: { notes: 'fresh' } });
    await t.call('PatchSchedule', { scheduleId, patch: { pause: 'lunch' } });
    await observe(t, 'paused', scheduleId, (info, schedule) => schedule.state?.paused);
    await t.call('PatchSchedule', { scheduleId, patch: { unpause: 'back' } });
    await observe(t, 'unpaused', scheduleId, (info, schedule) => !schedule.state?.paused);
    await remove(t, scheduleId);
  },
  'delete': async (t) => {
    const { scheduleId } = await create(t);
    await t.call('DeleteSchedule', { scheduleId });
    const gone = await until(async () => (await look(t, scheduleId)).code === 'NOT_FOUND');
    t.observe('gone', gone);
  },
  'a deleted id can be used again': async (t) => {
    const { scheduleId } = await create(t);
    await remove(t, scheduleId);
    await until(async () => (await look(t, scheduleId)).code === 'NOT_FOUND');
    await create(t, { state: { paused: true, notes: 'second' } }, {});
    await observe(t, 'described', scheduleId);
    await remove(t, scheduleId);
  },
  'update replaces all': async (t) => {
    const { scheduleId } = await create(t, { state: { paused: true, notes: 'old' }, policies: { pauseOnFailure: true } });
    await t.call('UpdateSchedule', { scheduleId, schedule: { spec: { calendar: [{ hour: '5' }] }, action: { startWorkflow: { workflowId: t.name('wf2'), workflowType: { name: 'V' }, taskQueue: { name: t.name('tq') } } }, state: { paused: true, notes: 'new' } } });
    await observe(t, 'described', scheduleId, (info, schedule) => schedule.state?.notes === 'new');
    await remove(t, scheduleId);
  },
  'update with the right conflict token': async (t) => {
    const { scheduleId } = await create(t);
    const { raw } = await look(t, scheduleId);
    await t.call('UpdateSchedule', { scheduleId, conflictToken: raw.conflictToken, schedule: { ...raw.schedule, state: { paused: true, notes: 'second' } } });
    await observe(t, 'described', scheduleId, (info, schedule) => schedule.state?.notes === 'second');
    await remove(t, scheduleId);
  },
  'update with an old conflict token changes nothing': async (t) => {
    const { scheduleId } = await create(t);
    const { raw } = await look(t, scheduleId);
    await t.call('UpdateSchedule', { scheduleId, schedule: { ...raw.schedule, state: { paused: true, notes: 'second' } } });
    await observe(t, 'second', scheduleId, (info, schedule) => schedule.state?.notes === 'second');
    await t.call('UpdateSchedule', { scheduleId, conflictToken: raw.conflictToken, schedule: { ...raw.schedule, state: { paused: true, notes: 'third' } } }, { record: false });
    await t.sleep(1000);
    t.observe('notes', (await look(t, scheduleId)).response.schedule.state.notes);
    await remove(t, scheduleId);
  },
  'update of search attributes': async (t) => {
    const { scheduleId } = await create(t, { searchAttributes: { indexedFields: { CustomKeywordField: payload('old'), CustomIntField: payload(1) } } });
    const { raw } = await look(t, scheduleId);
    await t.call('UpdateSchedule', { scheduleId, schedule: raw.schedule, searchAttributes: { indexedFields: { CustomKeywordField: payload('new') } } });
    await t.sleep(1000);
    t.observe('search attributes', (await look(t, scheduleId)).response.searchAttributes);
    await remove(t, scheduleId);
  },
  'list and count': async (t) => {
    const { scheduleId } = await create(t, { memo: { fields: { m: payload(1) } }, state: { paused: true, notes: 'n' }, searchAttributes: { indexedFields: { CustomKeywordField: payload(t.name('mark')) } } });
    const query = `CustomKeywordField = '${t.name('mark')}'`;
    let entries = [];
    await until(async () => (entries = (await t.call('ListSchedules', { query }, { record: false })).response?.schedules ?? []).length > 0);
    t.observe('listed', entries.map(({ info: { futureActionTimes, ...info }, ...entry }) => ({ ...entry, info })));
    await t.call('CountSchedules', { query });
    await t.call('CountWorkflowExecutions', { query });
    await remove(t, scheduleId);
    await t.eventually('CountSchedules', { query }, (o) => o.ok && !o.response.count);
  },
  'list by schedule id and by paused': async (t) => {
    const { scheduleId } = await create(t);
    const ids = (o) => (o.response?.schedules ?? []).map((s) => s.scheduleId);
    const listed = async (query) => ids(await t.call('ListSchedules', { query }, { record: false }));
    const paused = `ScheduleId = '${scheduleId}' AND TemporalSchedulePaused = true`;
    await until(async () => (await listed(paused)).length > 0);
    t.observe('by id', await listed(`ScheduleId = '${scheduleId}'`));
    t.observe('paused', await listed(paused));
    t.observe('not paused', await listed(`ScheduleId = '${scheduleId}' AND TemporalSchedulePaused = false`));
    await remove(t, scheduleId);
  },

  // --- actions ---
  'trigger': async (t) => {
    const { scheduleId } = await create(t);
    await trigger(t, scheduleId);
    const { info } = await observe(t, 'running', scheduleId, (i) => i.runningWorkflows?.length === 1);
    const workflowId = info.runningWorkflows[0].workflowId;
    t.observe('workflow id is that of the action and a time', workflowId.replace(t.name('wf'), '').replace(/\d/g, '9'));
    const { response } = await t.describe(workflowId, '', { record: false });
    t.observe('search attributes of the workflow', Object.keys(response.workflowExecutionInfo.searchAttributes.indexedFields).sort());
    t.observe('memo of the workflow', response.workflowExecutionInfo.memo ?? {});
    await answer(t, COMPLETE(payloads('done')));
    await observe(t, 'completed', scheduleId, (i) => !i.runningWorkflows?.length && i.recentActions?.[0]?.startWorkflowStatus !== 'WORKFLOW_EXECUTION_STATUS_RUNNING');
    await tidy(t, scheduleId);
  },
  'the started workflow has what the action says': async (t) => {
    const { scheduleId } = await create(t, { startWorkflow: { input: payloads('in', 2), workflowRunTimeout: seconds(99), memo: { fields: { mine: payload(1) } }, searchAttributes: { indexedFields: { CustomIntField: payload(3) } }, header: { fields: { h: payload('head') } }, retryPolicy: { maximumAttempts: 3 }, userMetadata: { summary: payload('sum') } } });
    await trigger(t, scheduleId);
    const task = await t.pollWorkflow(t.name('tq'), {}, { record: false });
    t.observe('first event', task.response.history.events[0]);
    await tidy(t, scheduleId);
  },
  'the last result goes to the next run': async (t) => {
    const { scheduleId } = await create(t);
    await trigger(t, scheduleId);
    await answer(t, COMPLETE(payloads('first')));
    await observe(t, 'completed', scheduleId, (i) => i.recentActions?.length === 1 && !i.runningWorkflows?.length);
    await t.sleep(1100);
    await trigger(t, scheduleId);
    const task = await answer(t, FAIL);
    t.observe('last result', task.response.history.events[0].workflowExecutionStartedEventAttributes.lastCompletionResult);
    await observe(t, 'failed', scheduleId, (i) => i.recentActions?.length === 2 && !i.runningWorkflows?.length);
    await t.sleep(1100);
    await trigger(t, scheduleId);
    const third = await answer(t, COMPLETE());
    const { lastCompletionResult, continuedFailure } = third.response.history.events[0].workflowExecutionStartedEventAttributes;
    t.observe('after a failure', { lastCompletionResult, continuedFailure });
    await tidy(t, scheduleId);
  },
  'pause on failure': async (t) => {
    const { scheduleId } = await create(t, { state: {}, policies: { pauseOnFailure: true } });
    await trigger(t, scheduleId);
    await answer(t, FAIL);
    await observe(t, 'paused by itself', scheduleId, (i, schedule) => schedule.state?.paused);
    await tidy(t, scheduleId);
  },
  'keep the original workflow id': async (t) => {
    const { scheduleId } = await create(t, { policies: { keepOriginalWorkflowId: true } });
    await trigger(t, scheduleId);
    await observe(t, 'running', scheduleId, (i) => i.runningWorkflows?.length === 1);
    await tidy(t, scheduleId);
  },
  'overlap skip': async (t) => {
    const { scheduleId } = await create(t);
    await trigger(t, scheduleId);
    await observe(t, 'first', scheduleId, (i) => i.runningWorkflows?.length === 1);
    await t.sleep(1100);
    await trigger(t, scheduleId);
    await observe(t, 'second is skipped', scheduleId, (i) => i.overlapSkipped === '1');
    await tidy(t, scheduleId);
  },
  'overlap buffer one': async (t) => {
    const { scheduleId } = await create(t, { policies: { overlapPolicy: 'SCHEDULE_OVERLAP_POLICY_BUFFER_ONE' } });
    for (let i = 0; i < 3; i++) { await trigger(t, scheduleId); await t.sleep(1100); }
    await observe(t, 'one running, one waiting', scheduleId, (i) => i.overlapSkipped === '1' && i.bufferSize === '1');
    await answer(t, COMPLETE());
    await observe(t, 'the waiting one runs', scheduleId, (i) => i.recentActions?.length === 2 && !(+i.bufferSize > 0));
    await tidy(t, scheduleId);
  },
  'overlap buffer all': async (t) => {
    const { scheduleId } = await create(t, { policies: { overlapPolicy: 'SCHEDULE_OVERLAP_POLICY_BUFFER_ALL' } });
    for (let i = 0; i < 3; i++) { await trigger(t, scheduleId); await t.sleep(1100); }
    await observe(t, 'two waiting', scheduleId, (i) => i.bufferSize === '2');
    await answer(t, COMPLETE());
    await answer(t, COMPLETE());
    await answer(t, COMPLETE());
    await observe(t, 'all done', scheduleId, (i) => i.recentActions?.length === 3 && !i.runningWorkflows?.length);
    await tidy(t, scheduleId);
  },
  'overlap cancel other': async (t) => {
    const { scheduleId } = await create(t, { policies: { overlapPolicy: 'SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER' } });
    await trigger(t, scheduleId);
    const { info } = await observe(t, 'first', scheduleId, (i) => i.runningWorkflows?.length === 1);
    await t.sleep(1100);
    await trigger(t, scheduleId);
    const first = info.runningWorkflows[0].workflowId;
    await until(async () => (await t.history(first, '', {}, { record: false })).response.history.events.some((e) => e.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED'));
    const history = await t.history(first, '', {}, { record: false });
    t.observe('events of the first', history.response.history.events.map((e) => e.eventType));
    t.observe('asked by', history.response.history.events.find((e) => e.workflowExecutionCancelRequestedEventAttributes)?.workflowExecutionCancelRequestedEventAttributes);
    await answer(t, CANCEL);
    await observe(t, 'second runs', scheduleId, (i) => i.recentActions?.length === 2 && i.runningWorkflows?.length === 1);
    await tidy(t, scheduleId);
  },
  'overlap terminate other': async (t) => {
    const { scheduleId } = await create(t, { policies: { overlapPolicy: 'SCHEDULE_OVERLAP_POLICY_TERMINATE_OTHER' } });
    await trigger(t, scheduleId);
    const { info } = await observe(t, 'first', scheduleId, (i) => i.runningWorkflows?.length === 1);
    await t.sleep(1100);
    await trigger(t, scheduleId);
    await observe(t, 'second runs', scheduleId, (i) => i.recentActions?.length === 2 && i.runningWorkflows?.length === 1);
    const history = await t.history(info.runningWorkflows[0].workflowId, '', {}, { record: false });
    t.observe('end of the first', history.response.history.events.at(-1).workflowExecutionTerminatedEventAttributes);
    await tidy(t, scheduleId);
  },
  'overlap allow all': async (t) => {
    const { scheduleId } = await create(t, { policies: { overlapPolicy: 'SCHEDULE_OVERLAP_POLICY_ALLOW_ALL' } });
    for (let i = 0; i < 3; i++) { await trigger(t, scheduleId); await t.sleep(1100); }
    let last;
    await until(async () => (last = (await look(t, scheduleId)).response.info).recentActions?.length === 3);
    t.observe('actions', last.actionCount);
    t.observe('statuses', last.recentActions.map((a) => a.startWorkflowStatus));
    await remove(t, scheduleId);
    for (const a of last.recentActions) await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: a.startWorkflowResult.workflowId } }, { record: false });
  },
  'backfill of three hours': async (t) => {
    const { scheduleId } = await create(t);
    await t.call('PatchSchedule', { scheduleId, patch: { backfillRequest: [{ startTime: timestamp('2024-01-01T00:30:00Z'), endTime: timestamp('2024-01-01T03:30:00Z'), overlapPolicy: 'SCHEDULE_OVERLAP_POLICY_ALLOW_ALL' }] } });
    let last;
    await until(async () => (last = (await look(t, scheduleId)).response.info).recentActions?.length === 3);
    t.observe('scheduled for', last.recentActions.map((a) => moment(a.scheduleTime)));
    t.observe('workflow ids', last.recentActions.map((a) => a.startWorkflowResult.workflowId.replace('T', ' ').replace('Z', ' utc')));
    await remove(t, scheduleId);
    for (const a of last.recentActions) await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: a.startWorkflowResult.workflowId } }, { record: false });
  },
  'backfill whose bounds are due times': async (t) => {
    const { scheduleId } = await create(t);
    await t.call('PatchSchedule', { scheduleId, patch: { backfillRequest: [{ startTime: timestamp('2024-01-01T01:00:00Z'), endTime: timestamp('2024-01-01T03:00:00Z'), overlapPolicy: 'SCHEDULE_OVERLAP_POLICY_ALLOW_ALL' }] } });
    let last;
    await until(async () => (last = (await look(t, scheduleId)).response.info).recentActions?.length >= 2);
    await t.sleep(500);
    last = (await look(t, scheduleId)).response.info;
    t.observe('scheduled for', last.recentActions.map((a) => moment(a.scheduleTime)));
    await remove(t, scheduleId);
    for (const a of last.recentActions) await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: a.startWorkflowResult.workflowId } }, { record: false });
  },
  'limited actions run out': async (t) => {
    const { scheduleId } = await create(t, { spec: { interval: [{ interval: seconds(1) }] }, policies: { overlapPolicy: 'SCHEDULE_OVERLAP_POLICY_ALLOW_ALL' }, state: { limitedActions: true, remainingActions: 2 } });
    let last;
    await until(async () => (last = (await look(t, scheduleId)).response).info.recentActions?.length === 2);
    await t.sleep(1500);
    last = (await look(t, scheduleId)).response;
    t.observe('actions', last.info.actionCount);
    t.observe('state', last.schedule.state);
    t.observe('futures', (last.info.futureActionTimes ?? []).length);
    await remove(t, scheduleId);
    for (const a of last.info.recentActions) await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: a.startWorkflowResult.workflowId } }, { record: false });
  },
  'every second, skipping while one runs': async (t) => {
    const { scheduleId } = await create(t, { spec: { interval: [{ interval: seconds(1) }] }, state: {} });
    let info;
    await until(async () => +(info = (await look(t, scheduleId)).response.info).overlapSkipped >= 1);
    t.observe('actions', info.actionCount);
    t.observe('running', info.runningWorkflows.length);
    await tidy(t, scheduleId);
  },
  'create and trigger at once': async (t) => {
    const { scheduleId } = await create(t, { initialPatch: { triggerImmediately: {} } }, {});
    await observe(t, 'running', scheduleId, (i) => i.runningWorkflows?.length === 1);
    await tidy(t, scheduleId);
  },
  'running workflows outlive the schedule': async (t) => {
    const { scheduleId } = await create(t);
    await trigger(t, scheduleId);
    const { info } = await observe(t, 'running', scheduleId, (i) => i.runningWorkflows?.length === 1);
    await remove(t, scheduleId);
    await t.sleep(500);
    const { response } = await t.describe(info.runningWorkflows[0].workflowId, '', { record: false });
    t.observe('status', response.workflowExecutionInfo.status);
    await t.call('TerminateWorkflowExecution', { workflowExecution: { workflowId: info.runningWorkflows[0].workflowId } }, { record: false });
  },
  'search attributes with their types': async (t) => {
    const { scheduleId } = await create(t, { searchAttributes: { indexedFields: { CustomKeywordField: typed('Keyword', 'k'), CustomBoolField: payload(true) } } });
    t.observe('search attributes', (await look(t, scheduleId)).response.searchAttributes);
    await remove(t, scheduleId);
  },
});
export default scenarios;
