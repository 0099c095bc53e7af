import { generateKeyPairSync } from 'node:crypto';
import { KeyDocuments } from '#adapters/webhook-fence/flow/key-documents.ts';
import { MemoryWeb } from '#adapters/webhook-fence/memory/memory-web.ts';
import { limits } from '#shared/contract/limits.ts';
import { MemoryClock } from '#shared/memory/memory-clock.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';

const url = 'https://acme.example/jwks.json';
const jwk = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
const set = (...names: string[]) => JSON.stringify({ keys: names.map(kid => ({ ...jwk, kid })) });

function given() {
  const web = new MemoryWeb();
  const clock = new MemoryClock();
  const log = new MemoryLog();
  const documents = new KeyDocuments({ web, clock, log }, 'acme');
  const read = (keyId: string) => documents.read({ url, headers: {}, keyId }, []);
  return { web, clock, log, documents, read };
}

describe('published keys', () => {
  it('are read once, and again when an hour has passed', async () => {
    const { web, clock, read } = given();
    web.publish(url, set('a'));
    const first = await read('a');
    expect(first).toEqual({ value: set('a') });
    expect(await read('a')).toBe(first);
    clock.advance(limits.keyDocumentCachedSeconds * 1000);
    expect(await read('a')).toBe(first);
    expect(web.asked).toHaveLength(2);
  });

  it('are read again at once for a key that is new', async () => {
    const { web, read } = given();
    web.publish(url, set('a'));
    await read('a');
    web.publish(url, set('a', 'b'));
    expect(await read('b')).toEqual({ value: set('a', 'b') });
    await read('a');
    expect(web.asked).toHaveLength(2);
  });

  it('stay in use for a day while they cannot be read, with an error in the log', async () => {
    const { web, clock, log, read } = given();
    web.publish(url, set('a'));
    await read('a');
    web.publish(url, '', 502);
    clock.advance(2 * limits.keyDocumentCachedSeconds * 1000);
    expect(await read('a')).toEqual({ value: set('a') });
    expect(log.lines).toMatchObject([{ event: 'published keys unreadable', fields: { status: 502 } }]);
    clock.advance(limits.secondsADay * 1000);
    expect(await read('a')).toMatchObject({ reason: 'KEYS_UNREACHABLE' });
  });

  it('that the provider has removed are not used', async () => {
    const { web, clock, read } = given();
    web.publish(url, set('a'));
    await read('a');
    web.publish(url, '', 410);
    clock.advance(limits.keyDocumentCachedSeconds * 1000);
    expect(await read('a')).toMatchObject({ reason: 'UNKNOWN_KEY' });
  });

  it('are asked for with the secret, which the cache does not hold', async () => {
    const { web, documents } = given();
    web.publish(url, '{"key":{}}');
    const secrets = [{ value: 'verify', use: 'handshake' as const }, { value: 'hush' }];
    await documents.read({ url, headers: { 'x-secret': '{secret}' }, body: '{"kid":"a"}' }, secrets);
    expect(web.asked).toEqual([{ url, headers: { 'x-secret': 'hush' }, body: '{"kid":"a"}' }]);
  });

  it('of more addresses than are held push out those that were read first', async () => {
    const { web, clock, documents } = given();
    const at = (i: number) => `https://acme.example/${i}.pem`;
    for (let i = 0; i <= limits.keyDocumentsMax; i++) {
      web.publish(at(i), String(i));
      await documents.read({ url: at(i), headers: {} }, []);
      clock.advance(10_000);
    }
    const asked = web.asked.length;
    await documents.read({ url: at(1), headers: {} }, []);
    expect(web.asked).toHaveLength(asked);
    await documents.read({ url: at(0), headers: {} }, []);
    expect(web.asked).toHaveLength(asked + 1);
  });
});
