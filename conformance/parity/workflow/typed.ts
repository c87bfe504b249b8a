/** Workflows that say how their values are converted. */
import type { TypeInfo } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import { noted, type Seen } from './listening.ts';

/** Adds a mark when it converts, and takes it off. */
const marked = (mark: string): TypeInfo => ({
  transferTypeConverter: {
    toTransferType: (value: unknown) => ({ mark, value: value ?? null }),
    fromTransferType: (value: unknown) => ({ unmarked: mark, value }),
  },
  payloadConverterHint: { converter: mark },
});

const activityTypeInfo = {
  one: { inputTypes: [marked('in')], outputType: marked('out') },
  two: { outputType: marked('two') },
};
interface Work {
  one(n: unknown): Promise<unknown>;
  two(text: string): Promise<unknown>;
}
const remote = wf.proxyActivities<Work>({ startToCloseTimeout: '1 minute', activityTypeInfo });
const local = wf.proxyLocalActivities<Work>({ startToCloseTimeout: '1 minute', activityTypeInfo });

const poke = wf.defineSignal<[unknown]>('poke', { typeInfo: { inputTypes: [marked('poke')] } });
const ask = wf.defineQuery<unknown, [unknown]>('ask', {
  typeInfo: { inputTypes: [marked('question')], outputType: marked('answer') },
});
const change = wf.defineUpdate<unknown, [unknown]>('change', {
  typeInfo: { inputTypes: [marked('change')], outputType: marked('changed') },
});

export async function typed(how: unknown): Promise<Seen> {
  const seen: Seen = [how];
  wf.setHandler(poke, (value) => void seen.push(value));
  wf.setHandler(ask, (value) => [value, seen.length]);
  wf.setHandler(change, (value) => seen.push(value), { validator: (value) => void seen.push(['validated', value]) });
  await Promise.all([
    noted(seen, 'one', remote.one({ a: 1 })),
    noted(seen, 'two', remote.two.executeWithOptions({ activityId: 'own' }, ['x'])),
    noted(seen, 'local', local.one(3)),
    noted(
      seen,
      'child',
      wf.executeChild('c', { workflowId: 'c', args: [1], typeInfo: { outputType: marked('child') } }),
    ),
    noted(seen, 'same', wf.executeChild(typed, { workflowId: 'same', args: [2] })),
    noted(seen, 'signal', wf.getExternalWorkflowHandle('w').signal(poke, 'external')),
    noted(
      seen,
      'options',
      wf.getExternalWorkflowHandle('w').signalWithOptions('s', {
        args: [1] as never,
        typeInfo: { inputTypes: [marked('given')] },
      }),
    ),
  ]);
  wf.upsertMemo({ memo: 1 });
  if (seen.length % 2) await wf.continueAsNew<typeof typed>(seen.length);
  if (seen.length % 3) await wf.makeContinueAsNewFunc({ workflowType: 'other', typeInfo: {} })(seen.length);
  return seen;
}
wf.defineWorkflowOptions(typed, {
  staticOptions: { typeInfo: { inputTypes: [marked('workflow')], outputType: marked('result') } },
  workflowDefinitionOptions: { versioningBehavior: 'AUTO_UPGRADE' },
});
