import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';

/** A secret as it stands in a file: its value never leaves the thread that read it. */
export interface SecretInFile {
  /** From 1. */
  readonly line: number;
  readonly kind: string;
  readonly value: string;
}

/** Every secret that secretlint's recommended rules see in a text. */
export async function secretsIn(file: string, content: string): Promise<SecretInFile[]> {
  const { messages } = await lintSource({
    source: { filePath: file, content, contentType: 'text', ext: '' },
    options: { config, noPhysicFilePath: true, maskSecrets: true },
  });
  return messages
    .filter(({ type }) => type === 'message')
    .map(({ range, loc, ruleId, messageId }) => ({
      line: loc.start.line,
      kind: kindOf(ruleId, messageId),
      value: content.slice(...range),
    }));
}

const config = {
  rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: recommended }],
};

/** `aws: AWSSecretAccessKey` of a rule's id and what it found. */
function kindOf(ruleId: string, messageId: string): string {
  const rule = ruleId.replace(/^@secretlint\/secretlint-rule-/, '');
  return `${rule}: ${messageId}`;
}
