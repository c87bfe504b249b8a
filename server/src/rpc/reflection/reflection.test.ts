import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { descriptors, services } from '@perdure/api';
import type { Listener } from '../transport/contract.ts';
import { listenGrpc } from '../transport/grpc.ts';
import type { GrpcClient } from '../transport/grpc-client.fixture.ts';
import { grpcClient } from '../transport/grpc-client.fixture.ts';
import { reflection } from './reflection.ts';
import { decodeFields, encodeFields } from './wire.ts';

const WORKFLOW_SERVICE = 'temporal.api.workflowservice.v1.WorkflowService';
const ask = { file: 3, symbol: 4, extensionNumbers: 6, services: 7 } as const;

const all = (bytes: Uint8Array, id: number): Buffer[] =>
  decodeFields(bytes).flatMap((field) => (field.id === id ? [Buffer.from(field.value as Buffer)] : []));
const texts = (bytes: Uint8Array, id: number): string[] => all(bytes, id).map(String);
const text = (bytes: Uint8Array, id: number): string => texts(bytes, id)[0] ?? '';
const number = (bytes: Uint8Array, id: number): number =>
  Number(decodeFields(bytes).find((field) => field.id === id)?.value ?? 0);

/** What a descriptor file declares, by full name, and which names it refers to. */
function readFile(file: Buffer) {
  const declared: string[] = [];
  const referred: string[] = [];
  const readEnum = (at: string, bytes: Buffer): void => void declared.push(`${at}.${text(bytes, 1)}`);
  const readMessage = (at: string, bytes: Buffer): void => {
    const name = `${at}.${text(bytes, 1)}`;
    declared.push(name);
    for (const field of all(bytes, 2)) referred.push(...texts(field, 6));
    for (const nested of all(bytes, 3)) readMessage(name, nested);
    for (const nested of all(bytes, 4)) readEnum(name, nested);
  };
  const at = `.${text(file, 2)}`;
  for (const message of all(file, 4)) readMessage(at, message);
  for (const each of all(file, 5)) readEnum(at, each);
  for (const service of all(file, 6)) {
    declared.push(`${at}.${text(service, 1)}`);
    for (const method of all(service, 2)) referred.push(...texts(method, 2), ...texts(method, 3));
  }
  return { name: text(file, 1), imports: texts(file, 3), declared, referred };
}

for (const version of ['v1', 'v1alpha']) {
  describe(`reflection ${version}`, () => {
    let listener: Listener;
    let client: GrpcClient;
    before(async () => {
      const dispatch = (): never => assert.fail('reflection is not dispatched');
      const streams = reflection(services);
      listener = await listenGrpc({ host: '127.0.0.1', port: 0, services, dispatch, streams });
      client = grpcClient(listener.address);
    });
    after(async () => {
      client.close();
      await listener.close();
    });

    const talk = async (...questions: [id: number, value: string][]): Promise<Buffer[]> => {
      const requests = questions.map((question) => encodeFields([[1, 'host'], question]));
      const answers: Buffer[] = [];
      const service = `grpc.reflection.${version}.ServerReflection`;
      for await (const answer of client.stream(service, 'ServerReflectionInfo', requests))
        answers.push(Buffer.from(answer));
      return answers;
    };
    const askOne = async (id: number, value: string): Promise<Buffer> => (await talk([id, value]))[0] ?? Buffer.of();
    const files = (answer: Buffer): Buffer[] => all(answer, 4).flatMap((response) => all(response, 1));
    const errorOf = (answer: Buffer): number => number(all(answer, 7)[0] ?? Buffer.of(), 1);

    test('lists every service', async () => {
      const answer = await askOne(ask.services, '*');
      const listed = all(answer, 6).flatMap((response) => all(response, 1).map((service) => text(service, 1)));
      assert.deepEqual(
        listed,
        services.map(({ name }) => name),
      );
    });

    test('an answer repeats its question', async () => {
      const answer = await askOne(ask.symbol, 'nobody');
      assert.equal(text(answer, 1), 'host');
      assert.deepEqual(
        all(answer, 2)[0],
        encodeFields([
          [1, 'host'],
          [ask.symbol, 'nobody'],
        ]),
      );
    });

    test('WorkflowService comes with all that it needs, and nothing refers to what is not imported', async () => {
      const sent = files(await askOne(ask.symbol, WORKFLOW_SERVICE)).map(readFile);
      assert.equal(sent[0]?.name, 'temporal/api/workflowservice/v1/workflowservice.proto');
      const byName = new Map(sent.map((file) => [file.name, file]));
      assert.equal(byName.size, sent.length, 'a file came twice');
      for (const { name, imports, declared, referred } of sent) {
        const visible = new Set(declared);
        for (const each of imports) {
          const imported = byName.get(each);
          assert.ok(imported, `${name} imports ${each}, which did not come`);
          for (const symbol of imported.declared) visible.add(symbol);
        }
        for (const symbol of referred) assert.ok(visible.has(symbol), `${name} refers to ${symbol}`);
      }
    });

    test('every message, enum and service of the contract is declared in the file that it is found by', async () => {
      const names = [
        ...Object.keys(descriptors.messages),
        ...Object.keys(descriptors.enums),
        ...services.map((s) => s.name),
      ];
      const found = new Map<string, ReadonlySet<string>>();
      for (const name of names) {
        if ([...found.values()].some((declared) => declared.has(`.${name}`))) continue;
        const [file] = files(await askOne(ask.symbol, name));
        assert.ok(file, `${name} is not found`);
        const { name: fileName, declared } = readFile(file);
        assert.ok(declared.includes(`.${name}`), `${name} is not declared in ${fileName}`);
        assert.equal(found.has(fileName), false, `${name} should have been seen in ${fileName}`);
        found.set(fileName, new Set(declared));
      }
      const declared = [...found.values()].reduce((sum, { size }) => sum + size, 0);
      assert.ok(declared >= names.length, `${declared} declared, ${names.length} known`);
    });

    test('a file is found by its name, by a method, by a field and by an enum value', async () => {
      const nameOf = async (id: number, value: string) => text(files(await askOne(id, value))[0] ?? Buffer.of(), 1);
      const file = 'temporal/api/common/v1/common.proto';
      assert.equal(await nameOf(ask.file, file), file);
      assert.equal(await nameOf(ask.symbol, 'temporal.api.common.v1.Payload.data'), file);
      const service = 'temporal/api/workflowservice/v1/workflowservice.proto';
      assert.equal(await nameOf(ask.symbol, `${WORKFLOW_SERVICE}.StartWorkflowExecution`), service);
      const enums = 'temporal/api/enums/v1/enums.proto';
      assert.equal(await nameOf(ask.symbol, 'temporal.api.enums.v1.EVENT_TYPE_TIMER_STARTED'), enums);
    });

    test('what is not there is NOT_FOUND, and the stream goes on', async () => {
      const answers = await talk(
        [ask.file, 'no.proto'],
        [ask.symbol, 'temporal.api.common.v1.Payload.nothing'],
        [ask.symbol, `${WORKFLOW_SERVICE}.BrewCoffee`],
        [ask.symbol, 'toString'],
        [ask.extensionNumbers, 'nobody'],
      );
      assert.deepEqual(answers.map(errorOf), [5, 5, 5, 5, 5]);
    });

    test('a message without extensions has none', async () => {
      const [response = Buffer.of()] = all(await askOne(ask.extensionNumbers, 'google.rpc.Status'), 5);
      assert.equal(text(response, 1), 'google.rpc.Status');
      assert.deepEqual(all(response, 2), []);
    });

    test('an import is sent once in a stream', async () => {
      const [first = Buffer.of(), second = Buffer.of()] = await talk(
        [ask.symbol, 'temporal.api.failure.v1.Failure'],
        [ask.symbol, 'temporal.api.common.v1.Payload'],
      );
      assert.ok(
        files(first)
          .map((file) => text(file, 1))
          .includes('temporal/api/common/v1/common.proto'),
      );
      assert.deepEqual(
        files(second).map((file) => text(file, 1)),
        ['temporal/api/common/v1/common.proto'],
      );
    });

    test('bytes that are no request end the stream', async () => {
      const service = `grpc.reflection.${version}.ServerReflection`;
      const broken = client.stream(service, 'ServerReflectionInfo', [Buffer.from([0x1a, 0x40, 0x01])]);
      await assert.rejects(broken[Symbol.asyncIterator]().next(), {
        code: 13,
        message: /^error unmarshalling request/,
      });
    });
  });
}
