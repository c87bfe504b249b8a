/** The application as a process that a test kills: `node app.process.ts FOLDER`. Says its port. */
import { once } from 'node:events';
import { startApp } from './app.ts';

const { server } = await startApp({ folder: process.argv[2] ?? '.', port: 0, pause: 200 });
await once(server, 'listening');
const address = server.address();
process.send?.(typeof address === 'object' ? address?.port : undefined);
process.on('disconnect', () => process.exit());
