import { Payload } from '@perdure/api/common';
import { WorkflowExecutionStatus } from '@perdure/api/enums';
import { enumName } from '../../kernel/enum-names.ts';
import { typeName } from '../../kernel/search-attributes.ts';
import type { RunCount } from '../../storage/contract.ts';
import { parseQuery } from '../../visibility/check.ts';
import type { Attribute } from '../../visibility/tree.ts';
import type { Handler } from '../context.ts';
import { namespaceView } from '../namespace.ts';

/** How many executions a query finds, with GROUP BY for each value as well. */
export const countWorkflowExecutions: Handler<'CountWorkflowExecutions'> = async (request, _call, server) => {
  const { id, searchAttributes } = namespaceView(server, request.namespace);
  const query = parseQuery(request.query, searchAttributes);
  const counts = await server.host.storage.countRuns(id, query);
  const { groupBy } = query;
  return {
    count: counts.reduce((sum, { count }) => sum + count, 0),
    groups: groupBy ? counts.map((group) => ({ groupValues: [groupValue(groupBy, group)], count: group.count })) : [],
  };
};

function groupValue({ name, type }: Attribute, { value }: RunCount): Uint8Array {
  const shown = name === 'ExecutionStatus' ? enumName(WorkflowExecutionStatus, Number(value)) : (value ?? '');
  return Payload.encode({
    metadata: { encoding: Buffer.from('json/plain'), type: Buffer.from(typeName(type)) },
    data: Buffer.from(JSON.stringify(shown)),
  });
}
