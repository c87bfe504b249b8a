import type { Handler } from '../context.ts';
import { describeNamespace } from '../namespace-description.ts';

/** Where the next page begins: after this name. */
interface Token {
  readonly after: string;
}

const DEFAULT_PAGE = 100;

/** Every namespace, in pages, in order of their names. */
export const listNamespaces: Handler<'ListNamespaces'> = ({ pageSize, nextPageToken }, _call, server) => {
  const after =
    nextPageToken.length === 0
      ? ''
      : server.tokens.open<Token>('list-page', nextPageToken, 'Invalid NextPageToken.').after;
  const left = server.namespaces.all().filter(({ name }) => name > after);
  const page = left.slice(0, pageSize > 0 ? pageSize : DEFAULT_PAGE);
  const last = page.at(-1);
  return {
    namespaces: page.map((namespace) => describeNamespace(server, namespace)),
    ...(last && page.length < left.length
      ? { nextPageToken: server.tokens.seal('list-page', { after: last.name } satisfies Token) }
      : {}),
  };
};
