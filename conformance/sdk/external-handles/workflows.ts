import {
  ApplicationFailure,
  condition,
  defineSignal,
  getExternalWorkflowHandle,
  setHandler,
} from '@temporalio/workflow';

export const letter = defineSignal<[string]>('letter');

export async function mailbox(): Promise<string> {
  let received: string | undefined;
  setHandler(letter, (text) => {
    received = text;
  });
  await condition(() => received !== undefined);
  return received ?? '';
}

/** Sends a letter or a cancellation to another workflow, and tells whether it got there. */
export async function postman(workflowId: string, what: 'letter' | 'cancel'): Promise<string> {
  const handle = getExternalWorkflowHandle(workflowId);
  try {
    await (what === 'letter' ? handle.signal(letter, 'dear workflow') : handle.cancel());
    return 'delivered';
  } catch (error) {
    return error instanceof ApplicationFailure ? `returned: ${error.type}` : `returned: ${String(error)}`;
  }
}
