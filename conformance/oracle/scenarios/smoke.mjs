import { payloads, seconds } from '../conversation.mjs';
export default {
  'one activity': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    await t.start(id, tq, { input: payloads(1) });
    await t.step(tq, [{ commandType: 'COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK', scheduleActivityTaskCommandAttributes: { activityId: 'a1', activityType: { name: 'A' }, taskQueue: { name: tq }, input: payloads('x'), startToCloseTimeout: seconds(5) } }]);
    const a = await t.pollActivity(tq);
    await t.call('RespondActivityTaskCompleted', { taskToken: a.raw.taskToken, result: payloads('y'), identity: 'oracle' });
    await t.step(tq, [{ commandType: 'COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION', completeWorkflowExecutionCommandAttributes: { result: payloads('z') } }]);
    await t.history(id);
    await t.describe(id);
  },
  'start twice': async (t) => {
    const id = t.name('wf'), tq = t.name('tq');
    await t.start(id, tq);
    await t.start(id, tq);
  },
};
