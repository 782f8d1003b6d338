import type { CanaryCoverage } from '../../shared/model/drills/canarySchedule';
import { withoutCanary } from '../../shared/model/drills/canarySchedule';
import { AppError } from '../../shared/model/errors';
import { keyRefString, type KeyRef } from '../../shared/model/key';
import { defineCommand, exitCodes, UsageError, type ExitCode } from '../command';
import { textTable } from '../textTable';

export const canariesCommand = defineCommand({
  name: 'drill canaries',
  summary: 'Show which key materials have a canary, and make those that are due',
  usage: `Options:
  --make                make the canaries that are due (kms:GenerateDataKey), and say which
  --key ARN             of this key instead of those that are on schedule; may be repeated.
                        Named here with --make, a key needs no other agreement
  --profile NAME        the profile of the AWS config files for --key; the environment's account where absent
  --practice            the practice account is asked too
  --json                one JSON document (docs/recovery-drills.md)

Each key is asked for its materials (kms:ListKeyRotations). Exit codes: 0 every present material has a
canary that is young enough, 1 one is due or could not be made, 3 it cannot be told.`,
  options: {
    make: { type: 'boolean', default: false },
    key: { type: 'string', multiple: true },
    profile: { type: 'string' },
    practice: { type: 'boolean', default: false },
  },
  async run({ values, positionals }, { open, stdout, stderr, columns, signal }) {
    if (positionals.length > 0) throw new UsageError('Keys are named with --key.');
    const named = values.key && values.key.map((arn) => keyNamed(arn, values));
    const { client } = await open({ practice: values.practice ?? false });
    const { schedule } = await client.drills.canaryKeeping();
    if (!named && schedule.keys.length === 0) {
      throw new AppError(
        'bad-request',
        'No key is on schedule: choose keys in the window (Envelopes, Canaries, Schedule), or name them with --key.',
      );
    }
    if (!named && values.make && !schedule.on) {
      throw new AppError(
        'bad-request',
        'The schedule of canaries is off: switch it on in the window, where you agree to its calls, or name keys with --key.',
      );
    }
    const keys = named ?? schedule.keys;
    const done = values.make
      ? await client.drills.makeCanaries(named ? { keys: [...named] } : {}, {
          signal,
          onProgress: ({ done: count, expected }) => stderr(`${count} of ${expected}\n`),
        })
      : undefined;
    const coverage = await client.drills.canaryCoverage({ keys: [...keys] }, { signal });
    stdout(
      values.json
        ? `${JSON.stringify({ everyDays: schedule.everyDays, keys: coverage, ...done }, null, 2)}\n`
        : listing(coverage, columns),
    );
    for (const { key, error } of done?.problems ?? []) stderr(`${key.keyId}: ${error.message}\n`);
    if (done && !values.json) stdout(`Made ${done.made.length} canaries.\n`);
    return exitCodeOf(coverage);
  },
});

/** An ARN says its Region; whose credentials are used is said beside it. */
function keyNamed(
  arn: string,
  {
    profile,
    practice,
  }: { readonly profile?: string | undefined; readonly practice?: boolean | undefined },
): KeyRef {
  const region = /^arn:aws[\w-]*:kms:([a-z0-9-]+):\d{12}:key\/.+$/.exec(arn)?.[1];
  if (region === undefined) throw new UsageError(`--key takes the ARN of a key; ${arn} is none.`);
  const connection = practice
    ? 'practice'
    : profile === undefined
      ? 'environment'
      : `profile:${profile}`;
  return { connection, region, keyId: arn };
}

function listing(keys: readonly CanaryCoverage[], columns: number | undefined): string {
  const lines = keys.map((one) => {
    const lacking = withoutCanary(one).length;
    const materials = one.materials.length === 0 ? 'not told' : String(one.materials.length);
    return [keyRefString(one.key), one.state, materials, String(lacking), one.reason];
  });
  const titles = ['Key', 'State', 'Materials', 'Too late for', 'Why'];
  return `${textTable(titles, lines, columns)}\n`;
}

function exitCodeOf(keys: readonly CanaryCoverage[]): ExitCode {
  if (keys.some(({ state }) => state === 'due')) return exitCodes.failed;
  return keys.some(({ state }) => state === 'cannot-tell') ? exitCodes.partial : exitCodes.ok;
}
