import { GithubSender } from './github-sender.ts';
import { payment } from './simulator.ts';

const dispatch = payment('deploy', 1);
const trusting = (): GithubSender =>
  new GithubSender({
    idempotency: {
      key: 'delivery-id',
      trustUnsignedId: { reason: 'Two dispatches of equal bytes are two releases' },
    },
  });

describe('equal bytes under two ids that the signature does not cover', () => {
  it('are one delivery by default', async () => {
    const github = new GithubSender();
    const first = await github.send('d-1', dispatch);
    expect((await github.send('d-2', dispatch)).body).toBe(first.body);
    expect(github.fence.events()).toHaveLength(1);
  });

  it('are two deliveries and two events where the contract trusts the id', async () => {
    const github = trusting();
    const first = await github.send('d-1', dispatch);
    const second = await github.send('d-2', dispatch);
    expect(second.json.correlationId).not.toBe(first.json.correlationId);
    expect(await github.send('d-1', dispatch)).toEqual(first);
    expect(github.fence.eventIds()).toHaveLength(2);
    expect(github.fence.tally()).toMatchObject({ published: 2, duplicate: 1 });
  });

  it('a trusted id with other content is a conflict, and a request without it is refused', async () => {
    const github = trusting();
    await github.send('d-1', dispatch);
    expect((await github.send('d-1', payment('other'))).json.code).toBe('DUPLICATE_CONFLICT');
    expect(await github.send(undefined, dispatch)).toMatchObject({
      statusCode: 400,
      json: { code: 'NO_DELIVERY_ID' },
    });
    expect(github.fence.events()).toHaveLength(1);
  });
});
