/** The client as a process of its own, which makes the load and measures it: `node client-process.ts PLAN`. */
import { Client, Connection } from '@temporalio/client';
import { measureSubjects, type Plan } from './measure-subjects.ts';

const plan: Plan & { readonly address: string } = JSON.parse(process.argv[2] ?? '');
const connection = await Connection.connect({ address: plan.address });
await measureSubjects(new Client({ connection }), plan);
await connection.close();
