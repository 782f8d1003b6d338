import { cannotTell, fail, pass, type Finding } from './finding';
import { trailEvidence, type JudgedTrail } from './judgedTrail';

/** Is log file validation on: does CloudTrail sign digests of what it delivers? */
export function logFileValidation(trail: JudgedTrail): Finding {
  const { name, validation } = trail.facts;
  const evidence = [
    trailEvidence(trail, { LogFileValidationEnabled: String(validation ?? 'not said') }),
  ];
  if (validation === undefined) {
    const message = `DescribeTrails does not say whether the trail ${name} has log file validation.`;
    return { verdict: cannotTell({ message }), evidence };
  }
  const verdict = validation
    ? pass(`The log files of the trail ${name} can be proven.`)
    : fail(
        `Nobody can prove that the log files of the trail ${name} are whole and unchanged.`,
        `aws cloudtrail update-trail --name ${name} --enable-log-file-validation`,
      );
  return { verdict, evidence };
}
