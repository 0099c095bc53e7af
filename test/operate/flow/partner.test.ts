import acme from '#integrations/acme-orders/contract.ts';
import nordwind from '#integrations/nordwind-inventory/contract.ts';
import { partnerFacts } from '#operate/aws/dynamo-partner-links.ts';
import { readToken, tokenText } from '#operate/core/partner/link-token.ts';
import { registeredIntegration } from '#operate/core/retention/registered-integration.ts';
import { answerPartner } from '#operate/flow/partner/answer-partner.ts';
import { MemoryPartnerLinks } from '#operate/memory/memory-partner-links.ts';
import type { PartnerDrop, PartnerPorts } from '#operate/partner-ports.ts';
import { limits } from '#shared/contract/limits.ts';
import { caller, Given, now } from './given.ts';

const integrations = [acme, nordwind].map(registeredIntegration);

/** The page of partners, beside the operator’s API that makes its links. */
class GivenPage extends Given {
  readonly dropped: PartnerDrop[] = [];
  uploads = 0;
  #links = this.ports.partner.links;

  /** As if no link had ever been kept. */
  forget(): void {
    this.#links = new MemoryPartnerLinks();
  }

  async link(operation: 'makePartnerLink' | 'makePartnerLinkWithRows' = 'makePartnerLink'): Promise<string> {
    const { url } = await this.answer(operation, { of: 'acme-orders' });
    return url.split('#')[1]!;
  }

  async open(token: string, name: string, asked: object | Uint8Array = {}, integration = '') {
    const { signer } = this.ports.partner;
    const ports: PartnerPorts = {
      ...{ links: this.#links, signer, search: this.ports.search, ledger: this.ports.ledger },
      uses: { countUpload: async () => ++this.uploads <= limits.partnerUploadsMax },
      objects: this.ports.objects,
      drops: { write: async drop => void this.dropped.push(drop) },
      ...{ readings: this.ports.readings, clock: this.ports.clock, log: this.ports.log },
    };
    const body = asked instanceof Uint8Array ? asked : Buffer.from(JSON.stringify(asked));
    return answerPartner({ integrations, ports }, { name, token, body, integration });
  }
}

const lane = 'acme-orders';
const fault = { code: 'NOT_A_DATE', detail: 'no date', remedy: 'write one' };

/** A file that was accepted in part, with its answer and its rejected rows. */
async function partial(given: GivenPage): Promise<string> {
  const id = await given.file('o.csv', { state: 'partial', tally: { published: 1, quarantined: 1 } });
  const answer = {
    ...{ correlationId: id, fault: null, remedy: 'correct them', corrects: null, ignoredColumns: [] },
    rejectedRows: { key: 'x', rows: 1, first: [{ line: 2, column: 'placed_at', ...fault }] },
    sha256: 'inside',
  };
  given.ports.objects.put('inbound', 'acme/ack/o.csv.ack.json', JSON.stringify(answer));
  given.ports.objects.put('inbound', 'acme/ack/o.csv.rejected.csv', 'a,fault_id\n1,x\n');
  return id;
}

describe('the page of a partner', () => {
  it('shows files, answers and faults of the lanes of its link, and nothing of their content', async () => {
    const given = new GivenPage();
    const id = await partial(given);
    const token = await given.link();
    const { body } = await given.open(token, 'open');
    expect(body).toMatchObject({
      partner: 'Acme',
      hasRows: false,
      lanes: [{ id: lane, takesUploads: true }],
    });
    const files = await given.open(token, 'files', { integration: lane });
    expect(files.body).toMatchObject({ files: [{ id, file: 'o.csv', state: 'partial', received: 2 }] });
    const answer = await given.open(token, 'answer', { integration: lane, id });
    expect(answer.body).toEqual({
      answer: {
        ...{ fault: null, remedy: 'correct them', corrects: null, ignoredColumns: [] },
        rejectedRows: {
          ...{ key: 'acme/ack/o.csv.rejected.csv', rows: 1 },
          first: [{ line: 2, column: 'placed_at', ...fault }],
        },
      },
    });
    expect((await given.open(token, 'rows', { integration: lane, id })).status).toBe(403);
    expect(given.ports.readings.records).toEqual([]);
  });

  it('gives rows where its link does, on record', async () => {
    const given = new GivenPage();
    const id = await partial(given);
    const token = await given.link('makePartnerLinkWithRows');
    const { body } = await given.open(token, 'rows', { integration: lane, id });
    expect(body).toEqual({ base64: Buffer.from('a,fault_id\n1,x\n').toString('base64'), next: null });
    expect(given.ports.readings.records).toMatchObject([
      { of: 'rows', id, object: `${lane}/${id}/rows.csv`, by: `partner-link/${readToken(token)!.id}` },
    ]);
  });

  it('takes a corrected file under a name of ours, so often and so large as it may be', async () => {
    const given = new GivenPage();
    const token = await given.link();
    const file = Buffer.from('a,fault_id\n1,x\n');
    expect((await given.open(token, 'upload', file, lane)).status).toBe(200);
    expect(given.dropped).toMatchObject([{ link: readToken(token)!.id, bytes: file }]);
    expect(given.dropped[0]!.key).toMatch(/^acme\/fixed\/corrected-20261120T120000Z-[0-9a-f]{8}\.csv$/);
    const large = Buffer.alloc(limits.partnerUploadBytesMax + 1, 'x');
    for (const bytes of [large, Buffer.alloc(0)])
      expect((await given.open(token, 'upload', bytes, lane)).status).toBe(400);
    given.uploads = limits.partnerUploadsMax;
    expect((await given.open(token, 'upload', file, lane)).status).toBe(409);
    expect(given.dropped).toHaveLength(1);
  });
});

describe('a link', () => {
  const changed = (token: string, change: Partial<NonNullable<ReturnType<typeof readToken>>>) =>
    tokenText({ ...readToken(token)!, ...change });

  it.each<[string, (token: string, given: GivenPage) => string | Promise<string>]>([
    ['that is none', () => 'x'],
    ['that is empty', () => ''],
    ['with another end', token => changed(token, { until: '2027-11-20T12:00:00.000Z' })],
    ['with another id', token => changed(token, { id: '00000000-0000-4000-8000-000000000000' })],
    [
      'of another key',
      async token => changed(token, { signature: await new Given().ports.partner.signer.sign('x') }),
    ],
    [
      'that nobody kept',
      (token, given) => {
        given.forget();
        return token;
      },
    ],
    [
      'that was revoked',
      async (token, given) => {
        await given.answer('revokePartnerLink', { id: readToken(token)!.id });
        return token;
      },
    ],
    [
      'that ended',
      (token, given) => {
        given.ports.clock.advance(8 * 24 * 3_600_000);
        return token;
      },
    ],
  ])('%s opens nothing, and no answer says why', async (_, change) => {
    const given = new GivenPage();
    const token = await change(await given.link(), given);
    for (const call of ['open', 'files', 'upload']) {
      const { status, body } = await given.open(token, call, { integration: lane }, lane);
      expect({ status, body }).toMatchObject({
        status: 403,
        body: { detail: 'this link is not valid, or not any more' },
      });
    }
    expect(JSON.stringify(given.ports.log.lines)).not.toContain(token.split('.')[2] ?? 'undefined');
  });

  it.each([
    ['files of another partner', 'files', { integration: 'nordwind-inventory' }, 404],
    ['a file of another lane', 'answer', { integration: lane, id: 'nordwind-inventory.1' }, 404],
    ['by a path', 'answer', { integration: '../nordwind', id: 'x' }, 404],
    [
      'a cursor of another lane',
      'files',
      { integration: lane, cursor: cursorTo('nordwind-inventory.1') },
      400,
    ],
    ['what it may not ask', 'listIntegrations', {}, 404],
    ['a field that there is not', 'open', { integration: lane }, 400],
    ['of an object’s own', 'constructor', {}, 404],
  ])('does not give %s', async (_, call, asked, status) => {
    const given = new GivenPage();
    await partial(given);
    expect((await given.open(await given.link('makePartnerLinkWithRows'), call, asked)).status).toBe(status);
  });

  it('uploads into no lane but its own', async () => {
    const given = new GivenPage();
    const token = await given.link();
    for (const integration of ['nordwind-inventory', 'acme-orders/../nordwind', ''])
      expect((await given.open(token, 'upload', Buffer.from('x'), integration)).status).toBe(404);
    expect(given.dropped).toEqual([]);
  });

  it('is made for the lanes of a partner, for some days, and its address is kept nowhere', async () => {
    const given = new Given();
    const made = await given.answer('makePartnerLink', { of: 'Acme', days: '30' });
    expect(made).toMatchObject({ partner: 'Acme', integrations: [lane], by: caller.arn, revoked: null });
    expect(Date.parse(made.until)).toBe(now + 30 * 24 * 3_600_000);
    expect(made.url).toMatch(/^https:\/\/partner\.example\/partner#[\w.-]+$/);
    const { links } = await given.answer('listPartnerLinks');
    expect(links).toEqual([{ ...made, url: undefined }]);
    for (const asked of [{ of: 'stripe-payments' }, { of: 'nobody' }])
      expect((await given.ask('makePartnerLink', asked)).status).toBe(404);
    for (const days of ['0', '31', '1.5'])
      expect((await given.ask('makePartnerLink', { of: lane, days })).status).toBe(400);
  });

  it('is a fact of the trail of each lane: who made it, who revoked it, and each upload', () => {
    const after = {
      ...{ id: 'l', integrations: ['a', 'b'], hasRows: true, by: caller.arn, until: 'then' },
    };
    const change = { id: 'c', at: 'now', pk: 'partner-links', sk: 'l', before: undefined, isExpired: false };
    const common = { step: 'operated', subject: 'l', at: 'now', change: 'c' };
    const details = { kind: 'partner-link', what: 'made', by: caller.arn, until: 'then', hasRows: true };
    expect(partnerFacts({ ...change, after })).toEqual([
      { ...common, integration: 'a', details },
      { ...common, integration: 'b', details },
    ]);
    const revoked = partnerFacts({ ...change, after: { ...after, revoked: { by: 'me', at: 'now' } } });
    expect(revoked[0]).toMatchObject({ details: { what: 'revoked', by: 'me' } });
    expect(partnerFacts({ ...change, before: after, after: undefined })[1]).toMatchObject({
      ...{ integration: 'b', details: { removed: 'link' } },
    });
    const use = { integration: 'a', link: 'l', uploads: 3 };
    expect(partnerFacts({ ...change, pk: 'partner-use#l', after: use })).toEqual([
      { ...common, integration: 'a', details: { kind: 'partner-link', what: 'uploaded', uploads: 3 } },
    ]);
    expect(partnerFacts({ ...change, before: after, after: undefined, isExpired: true })).toEqual([]);
    expect(partnerFacts({ ...change, pk: 'plan#1', after })).toEqual([]);
  });
});

function cursorTo(id: string): string {
  return Buffer.from(JSON.stringify({ id, sortedBy: '2026' })).toString('base64url');
}
