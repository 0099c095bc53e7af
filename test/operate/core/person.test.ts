import { personOf } from '#operate/core/person.ts';

const person = (arn: string) => personOf({ arn: `arn:aws:${arn}`, account: '123456789012' });

describe('two callers are two people', () => {
  it.each([
    ['users', 'iam::123456789012:user/ada', 'iam::123456789012:user/ben'],
    ['roles', 'sts::123456789012:assumed-role/Operator/ada', 'sts::123456789012:assumed-role/Approver/ada'],
    [
      'users of IAM Identity Center',
      'sts::123456789012:assumed-role/AWSReservedSSO_Operator_0f1e/ada@example.com',
      'sts::123456789012:assumed-role/AWSReservedSSO_Operator_0f1e/ben@example.com',
    ],
  ])('when they are different %s', (_, one, other) => expect(person(one)).not.toBe(person(other)));

  it.each([
    ['role', 'sts::123456789012:assumed-role/Operator/ada', 'sts::123456789012:assumed-role/Operator/ben'],
    ['account', 'sts::123456789012:federated-user/ada', 'sts::123456789012:federated-user/ben'],
    [
      'user of IAM Identity Center',
      'sts::123456789012:assumed-role/AWSReservedSSO_Operator_0f1e/ada@example.com',
      'sts::123456789012:assumed-role/AWSReservedSSO_Approver_2d3c/ada@example.com',
    ],
  ])('but not when only the session differs, which the caller names: of one %s', (_, one, other) =>
    expect(person(one)).toBe(person(other)),
  );
});
