import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIni } from '../../../electron/aws/ini';
import { planOf } from '../../../electron/aws/plan';
import { AppError } from '../../../shared/model/errors';

function configOf(text: string) {
  const { sections } = parseIni(text);
  const of = (kind: string) =>
    new Map(
      sections
        .filter(({ header }) => header.startsWith(`${kind} `))
        .map(({ header, settings }) => [header.slice(kind.length + 1), settings]),
    );
  return { profiles: of('profile'), ssoSessions: of('sso-session') };
}

const plan = (text: string, profile = 'x') => planOf(configOf(text), profile);
const keys = 'aws_access_key_id = AKIA\naws_secret_access_key = s\n';

describe('the plan of a profile', () => {
  it('is its own keys', () => {
    expect(plan(`[profile x]\n${keys}aws_session_token = t\n`)).toEqual({
      kind: 'static',
      credentials: { accessKeyId: 'AKIA', secretAccessKey: 's', sessionToken: 't' },
    });
  });

  it('is a role before its keys, and its own keys as the source of its role', () => {
    const text = `[profile x]\n${keys}role_arn = arn:aws:iam::1:role/R\nsource_profile = x\n`;
    expect(plan(text)).toMatchObject({ kind: 'assume-role', source: { kind: 'static' } });
  });

  it('follows a chain with everything a role may ask for', () => {
    const text = `[profile x]
role_arn = arn:aws:iam::1:role/A
source_profile = y
mfa_serial = arn:aws:iam::2:mfa/ann
external_id = e
duration_seconds = 900
region = eu-west-3
[profile y]
role_arn = arn:aws:iam::2:role/B
credential_source = Environment
`;
    expect(plan(text)).toEqual({
      kind: 'assume-role',
      profile: 'x',
      roleArn: 'arn:aws:iam::1:role/A',
      mfaSerial: 'arn:aws:iam::2:mfa/ann',
      externalId: 'e',
      durationSeconds: 900,
      region: 'eu-west-3',
      source: {
        kind: 'assume-role',
        profile: 'y',
        roleArn: 'arn:aws:iam::2:role/B',
        source: { kind: 'environment' },
      },
    });
  });

  it.each([
    ['web_identity_token_file = /t\nrole_arn = arn:aws:iam::1:role/R', 'web-identity'],
    ['credential_process = /bin/tool --json', 'process'],
    ['login_session = arn:aws:iam::1:user/ann', 'login'],
    ['sso_start_url = https://s\nsso_region = r\nsso_account_id = 1\nsso_role_name = R', 'sso'],
  ])('is what it says: %s', (settings, kind) => {
    expect(plan(`[profile x]\n${settings}\n`)).toMatchObject({ kind });
  });

  it.each([
    ['', 'neither keys, a role, SSO nor credential_process'],
    ['aws_access_key_id = AKIA', 'aws_access_key_id without its other half'],
    ['aws_secret_access_key = s', 'aws_secret_access_key without its other half'],
    ['role_arn = arn', 'role_arn needs source_profile or credential_source'],
    ['web_identity_token_file = /t', 'web_identity_token_file needs role_arn'],
    ['role_arn = arn\nsource_profile = gone', 'its source_profile gone does not exist'],
    ['role_arn = arn\nsource_profile = x', 'comes back to itself: x -> x'],
    ['role_arn = arn\ncredential_source = Nowhere', 'credential_source must be'],
    ['role_arn = arn\nsource_profile = x\ncredential_source = Environment', 'both source_profile'],
    [`${keys}role_arn = arn\nsource_profile = x\nduration_seconds = an hour`, 'duration_seconds'],
    ['sso_session = gone\nsso_account_id = 1\nsso_role_name = R', 'no [sso-session gone]'],
    ['sso_start_url = https://s\nsso_region = r\nsso_account_id = 1', 'sso_role_name is missing'],
  ])('that does not hold together says what is wrong: %s', (settings, said) => {
    const error = caught(() => plan(`[profile x]\nregion = eu-west-1\n${settings}\n`));
    expect(error.code).toBe('no-credentials');
    expect(error.message).toContain('Profile x');
    expect(error.message).toContain(said);
  });

  it('of a name that is not there says so', () => {
    expect(caught(() => plan('', 'prod')).message).toContain('no profile prod');
  });

  it('ends for every config: in a plan or in one sentence, and never shows a secret', () => {
    const names = ['a', 'b', 'c', 'd'];
    const setting = fc.oneof(
      fc.constantFrom(
        'aws_access_key_id = AKIA',
        'aws_secret_access_key = canary',
        'role_arn = arn:aws:iam::1:role/R',
        'credential_source = Environment',
        'sso_session = s',
        'sso_account_id = 1',
        'sso_role_name = R',
        'credential_process = tool',
        'web_identity_token_file = /t',
        'mfa_serial = m',
        'duration_seconds = 1000',
      ),
      fc.constantFrom(...names).map((name) => `source_profile = ${name}`),
    );
    const profiles = fc.array(fc.array(setting, { maxLength: 5 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(profiles, (all) => {
        const text = all
          .map((settings, index) => `[profile ${names[index]}]\n${settings.join('\n')}\n`)
          .join('');
        for (const name of names) {
          try {
            planOf(configOf(`${text}[sso-session s]\nsso_region = r\nsso_start_url = u\n`), name);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
            expect((error as AppError).code).toBe('no-credentials');
            expect((error as AppError).message).not.toContain('canary');
          }
        }
      }),
    );
  });
});

function caught(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    return error as AppError;
  }
  return expect.fail('it should have thrown');
}
