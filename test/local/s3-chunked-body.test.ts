import { unchunked } from '#local/s3/chunked-body.ts';

async function decode(text: string, cut: number) {
  const bytes = Buffer.from(text, 'latin1');
  async function* body() {
    for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut);
  }
  const trailers = new Map<string, string>();
  const parts: Buffer[] = [];
  for await (const part of unchunked(body(), trailers)) parts.push(part);
  return { payload: Buffer.concat(parts).toString('latin1'), trailers: Object.fromEntries(trailers) };
}

const cuts = [1, 2, 3, 7, 1000];

test.each(cuts)('signed chunks, cut every %i bytes, give their payload', async cut => {
  const text =
    '5;chunk-signature=ab\r\nhello\r\n3;chunk-signature=cd\r\n\r\n!\r\n0;chunk-signature=ef\r\n\r\n';
  expect(await decode(text, cut)).toEqual({ payload: 'hello\r\n!', trailers: {} });
});

test.each(cuts)('trailers, cut every %i bytes, are kept', async cut => {
  const text = 'A\r\n0123456789\r\n0\r\nx-amz-checksum-crc32:abc=\r\nx-amz-trailer-signature:ff\r\n\r\n';
  expect(await decode(text, cut)).toEqual({
    payload: '0123456789',
    trailers: { 'x-amz-checksum-crc32': 'abc=', 'x-amz-trailer-signature': 'ff' },
  });
});

test.each(['5\r\nhel', 'no size\r\n', ''])('a body that ends early is refused: %j', async text => {
  await expect(decode(text, 2)).rejects.toMatchObject({ code: 'IncompleteBody' });
});
