import type { LogPlace } from '#adapters/cdc-feed/core/change/change.ts';
import { emptyMark, type HighMark } from '#adapters/cdc-feed/core/feed/high-mark.ts';
import { epochAt, markIn, passMark } from '#adapters/cdc-feed/core/feed/pass-mark.ts';
import { limits } from '#shared/contract/limits.ts';

const stopping = { stops: true, streamGrows: true };

const place = (position: string, time: string, more: Partial<LogPlace> = {}) => ({
  log: 'crm',
  position,
  ...more,
  signs: { time, ...more.signs },
});
const at = (sequenceNumber: number, logPlace?: LogPlace) => ({
  sequenceNumber: String(sequenceNumber),
  logPlace,
});
const known = (...places: readonly LogPlace[]): HighMark =>
  passMark(
    emptyMark(0),
    places.map((each, i) => at(i, each)),
    stopping,
  ).mark;

describe('a change below the high mark of its log', () => {
  const mark = known(place('20', '10:00'), place('30', '10:05'));

  it('is a repeat where the database’s time is not later', () => {
    const { fall, mark: after } = passMark(
      mark,
      [at(5, place('10', '09:00')), at(6, place('20', '10:05'))],
      stopping,
    );
    expect(fall).toBeUndefined();
    expect(after).toBe(mark);
  });

  it('is a fall where the time is later', () => {
    const { fall } = passMark(
      mark,
      [at(5), at(6, place('40', '10:06')), at(7, place('25', '10:07'))],
      stopping,
    );
    expect(fall).toMatchObject({ index: 2, highest: '40', sign: 'time', place: { position: '25' } });
  });

  it.each<[string, LogPlace['signs'], string]>([
    ['of another server', { 'server 2': '' }, 'server 2'],
    ['of a transaction with a greater number', { 'transactions of a': '0008' }, 'transactions of a'],
  ])('is a fall where the change is %s, whatever the clock', (_name, signs, sign) => {
    const before = known(place('30', '10:05', { signs: { 'server 1': '', 'transactions of a': '0007' } }));
    const { fall } = passMark(before, [at(5, place('10', '09:00', { signs }))], stopping);
    expect(fall).toMatchObject({ sign });
  });

  it('of another log is none', () => {
    expect(passMark(mark, [at(5, place('10', '11:00', { log: 'erp' }))], stopping).fall).toBeUndefined();
  });

  it('is none where it was on the stream before the highest: its batch is worked on beside that one’s', () => {
    const later = passMark(emptyMark(0), [at(10, place('30', '10:00'))], stopping).mark;
    const earlier = [at(9, place('20', '10:04')), at(11, place('20', '10:05'))];
    expect(passMark(later, earlier, stopping).fall).toMatchObject({ index: 1 });
    const kafka = { ...stopping, streamGrows: false };
    const before = passMark(emptyMark(0), [at(10, place('30', '10:00'))], kafka).mark;
    expect(passMark(before, earlier, kafka).fall).toMatchObject({ index: 0 });
  });

  it('is found again when it comes again', () => {
    const records = [at(5, place('10', '11:00')), at(6, place('40', '11:01'))];
    const first = passMark(mark, records, stopping);
    const again = passMark(first.mark, records, stopping);
    expect(again).toEqual(first);
    expect(again.mark).toBe(first.mark);
  });

  it('does not hold up those behind it where the contract continues', () => {
    const { fall, mark: after } = passMark(mark, [at(5, place('10', '11:00')), at(6, place('40', '11:01'))], {
      ...stopping,
      stops: false,
    });
    expect(fall).toMatchObject({ index: 0 });
    expect(after.logs.crm).toMatchObject({ position: '40' });
    expect(after.falls).toEqual([]);
  });
});

describe('the epoch of a record', () => {
  const before = known(place('30', '10:05'));
  const stopped = passMark(before, [at(100, place('10', '11:00'))], stopping).mark;

  it('is the contract’s from the change on at which the log fell, and the one before for those before it', () => {
    expect(epochAt(1, stopped, '99')).toBe(0);
    expect(epochAt(1, stopped, '100')).toBe(1);
    expect(epochAt(1, stopped, '1000')).toBe(1);
    expect(epochAt(0, stopped, '99')).toBe(0);
    expect(epochAt(1, before, '99')).toBe(1);
    expect(epochAt(1, undefined, '99')).toBe(1);
  });

  it('is kept when changes of the new epoch raise the mark', () => {
    const { mark, fall } = passMark(markIn(1, stopped), [at(100, place('10', '11:00'))], stopping);
    expect(fall).toBeUndefined();
    expect(mark).toMatchObject({ epoch: 1, logs: { crm: { position: '10' } } });
    expect(epochAt(1, mark, '99')).toBe(0);
  });

  it('begins where the shard stopped first, though later batches stop too', () => {
    const later = passMark(stopped, [at(200, place('11', '11:01'))], stopping).mark;
    expect(epochAt(1, later, '150')).toBe(1);
  });

  it('is that of each fall in turn, where records before several come again', () => {
    const second = passMark(
      markIn(1, stopped),
      [at(100, place('10', '11:00')), at(200, place('05', '12:00'))],
      stopping,
    ).mark;
    const third = passMark(markIn(2, second), [at(200, place('05', '12:00'))], stopping).mark;
    expect(['99', '100', '199', '200'].map(sequenceNumber => epochAt(2, third, sequenceNumber))).toEqual([
      0, 1, 1, 2,
    ]);
  });

  it('begins at a later fall where the log rose again in between', () => {
    const risen = passMark(stopped, [at(200, place('40', '11:01'))], stopping).mark;
    const fallen = passMark(risen, [at(300, place('35', '11:02'))], stopping).mark;
    expect(epochAt(1, fallen, '250')).toBe(0);
    expect(epochAt(1, fallen, '300')).toBe(1);
  });
});

describe('a mark', () => {
  it('is bounded, whatever records name', () => {
    const names = Array.from({ length: 100 }, (_, n) => `log ${n}`);
    const mark = known(...names.map(log => place('10', '10:00', { log, signs: { [`server ${log}`]: '' } })));
    expect(Object.keys(mark.logs)).toEqual(names.slice(-limits.feedLogsMax));
    const servers = known(...names.map(name => place('10', '10:00', { signs: { [name]: '' } })));
    expect(Object.keys(servers.logs.crm?.signs ?? {})).toHaveLength(limits.feedSignsMax);
  });

  it.each(['__proto__', 'constructor', 'toString'])('of a log named %s is one like others', log => {
    const mark: HighMark = JSON.parse(JSON.stringify(known(place('30', '10:05', { log }))));
    expect(passMark(mark, [at(5, place('10', '11:00', { log }))], stopping).fall).toMatchObject({
      highest: '30',
    });
  });
});
