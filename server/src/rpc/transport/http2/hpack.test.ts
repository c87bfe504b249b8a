import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConnectionError, ErrorCode } from './frames.ts';
import { HeaderDecoder, headerBlock } from './hpack.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

function decode(decoder: HeaderDecoder, block: Buffer): string[] {
  const fields: string[] = [];
  decoder.decode(block, { take: ({ name, value }) => fields.push(`${name}: ${value}`) });
  return fields;
}

/** The examples of RFC 7541, appendix C: blocks that one decoder gets one behind the other. */
const examples: [name: string, blocks: [block: string, fields: string[]][]][] = [
  [
    'C.2.1, a literal that is remembered',
    [['400a637573746f6d2d6b65790d637573746f6d2d686561646572', ['custom-key: custom-header']]],
  ],
  ['C.2.2, a literal that is not', [['040c2f73616d706c652f70617468', [':path: /sample/path']]]],
  ['C.2.3, a literal that never is', [['100870617373776f726406736563726574', ['password: secret']]]],
  ['C.2.4, an index', [['82', [':method: GET']]]],
  [
    'C.3, requests',
    [
      [
        '828684410f7777772e6578616d706c652e636f6d',
        [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com'],
      ],
      [
        '828684be58086e6f2d6361636865',
        [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com', 'cache-control: no-cache'],
      ],
      [
        '828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565',
        [
          ':method: GET',
          ':scheme: https',
          ':path: /index.html',
          ':authority: www.example.com',
          'custom-key: custom-value',
        ],
      ],
    ],
  ],
  [
    'C.4, requests in the Huffman code',
    [
      [
        '828684418cf1e3c2e5f23a6ba0ab90f4ff',
        [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com'],
      ],
      [
        '828684be5886a8eb10649cbf',
        [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com', 'cache-control: no-cache'],
      ],
      [
        '828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf',
        [
          ':method: GET',
          ':scheme: https',
          ':path: /index.html',
          ':authority: www.example.com',
          'custom-key: custom-value',
        ],
      ],
    ],
  ],
  [
    // Theirs begins with a table of 256 bytes; ours is told so.
    'C.6, a table that is too small for all, in the Huffman code',
    [
      [
        '3fe101 488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3',
        [
          ':status: 302',
          'cache-control: private',
          'date: Mon, 21 Oct 2013 20:13:21 GMT',
          'location: https://www.example.com',
        ],
      ],
      [
        '4883640effc1c0bf',
        [
          ':status: 307',
          'cache-control: private',
          'date: Mon, 21 Oct 2013 20:13:21 GMT',
          'location: https://www.example.com',
        ],
      ],
      [
        '88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007',
        [
          ':status: 200',
          'cache-control: private',
          'date: Mon, 21 Oct 2013 20:13:22 GMT',
          'location: https://www.example.com',
          'content-encoding: gzip',
          'set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
        ],
      ],
    ],
  ],
];

describe('the examples of RFC 7541', () => {
  for (const [name, blocks] of examples) {
    test(name, () => {
      const decoder = new HeaderDecoder();
      for (const [block, fields] of blocks) assert.deepEqual(decode(decoder, hex(block)), fields);
    });
  }
});

describe('a block that is broken ends the connection', () => {
  const blocks: [what: string, block: string][] = [
    ['the index 0', '80'],
    ['an index beyond the table', 'be'],
    ['a name beyond the table', '7f 00 01 61'],
    ['an integer without an end', 'ff ff'],
    ['an integer that is too large', 'ff ff ff ff ff ff 0f'],
    ['a name that goes beyond the block', '00 05 61 62'],
    ['a value that goes beyond the block', '00 01 61 05 62'],
    ['a literal without a value', '00 01 61'],
    ['a change of the table behind a field', '82 20'],
    ['a table larger than was agreed', '3f e2 1f'],
    ['padding of more than seven bits', '00 82 1f ff 01 61'],
    ['padding with a zero in it', '00 81 1e 01 61'],
    ['a code for the end of the text', '00 84 ff ff ff ff 01 61'],
  ];
  for (const [what, block] of blocks) {
    test(what, () => {
      assert.throws(
        () => decode(new HeaderDecoder(), hex(block)),
        (error) => error instanceof ConnectionError && error.code === ErrorCode.compressionError,
      );
    });
  }
});

describe('the table', () => {
  test('forgets the oldest when it is full', () => {
    const decoder = new HeaderDecoder();
    const value = 'v'.repeat(2000);
    for (const name of ['a', 'b', 'c']) {
      const length = Buffer.from([0x7f, ...hex('d10e')]);
      const block = Buffer.concat([hex('40 01'), Buffer.from(name), length, Buffer.from(value)]);
      assert.deepEqual(decode(decoder, block), [`${name}: ${value}`]);
    }
    assert.deepEqual(decode(decoder, hex('be bf')), [`c: ${value}`, `b: ${value}`]);
    assert.throws(() => decode(decoder, hex('c0')), ConnectionError);
  });

  test('forgets everything for an entry that is larger than it', () => {
    const decoder = new HeaderDecoder();
    decode(decoder, hex('40 01 61 01 62'));
    const value = Buffer.alloc(4096, 'x');
    decode(decoder, Buffer.concat([hex('40 01 63 7f 81 1f'), value]));
    assert.throws(() => decode(decoder, hex('be')), ConnectionError);
  });

  test('may be emptied and used again', () => {
    const decoder = new HeaderDecoder();
    decode(decoder, hex('40 01 61 01 62'));
    assert.deepEqual(decode(decoder, hex('20 3f e1 1f 82')), [':method: GET']);
    assert.throws(() => decode(decoder, hex('be')), ConnectionError);
    decode(decoder, hex('40 01 61 01 62'));
    assert.deepEqual(decode(decoder, hex('be')), ['a: b']);
  });
});

describe('what is sent', () => {
  test('is what a decoder reads', () => {
    const long = 'long '.repeat(1000).trim();
    const block = headerBlock([
      [':status', 200],
      ['grpc-status', 13],
      ['empty', ''],
      ['long', long],
    ]);
    assert.equal(block[0], 0x88);
    assert.deepEqual(decode(new HeaderDecoder(), block), [
      ':status: 200',
      'grpc-status: 13',
      'empty: ',
      `long: ${long}`,
    ]);
  });

  for (const [what, name, value] of [
    ['a name with a capital', 'Upper', 'x'],
    ['a name with a blank', 'no header', 'x'],
    ['a name that is none', '', 'x'],
    ['a value of two lines', 'x', 'a\r\nb'],
    ['a value that is not ASCII', 'x', 'ä'],
  ] as const) {
    test(`is never ${what}`, () => assert.throws(() => headerBlock([[name, value]]), TypeError));
  }
});
