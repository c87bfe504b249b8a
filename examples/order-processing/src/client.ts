/** Places orders and talks to running ones: `npm run client -- place order-2 --total 1500`, see `USAGE`. */
import { parseArgs } from 'node:util';
import { Client, Connection, type WorkflowHandle } from '@perdure/client';
import { changeAddress, decide, getStatus, leaveNote } from './messages.ts';
import { CARD_GOOD, ORDER_TASK_QUEUE, type Order } from './order.ts';
import { printHistory } from './print-history.ts';
import type { processOrder } from './workflows.ts';

export type OrderHandle = WorkflowHandle<typeof processOrder>;

/** Starts an order; its id is its workflow id, so the same order cannot be placed twice while it is open. */
export async function placeOrder(client: Client, order: Order): Promise<OrderHandle> {
  return client.workflow.start<typeof processOrder>('processOrder', {
    workflowId: order.orderId,
    taskQueue: ORDER_TASK_QUEUE,
    args: [order],
  });
}

export function findOrder(client: Client, orderId: string): OrderHandle {
  return client.workflow.getHandle<typeof processOrder>(orderId);
}

const USAGE = `place ORDER-ID [--total EUROS] [--card NUMBER] [--address TEXT]
approve ORDER-ID | refuse ORDER-ID
note ORDER-ID TEXT | address ORDER-ID TEXT
status ORDER-ID | history ORDER-ID | cancel ORDER-ID | wait ORDER-ID`;

if (import.meta.main) {
  const connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? '127.0.0.1:7233' });
  try {
    await command(new Client({ connection }), process.argv.slice(2));
  } finally {
    await connection.close();
  }
}

async function command(client: Client, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      total: { type: 'string', default: '50' },
      card: { type: 'string', default: CARD_GOOD },
      address: { type: 'string', default: 'Baker Street 221b, London' },
    },
  });
  const [verb, orderId, text = ''] = positionals;
  if (verb === undefined || orderId === undefined) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const order = findOrder(client, orderId);
  switch (verb) {
    case 'place': {
      const lines = [{ sku: 'samovar', quantity: 1, unitPrice: Math.round(Number(values.total) * 100) }];
      await placeOrder(client, { orderId, customer: 'you', address: values.address, card: values.card, lines });
      return console.log(`placed ${orderId}`);
    }
    case 'approve':
    case 'refuse':
      return order.signal(decide, { approved: verb === 'approve', by: process.env['USER'] ?? 'somebody' });
    case 'note':
      return order.signal(leaveNote, text);
    case 'address':
      return console.log(`was: ${await order.executeUpdate(changeAddress, { args: [text] })}`);
    case 'status':
      return console.log(await order.query(getStatus));
    case 'history':
      return printHistory(await order.fetchHistory());
    case 'cancel':
      return void (await order.cancel());
    case 'wait':
      return console.log(await order.result());
    default:
      console.error(USAGE);
      process.exitCode = 2;
  }
}
