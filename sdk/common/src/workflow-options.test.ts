import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isActivityFunctionWithOptions } from './activity-definition-options.ts';
import { suggestContinueAsNewReasonsFromProto } from './continue-as-new.ts';
import { defaultPayloadConverter } from './converter/composite.ts';
import { userMetadataToPayload } from './user-metadata.ts';
import { versioningIntentToProto } from './versioning-intent-enum.ts';
import { convertDeploymentVersion, toCanonicalString } from './worker-deployments.ts';
import { isWorkflowFunctionWithOptions } from './workflow-definition-options.ts';
import { extractWorkflowType, extractWorkflowTypeAndConfig } from './workflow-options.ts';

describe('what a Workflow is called', () => {
  async function named() {}
  const typeInfo = { inputTypes: [] };

  test('is a name, or the name of a function', () => {
    assert.equal(extractWorkflowType('Name'), 'Name');
    assert.equal(extractWorkflowType(named), 'named');
  });

  test('comes with the type info of the call for a name, and of the definition for a function', () => {
    const defined = Object.assign(async function defined() {}, { staticOptions: { typeInfo } });
    assert.equal(extractWorkflowTypeAndConfig('Name', typeInfo).typeInfo, typeInfo);
    assert.equal(extractWorkflowTypeAndConfig(defined).typeInfo, typeInfo);
    assert.equal(extractWorkflowTypeAndConfig(named).typeInfo, undefined);
  });

  test('is refused for a function without name, and for anything else', () => {
    assert.throws(() => extractWorkflowType((() => async () => {})()), {
      message: 'Invalid workflow type: the workflow function is anonymous',
    });
    assert.throws(() => extractWorkflowType(5 as unknown as string), {
      message: "Invalid workflow type: expected either a string or a function, got 'number'",
    });
  });

  test('is refused for a function together with type info', () => {
    assert.throws(() => extractWorkflowTypeAndConfig(named, typeInfo), /cannot be supplied at the call site/);
  });
});

test('functions with options are told by what is attached to them, not by what they inherit', () => {
  assert.ok(isWorkflowFunctionWithOptions(Object.assign(async () => {}, { workflowDefinitionOptions: {} })));
  assert.ok(!isWorkflowFunctionWithOptions(async () => {}));
  assert.ok(isActivityFunctionWithOptions(Object.assign(async () => {}, { activityDefinitionOptions: {} })));
  assert.ok(!isActivityFunctionWithOptions(Object.assign(async () => {}, { activityDefinitionOptions: null })));
  assert.ok(!isActivityFunctionWithOptions({ activityDefinitionOptions: {} }));
});

test('a deployment’s version is written in one way, and is none without a build', () => {
  assert.equal(toCanonicalString({ deploymentName: 'd', buildId: 'b' }), 'd.b');
  assert.deepEqual(convertDeploymentVersion({ buildId: 'b' }), { buildId: 'b', deploymentName: '' });
  assert.equal(convertDeploymentVersion({ deploymentName: 'd', buildId: '' }), undefined);
  assert.equal(convertDeploymentVersion(null), undefined);
});

test('reasons to continue as new are those that say something', () => {
  assert.deepEqual(suggestContinueAsNewReasonsFromProto([1, 0, 3]), ['HISTORY_SIZE_TOO_LARGE', 'TOO_MANY_UPDATES']);
  assert.equal(suggestContinueAsNewReasonsFromProto([0]), undefined);
  assert.equal(suggestContinueAsNewReasonsFromProto(null), undefined);
});

test('versioning intents have numbers', () => {
  assert.deepEqual([undefined, 'COMPATIBLE' as const, 'DEFAULT' as const].map(versioningIntentToProto), [0, 1, 2]);
  assert.throws(() => versioningIntentToProto('OTHER' as 'DEFAULT'), TypeError);
});

test('summaries and details become payloads if there are any', () => {
  assert.equal(userMetadataToPayload(defaultPayloadConverter, undefined, undefined), undefined);
  const metadata = userMetadataToPayload(defaultPayloadConverter, 'line', undefined);
  assert.equal(defaultPayloadConverter.fromPayload(metadata?.summary ?? {}), 'line');
  assert.equal(metadata?.details, undefined);
});
