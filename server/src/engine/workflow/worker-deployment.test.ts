import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VersioningBehavior, WorkerVersioningMode } from '@perdure/api/enums';
import { eventOf, given } from './given.fixture.ts';
import { completed, taken } from './steps.fixture.ts';

const { AUTO_UPGRADE, PINNED, UNSPECIFIED } = VersioningBehavior;
const named = { deploymentName: 'd', buildId: 'b' };
const noVersion = { workerDeploymentName: '', deploymentVersion: null, versioningBehavior: UNSPECIFIED };

describe('a completed task says of its worker’s deployment', () => {
  for (const [what, said, written] of [
    ['nothing when the worker has none', {}, noVersion],
    [
      'its version and behaviour when the worker versions',
      {
        deploymentOptions: { ...named, workerVersioningMode: WorkerVersioningMode.VERSIONED },
        versioningBehavior: PINNED,
      },
      { workerDeploymentName: 'd', deploymentVersion: named, versioningBehavior: PINNED },
    ],
    [
      'just its name when the worker does not version, whatever else it says',
      {
        deploymentOptions: { ...named, workerVersioningMode: WorkerVersioningMode.UNVERSIONED },
        versioningBehavior: AUTO_UPGRADE,
      },
      { ...noVersion, workerDeploymentName: 'd' },
    ],
    [
      'no version without a build',
      {
        deploymentOptions: { deploymentName: 'd', workerVersioningMode: WorkerVersioningMode.VERSIONED },
        versioningBehavior: PINNED,
      },
      { ...noVersion, workerDeploymentName: 'd', versioningBehavior: PINNED },
    ],
    [
      'the same in the old form',
      { deployment: { seriesName: 'd', buildId: 'b' }, versioningBehavior: AUTO_UPGRADE },
      { workerDeploymentName: 'd', deploymentVersion: named, versioningBehavior: AUTO_UPGRADE },
    ],
  ] as const)
    test(what, () => {
      const run = given().when(taken).when(completed([], said)).gives({});
      const event = eventOf(run, 4).workflowTaskCompletedEventAttributes;
      assert.ok(event);
      const { workerDeploymentName, deploymentVersion, versioningBehavior } = event;
      assert.deepEqual({ workerDeploymentName, deploymentVersion, versioningBehavior }, written);
    });
});
