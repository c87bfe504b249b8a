/** Workflows that look around, and change what is known of them. */
import { defineSearchAttributeKey } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import { ask, change, local, noted, poke, remote, type Seen, told } from './listening.ts';

/** Time, chance and what is known of oneself. */
export async function surroundings(): Promise<unknown> {
  const draw = () => [Math.random(), wf.uuid4(), wf.workflowRandom.uuid4(), Date.now(), new Date().toISOString()];
  const stream = wf.getRandomStream('mine');
  const before = draw();
  const own = stream.with(() => [
    Math.random(),
    wf.uuid4(),
    wf.workflowRandom.random(),
    wf.getRandomStream('yours').random(),
  ]);
  const over = await stream.with(async () => {
    const drawn = [Math.random()];
    await wf.sleep(10);
    drawn.push(Math.random(), Math.random());
    return drawn;
  });
  const bytes = [...stream.fill(new Uint8Array(7)), ...wf.getRandomStream('mine').fill(new Uint8Array(3))];
  const { unsafe, lastFailure, ...info } = wf.workflowInfo();
  return {
    before,
    own,
    over,
    bytes,
    lastFailure: String(lastFailure),
    info: Object.entries(info).sort(([one], [other]) => (one < other ? -1 : 1)),
    keys: Object.keys(unsafe).sort(),
    inside: wf.inWorkflowContext(),
    dates: [
      new Date(0).toISOString(),
      Date.UTC(2020, 1),
      Date.parse('2020-01-01'),
      typeof Date(),
      new Date() instanceof Date,
    ],
    refused: [() => new WeakRef({}), () => new FinalizationRegistry(() => {})].map((make) => {
      try {
        make();
        return 'made';
      } catch (error) {
        return told(error);
      }
    }),
  };
}

/** Changes what is known of the workflow from outside. */
export async function attributes(): Promise<unknown> {
  wf.setHandler(ask, () => wf.workflowInfo().memo);
  wf.setCurrentDetails(`at ${Date.now()}`);
  wf.upsertMemo({ a: 1, b: 'two', c: null });
  const int = defineSearchAttributeKey('CustomIntField', 'INT');
  const text = defineSearchAttributeKey('CustomTextField', 'TEXT');
  const words = defineSearchAttributeKey('CustomKeywords', 'KEYWORD_LIST');
  const date = defineSearchAttributeKey('CustomDate', 'DATETIME');
  wf.upsertSearchAttributes([
    { key: int, value: 1 },
    { key: words, value: ['a', 'b'] },
    { key: date, value: new Date(1000) },
  ]);
  const first = wf.workflowInfo();
  wf.upsertSearchAttributes({
    CustomTextField: ['t'],
    CustomIntField: [],
    CustomBool: [true],
    CustomDate: [new Date(5)],
  });
  const second = wf.workflowInfo();
  wf.upsertSearchAttributes([{ key: text, value: null }]);
  wf.upsertMemo({ a: undefined, b: { three: 3 } });
  await wf.sleep(1);
  const shown = ({ memo, searchAttributes, typedSearchAttributes }: wf.WorkflowInfo) => ({
    memo,
    searchAttributes,
    typed: typedSearchAttributes.getAll(),
  });
  return [first, second, wf.workflowInfo()].map(shown);
}

/** Patches, asked for in different places. */
export async function patches(): Promise<Seen> {
  const seen: Seen = [];
  seen.push(wf.patched('a'), wf.patched('b'));
  await wf.sleep(10);
  seen.push(wf.patched('a'), wf.patched('c'));
  wf.deprecatePatch('d');
  await wf.sleep(10);
  seen.push(wf.patched('b'), wf.patched('d'), wf.patched('e'));
  return seen;
}

/** Groups of events, in scopes and by hand. */
export async function groups(): Promise<Seen> {
  const seen: Seen = [];
  const outer = wf.createEventGroup('outer');
  const named = wf.createEventGroup('named', { id: 'an-id' });
  wf.setHandler(poke, async () => {
    await wf.sleep(5);
    await remote.one(1);
  });
  wf.setHandler(change, async () => {
    await named.withScope(async () => {
      await wf.sleep(7, { eventGroups: [outer] });
    });
    return 'grouped';
  });
  await outer.withScope(async () => {
    await wf.sleep(1);
    await named.withScope(async () => {
      await noted(seen, 'activity', remote.one(2));
      wf.upsertMemo({ grouped: true });
      await noted(seen, 'child', wf.executeChild('c', { workflowId: 'c', eventGroups: [outer] }));
    });
    await noted(seen, 'local', local.one(1));
  });
  await wf.sleep(10, { eventGroups: [named], summary: 'grouped by hand' });
  await outer.withScope(() => wf.continueAsNew());
  return seen;
}

interface MySinks extends wf.Sinks {
  mine: { tell(text: string, about: object): void };
}

/** What goes out of the isolate without being a command. */
export async function speaks(): Promise<void> {
  const { mine } = wf.proxySinks<MySinks>();
  const counter = wf.metricMeter.createCounter('count', 'things', 'counted').withTags({ a: 'b' });
  const histogram = wf.metricMeter.withTags({ m: 1 }).createHistogram('histogram', 'float', 'ms');
  const gauge = wf.metricMeter.createGauge('gauge');
  for (let i = 0; i < 3; i++) {
    mine.tell(`turn ${i}`, { i });
    wf.log.info('logged', { i });
    counter.add(i, { i });
    histogram.record(i / 2);
    gauge.set(i, { g: true });
    await wf.sleep(10);
  }
  try {
    counter.add(-1);
  } catch (error) {
    wf.log.error(told(error));
  }
}
