import { executionScope } from './execution-scope.ts';
import { assertInWorkflowContext } from './global-attributes.ts';

/** A number from the stream that is in force: what `Math.random` is in workflow code. */
export function currentRandom(): number {
  const activator = assertInWorkflowContext('Workflow random APIs may only be used from workflow context.');
  const { random } = executionScope();
  return random ? random.random() : activator.random();
}
