import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { EventBridgeBus } from '#shared/aws/event-bridge-bus.ts';
import { serviceError } from './service-error.ts';
import { credentials, type StubServer, stubServer } from './stub-server.ts';

const client = new EventBridgeClient({ region: 'eu-central-1' });
const mock = mockClient(client);
const bus = new EventBridgeBus(client, 'edge');
const entries = ['1', '2'].map(detail => ({ id: detail, source: 'orders', detailType: 'type', detail }));
const kinds = async (of = bus) => (await of.put(entries)).map(({ kind }) => kind);

beforeEach(() => mock.reset());

describe('an entry that the bus did not take', () => {
  it.each([
    ['ThrottlingException', 'throttled'],
    ['InternalFailure', 'throttled'],
    ['InternalException', 'throttled'],
    ['ServiceUnavailable', 'throttled'],
    ['SomethingNew', 'throttled'],
    ['AccessDeniedException', 'denied'],
    ['NotAuthorizedForSourceException', 'denied'],
    ['NotAuthorizedForDetailTypeException', 'denied'],
    ['InvalidAccountIdException', 'denied'],
    ['ResourceNotFoundException', 'denied'],
    ['MalformedDetail', 'refused'],
    ['InvalidArgument', 'refused'],
    ['RedactionFailure', 'refused'],
  ])('with %s is %s, and the others are not touched by it', async (ErrorCode, kind) => {
    mock.on(PutEventsCommand).resolves({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode, ErrorMessage: 'why' }, { EventId: 'e' }],
    });
    expect(await bus.put(entries)).toEqual([{ kind, reason: `${ErrorCode}: why` }, { kind: 'accepted' }]);
  });

  it('is unknown when the answer leaves it out', async () => {
    mock.on(PutEventsCommand).resolves({ Entries: [{ EventId: 'e' }] });
    expect(await kinds()).toEqual(['accepted', 'unknown']);
  });
});

describe('a call that fails', () => {
  it.each([
    ['ThrottlingException', 400, 'throttled'],
    ['TooManyRequestsException', 429, 'throttled'],
    ['AccessDeniedException', 400, 'denied'],
    ['UnrecognizedClientException', 400, 'denied'],
    ['ExpiredTokenException', 403, 'denied'],
    ['ResourceNotFoundException', 400, 'denied'],
    ['ValidationException', 400, 'refused'],
    ['InternalException', 500, 'unknown'],
    ['ServiceUnavailable', 503, 'unknown'],
  ])('with %s (%i) is %s for every entry', async (name, status, kind) => {
    mock.on(PutEventsCommand).rejects(serviceError(name, status));
    expect(await kinds()).toEqual([kind, kind]);
  });

  it('as a whole for the sake of one entry refuses that entry alone', async () => {
    const [good, bad] = ['good', 'bad'].map(detail => ({
      id: detail,
      source: 'orders',
      detailType: 'type',
      detail,
    }));
    mock.on(PutEventsCommand).callsFake(({ Entries }: { Entries: readonly { Detail: string }[] }) => {
      if (Entries.some(({ Detail }) => Detail === 'bad')) throw serviceError('ValidationException', 400);
      return { Entries: Entries.map(({ Detail }) => ({ EventId: Detail })) };
    });
    const answers = await bus.put([good!, good!, good!, bad!, good!]);
    expect(answers.map(({ kind }) => kind)).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'refused',
      'accepted',
    ]);
    const sent = mock.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries?.length);
    expect(sent).toEqual([5, 3, 2, 1, 1]);
  });

  it('for want of credentials is denied', async () => {
    mock.on(PutEventsCommand).rejects(Object.assign(new Error('none'), { name: 'CredentialsProviderError' }));
    expect(await kinds()).toEqual(['denied', 'denied']);
  });

  it('by a mistake of ours is thrown', async () => {
    mock.on(PutEventsCommand).rejects(new TypeError('undefined is not a function'));
    await expect(bus.put(entries)).rejects.toThrow(TypeError);
  });
});

describe('a connection that fails', () => {
  let server: StubServer;
  let requests: number;
  afterEach(() => server.stop());

  const real = (url: string) =>
    new EventBridgeBus(
      new EventBridgeClient({
        region: 'eu-central-1',
        credentials,
        endpoint: url,
        maxAttempts: 1,
        requestHandler: { requestTimeout: 1_000, throwOnRequestTimeout: true },
      }),
      'edge',
    );

  beforeEach(() => {
    requests = 0;
    mock.restore();
  });

  it('by a reset is unknown for every entry, after one request', async () => {
    server = await stubServer(request => {
      requests += 1;
      request.socket.destroy();
    });
    expect(await kinds(real(server.url))).toEqual(['unknown', 'unknown']);
    expect(requests).toBe(1);
  });

  it('by a timeout is unknown for every entry, after one request', async () => {
    server = await stubServer(() => {
      requests += 1;
    });
    expect(await kinds(real(server.url))).toEqual(['unknown', 'unknown']);
    expect(requests).toBe(1);
  });

  it('by an answer that is cut off is unknown for every entry', async () => {
    server = await stubServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '100' });
      response.write('{"Entries":[{"EventId":"1"}');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await kinds(real(server.url))).toEqual(['unknown', 'unknown']);
  });

  it('by an answer that is no JSON is unknown for every entry', async () => {
    server = await stubServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    });
    expect(await kinds(real(server.url))).toEqual(['unknown', 'unknown']);
  });

  it('by a refused connection is unknown for every entry', async () => {
    server = await stubServer(() => undefined);
    await server.stop();
    expect(await kinds(real(server.url))).toEqual(['unknown', 'unknown']);
    server = await stubServer(() => undefined);
  });
});
