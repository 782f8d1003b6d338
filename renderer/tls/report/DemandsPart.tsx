import { ScrollText } from 'lucide-react';
import { useMemo, useState } from 'react';
import { satisfyElbPolicy } from '../../../shared/model/tls/elb';
import type { ProfileResult } from '../../../shared/model/tls/judgement';
import type { ScanResult } from '../../../shared/model/tls/result';
import { Button, Select, VerdictBadge } from '../../ui';
import { elbPolicyOptions, elbPolicyOptionsWith } from '../elbPolicies';
import { useTls } from '../useTls';
import { Differences } from './Differences';
import { Disclosure } from './Disclosure';
import { Nothing, ReportSection, SubTitle } from './Section';
import { VerdictLine, VerdictLines } from './VerdictLine';

/** Mozilla's profiles, each with exactly what stands between. */
export function ProfilesPart({ result: { profiles } }: { result: ScanResult }) {
  return (
    <ReportSection id="profiles" title="Mozilla profiles">
      {profiles.length === 0 && <Nothing>The profiles were not judged in this scan.</Nothing>}
      <ul aria-label="Mozilla profiles" className="divide-y divide-line">
        {profiles.map((profile) => (
          <li key={profile.id}>
            <Profile profile={profile} />
          </li>
        ))}
      </ul>
    </ReportSection>
  );
}

function Profile({ profile: { name, verdict, differences } }: { profile: ProfileResult }) {
  return (
    <Disclosure
      summary={
        <>
          <span className="w-44 font-medium">{name}</span>
          <VerdictBadge value={verdict.value} />
          <span className="min-w-0 text-ink-2">{verdict.reason}</span>
        </>
      }
    >
      <Differences differences={differences} none="Nothing is to be changed." />
    </Disclosure>
  );
}

/** The AWS load balancer policy that the server's lists equal, and what to change for another. */
export function PolicyPart({ result }: { result: ScanResult }) {
  const { elbPolicy } = result;
  const [chosen, setChosen] = useState(elbPolicy.toSatisfy.at(-1)?.policy ?? firstPolicy);
  // The rules are pure: any policy can be asked of a scan that is stored.
  const judged = useMemo(
    () =>
      elbPolicy.toSatisfy.find(({ policy }) => policy === chosen) ??
      satisfyElbPolicy(result, chosen),
    [result, elbPolicy, chosen],
  );
  return (
    <ReportSection id="policy" title="AWS load balancer policy">
      <p className="text-sm">
        {elbPolicy.equal.length > 0 ? (
          <>
            Its lists equal <b className="font-semibold">{elbPolicy.equal.join(', ')}</b>
            {elbPolicy.equal.length > 1 &&
              ', which cannot be told apart with this kind of certificate'}
            .
          </>
        ) : elbPolicy.nearest ? (
          <>
            No policy has these lists; the nearest is{' '}
            <b className="font-semibold">{elbPolicy.nearest}</b>.
          </>
        ) : (
          'Which policy is nearest cannot be told.'
        )}{' '}
        {elbPolicy.note}
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <span className="text-sm font-medium">To satisfy</span>
        <span className="print:hidden">
          <Select
            label="Policy to satisfy"
            className="min-w-80"
            value={chosen}
            options={elbPolicyOptionsWith(chosen)}
            onChange={setChosen}
          />
        </span>
        <span className="hidden font-mono text-xs print:inline">{chosen}</span>
        <VerdictBadge value={judged.verdict.value} />
      </div>
      <div className="mt-2">
        <p className="mb-2 text-sm text-ink-2">{judged.verdict.reason}</p>
        <Differences differences={judged.differences} none="Nothing is to be changed." />
      </div>
    </ReportSection>
  );
}

const firstPolicy = elbPolicyOptions[0]?.value ?? '';

/** Post-quantum, the guide's demands, and the operator's own rules. */
export function DemandsPart({ result: { postQuantum, guide, ownPolicy } }: { result: ScanResult }) {
  const open = useTls((state) => state.open);
  return (
    <ReportSection id="demands" title="Demands">
      <VerdictLines label="Demands">
        <VerdictLine name="Post-quantum key exchange" verdict={postQuantum} />
        {guide.map(({ id, name, verdict }) => (
          <VerdictLine key={id} name={name} verdict={verdict} />
        ))}
      </VerdictLines>
      <SubTitle icon={ScrollText}>Own policy</SubTitle>
      {ownPolicy.length > 0 ? (
        <VerdictLines label="Own policy">
          {ownPolicy.map(({ id, name, verdict }) => (
            <VerdictLine key={id} name={name} verdict={verdict} />
          ))}
        </VerdictLines>
      ) : (
        <div className="flex items-center gap-3">
          <Nothing>No rule of an own policy was in force when this was scanned.</Nothing>
          <Button className="print:hidden" onClick={() => open({ kind: 'policy' })}>
            Edit the policy
          </Button>
        </div>
      )}
    </ReportSection>
  );
}
