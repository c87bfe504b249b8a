// Timers: firing, cancelling, and what happens to them around the edges of tasks and runs.
import * as k from '../scenario-kit.mjs';
import { payload, seconds } from '../conversation.mjs';
const { cmd, quiet, begin, step, take, show, failTask } = k;

export default {
  'a timer fires': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 1)]);
    const task = await take(t, tq);
    show(t, task);
    await t.complete(task, [cmd.complete()], {}, quiet);
    await t.history(id);
  },
  'it does not fire early': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 2)]);
    await take(t, tq);
    const r = await t.history(id, '', {}, quiet);
    const at = (e) => Number(e.eventTime.seconds) * 1000 + (e.eventTime.nanos ?? 0) / 1e6;
    const [started, fired] = ['timerStartedEventAttributes', 'timerFiredEventAttributes'].map((n) => r.response.history.events.find((e) => e[n]));
    const gap = at(fired) - at(started);
    t.observe('gap', gap >= 2000 && gap < 4000 ? 'two seconds' : gap);
  },
  'a zero timer fires at once': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 0)]);
    show(t, await take(t, tq));
  },
  'two timers, the shorter one first': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('long', 2), cmd.timer('short', 1)]);
    show(t, await (async () => { const x = await take(t, tq); await t.complete(x, [], {}, quiet); return x; })(), 'first');
    show(t, await take(t, tq), 'second');
    await t.history(id);
  },
  'cancelled before it fires': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 1)]);
    await k.signal(t, id);
    await step(t, tq, [cmd.cancelTimer('t')]);
    await t.sleep(1500);
    await k.outline(t, id);
  },
  'cancelled after it fired, while the firing is still buffered': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 1)]);
    await k.signal(t, id);
    const task = await take(t, tq);
    await t.sleep(1500);
    await t.complete(task, [cmd.cancelTimer('t'), cmd.marker('after')]);
    await t.history(id);
  },
  'same id again after firing': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 1)]);
    await step(t, tq, [cmd.timer('t', 60)]);
    await k.outline(t, id);
  },
  'a failed task does not lose the timer': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 1)]);
    await failTask(t, await take(t, tq));
    const again = await take(t, tq);
    show(t, again);
    await t.complete(again, [cmd.complete()], {}, quiet);
    await k.outline(t, id);
  },
  'timers of a closed run do not fire': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 1), cmd.complete()]);
    await t.sleep(1500);
    await k.outline(t, id);
  },
  'summary on the timer': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, [cmd.timer('t', 60, { userMetadata: { summary: payload('nap'), details: payload('a longer story') } })]);
    await k.event(t, id, 'TIMER_STARTED');
  },
  'many timers at the same moment all fire': async (t) => {
    const { id, tq } = await begin(t);
    await step(t, tq, Array.from({ length: 20 }, (_, i) => cmd.timer(`t${i}`, 1)));
    await k.until(t, () => t.history(id, '', {}, quiet), (r) => r.response.history.events.filter((e) => e.timerFiredEventAttributes).length === 20);
    const r = await t.history(id, '', {}, quiet);
    t.observe('fired', r.response.history.events.filter((e) => e.timerFiredEventAttributes).map((e) => e.timerFiredEventAttributes.timerId).sort());
  },
};
