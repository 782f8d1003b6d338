/** How an envelope is written (docs/envelopes.md). */
export const envelopeFormats = ['simple', 'esdk'] as const;
export type EnvelopeFormat = (typeof envelopeFormats)[number];

/** What is appended to a name when its file is sealed, and taken away when it is opened. */
export const envelopeSuffix: Readonly<Record<EnvelopeFormat, string>> = {
  simple: '.envelope.json',
  esdk: '.esdk',
};

/** Most plaintext bytes of a simple envelope: it is sealed and opened in one piece, in memory. */
export const simpleMaxBytes = 64 * 1024 * 1024;

/** Plaintext bytes of one frame of a message that is written here. */
export const frameBytes = 1024 * 1024;

/** Most data keys of a message that is opened: each of them may cost a call to KMS. */
export const maxDataKeys = 16;

/** The format that suits what is sealed, where the operator leaves the choice. */
export function suitableFormat(source: {
  readonly kind: 'file' | 'folder';
  readonly bytes: number;
}): EnvelopeFormat {
  return source.kind === 'file' && source.bytes <= simpleMaxBytes ? 'simple' : 'esdk';
}
