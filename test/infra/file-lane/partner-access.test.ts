import type { EdgeConfig } from '#infra/edge-config.ts';
import { contracts } from '../fixtures/lanes.ts';
import { textOf } from '../fixtures/statements.ts';
import { fixtureApp, fixtureTemplates } from '../fixtures/synthesised.ts';

const partner = 'arn:aws:iam::111122223333:role/drop';
const given: EdgeConfig = { partners: { dev: { 'initech-parcels': [partner] } } };
const pointsOf = (config: EdgeConfig) => {
  const { byFile, byRow } = fixtureTemplates(config);
  return [byFile, byRow].flatMap(lane => Object.values(lane.findResources('AWS::S3::AccessPoint')));
};

describe('a partner’s own principals', () => {
  it('have no access unless it is given, in this stage', () => {
    expect(pointsOf({})).toEqual([]);
    expect(pointsOf({ partners: { prod: { 'initech-parcels': [partner] } } })).toEqual([]);
  });

  it('may drop into their lane’s folder and fetch its answers, and nothing else', () => {
    const [point, ...others] = pointsOf(given);
    expect(others).toEqual([]);
    expect(point?.Properties.Name).toBe('edge-dev-initech-parcels-19400c8d');
    const statements = point?.Properties.Policy.Statement as Record<string, unknown>[];
    expect(
      statements.map(({ Effect, Action, Principal, Resource, Condition }) => [
        ...[Effect, Action, Principal],
        textOf(Resource).replace(/^.*accesspoint\/edge-dev-initech-parcels-\w{8}/, ''),
        Condition,
      ]),
    ).toEqual([
      ['Allow', 's3:PutObject', { AWS: partner }, '/object/initech/in/*', undefined],
      ['Allow', 's3:GetObject', { AWS: partner }, '/object/initech/ack/*', undefined],
      ['Allow', 's3:ListBucket', { AWS: partner }, '', { StringLike: { 's3:prefix': 'initech/ack/*' } }],
    ]);
  });

  it('change nothing of the platform', () => {
    const platformOf = (config: EdgeConfig) => fixtureTemplates(config).platform.toJSON();
    expect(platformOf(given)).toEqual(platformOf({}));
  });

  it('are refused where there is no such lane', () => {
    const app = () => fixtureApp({}, contracts, { partners: { dev: { 'initech-parcel': [partner] } } });
    expect(app).toThrow('partners.dev: "initech-parcel" is no file lane with via \'s3\'; there are ');
  });

  it('are not given by a flag, which would take them when it is forgotten', () => {
    expect(() => fixtureApp({ 'partner:initech-parcels': partner })).toThrow('write it into edge.config.ts');
  });
});
