/** What calls about task queues send and give, beside those of the official client. */
import { after } from 'node:test';
import { agreeOn, type Case } from './client-cases.ts';
import { openWitness } from './client-witness.ts';

const witness = await openWitness();
after(() => witness.close());

const sets = { majorVersionSets: [{ buildIds: ['1', '1.1'] }, { buildIds: ['2'] }] };
const taskQueues: readonly Case[] = [
  ...(
    [
      { operation: 'addNewIdInNewDefaultSet', buildId: '1' },
      { operation: 'addNewCompatibleVersion', buildId: '1.1', existingCompatibleBuildId: '1', promoteSet: true },
      { operation: 'promoteSetByBuildId', buildId: '1' },
      { operation: 'promoteBuildIdWithinSet', buildId: '1' },
      { operation: 'mergeSets', primaryBuildId: '1', secondaryBuildId: '2' },
    ] as const
  ).map(
    (operation): Case => [
      operation.operation,
      { UpdateWorkerBuildIdCompatibility: {} },
      (client) => client.taskQueue.updateBuildIdCompatibility('q', operation),
    ],
  ),
  ['get sets', { GetWorkerBuildIdCompatibility: sets }, (client) => client.taskQueue.getBuildIdCompatability('q')],
  ['get no sets', { GetWorkerBuildIdCompatibility: {} }, (client) => client.taskQueue.getBuildIdCompatability('q')],
  [
    'ask who needs a build id',
    {
      GetWorkerTaskReachability: {
        buildIdReachability: [
          {
            buildId: '1',
            taskQueueReachability: [
              { taskQueue: 'q', reachability: ['TASK_REACHABILITY_OPEN_WORKFLOWS', 'TASK_REACHABILITY_UNSPECIFIED'] },
            ],
          },
          { taskQueueReachability: [{ taskQueue: 'q' }] },
        ],
      },
    },
    (client, { UnversionedBuildId }) =>
      client.taskQueue.getReachability({ buildIds: ['1', UnversionedBuildId], reachability: 'OPEN_WORKFLOWS' }),
  ],
];

agreeOn(witness, 'task queues', taskQueues);
