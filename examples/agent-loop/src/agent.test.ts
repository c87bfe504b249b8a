import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { WorkflowFailedError } from '@perdure/client';
import { TestWorkflowEnvironment } from '@perdure/testing';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@perdure/worker';
import { createActivities, type Tools } from './activities.ts';
import { type Model, scriptedModel } from './model.ts';
import { agent, conversation } from './workflows.ts';

describe('the agent', () => {
  let env: TestWorkflowEnvironment;
  let workflowBundle: WorkflowBundle;
  before(async () => {
    env = await TestWorkflowEnvironment.createTimeSkipping();
    workflowBundle = await bundleWorkflowCode({ workflowsPath: path.join(import.meta.dirname, 'workflows.ts') });
  });
  after(() => env?.teardown());

  async function ask(workflowId: string, model: Model, tools: Tools) {
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue: workflowId,
      workflowBundle,
      activities: createActivities(model, tools),
    });
    return worker.runUntil(async () => {
      const options = { taskQueue: workflowId, workflowId, args: ['What shall I wear?'] as [string] };
      const handle = await env.client.workflow.start(agent, options);
      const [outcome] = await Promise.allSettled([handle.result()]);
      return { outcome, said: await handle.query(conversation) };
    });
  }

  test('asks its tools until it knows, each tool once though one was busy at first', async () => {
    let busy = true;
    let thoughts = 0;
    const counting: Model = (said) => {
      thoughts++;
      return scriptedModel(said);
    };
    const { outcome, said } = await ask('wear', counting, {
      weather: async () => {
        if (busy) {
          busy = false;
          throw new Error('try again later');
        }
        return 'raining';
      },
      wardrobe: async (weather) => (weather === 'raining' ? 'umbrella' : 'hat'),
    });
    assert.deepEqual(outcome, { status: 'fulfilled', value: 'It is raining: take the umbrella.' });
    assert.equal(thoughts, 3);
    assert.deepEqual(
      said.map(({ from }) => from),
      ['user', 'model', 'tool', 'model', 'tool', 'model'],
    );
  });

  test('tells the model when a tool does not exist', async () => {
    const { said } = await ask('no-tool', scriptedModel, { weather: async () => 'sunny' });
    assert.ok(said.some((message) => message.from === 'tool' && message.text === 'failed: there is no tool wardrobe'));
  });

  test('gives up on a model that never answers', async () => {
    const lost: Model = async () => ({ from: 'model', text: '', calls: [{ tool: 'weather', input: 'here' }] });
    const { outcome } = await ask('lost', lost, { weather: async () => 'fog' });
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof WorkflowFailedError);
    assert.equal(outcome.reason.cause?.message, 'no answer after 10 turns');
  });
});
