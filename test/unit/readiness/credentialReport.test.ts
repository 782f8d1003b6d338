import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCredentialReport } from '../../../electron/readiness/collect/credentialReport';
import { AppError } from '../../../shared/model/errors';

const columns = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_1_last_used_region',
  'access_key_1_last_used_service',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'access_key_2_last_used_region',
  'access_key_2_last_used_service',
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
];
const root =
  '<root_account>,arn:aws:iam::111122223333:root,2022-01-10T08:00:00+00:00,not_supported,no_information,not_supported,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A';
const carla =
  'carla,arn:aws:iam::111122223333:user/carla,2023-03-01T09:00:00+00:00,true,2026-11-01T10:00:00+00:00,2024-01-01T00:00:00+00:00,N/A,false,true,2023-03-01T09:01:00+00:00,2026-11-20T07:00:00+00:00,eu-central-1,kms,false,2024-02-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,false,N/A';

describe("IAM's credential report", () => {
  it('is read line by line, and what it does not say stays unsaid', () => {
    const users = readCredentialReport([columns.join(','), root, carla].join('\n'));
    expect(users).toEqual([
      {
        user: '<root_account>',
        arn: 'arn:aws:iam::111122223333:root',
        createdAt: '2022-01-10T08:00:00.000Z',
        mfa: true,
        accessKeys: [],
      },
      {
        user: 'carla',
        arn: 'arn:aws:iam::111122223333:user/carla',
        createdAt: '2023-03-01T09:00:00.000Z',
        password: true,
        passwordUsedAt: '2026-11-01T10:00:00.000Z',
        mfa: false,
        accessKeys: [
          {
            active: true,
            madeAt: '2023-03-01T09:01:00.000Z',
            usedAt: '2026-11-20T07:00:00.000Z',
          },
          { active: false, madeAt: '2024-02-01T00:00:00.000Z' },
        ],
      },
    ]);
  });

  it.each(
    columns
      .filter((name) => /active$|^user$|^arn$|_key_\d_last_(rotated|used_date)$/.test(name))
      .filter((name) => !name.startsWith('cert')),
  )('is refused without the column %s: nothing of it is then known to be off', (missing) => {
    const at = columns.indexOf(missing);
    const without = [columns.join(','), carla].map((line) =>
      line.split(',').toSpliced(at, 1).join(','),
    );
    expect(() => readCredentialReport(without.join('\n'))).toThrow(AppError);
  });

  it('is never made out of any other text', () => {
    assert(
      property(string(), (text) => {
        expect(() => readCredentialReport(text)).toThrow(AppError);
      }),
    );
  });
});
