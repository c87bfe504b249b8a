/** A worker for orders. Run it as a program (`npm run worker`) as often as you like, or make one with `createWorker`. */
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker, type WorkerOptions } from '@perdure/worker';
import { createActivities } from './activities.ts';
import { ORDER_TASK_QUEUE } from './order.ts';
import { openShop, type Shop } from './shop.ts';

/**
 * Bundles the workflows and makes a worker for them, not yet running.
 *
 * @param options anything to set differently from the defaults: queue `orders`, namespace `default`
 */
export async function createWorker(
  connection: NativeConnection,
  shop: Shop,
  options: Partial<WorkerOptions> = {},
): Promise<Worker> {
  const code = options.workflowBundle
    ? {}
    : { workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)) };
  return Worker.create({
    connection,
    taskQueue: ORDER_TASK_QUEUE,
    activities: createActivities(shop),
    ...code,
    ...options,
  });
}

if (import.meta.main) {
  const address = process.env['TEMPORAL_ADDRESS'] ?? '127.0.0.1:7233';
  const shop = openShop(process.env['SHOP_DB'] ?? fileURLToPath(new URL('../data/shop.db', import.meta.url)));
  const connection = await NativeConnection.connect({ address });
  try {
    const worker = await createWorker(connection, shop);
    await worker.run();
  } finally {
    await connection.close();
    shop.close();
  }
}
