import type { ReactNode } from 'react';
import type { ScanResult } from '../../../shared/model/tls/result';
import { cx, inks, Time, VerdictBadge, type Tone } from '../../ui';
import { daysUntil, expiryTone, expiryWords } from '../expiry';
import { VersionChips } from '../VersionChips';
import { vulnerabilityNames } from '../vulnerabilityNames';

/** The answers that most people open a report for. */
export function Glance({ result }: { result: ScanResult }) {
  const { protocols, certificates, vulnerabilities, profiles, elbPolicy, postQuantum } = result;
  const offered = protocols
    .filter(({ offered: answer }) => answer !== 'no')
    .toReversed()
    .map(({ version, offered: answer }) => ({ version, offered: answer }));
  const ends = certificates
    .flatMap(({ chain }) => chain[0]?.notAfter ?? [])
    .sort()
    .at(0);
  return (
    <dl className="mt-4 grid grid-cols-3 gap-px overflow-hidden rounded-md border border-line bg-line max-md:grid-cols-2">
      <Fact name="Versions">
        <VersionChips versions={offered} />
      </Fact>
      <Fact name="Certificate">
        {ends === undefined ? (
          <span className={inks.unsure}>None was seen</span>
        ) : (
          <Ends notAfter={ends} at={result.startedAt} />
        )}
      </Fact>
      <Fact name="Vulnerabilities">
        <Holes vulnerabilities={vulnerabilities} />
      </Fact>
      <Fact name="Mozilla profile">
        <Profile profiles={profiles} />
      </Fact>
      <Fact name="ELB policy">
        <span className="break-words">{policyWords(elbPolicy)}</span>
      </Fact>
      <Fact name="Post-quantum">
        <VerdictBadge plain value={postQuantum.value} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0 bg-surface px-3 py-2">
      <dt className="label-text">{name}</dt>
      <dd className="mt-0.5 text-sm">{children}</dd>
    </div>
  );
}

function Ends({ notAfter, at }: { notAfter: string; at: string }) {
  const days = daysUntil(notAfter, Date.parse(at));
  const tone: Tone = expiryTone(days);
  return (
    <span className={tone === 'pass' ? undefined : inks[tone]}>
      {expiryWords(days)}, <Time iso={notAfter} precision="date" />
    </span>
  );
}

function Holes({ vulnerabilities }: Pick<ScanResult, 'vulnerabilities'>) {
  const of = (verdict: string) => vulnerabilities.filter((one) => one.verdict === verdict);
  const [holes, possible, open] = [of('vulnerable'), of('potential'), of('unknown')];
  if (vulnerabilities.length === 0) return <span className="text-ink-2">Not looked for</span>;
  const names = [...holes, ...possible].map(({ id }) => vulnerabilityNames[id].name);
  return (
    <span
      className={cx(
        'break-words',
        holes.length > 0 ? inks.fail : possible.length > 0 && inks.stale,
      )}
    >
      {names.length > 0 ? names.join(', ') : 'None found'}
      {open.length > 0 && <span className={inks.unsure}>, {open.length} could not be told</span>}
    </span>
  );
}

/** The strictest that is satisfied. Only where every one fails is it none: unknown is not "no". */
function Profile({ profiles }: Pick<ScanResult, 'profiles'>) {
  const passed = ['modern', 'intermediate', 'old'].flatMap(
    (name) =>
      profiles.find(({ id, verdict }) => id.endsWith(name) && verdict.value === 'pass') ?? [],
  );
  if (passed[0]) return passed[0].name;
  const none = profiles.length > 0 && profiles.every(({ verdict }) => verdict.value === 'fail');
  return none ? (
    <span className={inks.fail}>Satisfies none</span>
  ) : (
    <VerdictBadge plain value="cannot-tell" />
  );
}

function policyWords({ equal, nearest }: ScanResult['elbPolicy']): string {
  if (equal.length > 0) return equal.join(' or ').replaceAll('ELBSecurityPolicy-', '');
  return nearest ? `nearest: ${nearest.replace('ELBSecurityPolicy-', '')}` : 'not told';
}
