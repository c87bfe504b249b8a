import { isOpen } from '../../engine/workflow/close.ts';
import { notFound } from '../../kernel/errors.ts';
import { changeRun } from '../change-run.ts';
import type { Handler } from '../context.ts';
import { checkExecution } from '../find-run.ts';
import { namespaceView } from '../namespace.ts';

/** A worker dropped the run from its cache: the next task goes to the normal queue, with all of history. */
export const resetStickyTaskQueue: Handler<'ResetStickyTaskQueue'> = async (request, _call, server) => {
  const namespace = namespaceView(server, request.namespace);
  checkExecution(request.execution);
  await changeRun(server, namespace.id, request.execution, (t) => {
    if (!isOpen(t.run)) throw notFound('workflow execution already completed');
    t.run.head.sticky = null;
  });
  return {};
};
