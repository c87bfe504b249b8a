import { opaqueTypes } from '../src/opaque.ts';
import type { FieldDescriptor, MessageDescriptor } from '../src/schema.ts';
import type { Contract, Method } from './contract.ts';
import { enumMembers, placeOf } from './names.ts';
import { routesOf } from './routes.ts';

const header = '// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.\n';

/** How a declaration names another one, and which modules it thereby needs. */
interface Scope {
  readonly refer: (fullName: string) => string;
  readonly imports: Set<string>;
}

function scopeOf(module: string): Scope {
  const imports = new Set<string>();
  const refer = (fullName: string): string => {
    const place = placeOf(fullName);
    if (place.module === module) return place.name;
    imports.add(place.module);
    return `${alias(place.module)}.${place.name}`;
  };
  return { refer, imports };
}

/** `google-protobuf` is imported as `googleProtobuf`. */
function alias(module: string): string {
  return module.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The values of a module as JavaScript: stripping types from a source of this size would cost time at every start. */
export function emitValues(module: string, fullNames: readonly string[], contract: Contract): string {
  const { refer, imports } = scopeOf(module);
  const body = fullNames.map((fullName) => {
    const { name } = placeOf(fullName);
    const members = contract.enums.get(fullName);
    if (members !== undefined) return `export const ${name} = {\n${enumLines(fullName, members, '')}};\n`;
    if (contract.messages.has(fullName)) return `export const ${name} = codec('${fullName}');\n`;
    return emitService(fullName, contract.services.get(fullName) ?? [], refer);
  });
  const head = body.some((text) => text.includes('codec(')) ? [`import { codec } from '../codec.ts';\n`] : [];
  for (const other of [...imports].sort()) head.push(`import * as ${alias(other)} from './${other}.js';\n`);
  return [header + head.join(''), ...body].join('\n');
}

/** The types of a module: what its messages, enums and services look like. */
export function emitTypes(module: string, fullNames: readonly string[], contract: Contract): string {
  const { refer, imports } = scopeOf(module);
  const body = fullNames.map((fullName) => {
    const { name } = placeOf(fullName);
    const members = contract.enums.get(fullName);
    const message = contract.messages.get(fullName);
    if (members !== undefined) {
      return `export declare const ${name}: {\n${enumLines(fullName, members, 'readonly ')}};
export type ${name} = (typeof ${name})[keyof typeof ${name}];\n`;
    }
    if (message !== undefined) {
      return `export interface ${name} {${fieldLines(message, contract, refer)}}
export declare const ${name}: Codec<${name}>;\n`;
    }
    return emitServiceType(fullName, contract.services.get(fullName) ?? [], refer);
  });
  const head: string[] = [];
  if (body.some((text) => text.includes(': Codec<'))) head.push(`import type { Codec } from '../codec.ts';\n`);
  if (body.some((text) => text.includes(': Method<'))) head.push(`import type { Method } from '../service.ts';\n`);
  for (const other of [...imports].sort()) head.push(`import type * as ${alias(other)} from './${other}.js';\n`);
  return [header + head.join(''), ...body].join('\n');
}

function enumLines(fullName: string, values: Readonly<Record<string, number>>, modifier: string): string {
  const separator = modifier === '' ? ',' : ';';
  return enumMembers(fullName.slice(fullName.lastIndexOf('.') + 1), values)
    .map(([name, value]) => `  ${modifier}${/^\d/.test(name) ? `'${name}'` : name}: ${value}${separator}\n`)
    .join('');
}

function fieldLines({ fields, oneofs = {} }: MessageDescriptor, contract: Contract, refer: Scope['refer']): string {
  const optional = new Set(Object.values(oneofs).flat());
  const lines = Object.entries(fields).map(
    ([name, field]) => `  ${name}: ${fieldType(field, optional.has(name), contract, refer)};\n`,
  );
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}

const numbers = /^(double|float|s?fixed(32|64)|[us]?int(32|64))$/;

function fieldType(field: FieldDescriptor, inOneof: boolean, contract: Contract, refer: Scope['refer']): string {
  const { type, rule, keyType } = field;
  let element: string;
  if (type === 'bytes' || opaqueTypes.has(type)) element = 'Uint8Array';
  else if (numbers.test(type)) element = 'number';
  else if (type === 'bool') element = 'boolean';
  else if (type === 'string') element = 'string';
  else element = refer(type);
  if (rule === 'repeated') return `${element}[]`;
  if (keyType !== undefined) return `{ [key: string]: ${element} }`;
  return inOneof || contract.messages.has(type) ? `${element} | null` : element;
}

function emitService(fullName: string, methods: readonly Method[], refer: Scope['refer']): string {
  return `export const ${placeOf(fullName).name} = {
  name: '${fullName}',
  methods: {
${methods.map((method) => emitMethod(method, refer)).join('')}  },
};
`;
}

function emitMethod(method: Method, refer: Scope['refer']): string {
  const routes = routesOf(method.http).map(
    ({ method: verb, path, body }) =>
      `        { method: '${verb}', path: '${path}'${body === undefined ? '' : `, body: '${body}'`} },\n`,
  );
  return `    ${method.name}: {
      name: '${method.name}',
      request: ${refer(method.requestType)},
      response: ${refer(method.responseType)},
${method.responseStream ? '      responseStream: true,\n' : ''}      http: ${routes.length === 0 ? '[]' : `[\n${routes.join('')}      ]`},
    },
`;
}

function emitServiceType(fullName: string, methods: readonly Method[], refer: Scope['refer']): string {
  const lines = methods.map(
    ({ name, requestType, responseType }) =>
      `    readonly ${name}: Method<'${name}', ${refer(requestType)}, ${refer(responseType)}>;\n`,
  );
  return `export declare const ${placeOf(fullName).name}: {
  readonly name: '${fullName}';
  readonly methods: {
${lines.join('')}  };
};
`;
}
