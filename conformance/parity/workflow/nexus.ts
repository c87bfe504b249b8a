/** Workflows that call Nexus operations. */
import * as wf from '@temporalio/workflow';
import * as nexusRpc from 'nexus-rpc';
import { listen, noted, type Seen } from './listening.ts';

const service = nexusRpc.service('greeter', {
  greet: nexusRpc.operation<unknown, unknown>({ name: 'say-hello' }),
  leave: nexusRpc.operation<unknown, unknown>({
    outputType: { transferTypeConverter: { fromTransferType: (left) => ({ left }), toTransferType: (left) => left } },
  }),
});

export async function operations(): Promise<Seen> {
  const seen: Seen = [];
  const { stopped } = listen(seen);
  const client = wf.createNexusServiceClient({ endpoint: 'there', service });
  const scope = new wf.CancellationScope();
  const started = async () => {
    const handle = await client.startOperation('leave', [1], { summary: 'leaves', cancellationType: 'TRY_CANCEL' });
    seen.push([handle.service, handle.operation, handle.token ?? null]);
    return handle.result();
  };
  const all = [
    noted(seen, 'greet', client.executeOperation('greet', 'you', { scheduleToCloseTimeout: '1m' })),
    noted(seen, 'by definition', client.executeOperation(service.operations.leave, 5)),
    noted(seen, 'started', started()),
    noted(
      seen,
      'in a scope',
      scope.run(() => client.executeOperation('greet', 1, { cancellationType: 'ABANDON' })),
    ),
    noted(seen, 'started in a scope', scope.run(started)),
    noted(seen, 'unknown', client.executeOperation('nowhere' as 'greet', 2)),
  ];
  await noted(
    seen,
    'waited',
    wf.condition(() => stopped() || seen.length > 3, 5000),
  );
  scope.cancel();
  await noted(seen, 'too late', scope.run(started));
  await Promise.all(all);
  return seen;
}
