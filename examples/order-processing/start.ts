/** `npm start`: a development server, a worker and one order, with nothing else to install. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@perdure/client';
import { DefaultLogger, NativeConnection, Runtime } from '@perdure/worker';
import { placeOrder } from './src/client.ts';
import { CARD_BUSY_ONCE } from './src/order.ts';
import { printHistory } from './src/print-history.ts';
import { openShop } from './src/shop.ts';
import { createWorker } from './src/worker.ts';

const PORT = 7233;
const ADDRESS = `127.0.0.1:${PORT}`;
const DATA = fileURLToPath(new URL('./data/', import.meta.url));

const NEXT = `
Still running. In another terminal, here, try:

  npm run client -- place big-1 --total 1500     a large order: it waits a minute for approval
  npm run client -- status big-1
  npm run client -- address big-1 "Elm Street 7"
  npm run client -- approve big-1                (or refuse it, or just wait)
  npm run client -- history big-1

Then try to break it: press Ctrl-C while an order waits, run npm start again, and approve it.
`;

if (await portTaken()) {
  console.error(`Port ${PORT} is taken: stop what listens there (another Temporal or Perdure server?) and try again.`);
  process.exit(1);
}
mkdirSync(DATA, { recursive: true });
const server = startServer();
const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
try {
  const connection = await connectWhenReady(server);
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const workerConnection = await NativeConnection.connect({ address: ADDRESS });
  const shop = openShop(join(DATA, 'shop.db'));
  const worker = await createWorker(workerConnection, shop);
  await worker.runUntil(async () => {
    await oneOrder(new Client({ connection }));
    console.log(NEXT);
    await stopped;
    console.log('\nstopping…');
  });
  await workerConnection.close();
  await connection.close();
  shop.close();
} finally {
  server.kill('SIGTERM');
}

async function oneOrder(client: Client): Promise<void> {
  const orderId = `order-${Date.now()}`;
  const lines = [
    { sku: 'tea', quantity: 3, unitPrice: 1_250 },
    { sku: 'teapot', quantity: 1, unitPrice: 8_900 },
  ];
  const address = 'Baker Street 221b, London';
  const handle = await placeOrder(client, { orderId, customer: 'Ada', address, card: CARD_BUSY_ONCE, lines });
  console.log(`Placed ${orderId}; its first charge will find the payment gateway busy …`);
  console.log('Result:', await handle.result(), '\n\nIts history:\n');
  printHistory(await handle.fetchHistory());
}

function startServer(): ChildProcess {
  const cli = join(dirname(fileURLToPath(import.meta.resolve('perdure/package.json'))), 'bin', 'perdure.js');
  const db = join(DATA, 'perdure.db');
  const args = [cli, 'server', 'start-dev', '--ip', '127.0.0.1', '--port', String(PORT), '--db-filename', db];
  // Detached, so that Ctrl-C reaches only this process, which then stops the worker before the server.
  return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], detached: true });
}

async function connectWhenReady(server: ChildProcess): Promise<Connection> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`The server ended at once, with code ${server.exitCode}.`);
    try {
      return await Connection.connect({ address: ADDRESS, connectTimeout: 1_000 });
    } catch {
      await sleep(50);
    }
  }
}

function portTaken(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(PORT, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
