import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Command } from '@perdure/api/command';
import { type CommandType, CommandType as Type } from '@perdure/api/enums';
import { Code, type ServiceError } from '../../../kernel/errors.ts';
import { given } from '../given.fixture.ts';
import * as s from '../steps.fixture.ts';
import { closingCommands, commands } from './index.ts';
import { checkSequence } from './sequence.ts';

const sequence = (...types: number[]) =>
  types.map((commandType) => Command.decode(Command.encode({ commandType: commandType as CommandType })));
const { RECORD_MARKER, START_TIMER, COMPLETE_WORKFLOW_EXECUTION, FAIL_WORKFLOW_EXECUTION, UNSPECIFIED } = Type;

describe('a sequence of commands', () => {
  const good: [string, number[]][] = [
    ['may be empty', []],
    ['may hold anything that there is', [...commands.keys()].filter((type) => !closingCommands.has(type))],
    ...[...closingCommands].map((type): [string, number[]] => [`may end with ${type}`, [RECORD_MARKER, type]]),
  ];
  for (const [name, types] of good) test(name, () => checkSequence(sequence(...types)));

  const bad: [string, number[], string][] = [
    [
      'may not go on after the run is closed',
      [START_TIMER, COMPLETE_WORKFLOW_EXECUTION, RECORD_MARKER],
      'invalid command sequence: [StartTimer, CompleteWorkflowExecution, RecordMarker], command CompleteWorkflowExecution must be the last command.',
    ],
    [
      'may not close the run twice',
      [FAIL_WORKFLOW_EXECUTION, COMPLETE_WORKFLOW_EXECUTION],
      'invalid command sequence: [FailWorkflowExecution, CompleteWorkflowExecution], command FailWorkflowExecution must be the last command.',
    ],
    ['may not hold an unset type', [UNSPECIFIED], 'unknown command type: Unspecified'],
    ['may not hold a type that there is not', [RECORD_MARKER, 999], 'unknown command type: 999'],
  ];
  for (const [name, types, message] of bad)
    test(name, () => {
      assert.throws(
        () => checkSequence(sequence(...types)),
        (error: ServiceError) => error.code === Code.INVALID_ARGUMENT && error.message === message,
      );
    });
});

test('a bad sequence leaves the task with its worker', () => {
  const run = given()
    .when(s.taken)
    .when(s.completed([s.complete(), s.marker('m')]));
  assert.equal(run.refusal?.code, Code.INVALID_ARGUMENT);
  run
    .when(s.completed([s.complete()]))
    .gives({ events: ['4 WORKFLOW_TASK_COMPLETED', '5 WORKFLOW_EXECUTION_COMPLETED'] });
});
