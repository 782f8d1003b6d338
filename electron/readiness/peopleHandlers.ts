import type { FeatureHandlers } from '../../shared/contract/define';
import type { readiness as readinessContract } from '../../shared/contract/readiness';
import { AppError } from '../../shared/model/errors';
import { checkOf } from '../../shared/model/readiness/checks/index';
import type { Assignment, Care, Target } from '../../shared/model/readiness/people';
import type { PeopleStore } from './store/people';

type PeopleCalls =
  'assign' | 'waive' | 'liftWaiver' | 'attestations' | 'attest' | 'withdraw' | 'saveAttachment';

export interface PeopleParts {
  readonly people: PeopleStore;
  readonly now: () => Date;
  readonly operator: string;
  readonly saveFile: (file: {
    suggestedName: string;
    content: Iterable<Uint8Array>;
  }) => Promise<string | null>;
  /** Something was recorded that verdicts or next steps hang on. */
  readonly changed: () => Promise<void>;
}

const longestWaiverMs = 366 * 86_400_000;

/** Owners, waivers and attestations. */
export function peopleHandlers(
  parts: PeopleParts,
): Pick<FeatureHandlers<typeof readinessContract>, PeopleCalls> {
  const { people, now, operator, saveFile, changed } = parts;
  const today = () => now().toISOString().slice(0, 10);

  return {
    async assign({ check, subject, ...given }) {
      const target = targetOf(check, subject);
      const care: Care = { ...people.care(target) };
      for (const name of ['owner', 'due', 'note'] as const) {
        const value = given[name];
        if (value === null || value === '') delete care[name];
        else if (value !== undefined) care[name] = value;
      }
      people.setCare(target, care, 'assigned', assignedSentence(care));
      await changed();
      return care;
    },
    async waive({ check, subject, reason, approver, expires }) {
      const target = targetOf(check, subject);
      if (expires < today()) {
        throw new AppError('bad-request', `A waiver ends in the future; ${expires} is past.`);
      }
      if (Date.parse(expires) - now().getTime() > longestWaiverMs) {
        throw new AppError(
          'bad-request',
          'A waiver lasts for a year at most: what is accepted for longer is to be decided again.',
        );
      }
      if (approver.toLowerCase() === operator.toLowerCase()) {
        throw new AppError(
          'bad-request',
          `A waiver is approved by somebody else than ${operator}, who enters it.`,
        );
      }
      const waiver = { reason, approver, expires, at: now().toISOString(), by: operator };
      const care = { ...people.care(target), waiver };
      people.setCare(
        target,
        care,
        'waived',
        `${approver} accepts the failure until ${expires}: ${reason}`,
      );
      await changed();
      return care;
    },
    async liftWaiver({ check, subject }) {
      const target = targetOf(check, subject);
      const { waiver, ...care } = people.care(target);
      if (!waiver) throw new AppError('not-found', 'There is no waiver to take back.');
      people.setCare(target, care, 'waiver-lifted', `The waiver of ${waiver.approver} was lifted.`);
      await changed();
      return care;
    },
    attestations: ({ check }) => people.attestations(targetOf(check).check),
    async attest({ file, ...attestation }) {
      targetOf(attestation.check);
      if (checkOf(attestation.check)?.attested !== true) {
        throw new AppError(
          'bad-request',
          'This check is judged by evidence: a person’s word does not change it. A failure can be waived.',
        );
      }
      if (attestation.expires < today()) {
        throw new AppError(
          'bad-request',
          `An attestation counts into the future; ${attestation.expires} is past.`,
        );
      }
      const recorded = people.attest(attestation, file);
      await changed();
      return recorded;
    },
    async withdraw({ id, reason }) {
      const withdrawn = people.withdraw(id, reason);
      await changed();
      return withdrawn;
    },
    async saveAttachment({ id }) {
      const { name, bytes } = people.attachment(id);
      const file = await saveFile({ suggestedName: name, content: [bytes] });
      return file === null ? null : { file };
    },
  };
}

function targetOf(check: string, subject?: string): Target {
  if (!checkOf(check)) throw new AppError('not-found', `There is no check ${check}.`);
  return { check, ...(subject !== undefined && { subject }) };
}

function assignedSentence({ owner, due, note }: Assignment): string {
  const parts = [
    owner === undefined ? 'Nobody is the owner' : `The owner is ${owner}`,
    ...(due === undefined ? [] : [`due ${due}`]),
    ...(note === undefined ? [] : [`note: ${note}`]),
  ];
  return `${parts.join(', ')}.`;
}
