import { randomUUID } from 'node:crypto';
import type { Ledger } from '#adapters/file-lane/ports.ts';
import type { RowClaims, RowHolder } from '#shared/ports.ts';

/** What every ledger promises about claims of file identities. */
export const fileClaimsSuite = (ledger: () => Ledger): void => {
  const claim = (integration: string, identity: string, handoff: string) =>
    ledger().claimFile({ integration, identity }, handoff, 1_800_000_000);

  it('is mine when new and when already ours, else the hand-off that holds it', async () => {
    const identity = randomUUID();
    expect(await claim('acme-orders', identity, 'acme-orders.1')).toBe('mine');
    expect(await claim('acme-orders', identity, 'acme-orders.1')).toBe('mine');
    expect(await claim('acme-orders', identity, 'acme-orders.2')).toEqual({ duplicateOf: 'acme-orders.1' });
  });

  it('is apart for each integration', async () => {
    const identity = randomUUID();
    await claim('acme-orders', identity, 'acme-orders.1');
    expect(await claim('other', identity, 'other.1')).toBe('mine');
  });

  it('goes to one of many that come at once', async () => {
    const identity = randomUUID();
    const ids = ['a.1', 'a.2', 'a.3', 'a.4', 'a.5'];
    const answers = await Promise.all(ids.map(id => claim('a', identity, id)));
    expect(answers.filter(answer => answer === 'mine')).toHaveLength(1);
  });

  it('can be released by its holder alone', async () => {
    const identity = randomUUID();
    await claim('acme-orders', identity, 'acme-orders.1');
    await ledger().releaseFile({ integration: 'acme-orders', identity }, 'acme-orders.2');
    expect(await claim('acme-orders', identity, 'acme-orders.2')).toEqual({ duplicateOf: 'acme-orders.1' });
    await ledger().releaseFile({ integration: 'acme-orders', identity }, 'acme-orders.1');
    expect(await claim('acme-orders', identity, 'acme-orders.2')).toBe('mine');
  });
};

/** What all row claims promise. */
export const rowClaimsSuite = (claims: () => RowClaims): void => {
  const newClaim = () => ({
    key: `acme-orders#${randomUUID()}`,
    payloadHash: 'hash-1',
    owner: 'acme-orders.1#7',
    expiresAt: 1_800_000_000,
  });

  it('is mine when new and when already this owner’s', async () => {
    const claim = newClaim();
    expect(await claims().claim(claim)).toBe('mine');
    expect(await claims().claim(claim)).toBe('mine');
  });

  it('takes many that are new in few calls, and leaves those that somebody has', async () => {
    const many = Array.from({ length: 60 }, newClaim);
    const [mine, others] = [many[3]!, many[40]!];
    await claims().claim(mine);
    await claims().claim({ ...others, owner: 'acme-orders.2#1' });
    const taken = await claims().claimNew(many);
    expect(taken.map((is, n) => (is ? -1 : n)).filter(n => n >= 0)).toEqual([3, 40]);
    expect(await claims().holder(many[59]!.key)).toBe('acme-orders.1#7');
    expect(await claims().holder(others.key)).toBe('acme-orders.2#1');
    const { order: _, ...held } = (await claims().claim({
      ...many[0]!,
      owner: 'acme-orders.3#1',
    })) as RowHolder;
    expect(held).toEqual({ owner: 'acme-orders.1#7', payloadHash: 'hash-1' });
  });

  it('names the holder and the hash of its payload to another', async () => {
    const claim = newClaim();
    await claims().claim(claim);
    const answer = await claims().claim({ ...claim, owner: 'acme-orders.2#1', payloadHash: 'hash-2' });
    expect(answer).toEqual({ owner: 'acme-orders.1#7', payloadHash: 'hash-1', order: undefined });
  });

  it('tells who holds it, and that nobody does', async () => {
    const claim = newClaim();
    expect(await claims().holder(claim.key)).toBeUndefined();
    await claims().claim(claim);
    expect(await claims().holder(claim.key)).toBe(claim.owner);
    await claims().release(claim.key, claim.owner);
    expect(await claims().holder(claim.key)).toBeUndefined();
  });

  it('goes to one of many that come at once', async () => {
    const claim = newClaim();
    const owners = ['a#1', 'a#2', 'a#3', 'a#4'];
    const answers = await Promise.all(owners.map(owner => claims().claim({ ...claim, owner })));
    expect(answers.filter(answer => answer === 'mine')).toHaveLength(1);
  });

  it('without an order is never taken by another payload', async () => {
    const claim = newClaim();
    await claims().claim({ ...claim, order: '1' });
    expect(await claims().claim({ ...claim, owner: 'b#1', payloadHash: 'hash-2' })).toMatchObject({
      owner: claim.owner,
    });
  });

  it('is taken over by a later row with another payload, and by no other', async () => {
    const claim = { ...newClaim(), order: '2026.5' };
    await claims().claim(claim);
    const held = { owner: claim.owner, payloadHash: 'hash-1', order: '2026.5' };
    const other = { ...claim, owner: 'acme-orders.2#1', payloadHash: 'hash-2' };
    expect(await claims().claim({ ...other, payloadHash: 'hash-1', order: '2026.6' })).toEqual(held);
    expect(await claims().claim({ ...other, order: '2026.4' })).toEqual(held);
    expect(await claims().claim({ ...other, order: '2026.5' })).toEqual(held);
    expect(await claims().claim({ ...other, order: '2026.6' })).toBe('mine');
    expect(await claims().claim(claim)).toMatchObject({ owner: other.owner, order: '2026.6' });
  });

  it('can be taken from a named owner', async () => {
    const claim = newClaim();
    await claims().claim(claim);
    const other = { ...claim, owner: 'acme-orders.2#1', payloadHash: 'hash-2' };
    expect(await claims().claim({ ...other, insteadOf: 'acme-orders.3#1' })).toMatchObject({
      owner: claim.owner,
    });
    expect(await claims().claim({ ...other, insteadOf: claim.owner })).toBe('mine');
    expect(await claims().claim(claim)).toMatchObject({ owner: other.owner, payloadHash: 'hash-2' });
  });

  it('can be released by its owner alone', async () => {
    const claim = newClaim();
    await claims().claim(claim);
    await claims().release(claim.key, 'someone#1');
    expect(await claims().claim({ ...claim, owner: 'b#1' })).toMatchObject({ owner: claim.owner });
    await claims().release(claim.key, claim.owner);
    expect(await claims().claim({ ...claim, owner: 'b#1' })).toBe('mine');
  });
};
