/** `npm start --workspace @perdure/example-embedded-app` */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startApp } from './src/app.ts';

const folder = path.join(import.meta.dirname, 'data');
mkdirSync(folder, { recursive: true });
const { server } = await startApp({ folder, port: Number(process.env['PORT'] ?? 8080), pause: 10_000 });
server.on('listening', () => console.log('listening on', server.address()));
