import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAwsConfig } from '../../../electron/aws/configFiles';
import { parseIni } from '../../../electron/aws/ini';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'claviger-ini-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function read(config: string, credentials = '') {
  const [configFile, credentialsFile] = [path.join(dir, 'config'), path.join(dir, 'credentials')];
  await writeFile(configFile, config);
  await writeFile(credentialsFile, credentials);
  const env = { AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile };
  return readAwsConfig(env, dir);
}

const plain = (table: ReadonlyMap<string, ReadonlyMap<string, string>>) =>
  Object.fromEntries([...table].map(([name, settings]) => [name, Object.fromEntries(settings)]));

describe('the config files', () => {
  it('are read as the AWS CLI reads them', async () => {
    const config = await read(
      `# Company laptops
[default]
region = eu-central-1   # Frankfurt
output=json
[profile prod]
role_arn = arn:aws:iam::111122223333:role/Admin
source_profile = default
s3 =
  addressing_style = path
  max_concurrent_requests = 20
services = local
[profile "two words"]
sso_session = company
[sso-session company]
sso_start_url = https://company.awsapps.com/start#/
sso_region: eu-north-1
[services local]
kms =
  endpoint_url = http://localhost:4566
`,
      '[default]\naws_access_key_id = AKIA\naws_secret_access_key = a=b/c+d;e#f==\n[ci]\nRegion = us-east-2\n',
    );
    expect(plain(config.profiles)).toEqual({
      default: {
        region: 'eu-central-1',
        output: 'json',
        aws_access_key_id: 'AKIA',
        aws_secret_access_key: 'a=b/c+d;e#f==',
      },
      prod: {
        role_arn: 'arn:aws:iam::111122223333:role/Admin',
        source_profile: 'default',
        's3.addressing_style': 'path',
        's3.max_concurrent_requests': '20',
        services: 'local',
      },
      'two words': { sso_session: 'company' },
      ci: { region: 'us-east-2' },
    });
    expect(plain(config.ssoSessions)).toEqual({
      company: { sso_start_url: 'https://company.awsapps.com/start#/', sso_region: 'eu-north-1' },
    });
    expect(plain(config.services)).toEqual({
      local: { 'kms.endpoint_url': 'http://localhost:4566' },
    });
    expect(config.problems).toEqual([]);
  });

  it('may have a byte order mark, Windows line ends and indented settings', async () => {
    const config = await read('\uFEFF[default]\r\n  region = eu-west-1\r\n  output = json\r\n');
    expect(plain(config.profiles)).toEqual({ default: { region: 'eu-west-1', output: 'json' } });
  });

  it('let [profile default] win over [default], wherever it stands', async () => {
    const one = await read('[default]\nregion = a\n[profile default]\nregion = b\n');
    const other = await read('[profile default]\nregion = b\n[default]\nregion = a\n');
    expect([plain(one.profiles), plain(other.profiles)]).toEqual([
      { default: { region: 'b' } },
      { default: { region: 'b' } },
    ]);
  });

  it('that are broken say where, and hide nothing else', async () => {
    const config = await read(
      'region = nowhere\n[profile good]\nregion = eu-west-1\nwhat is this\n[profile open\nregion = x\n[staging]\nregion = y\n',
      '[profile dev]\nregion = z\n[ok]\nregion = w\n',
    );
    expect(plain(config.profiles)).toEqual({ good: { region: 'eu-west-1' }, ok: { region: 'w' } });
    const where = config.problems.map((problem) => problem.replace(`${dir}${path.sep}`, ''));
    expect(where).toEqual([
      'config, line 1: this setting belongs to no section; the line is left out.',
      'config, line 4: this is neither a section nor "name = value"; the line is left out.',
      'config, line 5: this section header is not closed or is empty; the line is left out.',
      'config, line 6: this setting belongs to no section; the line is left out.',
      'config, line 7: [staging] is left out; in this file a profile is [profile staging].',
      'credentials, line 1: [profile dev] is left out; in this file a profile is [dev].',
    ]);
  });

  it('need not be there, unless the environment names them', async () => {
    const home = path.join(dir, 'empty');
    expect(await readAwsConfig({}, home)).toMatchObject({ problems: [], files: [] });
    const named = await readAwsConfig({ AWS_CONFIG_FILE: '~/none' }, home);
    expect(named.problems).toEqual([
      `${path.join(home, 'none')}, which the environment names, does not exist.`,
    ]);
  });

  it('that are folders say so', async () => {
    const config = await readAwsConfig({ AWS_CONFIG_FILE: dir }, dir);
    expect(config.problems).toEqual([`${dir} cannot be read (EISDIR).`]);
  });
});

describe('the reader', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/);
  const name = fc.stringMatching(/^[A-Za-z0-9_.@-]{1,12}$/);
  const value = fc.stringMatching(/^[A-Za-z0-9/+:=._-]{1,20}$/);
  const sections = fc.uniqueArray(
    fc.tuple(
      name,
      fc.uniqueArray(fc.tuple(word, value), { minLength: 1, selector: ([key]) => key }),
    ),
    { selector: ([section]) => section, maxLength: 6 },
  );
  // The SDK's reader stumbles over names that every JavaScript object has.
  const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

  it('reads well-formed files as the SDK does', async () => {
    await fc.assert(
      fc.asyncProperty(sections, sections, async (config, credentials) => {
        fc.pre([...config, ...credentials].every(([section]) => !inherited.has(section)));
        const text = (prefix: string, all: typeof config) =>
          all
            .map(([section, settings]) => {
              const header = section === 'default' ? section : `${prefix}${section}`;
              return `[${header}]\n${settings.map(([key, each]) => `${key} = ${each}`).join('\n')}`;
            })
            .join('\n\n');
        const ours = await read(text('profile ', config), text('', credentials));
        const theirs = await loadSharedConfigFiles({
          configFilepath: ours.configFile,
          filepath: ours.credentialsFile,
          ignoreCache: true,
        });
        const merged: Record<string, Record<string, string>> = {};
        for (const file of [theirs.configFile, theirs.credentialsFile]) {
          for (const [section, settings] of Object.entries(file)) {
            merged[section] = { ...merged[section], ...(settings as Record<string, string>) };
          }
        }
        expect(plain(ours.profiles)).toEqual(merged);
      }),
      { numRuns: 80 },
    );
  });

  it('takes names that JavaScript objects have by nature', () => {
    const { sections: read } = parseIni(
      '[constructor]\n__proto__ = x\n[__proto__]\ntostring = y\n',
    );
    expect(read.map(({ header, settings }) => [header, ...settings])).toEqual([
      ['constructor', ['__proto__', 'x']],
      ['__proto__', ['tostring', 'y']],
    ]);
    expect(Object.keys(Object)).toEqual([]);
  });

  it('takes any text, and places every section and problem on one of its lines', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '[',
        ']',
        '=',
        ':',
        '#',
        ';',
        '\n',
        '\r\n',
        '\t',
        ' ',
        'a = b',
        '[profile x]',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { sections: read, problems } = parseIni(pieces.join(''));
        const lines = pieces.join('').split(/\r\n|\n|\r/);
        for (const { line } of [...read, ...problems]) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
        }
      }),
    );
  });
});
