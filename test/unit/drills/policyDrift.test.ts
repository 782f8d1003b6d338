import { describe, expect, it } from 'vitest';
import { policyDrift } from '../../../shared/model/drills/policyDrift';

const root = 'arn:aws:iam::111122223333:root';
const use = {
  Sid: 'Use',
  Effect: 'Allow',
  Principal: { AWS: [root, 'arn:aws:iam::111122223333:role/app'] },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource: '*',
  Condition: {
    StringEquals: { 'kms:ViaService': ['s3.eu-central-1.amazonaws.com', 'rds.amazonaws.com'] },
  },
};
const admin = {
  Sid: 'Admin',
  Effect: 'Allow',
  Principal: { AWS: root },
  Action: 'kms:*',
  Resource: '*',
};
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

describe('the drift of a replica’s key policy', () => {
  it.each<[string, object[]]>([
    ['the order of statements', [admin, use]],
    [
      'the order of members and lists',
      [
        {
          ...reversed(use),
          Principal: { AWS: use.Principal.AWS.toReversed() },
          Action: use.Action.toReversed(),
        },
        admin,
      ],
    ],
    [
      'a statement’s name',
      [
        { ...use, Sid: 'Usage' },
        { ...admin, Sid: undefined },
      ],
    ],
    ['an action’s case', [{ ...use, Action: ['kms:decrypt', 'KMS:GenerateDataKey'] }, admin]],
    [
      'one value or a list of one',
      [use, { ...admin, Action: ['kms:*'], Resource: ['*'], Principal: { AWS: [root] } }],
    ],
    ['an account by its number', [use, { ...admin, Principal: { AWS: '111122223333' } }]],
    [
      'the case of a condition’s key, and the order of its values',
      [
        {
          ...use,
          Condition: {
            StringEquals: {
              'kms:viaservice': use.Condition.StringEquals['kms:ViaService'].toReversed(),
            },
          },
        },
        admin,
      ],
    ],
  ])('is none by %s', (_what, statements) => {
    expect(policyDrift(policy(use, admin), policy(...statements))).toEqual([]);
  });

  it.each<[string, object]>([
    ['another effect', { Effect: 'Deny' }],
    ['an action less', { Action: ['kms:Decrypt'] }],
    ['another account', { Principal: { AWS: 'arn:aws:iam::444455556666:root' } }],
    ['everybody', { Principal: '*' }],
    ['an exception instead of a grant', { Action: undefined, NotAction: use.Action }],
    ['no condition', { Condition: undefined }],
    [
      'another value of a condition',
      { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } },
    ],
    ['another operator of a condition', { Condition: { StringLike: use.Condition.StringEquals } }],
  ])('is %s', (_what, change) => {
    expect(policyDrift(policy(use, admin), policy({ ...use, ...change }, admin))).toEqual([
      'The replica lacks “Use” as the primary has it.',
      'The replica alone has “Use”.',
    ]);
  });

  it('names a statement that is there once only, by its place where it has no name', () => {
    const { Sid: _sid, ...nameless } = use;
    expect(policyDrift(policy(admin, nameless), policy(admin))).toEqual([
      'The replica lacks statement 2 as the primary has it.',
    ]);
    expect(policyDrift(policy(admin), policy(admin, use))).toEqual([
      'The replica alone has “Use”.',
    ]);
  });

  it('takes everybody for everybody, and another version for a drift', () => {
    expect(
      policyDrift(policy({ ...use, Principal: '*' }), policy({ ...use, Principal: { AWS: '*' } })),
    ).toEqual([]);
    const old = JSON.stringify({ Statement: [admin] });
    expect(policyDrift(policy(admin), old)).toEqual([
      'The replica’s policy is of version 2008-10-17, the primary’s of 2012-10-17.',
    ]);
  });

  it.each(['', '{', 'null', '{}', '{"Statement":[]}', '{"Statement":["x"]}'])(
    'is never taken for none where one of them is no policy: %s',
    (text) => {
      expect(policyDrift(policy(admin), text)).toEqual([
        'One of them is no policy that can be read.',
      ]);
      expect(policyDrift(text, policy(admin))).toHaveLength(1);
    },
  );
});

function reversed(statement: object): object {
  return Object.fromEntries(Object.entries(statement).toReversed());
}
