/** One worker process of the order example, made to notice quickly that another one is gone. */

import { openShop } from '@perdure/example-order-processing/shop.ts';
import { createWorker } from '@perdure/example-order-processing/worker.ts';
import { DefaultLogger, NativeConnection, Runtime } from '@perdure/worker';
import { sharedBundle } from '../sdk/bundle.ts';

const { CRASH_ADDRESS = '', CRASH_SHOP = '', CRASH_IDENTITY = '' } = process.env;

// The harness that started this process is gone: so is the reason to run.
process.on('disconnect', () => process.exit(1));
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
});
const connection = await connectInTheEnd(CRASH_ADDRESS);
const worker = await createWorker(connection, openShop(CRASH_SHOP), {
  identity: CRASH_IDENTITY,
  workflowBundle: await sharedBundle(),
  stickyQueueScheduleToStartTimeout: '1 second',
  maxHeartbeatThrottleInterval: '500 milliseconds',
});
await worker.run();

async function connectInTheEnd(address: string): Promise<NativeConnection> {
  for (;;) {
    try {
      return await NativeConnection.connect({ address });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
